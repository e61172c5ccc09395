import { describe, expect, it } from 'vitest'
import { type ScoreRules, usualRules } from '../../src/model/assessment.ts'
import { pointWords } from '../../src/score/points.ts'
import { ledgerScores } from '../../src/score/score.ts'
import { duty, reach } from './duties.ts'

/**
 * Worked out by hand. Full marks 100; on time +0.05; late −0.50, open and over −1.00, each workday over −0.10 up to 2.00;
 * sent back −0.20; a later day asked in time −0.10, after the day −0.20; 配合 counts 33.33 %.
 * August 2017 has no holidays: 1 August is a Tuesday, the 25th a Friday.
 */
const rules: ScoreRules = { ...usualRules, onTime: 5, extended: 10, support: 3333 }

const until = (day: string) => ({ until: day })

const finance = [
  // 31 August, in on the 30th: +0.05
  duty({ unit: '财政', code: 'K-1', due: '2017-08-31' }, ['reported', '2017-08-30'], ['approved', '2017-09-01']),
  // 10 August (Thu), in on the 15th: 11, 14, 15 are three workdays: −0.50 − 3 × 0.10 = −0.80
  duty({ unit: '财政', code: 'K-2', due: '2017-08-10' }, ['reported', '2017-08-15']),
  // 25 August, still open on 15 September: three whole weeks, 15 workdays: −1.00 − 15 × 0.10 = −2.50
  duty({ unit: '财政', code: 'K-3', due: '2017-08-25' }),
]
// 100 + 0.05 − 0.80 − 2.50
const financeScore = '96.75'

const planning = [
  // 25 August, in on the 24th, sent back on the 28th, in again within its new day: on time (+0.05), once sent back (−0.20)
  duty(
    { unit: '发改', code: 'K-1', due: '2017-08-25' },
    ['reported', '2017-08-24'],
    ['returned', '2017-08-28', until('2017-08-31')],
    ['reported', '2017-08-31'],
    ['approved', '2017-09-04'],
  ),
  // 10 August, a later day asked on the 8th, the 17th granted and kept: on time (+0.05), −0.10
  duty(
    { unit: '发改', code: 'K-2', due: '2017-08-10' },
    ['extension-asked', '2017-08-08', until('2017-08-17')],
    ['extension-granted', '2017-08-09', until('2017-08-17')],
    ['reported', '2017-08-17'],
  ),
  // 10 August, a later day asked only on the 16th: 11, 14, 15, 16 are four workdays: −0.50 − 0.40 = −0.90, and −0.20
  duty(
    { unit: '发改', code: 'K-3', due: '2017-08-10' },
    ['extension-asked', '2017-08-16', until('2017-08-25')],
    ['extension-granted', '2017-08-17', until('2017-08-25')],
    ['reported', '2017-08-24'],
  ),
]
// 100 + 0.05 − 0.20 + 0.05 − 0.10 − 0.90 − 0.20
const planningScore = '98.70'

const building = [
  // 配合, collected for the 15th (Tue), in on the 16th: (−0.50 − 0.10) × 33.33 % = −0.19998, told as −0.20
  duty(
    { unit: '住建', code: 'K-1', role: 'support', state: 'asleep' },
    ['collected', '2017-08-02', until('2017-08-15')],
    ['reported', '2017-08-16'],
  ),
  // Never collected: counts nowhere
  duty({ unit: '住建', code: 'K-2', role: 'support', state: 'asleep' }),
  // 配合, in on its day: 0.05 × 33.33 % = 0.016665, told as 0.02
  duty(
    { unit: '住建', code: 'K-3', role: 'support', state: 'asleep' },
    ['collected', '2017-08-02', until('2017-08-22')],
    ['reported', '2017-08-22'],
  ),
  // Rests still; waived: count nowhere
  duty({ unit: '住建', code: 'K-4', due: '2017-08-10' }, ['suspended', '2017-08-14']),
  duty({ unit: '住建', code: 'K-5', due: '2017-08-10' }, ['waived', '2017-08-14', { reason: 'x' }]),
  // 10 August; rested from the 14th (Mon) until the 21st (Mon), in on the 22nd: of 11, 14–18, 21, 22 the five of the rest
  // are not counted: three workdays: −0.50 − 0.30 = −0.80
  duty(
    { unit: '住建', code: 'K-6', due: '2017-08-10' },
    ['suspended', '2017-08-14'],
    ['resumed', '2017-08-21'],
    ['reported', '2017-08-22'],
  ),
]
// 100 − 0.20 + 0.02 − 0.80
const buildingScore = '99.02'

