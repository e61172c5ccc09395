import type { DueCalendar, DueDay } from '../../../../src/http/shapes/overview.ts'

/** A day of a month's grid: what it is in the office's calendar, and what falls due on it. */
export interface Cell {
  day: string
  date: number
  kind: 'work' | 'off' | 'shift'
  due?: DueDay
}

const pad = (n: number): string => String(n).padStart(2, '0')
const within = (day: string, { from, to }: { from: string; to: string }): boolean => from <= day && day <= to

/** The weeks of a month from Monday, with nothing before its first and after its last day. */
export const weeksOf = (calendar: DueCalendar, month: number): (Cell | undefined)[][] => {
  const { year, off, work, days } = calendar
  const due = new Map(days.map((one) => [one.day, one]))
  const length = new Date(Date.UTC(year, month, 0)).getUTCDate()
  const first = (new Date(Date.UTC(year, month - 1, 1)).getUTCDay() + 6) % 7
  const cells: (Cell | undefined)[] = Array.from({ length: first }, () => undefined)
  for (let date = 1; date <= length; date++) {
    const day = `${year}-${pad(month)}-${pad(date)}`
    const isWeekend = (first + date - 1) % 7 > 4
    const kind = work.includes(day) ? 'shift' : isWeekend || off.some((run) => within(day, run)) ? 'off' : 'work'
    const here = due.get(day)
    cells.push({ day, date, kind, ...(here && { due: here }) })
  }
  while (cells.length % 7 > 0) cells.push(undefined)
  return Array.from({ length: cells.length / 7 }, (_, i) => cells.slice(7 * i, 7 * i + 7))
}

/** The festivals of a month's days off, each with its days: 国庆、中秋 1日至8日放假. */
export const festivalsOf = ({ year, off, work }: DueCalendar, month: number): string[] => {
  const [from, to] = [`${year}-${pad(month)}-01`, `${year}-${pad(month)}-31`]
  const date = (day: string) =>
    `${Number(day.slice(5, 7)) === month ? '' : `${Number(day.slice(5, 7))}月`}${Number(day.slice(8))}日`
  const rests = off
    .filter((run) => run.from <= to && run.to >= from)
    .map(
      (run) =>
        `${run.festivals.join('、') || '休息'}${date(run.from)}${run.from === run.to ? '' : `至${date(run.to)}`}放假`,
    )
  const worked = work.filter((day) => within(day, { from, to })).map(date)
  return [...rests, ...(worked.length > 0 ? [`${worked.join('、')}上班`] : [])]
}
