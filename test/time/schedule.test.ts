import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Deadline, Every } from '../../src/model/deadline.ts'
import type { DutyState } from '../../src/model/duty.ts'
import { openCalendar } from '../../src/time/calendar.ts'
import { addDays, dayFromNumber, dayNumber } from '../../src/time/day.ts'
import { publishesFigures } from '../../src/time/figures.ts'
import { labelOf, startsIn } from '../../src/time/rounds.ts'
import {
  type Demand,
  lightOf,
  openEventRound,
  overdueOn,
  periodOf,
  roundsOf,
  type ScheduleContext,
} from '../../src/time/schedule.ts'

const calendar = openCalendar()
const zone = 'Asia/Shanghai'

const context: ScheduleContext = { text: '', issuedOn: '2017-07-03', year: 2017, calendar, zone }
const demands = (...given: (Deadline & { from?: 'text' | 'column' })[]): Demand[] =>
  given.map(({ from = 'text', ...deadline }, index) => ({ deadline, from, index }))
const every = (period: Every, more: object = {}) => ({ kind: 'recurring' as const, raw: '', every: period, ...more })
const date = (by: string, from: 'text' | 'column' = 'text') => ({ kind: 'date' as const, raw: `${by}前`, by, from })
const clock = (event: string, n: number, unit: 'hour' | 'day' | 'workday') => ({
  ...{ kind: 'relative' as const, raw: `${event}后${n}`, event, n, unit },
})
const ongoing = { kind: 'ongoing' as const, raw: '全年', year: 2017, from: 'column' as const }
const open = (given: ReturnType<typeof demands>, more: Partial<ScheduleContext> = {}) =>
  roundsOf(given, { ...context, ...more })
const written = (given: ReturnType<typeof demands>, more: Partial<ScheduleContext> = {}) =>
  open(given, more).rounds.map(({ round, dueOn }) => (dueOn === null || dueOn === round ? round : `${round}→${dueOn}`))

describe('a rule without a day of its own', () => {
  it.each([
    ['按月公布社会保险基金收支情况', '按月', 'text', true],
    ['每季度向社会公开饮水水质状况', '每季度', 'text', true],
    ['每月将投诉受理情况报送监管部门', '每月', 'text', true],
    ['对各县区落实情况每季度通报一次', '每季度', 'text', true],
    ['每月发布空气质量月报', '每月', 'text', true],
    ['每季度更新救助人数和支出金额', '每季度', 'text', true],
    ['组织召开半年、年度财政运行情况新闻发布会', '年度', 'text', true],
    ['每季度公布抽检结果，每月召开一次例会', '每季度', 'text', true],
    ['每季度公布抽检结果，每月召开一次例会', '每月', 'text', false],
    ['项目单位每月公开施工信息，并适时公开投资完成情况', '每月', 'text', false],
    ['每季度召开例会，通报工作进展情况', '每季度', 'text', false],
    ['做好网站季度抽查，及时公开抽查情况', '季度抽查', 'text', false],
    ['每半年开展一次应急演练', '每半年', 'text', false],
    ['每月开展政务公开情况检查', '每月', 'text', false],
    ['每季度更新办事指南', '每季度', 'text', false],
    ['每年解读重要政策', '每年', 'text', false],
    ['公布医院收费价格和诊疗数量统计', '按月度公布', 'column', true],
    ['', '按季度公布', 'column', false],
    ['', '按月度、季度公布', 'column', true],
    ['建立市场信息定期发布机制', '按月度、季度', 'column', true],
    ['开展联合检查', '按月度、季度', 'column', false],
    ['加强监管，定期公布抽检结果', '每季度', 'column', true],
    ['组织业务培训，及时公布培训情况', '每半年', 'column', false],
    ['完善公开目录', '每月', 'column', false],
  ] as const)('%s (%s, %s): figures %s', (text, raw, from, expected) => {
    const others = ['每季度', '每月', '半年'].filter((other) => other !== raw)
    expect(publishesFigures(text, { raw, from }, others)).toBe(expected)
  })

  it('ends a month later with figures, else with its period', () => {
    const figures = { text: '按月公开财政收支情况' }
    const rule = demands({ ...every('month'), raw: '按月' })
    expect(written(rule, figures).slice(0, 2)).toEqual(['2017-06→2017-07-31', '2017-07→2017-08-31'])
    expect(written(rule, figures).at(-1)).toBe('2017-12→2018-01-31')
    expect(written(rule, { text: '按月召开例会' })).toHaveLength(6)
    expect(written(rule, { text: '按月召开例会' })[0]).toBe('2017-07→2017-07-31')
  })

  it('follows the plan where it sets one end for all', () => {
    const rule = demands(every('quarter'))
    expect(written(rule, { defaultEnd: 'next-month-end' })).toContain('2017-Q3→2017-10-31')
    expect(written(rule, { defaultEnd: { day: 10 } })).toEqual([
      '2017-Q2→2017-07-10',
      '2017-Q3→2017-10-10',
      '2017-Q4→2018-01-10',
    ])
    expect(written(demands(every('year')), { defaultEnd: 'next-month-end' })).toEqual(['2017→2018-01-31'])
    expect(written(demands(every('month')), { defaultEnd: { day: 31 }, issuedOn: '2018-01-20' })).toEqual([
      '2017-12→2018-01-31',
    ])
  })
})