const schools = [
  // 1 August, still open on 15 September: 3 + 6 × 5 = 33 workdays would be 3.30, at most 2.00: −1.00 − 2.00 = −3.00
  duty({ unit: '教育', code: 'K-1', due: '2017-08-01' }),
  // Standing, unclaimed, waiting, from before the start day, due in September: count nowhere
  duty({ unit: '教育', code: 'K-2', round: 'standing', state: 'standing' }),
  duty({ unit: '教育', code: 'K-3', due: '2017-08-15', state: 'unclaimed' }),
  duty({ unit: '教育', code: 'K-4', round: 'waiting', state: 'waiting' }),
  duty({ unit: '教育', code: 'K-5', due: '2017-08-03', state: 'unconfirmed' }),
  duty({ unit: '教育', code: 'K-6', due: '2017-09-11' }),
]
// 100 − 3.00
const schoolsScore = '97.00'

const water = [
  // The finance bureau's until the 21st, where it was sent back once; due on the 25th, in on the 29th (Tue): 28 and 29 are
  // two workdays: −0.50 − 0.20 = −0.70, and nothing for what another unit was sent back
  duty(
    { unit: '财政', code: 'K-7', due: '2017-08-25' },
    ['reported', '2017-08-09'],
    ['returned', '2017-08-11', until('2017-08-25')],
    ['reassigned', '2017-08-21', { to: '水利' }],
    ['reported', '2017-08-29'],
  ),
  // Came to it when its day was over: counts nowhere
  duty({ unit: '财政', code: 'K-8', due: '2017-08-25' }, ['reassigned', '2017-08-28', { to: '水利' }]),
  // 10 August, in on the 14th, taken back, in on the 17th: the last counts, 11, 14–17 are five: −0.50 − 0.50 = −1.00
  duty(
    { unit: '水利', code: 'K-9', due: '2017-08-10' },
    ['reported', '2017-08-14'],
    ['withdrawn', '2017-08-15'],
    ['reported', '2017-08-17'],
  ),
  // Two reports by the 31st (Thu): the second came on 1 September: −0.50 − 0.10 = −0.60
  duty(
    { unit: '水利', code: 'K-10', due: '2017-08-31', times: 2 },
    ['reported', '2017-08-10'],
    ['approved', '2017-08-11'],
    ['reported', '2017-09-01'],
    ['approved', '2017-09-04'],
  ),
]
// 100 − 0.70 − 1.00 − 0.60
const waterScore = '97.70'

const all = [...finance, ...planning, ...building, ...schools, ...water]
const scores = ledgerScores(all, rules, reach)
const told = (unit: string) =>
  (scores.get(unit)?.lines ?? []).map(({ code, rule, points }) => [code, rule, pointWords(points)])
const scoreOf = (unit: string) => pointWords(scores.get(unit)?.score ?? 0)
const leftOf = (unit: string) => (scores.get(unit)?.left ?? []).map(({ code, left }) => [code, left])

