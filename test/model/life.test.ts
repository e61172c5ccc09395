import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Duty, DutyState } from '../../src/model/duty.ts'
import type { Body } from '../../src/model/fact.ts'
import { type DutyFactKind, mayHappen, projectDuty } from '../../src/model/life.ts'

type Kind = Exclude<DutyFactKind, 'released'>

const kinds: Record<Kind, (on: string, n: number) => Body> = {
  claimed: (on) => ({ on }),
  disclaimed: (on) => ({ on }),
  accepted: (on) => ({ on }),
  progressed: (on) => ({ on }),
  reported: (on, n) => ({ on, links: [], zero: false, late: n % 2 === 0 }),
  withdrawn: (on) => ({ on }),
  cleared: (on) => ({ on }),
  ticked: (on, n) => ({ on, proof: n % 2 ? '纸质件' : '网上公开' }),
  approved: (on) => ({ on }),
  counted: (on, n) => ({ on, activity: `活动2017-${n}`, day: on, late: n % 2 === 0 }),
  uncounted: (on, n) => ({ on, activity: `活动2017-${n}` }),
  returned: (on) => ({ on, until: '2017-09-05' }),
  'extension-asked': (on, n) => ({ on, until: '2017-10-31', late: n % 3 === 0 }),
  'extension-granted': (on) => ({ on, until: '2017-10-31' }),
  'extension-refused': (on) => ({ on }),
  declined: (on) => ({ on, to: 'u2' }),
  kept: (on) => ({ on }),
  reassigned: (on, n) => ({ on, to: `u${n % 3}` }),
  collected: (on) => ({ on, until: '2017-08-20' }),
  split: (on) => ({
    on,
    parts: [
      { n: 1, until: null },
      { n: 2, until: '2017-08-18' },
    ],
  }),
  summed: (on, n) => ({ on, n: (n % 2) + 1 }),
  urged: (on) => ({ on }),
  instructed: (on) => ({ on }),
  suspended: (on) => ({ on }),
  resumed: (on) => ({ on }),
  event: (on) => ({ on, round: on, dueOn: '2017-10-30', dueAt: null, provisional: false }),
  amended: (on) => ({ on, reason: '更正', dueOn: '2017-09-20' }),
  merged: (on) => ({ on, cause: 'succession', into: 'd2', unit: 'u2' }),
  joined: (on) => ({ on, cause: 'succession', from: 'd2', unit: 'u2', named: false }),
  waived: (on) => ({ on, reason: '合并办理' }),
  archived: (on) => ({ on }),
  carried: (on) => ({ on, from: 'p', to: 'p2', task: 'p2.1', ord: 4, demand: 0, code: '公开17-1' }),
  recomputed: (on) => ({ on, cause: 'calendar', was: '2017-08-31', year: 2017, provisional: false }),
}

const fresh = (state: DutyState, times = 1): Duty => ({
  ...{ id: 'd1', plan: 'p', task: 'p.1', ord: 0, unit: 'u1', role: 'lead', demand: 0 },
  round: state === 'standing' || state === 'waiting' ? state : '2017-08-31',
  dueOn: state === 'standing' || state === 'waiting' || state === 'asleep' ? null : '2017-08-31',
  ...{ dueAt: null, provisional: false, state, claimBy: null, named: true, disclaimed: false, times, approved: 0 },
  ...{ reportedOn: null, closedOn: null, setDueOn: null, owedOn: '2017-08-31', late: false, acceptedOn: null },
  ...{ asked: null, firstDueOn: null, before: null, clearedOn: null, proofs: [], parts: [] },
  archivedOn: null,
})

const starts: DutyState[] = ['unclaimed', 'asleep', 'waiting', 'standing', 'open', 'unconfirmed']

const story = fc.record({
  start: fc.constantFrom(...starts),
  times: fc.integer({ min: 1, max: 3 }),
  steps: fc.array(
    fc.record({
      kind: fc.constantFrom(...(Object.keys(kinds) as Kind[])),
      n: fc.nat(9),
      day: fc.integer({ min: 1, max: 28 }),
    }),
    { maxLength: 40 },
  ),
})

/** The duty after every step that the table allows, with the facts that came to pass. */
const live = ({
  start,
  times,
  steps,
}: {
  start: DutyState
  times: number
  steps: { kind: Kind; n: number; day: number }[]
}) => {
  const duties = [fresh(start, times)]
  const facts: { kind: Kind; body: Body }[] = []
  for (const { kind, n, day } of steps) {
    const before = duties.at(-1) as Duty
    if (!mayHappen(kind, before.state)) continue
    const fact = { kind, body: kinds[kind](`2017-08-${String(day).padStart(2, '0')}`, n) }
    facts.push(fact)
    duties.push(projectDuty(before, fact))
  }
  return { duties, facts }
}

