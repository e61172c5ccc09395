import fc from 'fast-check'
import { expect, it } from 'vitest'
import { usualRules } from '../../src/model/assessment.ts'
import { pointsOf, pointWords, portion } from '../../src/score/points.ts'
import { checkRules, contribution, unitResult } from '../../src/score/result.ts'
import { ledgerScores } from '../../src/score/score.ts'
import { addDays } from '../../src/time/day.ts'
import { duty, type Event, reach } from './duties.ts'

const taken = fc.integer({ min: 0, max: 500 })
const share = fc.integer({ min: 0, max: 10_000 })
const rules = fc
  .record({
    ...{ onTime: fc.integer({ min: 0, max: 20 }), late: taken, more: taken, day: taken, daysMost: taken },
    ...{ returned: taken, extended: taken, extendedLate: taken, lead: share, support: share },
    full: fc.integer({ min: 1, max: 20_000 }),
  })
  .map(({ more, ...own }) => ({ ...usualRules, ...own, overdue: own.late + more }))

const day = (n: number) => addDays('2017-08-01', n)

/** A history as it may be: reported, sent back, put off, rested, in any legal order, on rising days. */
const history = fc
  .record({
    due: fc.integer({ min: 0, max: 30 }),
    steps: fc.array(fc.tuple(fc.nat(5), fc.integer({ min: 0, max: 9 })), { maxLength: 6 }),
  })
  .map(({ due, steps }) => {
    const events: Event[] = []
    let [at, state] = [0, 'open']
    for (const [kind, after] of steps) {
      at += after
      const until = { until: day(at + 5) }
      if (kind <= 1 && state !== 'review' && state !== 'suspended') {
        events.push(['reported', day(at)])
        state = 'review'
      } else if (kind === 2 && state === 'review') {
        events.push(['returned', day(at), until])
        state = 'returned'
      } else if (kind === 3 && state === 'open') {
        events.push(['extension-asked', day(at), until], ['extension-granted', day(at), until])
      } else if (kind === 4 && state === 'open') {
        events.push(['suspended', day(at)])
        state = 'suspended'
      } else if (kind === 5 && state === 'suspended') {
        events.push(['resumed', day(at)])
        state = 'open'
      }
    }
    return { due: day(due), events }
  })

const shuffled = <T>(list: readonly T[], by: readonly number[]): T[] =>
  list
    .map((one, i) => ({ one, key: by[i % by.length] ?? 0 }))
    .sort((a, b) => a.key - b.key)
    .map(({ one }) => one)

it('the lines add up, name every duty that counts once, and do not depend on any order', () => {
  fc.assert(
    fc.property(
      fc.array(history, { maxLength: 8 }),
      rules,
      fc.array(fc.integer(), { minLength: 3, maxLength: 9 }),
      (made, by, keys) => {
        const rows = made.map(({ due, events }, i) =>
          duty({ unit: `单位${i % 2}`, code: `K-${i}`, due, ...(i % 3 === 2 && { role: 'support' }) }, ...events),
        )
        const scores = ledgerScores(rows, by, reach)
        const again = ledgerScores(
          shuffled(
            rows.map((row) => ({ ...row, facts: shuffled(row.facts, keys) })),
            keys,
          ),
          by,
          reach,
        )
        const sorted = (all: typeof scores) => [...all].sort(([a], [b]) => (a < b ? -1 : 1))
        expect(sorted(again)).toEqual(sorted(scores))
        const [named, left]: [string[], string[]] = [[], []]
        for (const one of scores.values()) {
          if (one.score !== null) {
            expect(one.lines.reduce((sum, { points }) => sum + points, 0)).toBe(one.score)
            expect(one.score).toBeGreaterThanOrEqual(0)
            expect(one.score).toBeLessThanOrEqual(by.full)
          }
          named.push(
            ...one.lines
              .filter(({ rule }) => ['onTime', 'running', 'late', 'overdue'].includes(rule))
              .map((line) => line.duty),
          )
          left.push(...one.left.map((line) => line.duty))
          expect(one.counted + one.left.length).toBe(rows.filter((row) => row.unit === one.unit).length)
        }
        expect([...named, ...left].sort()).toEqual(rows.map(({ id }) => id).sort())
      },
    ),
    { numRuns: 60 },
  )
})