describe('rules', () => {
  const days = (n: number, of: string, unit = 'day') => ({ within: { n, unit, of } })
  it.each([
    [
      '二十日内',
      every('quarter', days(20, 'next-period-start')),
      ['2017-Q2→2017-07-20', '2017-Q3→2017-10-20', '2017-Q4→2018-01-20'],
    ],
    ['第一周内', every('quarter', days(1, 'period-start', 'week')), ['2017-Q3→2017-07-07', '2017-Q4→2017-10-07']],
    [
      '季后首月',
      every('half-year', days(1, 'next-period-start', 'month')),
      ['2017-H1→2017-07-31', '2017-H2→2018-01-31'],
    ],
    [
      '前三个工作日',
      every('quarter', days(3, 'period-start', 'workday')),
      ['2017-Q3→2017-07-05', '2017-Q4→2017-10-11'],
    ],
    ['年中的一天', every('year', { by: '09-30' }), ['2017→2017-09-30']],
    ['已过的一天', every('year', { by: '03-31' }), ['2018→2018-03-31']],
    ['年初一月内', every('year', days(1, 'period-start', 'month')), ['2018→2018-01-31']],
    ['平年没有的一天', every('year', { by: '02-29' }), ['2018→2018-02-28']],
  ] as [string, Deadline, string[]][])('%s', (_, deadline, expected) => {
    expect(written(demands(deadline))).toEqual(expected)
  })

  it('a day that a month does not have is its last', () => {
    const rounds = written(demands(every('month', days(31, 'period-start')) as Deadline), { issuedOn: '2017-01-01' })
    expect(rounds.slice(0, 2)).toEqual(['2017-01→2017-01-31', '2017-02→2017-02-28'])
    const after = written(demands(every('month', days(30, 'next-period-start')) as Deadline), {
      issuedOn: '2017-01-01',
    })
    expect(after[0]).toBe('2017-01→2017-02-28')
  })

  it('weeks go by ISO week, days by the day', () => {
    const weeks = written(demands(every('week')), { issuedOn: '2017-12-18' })
    expect(weeks).toEqual(['2017-W51→2017-12-24', '2017-W52→2017-12-31'])
    expect(written(demands(every('day')), { issuedOn: '2017-12-30' })).toEqual(['2017-12-30', '2017-12-31'])
  })

  it('counts several reports within the period, even of figures', () => {
    const { rounds } = open(demands({ ...every('year', { times: 3 }), raw: '每年' }), {
      text: '每年公布统计数据不少于3次',
    })
    expect(rounds).toMatchObject([{ round: '2017', dueOn: '2017-12-31', times: 3 }])
  })

  it('opens a plan of several years a year at a time', () => {
    const rule = demands(every('half-year'), date('2017-12-31'))
    const span = { untilYear: 2019, openYear: 2018 }
    expect(written(rule, { ...span, openYear: 2017 })).toEqual(['2017-H2→2017-12-31', '2017-12-31'])
    expect(written(rule, span)).toEqual(['2018-H1→2018-06-30', '2018-H2→2018-12-31'])
  })

  it('with no round left stays a standing duty and asks', () => {
    const { rounds, questions } = open(demands(every('quarter', days(5, 'period-start')) as Deadline), {
      issuedOn: '2017-11-20',
    })
    expect(rounds).toMatchObject([{ round: 'standing', state: 'standing' }])
    expect(questions).toMatchObject([{ kind: 'start-day' }])
  })

  it('marks a workday count into a year without a holiday notice', () => {
    const rule = demands(every('year', days(5, 'next-period-start', 'workday')) as Deadline)
    expect(open(rule).rounds[0]?.provisional).toBe(false)
    expect(open(rule, { year: 2033, issuedOn: '2033-01-04' }).rounds[0]?.provisional).toBe(true)
    expect(open(demands(every('year')), { year: 2033, issuedOn: '2033-01-04' }).rounds[0]?.provisional).toBe(false)
  })
})

