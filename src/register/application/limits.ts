import { count } from '../../clock/count.ts'
import type { Case } from '../../model/case.ts'
import { dayIn } from '../../model/clock.ts'
import type { Day } from '../../model/deadline.ts'
import type { Calendar } from '../../time/calendar.ts'
import { lastOf, type RegisterContext } from '../register.ts'
import { answerClock } from './clocks.ts'
import { feesOn, lawOf } from './law.ts'

/** The last day on which the applicant may supplement, as the office has set it. */
export const supplementDue = (it: Case): Day | undefined => {
  const until = lastOf(it, 'supplement-asked')?.body.until
  return typeof until === 'string' ? until : undefined
}

/** The workdays that an extension may add at most. */
export const extraDays = (it: Case): number => lawOf(it).extension.span.n

/** The last day to pay; undefined where nothing was told. */
export const payDue = (it: Case, calendar: Calendar): Day | undefined => {
  const told = lastOf(it, 'fee-told')
  return told && dayIn(count(told.at, feesOn(dayIn(told.at)).payment.span, calendar).due)
}

/** When the answer was due as the case stood; undefined while the limit stands still. */
export const answerDueBefore = (it: Case, day: Day, { calendar }: RegisterContext): Day | undefined => {
  const { due } = answerClock(it, { calendar, now: day })
  return due === null ? undefined : dayIn(due)
}
