import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Day, Deadline } from '../../src/model/deadline.ts'
import type { Duty, DutyState } from '../../src/model/duty.ts'
import { projectDuty } from '../../src/model/life.ts'
import { roundsByTask } from '../../src/plan/duties.ts'
import { recomputed } from '../../src/plan/recompute.ts'
import { type Notices, openCalendar, published } from '../../src/time/calendar.ts'
import { openEventRound } from '../../src/time/schedule.ts'
import { firstOf2019, firstOf2020, knownBefore, knownIn } from '../time/notices.ts'

const zone = 'Asia/Shanghai'

const inFirstMonth = (n: number): Deadline => ({
  ...{ kind: 'recurring', raw: `每季度首月${n}个工作日内`, every: 'quarter' },
  within: { n, unit: 'workday', of: 'period-start' },
})
const afterMonth = (n: number): Deadline => ({
  ...{ kind: 'recurring', raw: `每月结束后${n}个工作日内`, every: 'month' },
  within: { n, unit: 'workday', of: 'next-period-start' },
})
const afterIssue = (n: number): Deadline => ({
  ...{ kind: 'relative', raw: `自印发之日起${n}个工作日内`, event: '印发之日' },
  ...{ n, unit: 'workday' },
})
const afterEvent = (n: number): Deadline => ({
  ...{ kind: 'relative', raw: `收到申请后${n}个工作日内`, event: '收到申请' },
  ...{ n, unit: 'workday' },
})
const onDay = (by: Day): Deadline => ({ kind: 'date', raw: by, by })

interface Plan {
  issuedOn: Day
  year: number
  deadlines: Deadline[]
}

const countedBy = ({ issuedOn, year, deadlines }: Plan, notices: Notices) => {
  const calendar = openCalendar([], notices)
  const document = { title: '', number: '', issuer: '', issuedOn, year }
  const task = {
    ...{ id: '1', text: '', section: [], lead: ['甲局'], support: [], openEnded: false, divided: false, deadlines },
    ...{ note: '', source: { line: 1, raw: '' } },
    sources: { lead: [], support: [], deadlines: deadlines.map(() => ({ line: 1, raw: '', from: 'text' as const })) },
  }
  const rounds = roundsByTask({ document, tasks: [task], common: [] }, { calendar, zone, startOn: null }).get('1') ?? []
  return { deadlines, rounds, calendar, zone }
}

const duty = (round: ReturnType<typeof countedBy>['rounds'][number], more: Partial<Duty> = {}): Duty => ({
  ...{ id: `${more.unit ?? 'u1'} ${round.demand} ${round.round}`, plan: 'p', task: 'p.1', ord: 0, unit: 'u1' },
  ...{ role: 'lead', demand: round.demand, round: round.round, dueOn: round.dueOn, dueAt: null },
  ...{ provisional: round.provisional, state: round.state, claimBy: null, named: true, disclaimed: false },
  ...{ times: round.times, approved: 0, reportedOn: null, closedOn: null, setDueOn: null, owedOn: round.dueOn },
  ...{ late: false, acceptedOn: null, asked: null, firstDueOn: null, before: null, clearedOn: null },
  ...{ proofs: [], parts: [], archivedOn: null, ...more },
})

/** What a release under the notices opens for one unit. */
const released = (plan: Plan, notices: Notices): Duty[] => countedBy(plan, notices).rounds.map((one) => duty(one))

/** The duties after another calendar, and how many of them it moved. */
const turned = (held: readonly Duty[], plan: Plan, notices: Notices, provisional = false) => {
  const { moved, inReview } = recomputed(held, { ...countedBy(plan, notices), provisional })
  const bodies = new Map(moved.map((one) => [one.duty.id, one.body]))
  const after = held.map((one) => {
    const body = bodies.get(one.id)
    return body ? projectDuty(one, { kind: 'recomputed', body: { on: '2017-12-01', ...body } }) : one
  })
  return { after, moved, inReview }
}

const days = (duties: readonly Duty[]) =>
  duties.map(({ dueOn, provisional }) => `${dueOn}${provisional ? ' 暂定' : ''}`)

