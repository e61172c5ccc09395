import type { Basis } from '../../model/clock.ts'
import type { Limit, Rules } from './rule.ts'

/** Within what 政务舆情 is met: an authoritative word and a press conference for the grave ones, an answer for all others. */
export interface IncidentRules extends Rules {
  /** Absent where the rules of the day set none. */
  statement?: Limit
  conference: Limit
  answer: Limit
}

const hours = (title: string, n: number, basis: Basis): Limit => ({ title, span: { n, type: 'hour' }, basis })

const notice: Basis = {
  law: '关于在政务公开工作中进一步做好政务舆情回应的通知（国办发〔2016〕61号）',
  article: '关于回应时限的规定',
}
const details: Basis = {
  law: '《关于全面推进政务公开工作的意见》实施细则（国办发〔2016〕80号）',
  article: '关于回应政务舆情的规定',
}

/** The oldest first. What the later one does not speak of stays as it was: 48 hours of the others. */
export const incidentRules: readonly IncidentRules[] = [
  {
    ...{ law: notice.law, since: '2016-07-30' },
    conference: hours('举行新闻发布会', 24, notice),
    answer: hours('予以回应', 48, notice),
  },
  {
    ...{ law: details.law, since: '2016-11-10' },
    statement: hours('发布权威信息', 5, details),
    conference: hours('举行新闻发布会', 24, details),
    answer: hours('予以回应', 48, notice),
  },
]
