import { eq } from 'drizzle-orm'
import { renderText } from '../../adapters/console/index.ts'
import { peopleReached, roomsOf } from '../../db/queries/people.ts'
import type { Card } from '../../src/model/card.ts'
import type { Day } from '../../src/model/deadline.ts'
import { anyRouteKey } from '../../src/model/message.ts'
import { workdaysBefore } from '../../src/time/calendar.ts'
import { dayOf, startOf, startOfWeek, timeOf } from '../../src/time/day.ts'
import { ZONE } from './deps.ts'
import type { DueItem, Lived } from './year.ts'

/** What a year of messages comes to. */
export interface YearAccount {
  /** Messages that came unasked, hour clocks apart. */
  sent: number
  clocks: number
  /** Messages that somebody's doing caused. */
  caused: number
  /** The most in one day: into one place, and into all places of one unit (its rooms and its liaison). */
  mostAPlace: number
  mostAUnit: number
  /** Those that made a unit hear more than once on a day. */
  often: string[]
  outsideHours: string[]
  /** Things that came due, and of them those that were not named before: of these the office was asleep on the day of the reminder, or they came up after it. */
  due: number
  unnamed: DueItem[]
  sleptThrough: number
  cameLate: number
  byStep: Record<'liaison' | 'head', number>
  twice: number
  states: Record<string, number>
  /** The texts, for whoever wants to read some. */
  texts: { id: string; at: Date; text: string }[]
}

/** Codes in the words: 公开17-1、3、5；重点17-2. */
const codesIn = (words: string): string[] =>
  [
    ...words.matchAll(
      /(\p{Script=Han}+\d\d)-((?:[\dR][\d.R-]*|调度)(?:、(?:[\dR][\d.R-]*(?![\d.R-]|[月日年])|调度))*)/gu,
    ),
  ].flatMap(([, plan = '', numbers = '']) => numbers.split('、').map((number) => `${plan}-${number}`))

/** What a card names as due or to be done, not what is late: of one unit, by its name where several are told. */
const named = (card: Card, unit: string, alone: boolean): Set<string> => {
  const codes = card.blocks.flatMap((block): string[] => {
    if (block.kind === 'list') {
      if (block.title?.startsWith('已逾期')) return []
      return block.lines.flatMap(({ text }) => {
        const [who, what] = [text.slice(0, text.indexOf('：')), text.slice(text.indexOf('：') + 1)]
        if (alone) return codesIn(text)
        return speaksOf(who, unit) ? codesIn(what.split('逾期 ')[0] ?? '') : []
      })
    }
    if (block.kind !== 'note') return []
    if (alone) return block.text.startsWith('另有') ? codesIn(block.text) : []
    return block.text.split('；').flatMap((part) => (part.includes(unit) ? codesIn(part.split('逾期 ')[0] ?? '') : []))
  })
  return new Set(codes)
}

const speaksOf = (who: string, unit: string): boolean => {
  const [all, but] = who.split('（')
  return all === '各单位'
    ? !(but ?? '').includes(unit)
    : who
        .replace(/等\d+家$/, '')
        .split('、')
        .includes(unit)
}

const count = <T>(items: readonly T[], key: (item: T) => string): Map<string, number> => {
  const counts = new Map<string, number>()
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1)
  return counts
}
const most = (counts: Map<string, number>): number => Math.max(0, ...counts.values())