describe('what the notices of past years moved, counted by hand', () => {
  // Each line: the rule, its plan, the notices before and after, and the days of its first rounds by both.
  const cases: [what: string, Plan, Notices, Notices, was: string[], now: string[]][] = [
    [
      '2018：每季度首月10个工作日内，国庆调休使四季度由10月17日改为19日',
      { issuedOn: '2017-11-20', year: 2018, deadlines: [inFirstMonth(10)] },
      knownBefore(2018),
      knownIn(2018),
      ['2018-01-15 暂定', '2018-04-16 暂定', '2018-07-13 暂定', '2018-10-17 暂定'],
      ['2018-01-15', '2018-04-16', '2018-07-13', '2018-10-19'],
    ],
    [
      '2018：1月结束后15个工作日，跨春节，2月11日和24日上班',
      { issuedOn: '2017-11-20', year: 2018, deadlines: [afterMonth(15)] },
      knownBefore(2018),
      knownIn(2018),
      ['2018-02-22 暂定'],
      ['2018-02-26'],
    ],
    [
      '2018：印发后60个工作日，补班日使期限提前一天',
      { issuedOn: '2017-11-20', year: 2017, deadlines: [afterIssue(60)] },
      knownBefore(2018),
      knownIn(2018),
      ['2018-02-13 暂定'],
      ['2018-02-12'],
    ],
    [
      '2018：印发后30个工作日到元旦次日，日期不变，只是不再暂定',
      { issuedOn: '2017-11-20', year: 2017, deadlines: [afterIssue(30)] },
      knownBefore(2018),
      knownIn(2018),
      ['2018-01-02 暂定'],
      ['2018-01-02'],
    ],
    [
      '2019：元旦前的12月29日补班、31日放假，已公布的2018年也变',
      { issuedOn: '2018-12-03', year: 2018, deadlines: [afterIssue(20)] },
      knownBefore(2019),
      knownIn(2019),
      ['2018-12-31'],
      ['2018-12-29'],
    ],
    [
      '2019：1月结束后15个工作日，补班两天抵放假两天',
      { issuedOn: '2018-12-03', year: 2019, deadlines: [afterMonth(15)] },
      knownBefore(2019),
      knownIn(2019),
      ['2019-02-26 暂定'],
      ['2019-02-26'],
    ],
    [
      '2019：3月改劳动节为4天，4月结束后3个工作日由5月6日改为7日',
      { issuedOn: '2019-04-10', year: 2019, deadlines: [afterMonth(3)] },
      firstOf2019,
      knownIn(2019),
      ['2019-05-06'],
      ['2019-05-07'],
    ],
    [
      '2020：每季度首月15个工作日内，1月19日补班',
      { issuedOn: '2019-11-04', year: 2020, deadlines: [inFirstMonth(15)] },
      knownBefore(2020),
      firstOf2020,
      ['2020-01-22 暂定'],
      ['2020-01-21'],
    ],
    [
      '2020：1月结束后5个工作日，2月1日补班',
      { issuedOn: '2019-11-04', year: 2020, deadlines: [afterMonth(5)] },
      knownBefore(2020),
      firstOf2020,
      ['2020-02-07 暂定'],
      ['2020-02-06'],
    ],
    [
      '2020：春节假期延长到2月2日，又回到2月7日',
      { issuedOn: '2019-11-04', year: 2020, deadlines: [afterMonth(5)] },
      firstOf2020,
      knownIn(2020),
      ['2020-02-06'],
      ['2020-02-07'],
    ],
    [
      '2026：1月结束后15个工作日，2月14日补班，放到23日',
      { issuedOn: '2025-10-10', year: 2026, deadlines: [afterMonth(15)] },
      knownBefore(2026),
      knownIn(2026),
      ['2026-02-26 暂定'],
      ['2026-02-27'],
    ],
  ]
  it.each(cases)('%s', (_, plan, known, notices, was, now) => {
    const held = released(plan, known).slice(0, was.length)
    expect(days(held)).toEqual(was)
    expect(days(turned(held, plan, notices).after)).toEqual(now)
  })

  it('a clock from an event runs from its day, which stays its name', () => {
    const plan = { issuedOn: '2017-06-01', year: 2017, deadlines: [afterEvent(30)] }
    const [waiting] = released(plan, knownBefore(2018)) as [Duty]
    const round = openEventRound(afterEvent(30) as never, '2018-01-22', openCalendar([], knownBefore(2018)), zone)
    const begun = duty({ ...waiting, ...round, state: 'open' }, { id: 'begun' })
    const { after } = turned([waiting, begun], plan, knownIn(2018))
    expect(days(after)).toEqual(['null', '2018-03-08'])
    expect(after.map((one) => one.round)).toEqual(['waiting', '2018-01-22'])
    expect(days([begun])).toEqual(['2018-03-06 暂定'])
  })
})

