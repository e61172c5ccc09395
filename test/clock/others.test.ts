import { describe, expect, it } from 'vitest'
import { disclosureRules } from '../../src/clock/rules/disclosure.ts'
import { incidentRules } from '../../src/clock/rules/incidents.ts'
import { inspectionRules } from '../../src/clock/rules/inspections.ts'
import { suitOn } from '../../src/clock/rules/periods.ts'
import { courtRules, reviewRules } from '../../src/clock/rules/remedies.ts'
import { type Limit, ruleOn } from '../../src/clock/rules/rule.ts'
import { deputyRules } from '../../src/clock/rules/suggestions.ts'
import type { ClockEvent } from '../../src/clock/run.ts'
import { ran, saidBasis, saidClock } from './said.ts'

/*
 * Limits in months, calendar days and hours, worked by hand. The last day is found by the calendar alone; one that is a day
 * of rest gives way to the next workday, and the days it was moved over are named.
 */
type Row = [from: string, due: string, counting: string, moved?: string, worked?: string]

const run = (limit: Limit, from: string, by?: ClockEvent['by']) =>
  ran([{ event: '开始', at: from, does: 'start', span: limit.span, basis: limit.basis, ...(by && { by }) }])

const check =
  (limitOn: (day: string) => Limit, basis: string, by?: (day: string) => ClockEvent['by']) =>
  (...[from, due, counting, moved = '', worked = '']: Row) => {
    const clock = run(limitOn(from), from, by?.(from))
    const span = saidClock(clock)[0]?.split(' | ')[2]
    const line = [`${from} 开始`, basis, span, due, moved, worked, ...(moved ? ['', `原${lastDay(moved, due)}`] : [])]
    expect(saidClock(clock)[0]).toBe(line.join(' | ').replace(/(?: \| )+$/, ''))
    expect(clock.steps[0]?.counting?.map(saidBasis).join('、')).toBe(counting)
    expect(clock.due).toBe(due)
  }

/** The first day that the end was moved over, with the year of the due day. */
const lastDay = (moved: string, due: string) => `${due.slice(0, 5)}${/\d\d-\d\d/.exec(moved)?.[0]}`

describe('a suggestion', () => {
  const first = '民法典第二百零一条第一款、民法典第二百零二条'
  const thenMoved = `${first}、民法典第二百零三条第一款`
  const reply = (day: string) => ruleOn(deputyRules, day).reply
  const hard = (day: string) => ruleOn(deputyRules, day).hard

  it.each<Row>([
    // no 02-30: the month's last day
    ['2024-11-30', '2025-02-28', first],
    ['2023-11-30', '2024-02-29', first],
    // the last day of the older text
    ['2025-03-11', '2025-06-11', first],
  ])('of %s is answered in three months: %s', check(reply, '代表法（2015年修正）第四十二条第一款'))

  it.each<Row>([
    ['2025-03-12', '2025-06-12', first],
    ['2025-07-01', '2025-10-09', thenMoved, '国庆节10-01~10-05 中秋节10-06 国庆节10-07~10-08'],
    ['2025-11-17', '2026-02-24', thenMoved, '春节02-17~02-23'],
    ['2026-01-04', '2026-04-07', thenMoved, '清明节04-04~04-06'],
  ])('of %s is answered in three months: %s', check(reply, '代表法（2025年修正）第五十一条第二款'))

  it.each<Row>([
    ['2025-03-31', '2025-09-30', first],
    // a Saturday that is worked
    ['2025-08-31', '2026-02-28', first, '', '调休上班02-28'],
  ])('of %s that is hard is answered in six: %s', check(hard, '代表法（2025年修正）第五十一条第二款'))

  it('before the civil code was counted by the laws of its day', () => {
    const old = '民法通则第一百五十四条（待核对）'
    check(hard, '代表法（2015年修正）第四十二条第一款')('2016-08-31', '2017-02-28', `${old}、${old}`)
    const general = '民法总则第二百零一条第一款、民法总则第二百零二条'
    check(reply, '代表法（2015年修正）第四十二条第一款')('2020-12-31', '2021-03-31', general)
  })
})