describe('several time limits of one task', () => {
  it.each([
    [
      'bare beside detailed',
      [every('month'), every('month', { within: { n: 20, unit: 'day', of: 'next-period-start' } })],
      [1],
    ],
    ['month and quarter', [every('month'), every('quarter')], [0, 1]],
    ['a rule and ongoing', [every('quarter'), ongoing], [0]],
    ['two dates in the text', [date('2017-12-31'), date('2017-08-25')], [0, 1]],
    ['the same date twice', [date('2017-12-31'), date('2017-12-31', 'column')], [0]],
    ['a goal far beyond the column', [date('2020-12-31'), date('2017-11-20', 'column')], [0, 1]],
    [
      'a column that repeats one of two',
      [date('2017-09-30'), date('2017-10-31'), date('2017-10-31', 'column')],
      [0, 1],
    ],
    ['two yearly days', [every('year', { by: '09-30' }), every('year', { by: '12-20' })], [0, 1]],
  ] as [string, Deadline[], number[]][])('%s', (_, given, kept) => {
    const { rounds, questions } = open(demands(...given))
    expect([...new Set(rounds.map(({ demand }) => demand))]).toEqual(kept)
    expect(questions).toEqual([])
  })

  it.each([
    ['2017-06-30', '2017-07-31', '2017-07-31'],
    ['2017-08-31', '2017-07-31', '2017-07-31'],
    ['2017-09-30', '2017-10-31', '2017-09-30'],
    ['2017-05-31', '2017-06-30', '2017-06-30'],
  ])('%s in the text, %s in the column: %s, and a question', (inText, inColumn, expected) => {
    const { rounds, questions } = open(demands(date(inText), date(inColumn, 'column')))
    expect(rounds.map(({ dueOn }) => dueOn)).toEqual([expected])
    expect(questions).toMatchObject([{ kind: 'contradiction', proposal: expected }])
  })

  it('takes the count of the text with the day of the column', () => {
    const dated = every('quarter', { within: { n: 80, unit: 'day', of: 'period-start' } })
    const { rounds } = open(demands(every('quarter', { times: 2 }), { ...(dated as Deadline), from: 'column' }))
    expect(rounds).toMatchObject([
      { demand: 1, round: '2017-Q3', dueOn: '2017-09-18', times: 2 },
      { demand: 1, round: '2017-Q4', dueOn: '2017-12-19', times: 2 },
    ])
  })

  it('two days of one rule: the earlier, and a question', () => {
    const by = (n: number) => every('month', { within: { n, unit: 'day', of: 'period-start' } }) as Deadline
    const { rounds, questions } = open(demands(by(20), { ...by(10), from: 'column' }))
    expect(rounds[0]).toMatchObject({ demand: 1, dueOn: '2017-07-10' })
    expect(questions).toMatchObject([{ kind: 'contradiction' }])
  })

  it.each([[[]], [[ongoing]], [[{ kind: 'prompt' as const, raw: '及时' }]]])('%j stands', (given) => {
    const { rounds, ongoing: stands } = open(demands(...given))
    expect(rounds).toMatchObject([{ round: 'standing', state: 'standing', dueOn: null, demand: given.length - 1 }])
    expect(stands).toBe(true)
  })

  it('says that a task with a day is also ongoing', () => {
    expect(open(demands(date('2017-12-31'), ongoing)).ongoing).toBe(true)
    expect(open(demands(date('2017-12-31'))).ongoing).toBe(false)
  })
})

