import type { Day } from '../../src/model/deadline.ts'
import type { Duty, DutyState } from '../../src/model/duty.ts'
import type { Body } from '../../src/model/fact.ts'
import { projectDuty } from '../../src/model/life.ts'
import type { Judged, Reach } from '../../src/score/duty.ts'
import { openCalendar } from '../../src/time/calendar.ts'
import { overdueOn } from '../../src/time/schedule.ts'

const calendar = openCalendar()

/** August 2017, looked at on Friday 15 September, 10:00 in Shanghai. */
export const reach: Reach = {
  ...{ from: '2017-08-01', to: '2017-08-31', zone: 'Asia/Shanghai', calendar },
  now: new Date('2017-09-15T02:00:00Z'),
}

export type Event = [kind: string, day: Day, body?: Body]

interface Made {
  unit: string
  code: string
  due?: Day | null
  round?: string
  role?: 'lead' | 'support'
  state?: DutyState
  times?: number
}

/** A duty with its history as the ledger would hold it: the row is its facts folded, as everywhere. */
export const duty = ({ unit, code, due = null, ...rest }: Made, ...events: Event[]): Judged => {
  const { role = 'lead', round = '2017-08', state = 'open', times = 1 } = rest
  const seed: Duty = {
    ...{ id: `${unit} ${code} ${round}`, plan: 'p', task: code, ord: 0, unit, role, demand: 0, round },
    ...{ dueOn: due, owedOn: due, dueAt: null, provisional: false, state, times, approved: 0 },
    ...{ claimBy: null, named: false, disclaimed: false, reportedOn: null, closedOn: null, setDueOn: null },
    ...{ late: false, acceptedOn: null, asked: null, firstDueOn: null, before: null, clearedOn: null },
    ...{ proofs: [], parts: [], archivedOn: null },
  }
  const released = { plan: 'p', task: code, unit, role, demand: 0, round, state, times, named: false }
  const facts = [{ seq: 1, kind: 'released', body: released as Body, at: new Date('2017-07-11T02:00:00Z') }]
  let now = seed
  for (const [kind, day, said = {}] of events) {
    const late = now.dueOn !== null && overdueOn(now.dueOn, day, calendar)
    const body = { on: day, ...((kind === 'reported' || kind === 'extension-asked') && { late }), ...said }
    facts.push({ seq: facts.length + 1, kind, body, at: new Date(`${day}T02:00:00Z`) })
    now = projectDuty(now, { kind, body })
  }
  return { ...now, code, facts }
}
