import { describe, expect, it } from 'vitest'
import { count } from '../../src/clock/count.ts'
import { disclosureRules } from '../../src/clock/rules/disclosure.ts'
import { feeRules } from '../../src/clock/rules/fees.ts'
import { reviewRules } from '../../src/clock/rules/remedies.ts'
import { type Limit, ruleOn } from '../../src/clock/rules/rule.ts'
import { openCalendar } from '../../src/time/calendar.ts'
import { national, saidBasis, saidRuns } from './said.ts'

/*
 * Limits in workdays, each counted by hand with the year's holiday notice beside it: the day of the event is not counted;
 * then day by day, over what the fourth column names and with the weekend days of the fifth. The last day counted is the
 * due day. Nothing here was produced by the program.
 */
type Row = [from: string, due: string, skipped: string, worked?: string]

const counted = (limit: Limit, from: string, calendar = national) => {
  const { due, skipped, worked } = count(from, limit.span, calendar)
  return [saidBasis(limit.basis), due, saidRuns(skipped), saidRuns(worked)]
}

const check =
  (limitOn: (day: string) => Limit, basis: string) =>
  (from: string, due: string, skipped: string, worked = '') =>
    expect(counted(limitOn(from), from)).toEqual([basis, due, skipped, worked])

describe('an answer is due', () => {
  const answer = (day: string) => ruleOn(disclosureRules, day).answer

  const by2007: Row[] = [
    // 2016-02: 4 5 | 6 班 | 14 班 15–19 | 22–26 | 29
    ['2016-02-03', '2016-02-29', '春节02-07~02-13 周末02-20~02-21 周末02-27~02-28', '调休上班02-06 调休上班02-14'],
    // 13 14 | 18 班 19–23 | 26–30 | 8 班 9 班: the fifteenth is a Sunday that is worked
    [
      '2016-09-12',
      '2016-10-09',
      '中秋节09-15~09-17 周末09-24~09-25 国庆节10-01~10-07',
      '调休上班09-18 调休上班10-08~10-09',
    ],
    ['2016-12-20', '2017-01-11', '周末12-24~12-25 周末12-31 元旦01-01~01-02 周末01-07~01-08'],
    ['2017-01-18', '2017-02-13', '周末01-21 春节01-27~02-02 周末02-05 周末02-11~02-12', '调休上班01-22 调休上班02-04'],
    // 中秋 fell on 10-04: eight days off
    [
      '2017-09-20',
      '2017-10-17',
      '周末09-23~09-24 国庆节10-01~10-03 中秋节10-04 国庆节10-05~10-08 周末10-14~10-15',
      '调休上班09-30',
    ],
    ['2018-02-08', '2018-03-06', '周末02-10 春节02-15~02-21 周末02-25 周末03-03~03-04', '调休上班02-11 调休上班02-24'],
    ['2018-09-17', '2018-10-12', '周末09-22~09-23 中秋节09-24 国庆节10-01~10-07', '调休上班09-29~09-30'],
    // New Year's days off begin in the old year
    ['2018-12-20', '2019-01-11', '周末12-22~12-23 元旦12-30~01-01 周末01-05~01-06', '调休上班12-29'],
    ['2019-01-25', '2019-02-20', '周末01-26~01-27 春节02-04~02-10 周末02-16~02-17', '调休上班02-02~02-03'],
    // the last day of the old rules
    ['2019-05-14', '2019-06-04', '周末05-18~05-19 周末05-25~05-26 周末06-01~06-02'],
  ]
  it.each(by2007)('in 15 workdays of %s: on %s', check(answer, '政府信息公开条例（2007年）第二十四条第二款'))

  const by2019: Row[] = [
    ['2019-05-15', '2019-06-13', '周末05-18~05-19 周末05-25~05-26 周末06-01~06-02 端午节06-07~06-09'],
    // 26 27 | 29 班 30 | 8–11 | 12 班 | 14–18 | 21–25 | 28
    [
      '2019-09-25',
      '2019-10-28',
      '周末09-28 国庆节10-01~10-07 周末10-13 周末10-19~10-20 周末10-26~10-27',
      '调休上班09-29 调休上班10-12',
    ],
    // the days off of 2020 were drawn out to 02-02, and 02-01 was not worked
    ['2020-01-10', '2020-02-14', '周末01-11~01-12 周末01-18 春节01-24~02-02 周末02-08~02-09', '调休上班01-19'],
    [
      '2020-09-18',
      '2020-10-22',
      '周末09-19~09-20 周末09-26 国庆节10-01~10-08 周末10-11 周末10-17~10-18',
      '调休上班09-27 调休上班10-10',
    ],
    [
      '2021-02-03',
      '2021-03-08',
      '周末02-06 春节02-11~02-17 周末02-21 周末02-27~02-28 周末03-06~03-07',
      '调休上班02-07 调休上班02-20',
    ],
    [
      ...(['2021-09-15', '2021-10-19'] as const),
      ...([
        '中秋节09-19~09-21 周末09-25 国庆节10-01~10-07 周末10-10 周末10-16~10-17',
        '调休上班09-18 调休上班09-26 调休上班10-09',
      ] as const),
    ],
    [
      '2022-01-19',
      '2022-02-21',
      '周末01-22~01-23 春节01-31~02-06 周末02-12~02-13 周末02-19~02-20',
      '调休上班01-29~01-30',
    ],
    ['2022-09-20', '2022-10-21', '周末09-24~09-25 国庆节10-01~10-07 周末10-15~10-16', '调休上班10-08~10-09'],
    [
      '2023-01-12',
      '2023-02-14',
      '周末01-14~01-15 春节01-21~01-27 周末02-04~02-05 周末02-11~02-12',
      '调休上班01-28~01-29',
    ],
    [
      '2023-09-20',
      '2023-10-24',
      '周末09-23~09-24 中秋节09-29 国庆节09-30~10-06 周末10-14~10-15 周末10-21~10-22',
      '调休上班10-07~10-08',
    ],
    // 除夕 (02-09) was a workday in 2024
    ['2024-01-29', '2024-02-29', '周末02-03 春节02-10~02-17 周末02-24~02-25', '调休上班02-04 调休上班02-18'],
    [
      ...(['2024-09-10', '2024-10-14'] as const),
      ...([
        '中秋节09-15~09-17 周末09-21~09-22 周末09-28 国庆节10-01~10-07 周末10-13',
        '调休上班09-14 调休上班09-29 调休上班10-12',
      ] as const),
    ],
    [
      '2025-01-17',
      '2025-02-20',
      '周末01-18~01-19 周末01-25 春节01-28~02-04 周末02-09 周末02-15~02-16',
      '调休上班01-26 调休上班02-08',
    ],
    [
      ...([
        '2025-09-19',
        '2025-10-23',
        '周末09-20~09-21 周末09-27 国庆节10-01~10-05 中秋节10-06 国庆节10-07~10-08 周末10-12 周末10-18~10-19',
      ] as const),
      '调休上班09-28 调休上班10-11',
    ],
    ['2025-12-25', '2026-01-23', '周末12-27~12-28 元旦01-01~01-03 周末01-10~01-11 周末01-17~01-18', '调休上班01-04'],
    [
      '2026-02-06',
      '2026-03-12',
      '周末02-07~02-08 春节02-15~02-23 周末03-01 周末03-07~03-08',
      '调休上班02-14 调休上班02-28',
    ],
    [
      '2026-09-16',
      '2026-10-20',
      '周末09-19 中秋节09-25~09-27 国庆节10-01~10-07 周末10-11 周末10-17~10-18',
      '调休上班09-20 调休上班10-10',
    ],
    // received on a Saturday; on a Saturday that was worked; on a day of the holiday
    ['2026-03-07', '2026-04-03', '周末03-08 周末03-14~03-15 周末03-21~03-22 周末03-28~03-29'],
    ['2026-02-28', '2026-03-27', '周末03-01 周末03-07~03-08 周末03-14~03-15 周末03-21~03-22'],
    [
      '2026-10-03',
      '2026-11-03',
      '国庆节10-04~10-07 周末10-11 周末10-17~10-18 周末10-24~10-25 周末10-31~11-01',
      '调休上班10-10',
    ],
  ]
  it.each(by2019)('in 20 workdays of %s: on %s', check(answer, '政府信息公开条例（2019年修订）第三十三条第二款'))
})

