import { unitRows } from '../db/queries/office.ts'
import { liaisonsOf, personRow } from '../db/queries/people.ts'
import { addDays } from '../src/time/day.ts'
import type { Command, Happening } from './command.ts'
import { dayWords } from './present.ts'
import { problem } from './problem.ts'

const example = '例：我下周请假，由李明代'

/** A liaison is away until a day; reminders go to who stands in: the person named, else the unit's other liaison. */
export const absence: Command<'absence'> = {
  intent: 'absence',
  title: '请假',
  usage: '我 日期 请假，由 姓名 代',
  example: '我下周请假，由李明代',
  roles: ['liaison'],
  run: async (c, intent) => {
    const { until } = intent
    if (!until)
      return {
        reply: problem('请写明请假到哪一天', '回复日期即可。', example),
        ask: { intent, want: 'until', options: [] },
      }
    if (until < c.today)
      return { reply: problem('日期已过', `${dayWords(until, c.today)}已经过去，请写以后的日期。`, example) }
    const people = await liaisonsOf(c.db, c.actor.units)
    const others = people.filter((one) => one.id !== c.actor.id)
    const named = intent.to ? others.find((one) => one.name === intent.to) : others[0]
    const row = await personRow(c.db, c.actor.id)
    const body = { on: c.today, until, to: named?.id ?? '' }
    const facts: Happening[] = row
      ? [{ row, kind: 'away', body }]
      : (await unitRows(c.db, c.actor.units.slice(0, 1))).map((unit) => ({
          row: unit,
          kind: 'absence',
          body: { on: c.today, until },
          words: { who: c.actor.name, to: intent.to ?? '' },
        }))
    const stands = named?.name ?? intent.to
    return {
      reply: {
        title: '已登记请假',
        tone: 'good',
        blocks: [
          {
            kind: 'text',
            text: `到${dayWords(until, c.today)}，${stands ? `由${stands}代` : '没有代班人'}；${dayWords(addDays(until, 1), c.today)}起照常提醒。`,
          },
          ...(intent.to && !named
            ? [{ kind: 'note' as const, text: `通讯录里本单位没有“${intent.to}”，请主管科室登记后再收得到提醒。` }]
            : []),
        ],
      },
      facts,
    }
  },
}
