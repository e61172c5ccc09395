import { findDuties } from '../db/queries/duties.ts'
import type { Card } from '../src/model/card.ts'
import type { ClockRecipe } from '../src/model/recipe.ts'
import { timeOf } from '../src/time/day.ts'
import type { Context } from './command.ts'
import { dutyLine, seen } from './present.ts'

/** How long an hour clock still runs, or that it has ended; undefined where it was met or moved meanwhile. */
export const clockCard = async (c: Context, { duty: id, dueAt, step }: ClockRecipe): Promise<Card | undefined> => {
  const [duty] = await findDuties(c.db, { ids: [id], states: ['open', 'returned'] })
  if (!duty?.dueAt || duty.dueAt.toISOString() !== dueAt) return undefined
  const minutes = Math.max(0, Math.round((duty.dueAt.getTime() - c.now.getTime()) / 60_000))
  const left =
    minutes >= 60 ? `${Math.floor(minutes / 60)}小时${minutes % 60 ? `${minutes % 60}分钟` : ''}` : `${minutes}分钟`
  return {
    title: step === 0 || minutes === 0 ? '时限已到' : `时限还有${left}`,
    tone: 'late',
    blocks: [
      { kind: 'list', lines: [dutyLine(c, seen(c, duty), true)] },
      { kind: 'note', text: `应于${timeOf(duty.dueAt, c.zone)}前完成，完成后直接回复编号和“已完成”。` },
    ],
  }
}
