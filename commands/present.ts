import type { DutyView } from '../db/queries/duties.ts'
import type { AnswerRow, Line } from '../src/model/card.ts'
import type { Day } from '../src/model/deadline.ts'
import { type DutyState, stateWords } from '../src/model/duty.ts'
import type { Window } from '../src/model/intent.ts'
import { stateOn } from '../src/model/life.ts'
import { dayOf, daysBetween, timeOf } from '../src/time/day.ts'
import { lightOf, periodOf } from '../src/time/schedule.ts'
import type { Context } from './command.ts'

/** 8月20日; with the year where it is another one than today's. */
export const dayWords = (day: Day, today: Day): string => {
  const [year, month, date] = day.split('-').map(Number)
  return `${day.slice(0, 4) === today.slice(0, 4) ? '' : `${year}年`}${month}月${date}日`
}

/** 截至8月15日10:00: how fresh an answer is. */
export const asOf = ({ now, zone, today }: Pick<Context, 'now' | 'zone' | 'today'>): string =>
  `截至${dayWords(dayOf(now, zone), today)}${timeOf(now, zone)}`

const quarters = ['一', '二', '三', '四']

/** The round as people say it: 7月, 三季度, 下半年, 2017年; nothing for a day or a standing duty. */
export const roundWords = (round: string, today: Day): string => {
  const part = /^(\d{4})(?:-(?:(\d{2})|Q(\d)|H(\d)|W(\d{2})))?$/.exec(round)
  if (!part) return ''
  const [, year, month, quarter, half, week] = part
  const own = year === today.slice(0, 4) ? '' : `${year}年`
  if (month) return `${own}${Number(month)}月`
  if (quarter) return `${own}${quarters[Number(quarter) - 1]}季度`
  if (half) return `${own}${half === '1' ? '上' : '下'}半年`
  if (week) return `${own}第${Number(week)}周`
  return `${year}年度`
}

/** A window as people say it: 8月, 三季度, 2017年; else its days, 8月14日至20日. */
export const spanWords = ({ from, to }: Window, today: Day): string => {
  const [year, month] = [from.slice(0, 4), from.slice(5, 7)]
  const labels = [
    `${year}-${month}`,
    `${year}-Q${Math.ceil(Number(month) / 3)}`,
    `${year}-H${Number(month) > 6 ? 2 : 1}`,
  ]
  const label = labels.find((one) => periodOf(one)?.from === from && periodOf(one)?.to === to)
  if (label) return roundWords(label, today)
  if (from === `${year}-01-01` && to === `${year}-12-31`) return `${year}年`
  if (from === to) return dayWords(from, today)
  const end = from.slice(0, 7) === to.slice(0, 7) ? `${Number(to.slice(8))}日` : dayWords(to, today)
  return `${dayWords(from, today)}至${end}`
}

/** 公开17-12, as every card shows it. */
export const codeOf = (duty: { planCode: string; number: string }): string => `${duty.planCode}-${duty.number}`

/** Codes in one line. */
const CODES = 60

/** Codes of duties in a row, the plan's name once: 公开17-3、5、7；重点17-2. */
export const codesWords = (items: readonly Pick<Seen, 'duty'>[]): string => {
  const plans = new Map<string, Set<string>>()
  for (const { duty } of items) plans.set(duty.planCode, (plans.get(duty.planCode) ?? new Set()).add(duty.number))
  const all = [...plans].flatMap(([plan, numbers]) =>
    [...numbers].map((number, i) => ({ plan, number, first: i === 0 })),
  )
  const words = all
    .slice(0, CODES)
    .map(({ plan, number, first }, i) => `${first ? `${i > 0 ? '；' : ''}${plan}-` : '、'}${number}`)
    .join('')
  return all.length > CODES ? `${words}等${all.length}项` : words
}

/** The first words of a task, for one line of a list. */
export const firstWords = (text: string, length = 24): string => {
  const clause = text.split(/[。；]/)[0] ?? text
  const chars = [...clause]
  return chars.length <= length ? clause : `${chars.slice(0, length - 1).join('')}…`
}

/** Text of a task for a chat: a 工作秘密 task shows its number alone. */
export const textOf = (duty: { text: string; secret: boolean }): string =>
  duty.secret ? '请到办公室领取' : duty.text || '（原文缺这一项的正文）'

/** 还有3天, 今天到期, 逾期2天; past its day by rest days alone it is not late yet, and what has no light never is. */
const distance = (due: Day, today: Day, light: Seen['light']): string => {
  const days = daysBetween(today, due)
  if (days === 0) return '今天到期'
  if (days > 0) return `还有${days}天`
  return light === 'red' ? `逾期${-days}天` : light ? '下一工作日起逾期' : `已过${-days}天`
}

export interface Seen {
  duty: DutyView
  state: DutyState
  light: 'green' | 'yellow' | 'red' | null
  /** Why the light is so, or why there is none. */
  reason: string
  overdue: boolean
}

/** The duty as it stands today: silence after the claim day counted in, with its light. */
export const seen = (c: Context, duty: DutyView): Seen => {
  const state = stateOn(duty, c.today)
  const dueAt = duty.dueAt?.toISOString() ?? null
  const { dueOn, reportedOn } = duty
  const options = { now: c.now.toISOString() }
  const { light, reason } = lightOf({ state, dueOn, dueAt, reportedOn }, c.today, c.calendar, options)
  return { duty, state, light, reason, overdue: light === 'red' }
}