describe('five units, worked out by hand', () => {
  it('on time, late by workdays, open and over', () => {
    expect(told('财政')).toEqual([
      ['', 'base', '100.00'],
      ['K-1', 'onTime', '0.05'],
      ['K-2', 'late', '-0.80'],
      ['K-3', 'overdue', '-2.50'],
    ])
    expect(scoreOf('财政')).toBe(financeScore)
  })

  it('sent back, a later day in time and after the day', () => {
    expect(told('发改')).toEqual([
      ['', 'base', '100.00'],
      ['K-1', 'onTime', '0.05'],
      ['K-1', 'returned', '-0.20'],
      ['K-2', 'onTime', '0.05'],
      ['K-2', 'extended', '-0.10'],
      ['K-3', 'late', '-0.90'],
      ['K-3', 'extendedLate', '-0.20'],
    ])
    expect(scoreOf('发改')).toBe(planningScore)
  })

  it('配合 by its weight, with rounding told; rests and waivers', () => {
    expect(told('住建')).toEqual([
      ['', 'base', '100.00'],
      ['K-1', 'late', '-0.20'],
      ['K-3', 'onTime', '0.02'],
      ['K-6', 'late', '-0.80'],
    ])
    expect(scores.get('住建')?.lines[1]?.why).toBe(
      '2017-08-15到期，2017-08-16，超过1个工作日：扣0.50＋1个工作日×0.10；配合事项按33.33%计，四舍五入到0.01分',
    )
    expect(leftOf('住建')).toEqual([
      ['K-2', 'asleep'],
      ['K-4', 'suspended'],
      ['K-5', 'waived'],
    ])
    expect(scoreOf('住建')).toBe(buildingScore)
  })

  it('at most so much for the days of one duty; what counts nowhere is named with its reason', () => {
    expect(told('教育')).toEqual([
      ['', 'base', '100.00'],
      ['K-1', 'overdue', '-3.00'],
    ])
    expect(leftOf('教育')).toEqual([
      ['K-2', 'standing'],
      ['K-3', 'unclaimed'],
      ['K-4', 'waiting'],
      ['K-5', 'unconfirmed'],
      ['K-6', 'elsewhere'],
    ])
    expect(scoreOf('教育')).toBe(schoolsScore)
  })

  it('another unit’s past is not this one’s; what is taken back; two reports', () => {
    expect(told('水利')).toEqual([
      ['', 'base', '100.00'],
      ['K-7', 'late', '-0.70'],
      ['K-9', 'late', '-1.00'],
      ['K-10', 'late', '-0.60'],
    ])
    expect(leftOf('水利')).toEqual([['K-8', 'moved']])
    expect(scoreOf('水利')).toBe(waterScore)
  })

  it('each line rests on a fact of its duty, by its day and number', () => {
    const facts = new Map(all.flatMap(({ id, facts: own }) => own.map(({ seq, body }) => [`${id} ${seq}`, body.on])))
    const lines = [...scores.values()].flatMap((one) => one.lines).filter(({ seq }) => seq !== null)
    expect(lines.length).toBeGreaterThan(10)
    for (const { duty: id, seq, day } of lines) expect(facts.get(`${id} ${seq}`)).toBe(day)
  })
})

describe('the edges', () => {
  it('floor 0 and ceiling full marks are lines of their own', () => {
    const few: ScoreRules = { ...rules, full: 200 }
    const low = ledgerScores(schools, few, reach).get('教育')
    expect(low?.lines.map(({ rule, points }) => [rule, points])).toEqual([
      ['base', 200],
      ['overdue', -300],
      ['floor', 100],
    ])
    expect(low?.score).toBe(0)
    const high = ledgerScores(finance.slice(0, 1), few, reach).get('财政')
    expect(high?.lines.at(-1)).toMatchObject({ rule: 'ceiling', points: -5 })
    expect(high?.score).toBe(200)
  })

  it('a unit of which nothing counts has no score at all', () => {
    expect(ledgerScores(schools.slice(1), rules, reach).get('教育')).toMatchObject({ score: null, lines: [] })
  })

  it('what happens after the moment is not seen, and what is not due yet is not judged', () => {
    const early = { ...reach, now: new Date('2017-08-14T02:00:00Z') }
    const then = ledgerScores(finance, rules, early).get('财政')
    // K-2: 11 and 14 August are over, and the report of the 15th has not come.
    expect(then?.lines.map(({ code, rule, points }) => [code, rule, points])).toEqual([
      ['', 'base', 10_000],
      ['K-2', 'overdue', -120],
    ])
    expect(then?.left.map(({ code, left }) => [code, left])).toEqual([
      ['K-1', 'later'],
      ['K-3', 'later'],
    ])
  })

  it('a duty that was archived with its plan is over only up to then', () => {
    const [open] = schools
    const archived = ledgerScores(open ? [{ ...open, archivedOn: '2017-08-03' }] : [], rules, reach).get('教育')
    expect(archived?.lines[1]).toMatchObject({ rule: 'overdue', points: -120 })
  })
})
