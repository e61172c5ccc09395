import { type Limit, type Rules, span } from './rule.ts'

export interface IncidentRules extends Rules {
  /** Especially grave and grave sudden events: the authoritative word, from when it became known. */
  statement?: Limit
  /** The same: the press conference. */
  conference: Limit
  /** Other matters that the public cares about. */
  response?: Limit
}

const NO_61 = '国办发〔2016〕61号'
const NO_80 = '国办发〔2016〕80号实施细则'

const conferenceBy = (law: string): Limit => ({
  ...{ title: '举行新闻发布会', span: span.hours(24), basis: { law, article: '特别重大、重大突发事件的新闻发布' } },
})
const response: Limit = {
  ...{ title: '回应关切', span: span.hours(48), basis: { law: NO_61, article: '其他政务舆情的回应' } },
}

/** 政务舆情: two papers of one year, of which the later adds the five hours. */
export const incidentRules: readonly IncidentRules[] = [
  { law: '国办发〔2016〕19号', since: '2016-04-02', conference: conferenceBy('国办发〔2016〕19号') },
  { law: NO_61, since: '2016-07-30', conference: conferenceBy(NO_61), response },
  {
    ...{ law: NO_80, since: '2016-11-10', conference: conferenceBy(NO_80), response },
    statement: {
      title: '发布权威信息',
      span: span.hours(5),
      basis: { law: NO_80, article: '特别重大、重大突发事件的信息发布' },
    },
  },
]
