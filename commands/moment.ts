import { atOffice } from '../src/time/day.ts'
import type { Context } from './command.ts'

const TIME = /(\d{1,2})\s*(?:[:：]\s*(\d{2})|[点时](?:\s*(\d{1,2})分|(半))?)/

/** When it happened: the day, and for a clock of hours the time that was said, else this moment where no day was. */
export const momentOf = (c: Context, on: string | undefined, hours: boolean): string => {
  const day = on ?? c.today
  if (!hours) return day
  const time = TIME.exec(c.message.text)
  const hour = Number(time?.[1] ?? 24) + (/(?:下午|晚上|晚)\s*\d{1,2}\s*[:：点时]/.test(c.message.text) ? 12 : 0)
  const minute = Number(time?.[2] ?? time?.[3] ?? (time?.[4] ? 30 : 0))
  const two = (n: number) => String(n).padStart(2, '0')
  if (time && hour < 24 && minute < 60) return atOffice(day, `${two(hour)}:${two(minute)}`, c.zone).toISOString()
  return on === undefined ? c.now.toISOString() : day
}
