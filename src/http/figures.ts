import { oldestOverdue, type Settled, settledMessages, waitingMessages } from '../../db/queries/figures.ts'
import type { OutboxState } from '../../db/queries/outbox.ts'
import type { Deps } from '../flow/deps.ts'
import { reasonClass } from '../model/problem.ts'
import { addDays, dayOf, daysBetween } from '../time/day.ts'
import { exposed, type Family } from './exposition.ts'

const DAY_MS = 86_400_000
/** What is overdue for longer is told as that long: what was never closed for years must not be walked at each look. */
const MOST_DAYS = 366
/** Whoever asks more often is told the same: a look at the database is not for everybody who passes. */
const KEPT_MS = 5000
const STATES: readonly OutboxState[] = ['waiting', 'sent', 'dropped', 'dead', 'unsure']

const summed = <T>(rows: readonly T[], key: (row: T) => string, n: (row: T) => number): Map<string, number> => {
  const sums = new Map<string, number>()
  for (const row of rows) sums.set(key(row), (sums.get(key(row)) ?? 0) + n(row))
  return sums
}

/** How many messages stand in each state: all that wait, and of the others those that were due within a day. */
const outboxOf = (offices: readonly string[], settled: readonly Settled[], waiting: ReadonlyMap<string, number>) => {
  const sums = summed(
    settled,
    (row) => `${row.state} ${row.office}`,
    ({ n }) => n,
  )
  for (const [office, n] of waiting) sums.set(`waiting ${office}`, n)
  return offices.flatMap((office) =>
    STATES.map((state) => ({ labels: { office, state }, value: sums.get(`${state} ${office}`) ?? 0 })),
  )
}

const undeliveredOf = (settled: readonly Settled[]) => {
  const lost = settled.filter(({ state }) => state === 'dead' || state === 'unsure')
  const sums = summed(
    lost,
    (row) => [row.office, row.state, reasonClass(row.error)].join('\n'),
    ({ n }) => n,
  )
  return [...sums].map(([key, value]) => {
    const [office = '', state = '', reason = ''] = key.split('\n')
    return { labels: { office, state, reason }, value }
  })
}

const read = async (all: readonly Deps[], head: Deps): Promise<Family[]> => {
  const { store, zone } = head
  const offices = all.map((deps) => deps.store.office)
  const served = new Set(offices)
  const mine = <T extends { office: string }>(rows: readonly T[]): T[] =>
    rows.filter(({ office }) => served.has(office))
  const now = head.now()
  const today = dayOf(now, zone)
  const settled = mine(await settledMessages(store, new Date(now.getTime() - DAY_MS)))
  const waiting = mine(await waitingMessages(store, now))
  const overdue = mine(await oldestOverdue(store, { from: addDays(today, -MOST_DAYS), before: today }))
  const depth = new Map(waiting.map(({ office, n }) => [office, n]))
  const age = new Map(waiting.map(({ office, due }) => [office, due ? (now.getTime() - due.getTime()) / 1000 : 0]))
  const past = new Map(overdue.map(({ office, due }) => [office, (daysBetween(due, today) * DAY_MS) / 1000]))
  const each = (values: ReadonlyMap<string, number>) =>
    offices.map((office) => ({ labels: { office }, value: Math.max(0, values.get(office) ?? 0) }))
  return [
    {
      name: 'duban_outbox',
      help: 'Messages by state: all that wait, of the others those that were due within the last day',
      samples: outboxOf(offices, settled, depth),
    },
    {
      name: 'duban_undelivered_day',
      help: 'Messages of the last day that did not arrive, or nobody knows, by reason',
      samples: undeliveredOf(settled),
    },
    {
      name: 'duban_queue_age_seconds',
      help: 'How long the oldest message waits that is due and may go out',
      samples: each(age),
    },
    {
      name: 'duban_overdue_seconds',
      help: `Since the due day of the oldest open duty that is past it, in whole days, ${MOST_DAYS} at most`,
      samples: each(past),
    },
  ]
}

/**
 * What the database tells of all offices, in three queries whatever their number, as Prometheus reads it. Labels are names
 * of offices, states and classes of reasons: no person's words, no ids. @throws what the database throws
 */
export const createFigures = (offices: () => readonly Deps[]): (() => Promise<string>) => {
  let kept: { at: number; text: Promise<string> } | undefined
  return () => {
    const all = offices()
    const [head] = all
    if (!head) return Promise.resolve('')
    const at = head.now().getTime()
    if (!kept || Math.abs(at - kept.at) >= KEPT_MS) {
      const text = read(all, head).then(exposed)
      kept = { at, text }
      text.catch(() => {
        kept = undefined
      })
    }
    return kept.text
  }
}
