import { unitRows } from '../db/queries/office.ts'
import { liaisonsOf, personRow } from '../db/queries/people.ts'
import { isAway } from '../src/model/contact.ts'
import type { Day } from '../src/model/deadline.ts'
import { addDays } from '../src/time/day.ts'
import type { Command, Context, Happening, Outcome } from './command.ts'
import { dayWords } from './present.ts'
import { problem } from './problem.ts'

const example = '例：我下周请假，由李明代'

type PersonView = Awaited<ReturnType<typeof liaisonsOf>>[number]

/** 李明, B岗, B岗李明: the other liaison of one's own units who is meant; without a word the first that is there. */
const meantBy = (c: Context, to: string | undefined, others: readonly PersonView[]): PersonView | undefined => {
  if (!to) return others.find((one) => !isAway(one, c.today)) ?? others[0]
  const post = /([ab])岗/i.exec(to)?.[1]?.toUpperCase()
  const name = to.replace(/[ab]岗/i, '')
  return others.find((one) => (name === '' || one.name === name) && (post === undefined || one.post === post))
}

/** Of the person, or where nobody is bound (the terminal speaks for a unit) of the unit. */
const goes = async (c: Context, until: Day, named?: PersonView, to = ''): Promise<Happening[]> => {
  const self = await personRow(c.db, c.actor.id)
  return self
    ? [{ row: self, kind: 'away', body: { on: c.today, until, to: named?.id ?? '' } }]
    : (await unitRows(c.db, c.actor.units.slice(0, 1))).map(
        (row): Happening => ({
          ...{ row, kind: 'absence', body: { on: c.today, until } },
          words: { who: c.actor.name, to },
        }),
      )
}

/** 我回来了: from today on one is there again. Who was not away said it to people, not to the bot. */
const back = async (c: Context, self: PersonView | undefined): Promise<Outcome> => {
  const row = await personRow(c.db, c.actor.id)
  if (!row || !self || !isAway(self, c.today))
    return /销假/.test(c.message.text)
      ? { reply: problem('没有在请假', '台账里没有您的请假，不用销假。', example) }
      : {}
  return {
    reply: { title: '已销假', tone: 'good', blocks: [{ kind: 'text', text: '今天起照常提醒您本人。' }] },
    facts: [{ row, kind: 'back', body: { on: c.today } }],
  }
}

/** A liaison is away until a day; who stands in is the person named (or 岗), else the unit's other liaison. */
export const absence: Command<'absence'> = {
  intent: 'absence',
  title: '请假',
  usage: '我 日期 请假，由 姓名/B岗 代；回来后：销假',
  example: '我下周请假，由李明代',
  roles: ['liaison'],
  run: async (c, intent) => {
    const people = await liaisonsOf(c.db, c.actor.units)
    const self = people.find((one) => one.id === c.actor.id)
    if (intent.back) return back(c, self)
    const { until } = intent
    if (!until)
      return {
        reply: problem('请写明请假到哪一天', '回复日期即可。', example),
        ask: { intent, want: 'until', options: [] },
      }
    if (until < c.today)
      return { reply: problem('日期已过', `${dayWords(until, c.today)}已经过去，请写以后的日期。`, example) }
    const others = people.filter((one) => one.id !== c.actor.id)
    const named = meantBy(c, intent.to, others)
    const stands = named?.name ?? intent.to
    const notes = [
      ...(intent.to && !named ? [`通讯录里本单位没有“${intent.to}”，请主管科室登记后再收得到提醒。`] : []),
      ...(named && isAway(named, c.today)
        ? [`${named.name}本人${dayWords(named.awayUntil ?? '', c.today)}前也请假，请另请人代。`]
        : []),
    ]
    return {
      reply: {
        title: '已登记请假',
        tone: 'good',
        blocks: [
          {
            kind: 'text',
            text: `到${dayWords(until, c.today)}，${stands ? `由${stands}代` : '没有代班人'}；${dayWords(addDays(until, 1), c.today)}起照常提醒。`,
          },
          ...notes.map((text) => ({ kind: 'note' as const, text })),
          { kind: 'note', text: '提前回来请回复：销假' },
        ],
      },
      facts: await goes(c, until, named, intent.to),
    }
  },
}