describe('what people set', () => {
  const plan = { issuedOn: '2017-11-20', year: 2018, deadlines: [inFirstMonth(10), onDay('2018-10-17')] }
  const [, , , autumn, printed] = released(plan, knownBefore(2018)) as [Duty, Duty, Duty, Duty, Duty]
  const under2018 = (duties: Duty[]) => turned(duties, plan, knownIn(2018)).after
  const rule = { dueOn: '2018-10-19', owedOn: '2018-10-19', provisional: false }
  const was = { dueOn: '2018-10-17', owedOn: '2018-10-17' }

  it.each<[string, Partial<Duty>, Partial<Duty>]>([
    ['nobody touched it', {}, rule],
    ['待认领', { state: 'unclaimed', claimBy: '2017-12-04' }, { ...rule, claimBy: '2017-12-04' }],
    ['待核实', { state: 'unconfirmed' }, rule],
    ['中止', { state: 'suspended', before: 'open' }, rule],
    [
      'sent back: its own day stays, the rule’s behind it moves',
      { state: 'returned', dueOn: '2018-10-22', setDueOn: '2018-10-22' },
      { dueOn: '2018-10-22', owedOn: '2018-10-19' },
    ],
    [
      'extended: what was agreed stays',
      { dueOn: '2018-11-30', owedOn: '2018-11-30', setDueOn: '2018-11-30', firstDueOn: '2018-10-17' },
      { dueOn: '2018-11-30', owedOn: '2018-11-30', firstDueOn: '2018-10-17', provisional: false },
    ],
    [
      'corrected by the office',
      { dueOn: '2018-10-15', owedOn: '2018-10-15', setDueOn: '2018-10-15', provisional: false },
      { dueOn: '2018-10-15', owedOn: '2018-10-15' },
    ],
    [
      '配合, asleep: only its mark falls',
      { role: 'support', state: 'asleep', dueOn: null, owedOn: null },
      { dueOn: null, owedOn: null, provisional: false },
    ],
    [
      '配合, collected: the day that it was asked for stays',
      { role: 'support', dueOn: '2018-10-12', setDueOn: '2018-10-12', owedOn: null },
      { dueOn: '2018-10-12', owedOn: null, provisional: false },
    ],
    ['待审核', { state: 'review', before: 'open', reportedOn: '2018-01-02' }, { ...was, provisional: true }],
    ['已办结', { state: 'done', closedOn: '2018-01-02' }, { ...was, provisional: true }],
    ['免予办理', { state: 'waived' }, { ...was, provisional: true }],
  ])('%s', (_, touched, expected) => {
    expect(under2018([{ ...autumn, ...touched }])[0]).toMatchObject(expected)
  })

  it('a day that is printed stays, whatever the calendar', () => {
    expect(under2018([printed])).toEqual([printed])
  })

  it('a share of what was extended keeps the day that was agreed', () => {
    const until = '2018-11-30'
    const agreed = { dueOn: until, owedOn: until }
    const share = { ...autumn, ...agreed, unit: 'u2', id: 'share' }
    const lead = { ...autumn, ...agreed, setDueOn: until, firstDueOn: '2018-10-17' }
    expect(days(under2018([lead, share]))).toEqual([until, until])
  })

  it('what is in review is told apart, to be looked at when it comes back', () => {
    const { inReview } = turned([{ ...autumn, state: 'review', before: 'open' }], plan, knownIn(2018))
    expect(inReview.map(({ id }) => id)).toEqual([autumn.id])
  })

  it('at first only days that were marked provisional', () => {
    const firm = { ...autumn, id: 'firm', unit: 'u2', provisional: false }
    expect(days(turned([autumn, firm], plan, knownIn(2018), true).after)).toEqual(['2018-10-19', '2018-10-17'])
  })
})