describe('clocks', () => {
  it.each([
    ['本通知公布', 30, 'workday', '2017-08-14'],
    ['印发之日起', 10, 'day', '2017-07-13'],
    ['本要点印发', 5, 'workday', '2017-07-10'],
    ['通知下发', 5, 'workday', '2017-07-10'],
    ['清单公布', 10, 'day', 'waiting'],
    ['国家指导意见印发', 60, 'day', 'waiting'],
    ['文件公开', 3, 'workday', 'waiting'],
  ] as const)('%s %i %s: %s', (event, n, unit, expected) => {
    const { rounds, questions } = open(demands(clock(event, n, unit)))
    expect(rounds.map(({ round }) => round)).toEqual([expected])
    expect(rounds[0]?.dueOn).toBe(expected === 'waiting' ? null : expected)
    expect(questions.map(({ kind }) => kind)).toEqual(expected === 'waiting' ? ['relative-event'] : [])
  })

  it('says of a clock without an event that none is named', () => {
    const [question] = open(demands({ ...clock('', 20, 'workday'), raw: '20个工作日内' })).questions
    expect(question?.text).toBe('“20个工作日内”没有写从什么时候起算。是否已经起算、从哪一天？')
  })

  it('two clocks on one event wait each for itself, and are asked once', () => {
    const { rounds, questions } = open(demands(clock('突发事件', 5, 'hour'), clock('突发事件', 24, 'hour'), ongoing))
    expect(rounds.map(({ demand, state }) => [demand, state])).toEqual([
      [0, 'waiting'],
      [1, 'waiting'],
    ])
    expect(questions).toHaveLength(1)
  })

  it('waits where the day of issue is not known', () => {
    expect(written(demands(clock('本通知印发', 5, 'day')), { issuedOn: '' })).toEqual(['waiting'])
  })

  it('opens a round when the event is recorded', () => {
    const event = (n: number, unit: 'hour' | 'day' | 'workday') => clock('登记', n, unit)
    expect(openEventRound(event(5, 'hour'), '2017-08-25T14:30:00Z', calendar, zone)).toEqual({
      ...{ round: '2017-08-25T22:30', dueOn: '2017-08-26', dueAt: '2017-08-26T03:30:00+08:00', provisional: false },
    })
    expect(openEventRound(event(15, 'workday'), '2017-09-25', calendar, zone)).toMatchObject({
      ...{ round: '2017-09-25', dueOn: '2017-10-20', dueAt: null },
    })
    expect(openEventRound(event(20, 'day'), '2017-08-25', calendar, zone).dueOn).toBe('2017-09-14')
    expect(openEventRound(event(1, 'hour'), '2017-08-25', calendar, zone).dueAt).toBe('2017-08-25T01:00:00+08:00')
    expect(() => openEventRound(event(1, 'day'), '昨天', calendar, zone)).toThrow(RangeError)
  })
})

describe('the period of a label', () => {
  it.each([
    ['2017-08', '2017-08-01', '2017-08-31'],
    ['2017-Q3', '2017-07-01', '2017-09-30'],
    ['2017-H2', '2017-07-01', '2017-12-31'],
    ['2020', '2020-01-01', '2020-12-31'],
    ['2017-W33', '2017-08-14', '2017-08-20'],
    ['2020-W53', '2020-12-28', '2021-01-03'],
    ['2017-08-25', '2017-08-25', '2017-08-25'],
    ['2017-08-25T22:30', '2017-08-25', '2017-08-25'],
  ])('%s: %s to %s', (round, from, to) => expect(periodOf(round)).toEqual({ from, to }))

  it.each(['waiting', 'standing', '', '2017-13', '2017-W53', '2017-Q5', '2017-02-30'])('%s has none', (round) =>
    expect(periodOf(round)).toBeUndefined(),
  )

  it('holds the day it was made from', () => {
    const kinds: Every[] = ['day', 'week', 'month', 'quarter', 'half-year', 'year']
    const day = fc.integer({ min: dayNumber('1990-01-01'), max: dayNumber('2060-12-31') }).map(dayFromNumber)
    fc.assert(
      fc.property(day, fc.constantFrom(...kinds), (one, kind) => {
        const period = periodOf(labelOf(one, kind))
        expect(period && period.from <= one && one <= period.to).toBe(true)
      }),
    )
    for (const kind of kinds)
      for (const start of startsIn(2018, kind)) expect(periodOf(labelOf(start, kind))?.from).toBe(start)
  })
})