describe('the life of a duty', () => {
  it('never reaches a state that contradicts itself, whatever happens in whatever order', () => {
    fc.assert(
      fc.property(story, (told) => {
        for (const duty of live(told).duties) {
          expect(DutyState.options).toContain(duty.state)
          if (duty.state === 'done') expect(duty.closedOn).not.toBeNull()
          else expect(duty.closedOn).toBeNull()
          if (duty.state === 'review') expect(duty.reportedOn).not.toBeNull()
          if (duty.state === 'suspended') expect(duty.before).not.toBeNull()
          if (['open', 'returned', 'done', 'waived'].includes(duty.state)) expect(duty.before).toBeNull()
          if (['done', 'waived', 'review', 'suspended'].includes(duty.state)) expect(duty.asked).toBeNull()
          if (duty.state === 'returned') expect(duty.dueOn).not.toBeNull()
          expect(duty.approved).toBeLessThanOrEqual(duty.times)
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('done and waived are the end: only its place in the plan, the secrecy mark and what counted for it can still move', () => {
    for (const state of ['done', 'waived'] as const)
      expect((Object.keys(kinds) as Kind[]).filter((kind) => mayHappen(kind, state)).sort()).toEqual(
        state === 'done' ? ['amended', 'cleared', 'joined', 'uncounted'] : ['amended', 'joined'],
      )
  })

  it('is the replay of its facts, and the facts change nothing that they were given', () => {
    fc.assert(
      fc.property(story, (told) => {
        const { duties, facts } = live(told)
        const first = structuredClone(duties[0] as Duty)
        expect(facts.reduce(projectDuty, first)).toEqual(duties.at(-1))
        expect(first).toEqual(fresh(told.start, told.times))
      }),
      { numRuns: 500 },
    )
  })

  it('every state but the two ends has a way out', () => {
    for (const state of DutyState.options.filter((one) => one !== 'done' && one !== 'waived'))
      expect(
        (Object.keys(kinds) as Kind[]).some(
          (kind) =>
            mayHappen(kind, state) &&
            projectDuty({ ...fresh('open'), state }, { kind, body: kinds[kind]('2017-08-01', 1) }).state !== state,
        ),
      ).toBe(true)
  })
})

interface Told {
  kind: Kind
  body: Body
}
const after = (start: Duty, facts: Told[]): Duty => facts.reduce(projectDuty, start)

describe('an extension', () => {
  const granted = (late: boolean) =>
    after(fresh('open'), [
      { kind: 'extension-asked', body: { on: '2017-08-20', until: '2017-09-30', late } },
      { kind: 'extension-granted', body: { on: '2017-08-21', until: '2017-09-30' } },
    ])

  it('asked in time moves the day that figures judge by, and keeps the old one to be seen', () => {
    expect(granted(false)).toMatchObject({
      dueOn: '2017-09-30',
      owedOn: '2017-09-30',
      firstDueOn: '2017-08-31',
      late: false,
    })
  })

  it('asked afterwards is red no more and late all the same', () => {
    expect(granted(true)).toMatchObject({
      dueOn: '2017-09-30',
      owedOn: '2017-08-31',
      firstDueOn: '2017-08-31',
      late: true,
    })
  })

  it('granted twice still shows the first day', () => {
    const twice = projectDuty(granted(false), {
      kind: 'extension-granted',
      body: { on: '2017-09-29', until: '2017-10-31' },
    })
    expect(twice).toMatchObject({ dueOn: '2017-10-31', firstDueOn: '2017-08-31' })
  })
})

describe('what is taken back', () => {
  it.each(['open', 'returned', 'unconfirmed'] as const)('a report from %s goes back to it', (state) => {
    const reported = projectDuty(
      { ...fresh('open'), state },
      { kind: 'reported', body: kinds.reported('2017-08-02', 1) },
    )
    expect(reported.state).toBe('review')
    expect(projectDuty(reported, { kind: 'withdrawn', body: { on: '2017-08-03' } })).toMatchObject({
      state,
      reportedOn: null,
    })
  })

  it('a suspension ends where it began', () => {
    const back = [
      { kind: 'suspended', body: { on: '2017-08-02' } },
      { kind: 'resumed', body: { on: '2017-08-09' } },
    ].reduce(projectDuty, fresh('waiting'))
    expect(back.state).toBe('waiting')
  })
})