describe('a round named by its day', () => {
  const plan = { issuedOn: '2017-11-20', year: 2017, deadlines: [afterIssue(60)] }
  const [own] = released(plan, knownBefore(2018)) as [Duty]
  const part = { ...own, id: 'part', unit: 'u2', role: 'support' as const, state: 'asleep' as const, dueOn: null }
  const names = (duties: Duty[]) => turned(duties, plan, knownIn(2018)).after.map(({ round }) => round)

  it('takes its new name with its parts', () => {
    expect(names([own, part])).toEqual(['2018-02-12', '2018-02-12'])
  })

  it('keeps it where one of them was handed in', () => {
    expect(names([{ ...own, state: 'review' }, part])).toEqual(['2018-02-13', '2018-02-13'])
    expect(turned([own, { ...part, state: 'done' }], plan, knownIn(2018)).after[0]).toMatchObject({
      ...{ round: '2018-02-13', dueOn: '2018-02-12' },
    })
  })

  it('keeps it where the unit has a round of that name', () => {
    const other = { ...own, id: 'other', round: '2018-02-12', state: 'waived' as const }
    expect(names([own, other])).toEqual(['2018-02-13', '2018-02-12'])
  })
})

describe('whatever the rules and the notices', () => {
  const n = fc.integer({ min: 1, max: 60 })
  const rule = fc.oneof(
    n.map(inFirstMonth),
    n.map(afterMonth),
    fc.integer({ min: 1, max: 250 }).map(afterIssue),
    fc.constantFrom(onDay('2018-10-10'), onDay('2020-02-03')),
  )
  const plans = fc.record({
    issuedOn: fc.constantFrom('2017-11-20', '2018-02-01', '2018-12-03', '2019-11-04'),
    year: fc.integer({ min: 2017, max: 2021 }),
    deadlines: fc.array(rule, { minLength: 1, maxLength: 3 }),
  })
  const notices = fc.constantFrom(
    ...[2018, 2019, 2020, 2021].flatMap((year) => [knownBefore(year), knownIn(year)]),
    ...[firstOf2019, firstOf2020, published],
  )
  const states: DutyState[] = ['open', 'unclaimed', 'unconfirmed', 'review', 'done', 'waived', 'suspended']
  const named = (duties: readonly Duty[]) =>
    duties.map(({ demand, round, dueOn, owedOn, provisional }) => [demand, round, dueOn, owedOn, provisional])

  it('computed again is what a release would open, and once more changes nothing', () => {
    fc.assert(
      fc.property(plans, notices, notices, (plan, from, to) => {
        // What the notice takes over the day of issue neither opens nor ends.
        const fresh = released(plan, to)
        const held = released(plan, from)
        fc.pre(held.length === fresh.length)
        const once = turned(held, plan, to)
        const byPlace = (a: unknown[], b: unknown[]) => (String(a) < String(b) ? -1 : 1)
        expect(named(once.after).sort(byPlace)).toEqual(named(fresh).sort(byPlace))
        expect(turned(once.after, plan, to).moved).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  it('moves nothing that was handed in or set, and gives no two duties one place', () => {
    fc.assert(
      fc.property(plans, notices, notices, fc.array(fc.nat(20), { minLength: 1 }), (plan, from, to, picks) => {
        const held = released(plan, from).map((one, i) => {
          const pick = picks[i % picks.length] ?? 0
          const state = states[pick % states.length] ?? 'open'
          return { ...one, state, ...(pick > 12 && { setDueOn: '2018-06-06', dueOn: '2018-06-06' }) }
        })
        const { after } = turned(held, plan, to)
        const places = after.map(({ unit, demand, round }) => `${unit} ${demand} ${round}`)
        expect(new Set(places).size).toBe(held.length)
        held.forEach((one, i) => {
          if (['review', 'done', 'waived'].includes(one.state)) expect(after[i]).toEqual(one)
          if (one.setDueOn) expect(after[i]?.dueOn).toBe(one.dueOn)
        })
      }),
      { numRuns: 200 },
    )
  })
})