describe('lights', () => {
  const at = (dueOn: string | null, today: string, state: DutyState = 'open', more: object = {}) =>
    lightOf({ state, dueOn, ...more }, today, calendar)

  it.each([
    ['2017-08-25', '2017-08-18', 'green', 5],
    ['2017-08-25', '2017-08-22', 'yellow', 3],
    ['2017-08-25', '2017-08-25', 'yellow', 0],
    ['2017-08-25', '2017-08-26', 'yellow', 0],
    ['2017-08-25', '2017-08-28', 'red', -1],
    ['2017-09-30', '2017-10-08', 'yellow', 0],
    ['2017-09-30', '2017-10-09', 'red', -1],
    ['2017-10-07', '2017-10-09', 'red', -1],
  ])('due %s, on %s: %s (%i)', (dueOn, today, light, days) => {
    expect(at(dueOn, today)).toMatchObject({ light, days })
    expect(overdueOn(dueOn, today, calendar)).toBe(light === 'red')
  })

  it('yellow begins where the office sets it', () => {
    expect(lightOf({ state: 'open', dueOn: '2017-08-25' }, '2017-08-18', calendar, { yellowWithin: 5 }).light).toBe(
      'yellow',
    )
  })

  it('is never red in review, and late by the day of the report', () => {
    expect(at('2017-08-25', '2017-09-20', 'review', { reportedOn: '2017-08-24' }).light).toBe('green')
    expect(at('2017-08-25', '2017-09-20', 'review', { reportedOn: '2017-08-29' })).toMatchObject({
      light: 'yellow',
      days: -2,
    })
    expect(at('2017-08-25', '2017-09-20', 'returned', { reportedOn: '2017-08-24' }).light).toBe('red')
  })

  it.each(['unclaimed', 'asleep', 'waiting', 'standing', 'done', 'suspended', 'waived', 'unconfirmed'] as const)(
    '%s has none',
    (state) => expect(at('2017-01-05', '2017-09-20', state)).toMatchObject({ light: null, days: 0 }),
  )

  it('an hour clock runs through the night', () => {
    const duty = { state: 'open' as const, dueOn: '2017-08-26', dueAt: '2017-08-26T03:30:00+08:00' }
    expect(lightOf(duty, '2017-08-26', calendar, { now: '2017-08-25T19:00:00Z' }).light).toBe('yellow')
    expect(lightOf(duty, '2017-08-26', calendar, { now: '2017-08-25T19:31:00Z' }).light).toBe('red')
    expect(lightOf(duty, '2017-08-27', calendar).light).toBe('red')
  })
})

describe('whatever the demands are', () => {
  const within = fc.record({
    n: fc.integer({ min: 1, max: 40 }),
    unit: fc.constantFrom('day', 'workday', 'week', 'month'),
    of: fc.constantFrom('next-period-start', 'period-start'),
  })
  const recurring = fc.record(
    {
      every: fc.constantFrom('week', 'month', 'quarter', 'half-year', 'year'),
      within,
      times: fc.integer({ min: 1, max: 4 }),
    },
    { requiredKeys: ['every'] },
  )
  const someDay = fc.integer({ min: 0, max: 600 }).map((n) => addDays('2017-01-01', n))
  const anyDeadline = fc.oneof(
    recurring.map((rule) => ({ ...rule, kind: 'recurring', raw: '每期' }) as Deadline),
    someDay.map((by): Deadline => ({ kind: 'date', raw: by, by })),
    fc.constantFrom<Deadline>(ongoing, clock('印发', 9, 'workday'), clock('批复', 20, 'day')),
  )
  const anyDemands = fc
    .array(fc.record({ deadline: anyDeadline, from: fc.constantFrom('text' as const, 'column' as const) }), {
      maxLength: 6,
    })
    .map((all) => all.map((one, index) => ({ ...one, index })))

  it('demand and round are unique, nothing recurring is due before the issue, and a task never vanishes', () => {
    fc.assert(
      fc.property(anyDemands, someDay, (given, issuedOn) => {
        const { rounds } = open(given, { issuedOn, text: '每期公布收支情况' })
        expect(rounds.length).toBeGreaterThan(0)
        expect(new Set(rounds.map(({ demand, round }) => `${demand} ${round}`)).size).toBe(rounds.length)
        for (const { demand, dueOn, state } of rounds) {
          expect(state === 'open').toBe(dueOn !== null)
          if (given[demand]?.deadline.kind !== 'date' && dueOn) expect(dueOn >= issuedOn).toBe(true)
        }
      }),
    )
  })
})