describe('an inspection', () => {
  const first = '民法典第二百零一条第一款'
  const thenMoved = `${first}、民法典第二百零三条第一款`
  const objection = (day: string) => ruleOn(inspectionRules, day).objection
  const decision = (day: string) => ruleOn(inspectionRules, day).decision

  it.each<Row>([
    ['2021-03-01', '2021-03-31', first],
    ['2024-09-06', '2024-10-08', thenMoved, '国庆节10-06~10-07'],
    // the day after the holiday is a Saturday that is worked
    ['2023-08-31', '2023-10-07', thenMoved, '国庆节09-30~10-06', '调休上班10-07'],
  ])('of which the object heard on %s is objected to by %s', check(objection, '政府督查工作条例第十七条'))

  it.each<Row>([['2025-12-02', '2026-01-04', thenMoved, '元旦01-01~01-03', '调休上班01-04']])(
    'that was objected to on %s is decided on by %s',
    check(decision, '政府督查工作条例第十七条'),
  )

  it('before the regulation has no limits', () => {
    expect(() => ruleOn(inspectionRules, '2021-01-31')).toThrow('政府督查工作条例还没有施行（2021-02-01起施行）')
  })
})

describe('review and court count as the law of civil procedure has it', () => {
  const now = '民事诉讼法（2023年修正）第八十五条第二款'
  const nowMoved = `${now}、民事诉讼法（2023年修正）第八十五条第三款`

  it.each<Row>([
    // 29 days to 01-31, 29 to 02-29, 2 to 03-02: a Saturday
    ['2024-01-02', '2024-03-04', nowMoved, '周末03-02~03-03'],
  ])('review is applied for within 60 days of %s: %s', (...row) =>
    check((day) => ruleOn(reviewRules, day).apply, '行政复议法（2023年修订）第二十条第一款', suitOn)(...row),
  )

  it('the ten days of the older law were calendar days', () => {
    check((day) => ruleOn(reviewRules, day).defence, '行政复议法（2023年修订前）第二十三条第一款', suitOn)(
      ...(['2018-09-25', '2018-10-08'] as const),
      '民事诉讼法第八十二条第二款（待核对）、民事诉讼法第八十二条第三款（待核对）',
      '国庆节10-05~10-07',
    )
  })

  it('what is added to 60 days is added to the sixtieth, not to the day that it was moved to', () => {
    const { decide, extension } = ruleOn(reviewRules, '2024-08-06')
    // 25 to 08-31, 30 to 09-30, 5 to 10-05; 26 to 10-31, 4 to 11-04
    const clock = ran([
      {
        event: '受理',
        at: '2024-08-06',
        does: 'start',
        span: decide.span,
        basis: decide.basis,
        by: suitOn('2024-08-06'),
      },
      {
        event: '延长',
        at: '2024-09-20',
        does: 'extend',
        span: extension.span,
        basis: extension.basis,
        by: suitOn('2024-08-06'),
      },
    ])
    expect(saidClock(clock)).toEqual([
      '2024-08-06 受理 | 行政复议法（2023年修订）第六十二条第一款 | 60日 | 2024-10-08 | 国庆节10-05~10-07 |  |  | 原2024-10-05',
      '2024-09-20 延长 | 行政复议法（2023年修订）第六十二条第一款 | 30日 | 2024-11-04',
    ])
  })

  it.each<Row>([
    // 9 to 07-31, 21 to 08-21
    ['2024-07-22', '2024-08-21', now],
  ])('simple review is decided within 30 days of %s: %s', (...row) =>
    check(
      (day) => ruleOn(reviewRules, day).simple as Limit,
      '行政复议法（2023年修订）第六十二条第二款',
      suitOn,
    )(...row),
  )

  it.each<Row>([['2025-01-14', '2025-02-05', nowMoved, '春节01-29~02-04']])(
    'a suit follows review within 15 days of %s: %s',
    check((day) => ruleOn(courtRules, day).afterReview, '行政诉讼法（2017年修正）第四十五条', suitOn),
  )

  it('a suit without review within six months', () => {
    const by = '民事诉讼法（2021年修正）第八十五条第二款'
    check(
      (day) => ruleOn(courtRules, day).direct,
      '行政诉讼法（2017年修正）第四十六条第一款',
      suitOn,
    )(...(['2023-08-31', '2024-02-29', `${by}、${by}`] as const))
  })

  it.each<Row>([['2024-01-31', '2024-02-18', nowMoved, '春节02-15~02-17', '调休上班02-18']])(
    'the office defends itself within 15 days of %s: %s',
    check((day) => ruleOn(courtRules, day).defence, '行政诉讼法（2017年修正）第六十七条第一款', suitOn),
  )
})