export const unitName = (c: Context, id: string): string =>
  c.office.units.find((unit) => unit.id === id)?.name ?? id.replace(/^class:/, '')

/** Units of a scope in a title, each by name or counted; one that others succeeded goes with them. */
export const scopeName = (c: Context, ids: readonly string[] | undefined, most: number): string => {
  if (ids === undefined) return ''
  const former = new Set(c.office.units.filter(({ succession }) => succession).map(({ id }) => id))
  const living = ids.filter((id) => !former.has(id))
  return living.length <= most ? living.map((id) => unitName(c, id)).join('、') : `${living.length}个单位`
}

export const isClassLine = (c: Context, id: string): boolean =>
  id.startsWith('class:') || c.office.units.some((unit) => unit.id === id && unit.kind === 'class')

/** When it is due, in words; a sleeping or standing duty shows no day. */
export const dueWords = (c: Context, { duty, state, light }: Seen): string => {
  if (state === 'done') return duty.closedOn ? `${dayWords(duty.closedOn, c.today)}办结` : '已办结'
  if (state === 'review') {
    const secrecy = duty.clearedOn ? '（已保密审查）' : ''
    return `${duty.reportedOn ? `${dayWords(duty.reportedOn, c.today)}已报，` : ''}待审核${secrecy}`
  }
  if (state === 'waived') return stateWords.waived
  if (state === 'suspended')
    return `${stateWords.suspended}${duty.dueOn ? `，原定${dayWords(duty.dueOn, c.today)}` : ''}`
  const asks = askedWords(c, duty)
  if (!duty.dueOn) return `${stateWords[state]}${asks}`
  const first = duty.firstDueOn ? `，原定${dayWords(duty.firstDueOn, c.today)}` : ''
  const time = duty.dueAt ? timeOf(duty.dueAt, c.zone) : ''
  const day = `${dayWords(duty.dueOn, c.today)}${time}到期（${distance(duty.dueOn, c.today, light)}${first}）${duty.provisional ? '（暂定）' : ''}${asks}`
  return state === 'open' ? day : `${stateWords[state]}，${day}`
}

/** What its unit has asked for and the office has not answered. */
const askedWords = (c: Context, { asked }: DutyView): string => {
  if (!asked) return ''
  return asked.kind === 'extension' ? `，已申请延期到${dayWords(asked.until, c.today)}` : '，已报不涉及'
}

/**
 * What a duty asks for, in a few words: where its own time stands in the text, the clause that says it, else the first
 * words. A clause that goes on from the one before (并在…) takes that one along.
 */
export const demandWords = (duty: DutyView, length?: number): string => {
  const text = textOf(duty)
  const raw = duty.deadlines[duty.demand]?.raw
  if (duty.secret || raw === undefined || !text.includes(raw)) return firstWords(text, length)
  const clauses = text.split(/(?<=[，,；;。])/)
  let at = 0
  for (let length = 0; at < clauses.length; at++) {
    length += clauses[at]?.length ?? 0
    if (length > text.indexOf(raw)) break
  }
  const own = (clauses[at] ?? '').replace(/[，,；;。]$/, '')
  if (own === raw) return firstWords(clauses.slice(at + 1).join('') || text, length)
  const [before = '', after = ''] = own.split(raw)
  // The day stands on the line anyway: what it is a limit to, and what is to be done by then, make the better first words.
  const told = /^[于在并]*$/.test(before) && after !== '' ? after : own
  const goesOn = at > 0 && (/^(?:并|同时|且|再)/.test(own) || told !== own)
  return firstWords(
    [goesOn ? clauses[at - 1] : '', told, ...(goesOn || at > 0 ? [] : clauses.slice(1))].join(''),
    length,
  )
}

/** Code and matter of a duty. */
export const titleOf = ({ duty }: Seen): string => `${codeOf(duty)} ${demandWords(duty)}`

/** A part that the lead collects is told apart from a unit's own task. */
export const partWord = ({ duty, state }: Seen): string =>
  duty.role === 'support' && state !== 'asleep' ? '配合材料' : ''

/** One duty as a line: code, matter, round, due day, and how many of several reports are in. */
export const dutyLine = (c: Context, item: Seen, withUnit: boolean): Line => {
  const { duty } = item
  const parts = [
    titleOf(item),
    withUnit ? `${unitName(c, duty.unit)}${isClassLine(c, duty.unit) ? '（待分解）' : ''}` : '',
    roundWords(duty.round, c.today),
    partWord(item),
    dueWords(c, item),
    duty.times > 1 ? `已报${duty.approved}/${duty.times}次` : '',
  ]
  return { text: parts.filter(Boolean).join(' · '), ...(item.light && { light: item.light }) }
}

export const answerRow = (c: Context, { duty, state, light }: Seen): AnswerRow => ({
  plan: duty.planCode,
  task: duty.number,
  unit: unitName(c, duty.unit),
  round: duty.round,
  due: duty.dueOn,
  state,
  light,
})