it('more lateness never gives more points, and not reporting gives least', () => {
  fc.assert(
    fc.property(
      rules,
      fc.integer({ min: 0, max: 40 }),
      fc.integer({ min: 0, max: 40 }),
      fc.boolean(),
      (by, a, b, support) => {
        const of = (after: number | null) => {
          const due = { unit: '单位', code: 'K-1', due: '2017-08-03' }
          const events: Event[] = after === null ? [] : [['reported', addDays('2017-08-01', after)]]
          const made = support
            ? duty(
                { unit: '单位', code: 'K-1', role: 'support', state: 'asleep' },
                ['collected', '2017-07-20', { until: '2017-08-03' }],
                ...events,
              )
            : duty(due, ...events)
          return ledgerScores([made], by, reach).get('单位')?.score ?? Number.NaN
        }
        const [sooner, later] = [Math.min(a, b), Math.max(a, b)]
        expect(of(sooner)).toBeGreaterThanOrEqual(of(later))
        expect(of(later)).toBeGreaterThanOrEqual(of(null))
      },
    ),
    { numRuns: 60 },
  )
})

it('portions are whole, within half a hundredth, and say when they were rounded', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1_000_000, max: 1_000_000 }), share, (points, weight) => {
      const { value, rounded } = portion(points, weight, 10_000)
      expect(Math.abs(value * 10_000 - points * weight)).toBeLessThanOrEqual(5000)
      expect(rounded).toBe((points * weight) % 10_000 !== 0)
      expect(Number.isInteger(value)).toBe(true)
    }),
  )
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 99_999_999 }), (points) => {
      expect(pointsOf(pointWords(points))).toBe(points)
    }),
  )
  for (const text of ['', '-1', '1.234', '四', '1,5', 'NaN', '1e3', '∞']) expect(pointsOf(text)).toBeUndefined()
  expect(['4.5', '4.5分', '４．５ 分', '4%'].map(pointsOf)).toEqual([450, 450, 450, 400])
})

it('a score of 92.50 contributes 3.70 where the share is 4.00 %; a share under the least is refused with it', () => {
  expect(contribution(9250, 400)).toEqual({ value: 370, rounded: false })
  expect(() => checkRules({ ...usualRules, share: 399, shareLeast: 400 })).toThrow(
    '占分值权重3.99%低于本机关设定的下限4.00%',
  )
  expect(checkRules({ ...usualRules, share: 400, shareLeast: 400 }).share).toBe(400)
  expect(() => checkRules({ ...usualRules, late: 200, overdue: 100 })).toThrow('否则不报反而扣得少')
  expect(() => checkRules({ ...usualRules, lead: 100, support: 200 })).toThrow('不应高于牵头权重')
})

it('indicators: the ledger’s part scaled, office and third party by their weights, an answered objection before all', () => {
  const base = { theme: '', standard: '', units: [] }
  const indicators = [
    { ...base, number: '1', name: '办理', points: 4000, by: 'rules' as const },
    { ...base, number: '2', name: '机制', points: 1000, by: 'people' as const },
    { ...base, number: '3', name: '培训', points: 500, by: 'people' as const, units: ['u2'] },
    { ...base, number: '4', name: '解读', points: 1000, by: 'people' as const },
  ]
  const ledger = { unit: 'u1', score: 9675, full: 10_000, lines: [], counted: 3, left: [] }
  const nobody = { own: null, given: null, third: null, objection: null }
  const objection = {
    v: 1 as const,
    on: '2018-01-10',
    text: 'x',
    answered: { on: '2018-01-11', changed: true, points: 950, text: 'y' },
  }
  const given = new Map([
    ['2', { ...nobody, own: 1000, given: 900, third: 755 }],
    ['4', { ...nobody, given: 100, objection }],
  ])
  const made = unitResult('u1', indicators, { ...usualRules, third: 3000, share: 400 }, { ledger, given })
  // 96.75 × 40 ÷ 100 = 38.70; 9.00 × 70 % + 7.55 × 30 % = 8.565, told as 8.57; 9.50 after the objection
  expect(made.indicators.map(({ indicator, result, rounded }) => [indicator.number, result, rounded])).toEqual([
    ['1', 3870, false],
    ['2', 857, true],
    ['4', 950, false],
  ])
  expect(made).toMatchObject({ total: 5677, full: 6000, waiting: 0 })
  // 56.77 ÷ 60 = 94.616… %, and 94.62 × 4 % = 3.7848
  expect(made.percent).toEqual({ value: 9462, rounded: true })
  expect(made.contributes).toEqual({ value: 378, rounded: true })
  const alone = unitResult(
    'u1',
    indicators,
    { ...usualRules, third: 3000 },
    { ledger: undefined, given: new Map([['2', { ...nobody, own: 1000, given: 900 }]]) },
  )
  expect(alone).toMatchObject({ waiting: 2, total: 0, full: 2000, contributes: null })
  expect(alone.indicators[0]).toMatchObject({ apart: true, result: null })
})
