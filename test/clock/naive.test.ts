import notices from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { count } from '../../src/clock/count.ts'
import type { ClockEvent } from '../../src/clock/run.ts'
import { national, ran } from './said.ts'

/* The same count, made once more the plain way: the platform's dates, one day after the other, the notices read as they are. */
const DAY = 86_400_000
const day = (at: number) => new Date(at).toISOString().slice(0, 10)
const off = new Set(Object.keys(notices.holidays))
const on = new Set(Object.keys(notices.workdays))
const isWorked = (at: number) => {
  const weekday = new Date(at).getUTCDay()
  return on.has(day(at)) || (!off.has(day(at)) && weekday > 0 && weekday < 6)
}

const FIRST = Date.UTC(2016, 0, 1)
const anyDay = fc.integer({ min: 0, max: 3500 }).map((days) => FIRST + days * DAY)

it('ends on the n-th workday, and names every other day once', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: 1, max: 40 }), (from, n) => {
      const { due, skipped, worked, counts } = count(day(from), { n, type: 'workday' }, national)
      const counted: string[] = []
      const not: string[] = []
      const weekend: string[] = []
      for (let at = from + DAY; counted.length < n; at += DAY) {
        ;(isWorked(at) ? counted : not).push(day(at))
        if (on.has(day(at))) weekend.push(day(at))
      }
      const days = (runs: typeof skipped) =>
        runs.flatMap((run) => {
          const all: string[] = []
          for (let at = Date.parse(run.from); at <= Date.parse(run.to); at += DAY) all.push(day(at))
          return all
        })
      const said = [counts, due, days(skipped).join(' '), days(worked).join(' ')]
      expect(said).toEqual([counted[0], counted[n - 1], not.join(' '), weekend.join(' ')])
    }),
    { numRuns: 40 },
  )
})

it('never ends a limit in days on a day of rest, and never earlier', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: 1, max: 90 }), (from, n) => {
      let at = from + n * DAY
      while (!isWorked(at)) at += DAY
      expect(count(day(from), { n, type: 'day' }, national).due).toBe(day(at))
    }),
    { numRuns: 40 },
  )
})

/** What others took, from the day after each asking to the day of the reply, is not counted; the rest is, day by day. */
const naive = (from: number, n: number, asked: readonly (readonly [number, number])[]): string => {
  let left = n
  let at = from
  while (left > 0) {
    at += DAY
    const stopped = asked.some(([ask, reply]) => at > ask && at <= reply)
    if (!stopped && isWorked(at)) left--
  }
  return day(at)
}

it('counts what is left after others were asked, once or twice, as one would with a calendar at hand', () => {
  const gap = fc.integer({ min: 1, max: 12 })
  fc.assert(
    fc.property(anyDay, gap, gap, gap, gap, (from, a, b, c, d) => {
      const asks = [
        [from + a * DAY, from + (a + b) * DAY],
        [from + (a + b + c) * DAY, from + (a + b + c + d) * DAY],
      ] as const
      const basis = { law: '', article: '' }
      const due = naive(from, 30, asks)
      const events: ClockEvent[] = [
        { event: '', at: day(from), does: 'start', span: { n: 30, type: 'workday' }, basis },
      ]
      for (const [ask, reply] of asks) {
        events.push(
          { event: '', at: day(ask), does: 'pause', basis },
          { event: '', at: day(reply), does: 'resume', basis },
        )
      }
      expect(ran(events).due).toBe(due)
    }),
    { numRuns: 40 },
  )
})