describe('others are given', () => {
  it.each<Row>([
    ['2025-01-22', '2025-02-07', '周末01-25 春节01-28~02-04', '调休上班01-26'],
    ['2023-09-25', '2023-10-10', '中秋节09-29 国庆节09-30~10-06', '调休上班10-07~10-08'],
  ])('7 workdays from %s to be told what to supplement: %s', (...row) =>
    check(
      (day) => ruleOn(disclosureRules, day).supplement.notice as Limit,
      '政府信息公开条例（2019年修订）第三十条',
    )(...row),
  )

  it.each<Row>([
    [
      '2021-09-17',
      '2021-10-14',
      '中秋节09-19~09-21 周末09-25 国庆节10-01~10-07 周末10-10',
      '调休上班09-18 调休上班09-26 调休上班10-09',
    ],
  ])('15 workdays from %s as third party: %s', (...row) =>
    check(
      (day) => ruleOn(disclosureRules, day).thirdParty.reply as Limit,
      '政府信息公开条例（2019年修订）第三十二条',
    )(...row),
  )

  it.each<Row>([['2024-04-29', '2024-05-22', '劳动节05-01~05-05 周末05-12 周末05-18~05-19', '调休上班05-11']])(
    '15 workdays from %s as co-maker: %s',
    (...row) =>
      check(
        (day) => ruleOn(disclosureRules, day).coMaker?.reply as Limit,
        '政府信息公开条例（2019年修订）第三十四条',
      )(...row),
  )

  it.each<Row>([
    [
      '2021-04-20',
      '2021-05-19',
      '周末04-24 劳动节05-01~05-05 周末05-09 周末05-15~05-16',
      '调休上班04-25 调休上班05-08',
    ],
    ['2025-05-20', '2025-06-18', '周末05-24~05-25 端午节05-31~06-02 周末06-07~06-08 周末06-14~06-15'],
  ])('20 workdays from the notice of %s to pay: %s', (...row) =>
    check((day) => ruleOn(feeRules, day).payment, '国办函〔2020〕109号缴费期限')(...row),
  )

  it.each<Row>([['2024-09-24', '2024-10-12', '周末09-28 国庆节10-01~10-07', '调休上班09-29 调休上班10-12']])(
    '10 workdays from %s to answer in review: %s',
    check((day) => ruleOn(reviewRules, day).defence, '行政复议法（2023年修订）第四十八条'),
  )

  it.each<Row>([['2025-04-02', '2025-04-10', '清明节04-04~04-06']])(
    '5 workdays from %s to answer in simple review: %s',
    check((day) => ruleOn(reviewRules, day).simpleDefence as Limit, '行政复议法（2023年修订）第五十四条第一款'),
  )
})

