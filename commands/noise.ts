import { messagesTo, unasked as unaskedMessages } from '../db/queries/deliveries.ts'
import { batchKind } from '../src/model/batch.ts'
import type { Card } from '../src/model/card.ts'
import type { Window } from '../src/model/intent.ts'
import { addDays, dayOf, endOf, startOf } from '../src/time/day.ts'
import type { Command, Context } from './command.ts'
import { spanOf } from './delivery-words.ts'
import { readScope } from './find.ts'
import { asOf, scopeName, spanWords, unitName } from './present.ts'

const PAGE = 10

/** Messages that a unit got: unasked, because somebody did something, answers, and of those the ones that asked back. */
export interface Heard {
  unasked: number
  caused: number
  answers: number
  asks: number
}

const none = (): Heard => ({ unasked: 0, caused: 0, answers: 0, asks: 0 })

/** What each unit got in those days, by unit id; what went into a shared room was for each unit that it was for. */
export const heardBy = async (c: Context, { from, to }: Window): Promise<Map<string, Heard>> => {
  const heard = new Map<string, Heard>()
  for (const { units, lane, origin, asks, n } of await messagesTo(c.db, spanOf(c, from, addDays(to, 1))))
    for (const unit of new Set(units)) {
      const own = heard.get(unit) ?? none()
      heard.set(unit, own)
      if (lane === 'answer') {
        own.answers += n
        own.asks += asks ? n : 0
      } else if (origin === 'tick') own.unasked += n
      else own.caused += n
    }
  return heard
}

export const thisMonth = ({ today }: Pick<Context, 'today'>): Window => ({
  from: startOf(today, 'month'),
  to: endOf(today, 'month'),
})

/** 主动推送4条、办理通知2条、回答11条（其中追问1次）. */
export const heardWords = ({ unasked, caused, answers, asks }: Heard): string =>
  `主动推送${unasked}条、办理通知${caused}条、回答${answers}条${asks > 0 ? `（其中追问${asks}次）` : ''}`

const sumOf = (all: readonly Heard[]): Heard =>
  all.reduce(
    (sum, { unasked, caused, answers, asks }) => ({
      unasked: sum.unasked + unasked,
      caused: sum.caused + caused,
      answers: sum.answers + answers,
      asks: sum.asks + asks,
    }),
    none(),
  )

const total = ({ unasked, caused, answers }: Heard): number => unasked + caused + answers

/** Who got most unasked comes first. */
const order = (a: Heard, b: Heard): number => b.unasked - a.unasked || b.caused - a.caused || b.answers - a.answers

const workdaysIn = (c: Context, { from, to }: Window): number => {
  const last = to < c.today ? to : c.today
  let n = 0
  for (let day = from; day <= last; day = addDays(day, 1)) if (c.calendar.isWorkday(day)) n++
  return n
}

/** Is a room's message under the rule: not the weekly list of a shared room, no hour clock, no push that somebody asked for? */
const isUnderRule = (batch: string, units: readonly string[]): boolean => {
  const kind = batchKind(batch)
  return kind === 'day' || kind === 'month' || (kind === 'week' && units.length === 1)
}

/** The most messages under the rule that one of the units got on one day. */
const mostOnOneDay = async (c: Context, { from, to }: Window, asked: ReadonlySet<string>): Promise<number> => {
  const counts = new Map<string, number>()
  for (const { units, batch, address, at } of await unaskedMessages(c.db, spanOf(c, from, addDays(to, 1)))) {
    if (!at || address.kind !== 'room' || !isUnderRule(batch, units)) continue
    const day = dayOf(at, c.zone)
    for (const unit of units) if (asked.has(unit)) counts.set(`${unit} ${day}`, (counts.get(`${unit} ${day}`) ?? 0) + 1)
  }
  return [...counts.values()].reduce((most, n) => Math.max(most, n), 0)
}

/** How many messages each unit got and how many questions it was asked, beside the rule. */
export const noise: Command<'noise'> = {
  intent: 'noise',
  title: '消息统计',
  usage: '[单位] [时间] 消息统计',
  example: '上月给各单位发了多少条消息',
  roles: ['leader', 'office', 'admin'],
  run: async (c, intent) => {
    const scope = readScope(c, intent.units)
    if ('outcome' in scope) return scope.outcome
    const window = intent.window ?? thisMonth(c)
    const heard = await heardBy(c, window)
    const units = c.office.units.filter(
      ({ id, kind, succession }) => kind === 'unit' && (scope.ok?.includes(id) ?? (!succession || heard.has(id))),
    )
    const all = units
      .map(({ id }) => ({ id, heard: heard.get(id) ?? none() }))
      .sort((a, b) => order(a.heard, b.heard) || (a.id < b.id ? -1 : 1))
    const most = await mostOnOneDay(c, window, new Set(all.map(({ id }) => id)))
    const told = all.filter((one) => total(one.heard) > 0)
    const offset = intent.offset ?? 0
    const shown = told.slice(offset, offset + PAGE)
    const left = Math.max(0, told.length - offset - PAGE)
    const quiet = all.length > Math.max(1, told.length) ? `另有${all.length - told.length}个单位没有收到消息。` : ''
    const reply: Card = {
      title: `${scopeName(c, scope.ok, 1) || `${all.length}个单位`}${spanWords(window, c.today)}消息统计`,
      tone: 'plain',
      blocks: [
        { kind: 'text', text: `合计：${heardWords(sumOf(all.map((one) => one.heard)))}。${quiet}` },
        ...(shown.length > 0
          ? [
              {
                kind: 'list' as const,
                lines: shown.map((one) => ({ text: `${unitName(c, one.id)}：${heardWords(one.heard)}` })),
              },
            ]
          : []),
        {
          kind: 'note',
          text: `规则：主动推送每单位每个工作日至多1条（共用群的周清单、单独发给个人的、小时时限提醒、定时推送另计）；期间${workdaysIn(c, window)}个工作日，实际单日最多${most}条。`,
        },
        { kind: 'note', text: `${asOf(c)}${left > 0 ? `，还有${left}个单位未显示，回复“更多”查看` : ''}。` },
      ],
      ...(left > 0 && { buttons: [{ label: '更多', intent: { ...intent, window, offset: offset + PAGE } }] }),
    }
    const more = reply.buttons?.map((button) => button.intent)
    return { reply, ...(more && { ask: { intent, want: 'confirm' as const, options: more } }) }
  },
}
