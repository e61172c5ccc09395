import type { Card } from '../src/model/card.ts'
import type { Day } from '../src/model/deadline.ts'
import type { ListState, Window } from '../src/model/intent.ts'
import type { Content, Rhythm } from '../src/model/subscription.ts'
import { addDays, endOf, startOf, startOfNext } from '../src/time/day.ts'
import { nominalDay } from '../src/time/remind.ts'
import type { Context } from './command.ts'
import { digestCard } from './digest/card.ts'
import { figures } from './figures.ts'
import { list } from './list.ts'
import { unitName } from './present.ts'
import type { PushPlace } from './push-places.ts'

type Asked = Rhythm & { content: Content }

const periodOf = { day: 'day', workday: 'day', week: 'week', month: 'month' } as const

/** Rest days belong to the workday before them: what falls due then is told on it. */
const upToWorkday = (c: Context, n: number): Day => addDays(c.calendar.addWorkdays(c.today, n), -1)

/** The days that a list is of: its own period, or for `next` the one after the day for which it comes. */
const windowOf = (c: Context, { content, ...rhythm }: Asked): Window => {
  const period = periodOf[rhythm.every]
  if (period === 'day')
    return content === 'next'
      ? { from: addDays(c.today, 1), to: upToWorkday(c, 2) }
      : { from: c.today, to: upToWorkday(c, 1) }
  const of = content === 'next' ? (nominalDay(rhythm, c.today, c.calendar) ?? c.today) : c.today
  const from = content === 'next' ? startOfNext(of, period) : startOf(of, period)
  return { from, to: endOf(from, period) }
}

/** Who is told may not answer 更多 to a push: the words by which it is asked for whole. */
const wholeBy = (card: Card, say: string): Card => ({
  ...card,
  blocks: card.blocks.map((block) =>
    block.kind === 'note' ? { ...block, text: block.text.replace('回复“更多”查看', `回复“${say}”查看`) } : block,
  ),
})

const listed = async (c: Context, state: ListState, window: Window | undefined, units: readonly string[]) => {
  const names = units.map((id) => unitName(c, id))
  const { reply, rows } = await list.run(c, {
    ...{ intent: 'list', state },
    ...(names.length > 0 && { units: names }),
    ...(window && { window }),
  })
  return rows?.length ? reply : undefined
}

/** May the place hear this: what names several units' lateness and what is the office's own stays with the office. */
export const mayHear = (content: Content, place: PushPlace): boolean => {
  if (place.scope === 'private' || place.scope === 'office') return true
  if (content === 'figures' || content === 'review') return false
  return content !== 'overdue' || place.units.length === 1 || place.overdue
}

/** What a subscription says in a place now; undefined where there is nothing to say (figures always are) or it may not be said there. */
export const pushedCard = async (c: Context, asked: Asked, place: PushPlace): Promise<Card | undefined> => {
  if (!mayHear(asked.content, place)) return undefined
  // Whose room it is narrows what is told, not who reads: the office does.
  const reader: Context = { ...c, place: { ...c.place, scope: 'private', units: [] } }
  const units = place.scope === 'all' ? [] : place.units
  const { content, every } = asked
  if (content === 'figures') return (await figures.run(reader, { intent: 'figures' })).reply
  if (content === 'review') {
    const card = await listed(reader, 'review', undefined, [])
    return card && wholeBy(card, '待审核的反馈')
  }
  if (content === 'overdue') {
    const card = await listed(reader, 'overdue', undefined, units)
    return card && wholeBy(card, '逾期任务')
  }
  if (content === 'due' && place.units.length > 0)
    return (
      await digestCard(reader, {
        units: place.units,
        ...(place.units.length > 1 && { shared: { overdue: place.overdue, heard: place.units, main: place.units } }),
        told: { week: every === 'week', month: every === 'month', since: '' },
        ...{ ahead: true, steps: [], liaisons: [] },
      })
    )?.card
  const card = await listed(reader, 'open', windowOf(c, asked), units)
  return card && wholeBy(card, '还有哪些没完成')
}