describe('hours run through nights and holidays', () => {
  const statement = (at: string) => ruleOn(incidentRules, at.slice(0, 10)).statement as Limit
  const conference = (at: string) => ruleOn(incidentRules, at.slice(0, 10)).conference
  const response = (at: string) => ruleOn(incidentRules, at.slice(0, 10)).response as Limit

  it.each<Row>([
    ['2017-10-01T22:30', '2017-10-02T03:30', '民法总则第二百零一条第二款'],
    ['2018-12-31T21:45', '2019-01-01T02:45', '民法总则第二百零一条第二款'],
    ['2024-02-09T23:59', '2024-02-10T04:59', '民法典第二百零一条第二款'],
    // the first day of the five hours
    ['2016-11-10T00:00', '2016-11-10T05:00', '民法通则第一百五十四条（待核对）'],
  ])('five for the authoritative word, from %s to %s', (...row) =>
    check(statement, '国办发〔2016〕80号实施细则特别重大、重大突发事件的信息发布')(...row),
  )

  it.each<Row>([
    ['2024-02-09T20:15', '2024-02-10T20:15', '民法典第二百零一条第二款'],
    ['2024-02-28T09:10', '2024-02-29T09:10', '民法典第二百零一条第二款'],
  ])('24 for the press conference, from %s to %s', (...row) =>
    check(conference, '国办发〔2016〕80号实施细则特别重大、重大突发事件的新闻发布')(...row),
  )

  it('24 for the press conference by the earlier papers', () => {
    check(
      conference,
      '国办发〔2016〕61号特别重大、重大突发事件的新闻发布',
    )(...(['2016-09-30T17:00', '2016-10-01T17:00', '民法通则第一百五十四条（待核对）'] as const))
    expect(ruleOn(incidentRules, '2016-11-09').statement).toBeUndefined()
  })

  it.each<Row>([
    ['2016-09-30T17:00', '2016-10-02T17:00', '民法通则第一百五十四条（待核对）'],
    ['2020-12-30T23:59', '2021-01-01T23:59', '民法总则第二百零一条第二款'],
    ['2025-01-28T08:05', '2025-01-30T08:05', '民法典第二百零一条第二款'],
  ])('48 for other matters, from %s to %s', (...row) => check(response, '国办发〔2016〕61号其他政务舆情的回应')(...row))

  it('and stop for nobody', () => {
    const { basis, span } = statement('2024-02-09T23:59')
    const clock = ran([
      { event: '开始', at: '2024-02-09T23:59', does: 'start', span, basis },
      { event: '征求意见', at: '2024-02-10T00:30', does: 'pause', basis },
    ])
    expect(clock).toMatchObject({ state: 'running', due: '2024-02-10T04:59' })
  })
})

describe('a day that is set', () => {
  it('stands, on a day of rest too', () => {
    const { report } = ruleOn(disclosureRules, '2026-12-01')
    const clocks = report.map(({ title, date, basis }) =>
      ran([{ event: title, at: '2026-12-31', does: 'start', due: `2027-${date}`, basis }]),
    )
    expect(clocks.flatMap(saidClock)).toEqual([
      '2026-12-31 部门提交并公布年度报告 | 政府信息公开条例（2019年修订）第四十九条第一款 |  | 2027-01-31',
      '2026-12-31 本级政府公布年度报告 | 政府信息公开条例（2019年修订）第四十九条第二款 |  | 2027-03-31',
    ])
  })

  it('may be set anew by the office, which is said to be its own', () => {
    const { span, basis } = ruleOn(disclosureRules, '2024-09-10').answer
    const own = { law: '本单位设定', article: '提前答复' }
    const clock = ran([
      { event: '收到申请', at: '2024-09-10', does: 'start', span, basis },
      { event: '改定日期', at: '2024-09-11', does: 'move', due: '2024-09-20', basis: own },
    ])
    expect(saidClock(clock)[1]).toBe('2024-09-11 改定日期 | 本单位设定提前答复 |  | 2024-09-20')
    expect(clock.due).toBe('2024-09-20')
  })
})