describe('a paper is published', () => {
  const publish = (day: string) => ruleOn(disclosureRules, day).publish

  it.each<Row>([
    ['2017-04-20', '2017-05-19', '周末04-22~04-23 周末04-29~04-30 劳动节05-01 周末05-06~05-07 周末05-13~05-14'],
  ])('within 20 workdays of %s by the old rules: %s', check(publish, '政府信息公开条例（2007年）第十八条'))

  it.each<Row>([
    [
      '2023-04-04',
      '2023-05-05',
      '清明节04-05 周末04-08~04-09 周末04-15~04-16 周末04-22 劳动节04-29~05-03',
      '调休上班04-23',
    ],
    [
      '2024-05-31',
      '2024-07-01',
      '周末06-01~06-02 周末06-08~06-09 端午节06-10 周末06-15~06-16 周末06-22~06-23 周末06-29~06-30',
    ],
  ])('within 20 workdays of %s: %s', check(publish, '政府信息公开条例（2019年修订）第二十六条'))
})

describe('an office with days of its own', () => {
  const seven = { ...ruleOn(disclosureRules, '2025-01-01').answer, span: { n: 7, type: 'workday' as const } }

  it('has its days off named as its own, and its weekend days that are worked', () => {
    const own = openCalendar([
      { day: '2025-04-19', kind: 'work' },
      { day: '2025-04-21', kind: 'off' },
      { day: '2025-04-22', kind: 'off' },
      { day: '2025-04-26', kind: 'off' },
    ])
    // 17 18 | 19 own | 23 24 25 | 27 班; 04-26 is a Saturday anyway
    expect(counted(seven, '2025-04-16', own).slice(1)).toEqual([
      ...['2025-04-27', '周末04-20 本单位休息日04-21~04-22 周末04-26', '本单位上班04-19 调休上班04-27'],
    ])
  })

  it('has the festivals of a notice that it entered itself called by their names', () => {
    const off = ['01', '02', '03', '04', '05', '06', '07'].map((date) => ({
      day: `2027-10-${date}`,
      kind: 'off' as const,
    }))
    const own = openCalendar([...off, { day: '2027-10-09', kind: 'work' }, { day: '2027-11-15', kind: 'off' }])
    // 28 29 30 | 8 | 9 own | 11 12
    expect(counted(seven, '2027-09-27', own).slice(1)).toEqual([
      '2027-10-12',
      '国庆节10-01~10-07 周末10-10',
      '本单位上班10-09',
    ])
    expect(count('2027-09-27', seven.span, own).provisional).toBe(false)
    expect(saidRuns(count('2027-11-11', seven.span, own).skipped)).toBe(
      '周末11-13~11-14 本单位休息日11-15 周末11-20~11-21',
    )
  })
})

it('a year whose notice is not out is counted by the law alone, and said to be provisional', () => {
  const twenty = { n: 20, type: 'workday' as const }
  // 12-15…18 | 21–25 | 28–31 | 01-04…08 | 11 12
  const { due, skipped, provisional } = count('2026-12-14', twenty, openCalendar())
  expect([due, saidRuns(skipped), provisional]).toEqual([
    ...['2027-01-12', '周末12-19~12-20 周末12-26~12-27 元旦01-01 周末01-02~01-03 周末01-09~01-10', true],
  ])
  expect(count('2026-11-02', twenty, openCalendar()).provisional).toBe(false)
})