/** Reads the outbox at the year's end. */
export const accountOf = async ({ deps, due, alive, twice, cards }: Lived): Promise<YearAccount> => {
  const { store } = deps
  const { t, q, office } = store
  const { view, calendar } = await deps.cache(store)
  const rows = await q.select().from(t.outbox).where(eq(t.outbox.office, office))
  const sent = rows.flatMap((row) =>
    row.state === 'sent' && row.settledAt && cards.has(row.id) && row.lane === 'push'
      ? [
          {
            ...row,
            card: cards.get(row.id) as Card,
            day: dayOf(row.settledAt, ZONE),
            time: timeOf(row.settledAt, ZONE),
          },
        ]
      : [],
  )
  const clocks = sent.filter(({ id }) => id.startsWith('clock:'))
  const unasked = sent.filter(({ origin, id }) => origin === 'tick' && !id.startsWith('clock:'))
  const rooms = new Map((await roomsOf(store)).map((room) => [room.key, room]))
  const heads = new Set((await peopleReached(store)).flatMap(({ role, key }) => (role === 'head' ? [key] : [])))
  const isOwn = ({ address }: (typeof unasked)[number]) =>
    address.kind === 'room' ? rooms.get(anyRouteKey(address))?.units.length === 1 : !heads.has(anyRouteKey(address))
  const own = unasked.filter(isOwn).flatMap((row) => row.units.map((unit) => `${unit} ${row.day}`))
  const hearing = count(own, (key) => key)
  const often = unasked
    .filter(isOwn)
    .filter((row) => row.units.some((unit) => (hearing.get(`${unit} ${row.day}`) ?? 0) > 1))

  const nameOf = (id: string) => view.units.find((unit) => unit.id === id)?.name ?? id
  const byUnit = new Map<string, { day: Day; codes: Set<string> }[]>()
  for (const row of unasked)
    for (const unit of row.units) {
      const known = byUnit.get(unit) ?? []
      byUnit.set(unit, known)
      known.push({ day: row.day, codes: named(row.card, nameOf(unit), row.units.length === 1) })
    }
  const before = ({ dueOn }: DueItem) => workdaysBefore(dueOn, 1, calendar)
  const isNamed = (item: DueItem) => {
    const week = startOfWeek(before(item))
    const month = startOf(item.dueOn, 'month')
    const from = item.round.includes('W') || week < month ? week : month
    return (byUnit.get(item.unit) ?? []).some(
      ({ day, codes }) => day >= from && day < item.dueOn && codes.has(item.code),
    )
  }
  const missed = due.filter((item) => !isNamed(item))
  const cameLate = missed.filter((item) => item.since > before(item))
  const slept = missed.filter((item) => !cameLate.includes(item) && !alive.has(before(item)))
  const texts = unasked.map(({ id, settledAt, card }) => ({ id, at: settledAt ?? new Date(0), text: renderText(card) }))
  const saying = (words: RegExp) => texts.filter(({ text }) => words.test(text)).length
  return {
    sent: unasked.length,
    clocks: clocks.length,
    caused: sent.filter(({ origin }) => origin === 'person').length,
    mostAPlace: most(count(unasked, ({ room, day }) => `${room} ${day}`)),
    mostAUnit: most(hearing),
    often: often.map(({ id, day, time }) => `${id} ${day} ${time}`),
    outsideHours: unasked
      .filter(
        ({ day, time }) =>
          !calendar.isWorkday(day) || time < view.settings.hours.from || time >= view.settings.hours.to,
      )
      .map(({ id, day, time }) => `${id} ${day} ${time}`),
    due: due.length,
    unnamed: missed.filter((item) => !cameLate.includes(item) && !slept.includes(item)),
    sleptThrough: slept.length,
    cameLate: cameLate.length,
    byStep: { liaison: saying(/请联络员/), head: saying(/请分管领导/) },
    twice: twice.length,
    states: Object.fromEntries(
      count(
        rows.filter(({ origin }) => origin === 'tick'),
        ({ state }) => state,
      ),
    ),
    texts,
  }
}

/** What was promised and not kept; empty where the year kept its word. */
export const brokenIn = (account: YearAccount): string[] => {
  const { mostAPlace, mostAUnit, often, outsideHours, unnamed, twice } = account
  return [
    ...(mostAPlace > 1 ? [`${mostAPlace} messages into one place on one day`] : []),
    ...(mostAUnit > 1 ? [`${mostAUnit} messages to one unit on one day: ${often.join('; ')}`] : []),
    ...(outsideHours.length > 0 ? [`${outsideHours.length} outside office hours: ${outsideHours[0]}`] : []),
    ...unnamed.map(({ code, unit, dueOn }) => `${code} of ${unit} was not named before ${dueOn}`),
    ...(twice > 0 ? [`${twice} messages twice`] : []),
  ]
}
