import { count } from '../../clock/count.ts'
import type { Case, CaseEvent } from '../../model/case.ts'
import { dayIn } from '../../model/clock.ts'
import type { Day } from '../../model/deadline.ts'
import type { Calendar } from '../../time/calendar.ts'
import { eventsOf } from '../register.ts'
import { lawOf } from './law.ts'

/** Who is asked: 第三方, or other organs. */
export type Asked = 'third' | 'others'

/** One time that somebody was asked, from the letter to the answer. */
export interface Opinion {
  who: Asked
  asked: CaseEvent
  /** When the letter reached them; undefined while nobody knows. */
  received: Day | undefined
  answered: CaseEvent | undefined
}

/** Every time that somebody was asked, in order. */
export const opinionsOf = (it: Case, who: Asked): Opinion[] => {
  const found: Opinion[] = []
  for (const event of eventsOf(it, `${who}-asked`, `${who}-received`, `${who}-answered`)) {
    const last = found[found.length - 1]
    if (event.kind === `${who}-asked`) found.push(begun(who, event))
    else if (last && event.kind === `${who}-received`) last.received = dayIn(event.at)
    else if (last) last.answered = event
  }
  return found
}

/** A letter to an organ counts as there on the day it was sent, where nobody says otherwise; a third party's does not. */
const begun = (who: Asked, asked: CaseEvent): Opinion => {
  const said = asked.body.received
  const received = typeof said === 'string' ? said : who === 'others' ? dayIn(asked.at) : undefined
  return { who, asked, received, answered: undefined }
}

const openOpinion = (it: Case, who: Asked): Opinion | undefined =>
  opinionsOf(it, who).find(({ answered }) => answered === undefined)

export const letterReceived = (it: Case, who: Asked): Day | undefined => openOpinion(it, who)?.received

/** What the law says of asking: an organ that made nothing of the information has no limit. */
export const askingOf = (it: Case, { who, asked }: Opinion) => {
  const { thirdParty, coMaker, otherOrgan } = lawOf(it)
  return who === 'third' ? thirdParty : asked.body.as === 'co-maker' ? coMaker : otherOrgan
}

/** The last day for an opinion; undefined where there is no limit, or nobody knows when the letter came. */
export const dueOfOpinion = (it: Case, opinion: Opinion, calendar: Calendar): Day | undefined => {
  const reply = askingOf(it, opinion)?.reply
  if (!reply || opinion.received === undefined) return undefined
  return dayIn(count(opinion.received, reply.span, calendar).due)
}

/** The same of the one that waits for its answer. */
export const opinionDue = (it: Case, who: Asked, calendar: Calendar): Day | undefined => {
  const open = openOpinion(it, who)
  return open && dueOfOpinion(it, open, calendar)
}
