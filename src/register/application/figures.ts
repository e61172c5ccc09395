import type { Channel } from '../../clock/rules/disclosure.ts'
import type { Case, CaseEvent } from '../../model/case.ts'
import { dayIn } from '../../model/clock.ts'
import type { Day } from '../../model/deadline.ts'
import type { ApplicantKind, Outcome, Remedy } from '../../model/disclosure.ts'
import { eventsOf, lastOf } from '../register.ts'
import { endOf } from './course.ts'
import { receivedOn } from './law.ts'
import { feeTold } from './paying.ts'

/** A review or a lawsuit about an application. `closed`: when `outcome` became known. */
interface RemedyFigure {
  remedy: Remedy
  filed: Day
  outcome: Outcome
  closed?: Day
}

/** What the statistics count of one application: nobody's name, ids of rows and kinds alone. */
export interface ApplicationFigures {
  applicant: ApplicantKind
  via: Channel
  received: Day
  /** How it ended: a row of Table 3, or of the form of 2014 (`answers2014`) where it goes by the rules of 2007. */
  ended?: { on: Day; result: string }
  extended: boolean
  remedies: RemedyFigure[]
  /** Notices of an information-handling fee and what was paid of it, in yuan. */
  billed: { on: Day; amount: number }[]
  paid: { on: Day; amount: number }[]
}

/** Those of that kind, each with what ended it. */
const remedied = (it: Case, opened: string, ended: string, kindOf: (event: CaseEvent) => Remedy): RemedyFigure[] => {
  const found: RemedyFigure[] = []
  for (const event of eventsOf(it, opened, ended)) {
    const last = found[found.length - 1]
    if (event.kind === opened) found.push({ remedy: kindOf(event), filed: dayIn(event.at), outcome: 'pending' })
    else if (last) Object.assign(last, { outcome: event.body.outcome, closed: dayIn(event.at) })
  }
  return found
}

/** The result that an ending stands for: what lapsed is a row of its own. */
const resultOf = (end: CaseEvent): string => (typeof end.body.result === 'string' ? end.body.result : end.kind)

/** Undefined for an entry that was made in error: it counts nowhere. */
export const applicationFigures = (it: Case): ApplicationFigures | undefined => {
  const opened = eventsOf(it, 'registered')[0]
  const end = endOf(it)
  if (!opened || end?.kind === 'voided') return undefined
  const told = lastOf(it, 'fee-told')
  const amount = told ? feeTold(told) : 0
  const fees = (kind: string) => eventsOf(it, kind).map(({ at }) => ({ on: dayIn(at), amount }))
  return {
    applicant: opened.body.applicant as ApplicantKind,
    via: opened.body.channel as Channel,
    received: receivedOn(it),
    ...(end && { ended: { on: dayIn(end.at), result: resultOf(end) } }),
    extended: lastOf(it, 'extended') !== undefined,
    remedies: [
      ...remedied(it, 'review-opened', 'review-ended', () => 'review'),
      ...remedied(it, 'court-opened', 'court-ended', ({ body }) => body.remedy as Remedy),
    ],
    ...{ billed: fees('fee-told'), paid: fees('paid') },
  }
}
