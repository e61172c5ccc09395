import type { Basis } from '../../model/clock.ts'
import { type Limit, type Rules, span } from './rule.ts'

interface ReviewRules extends Rules {
  /** From knowing of the decision. */
  apply: Limit
  /** The office's own answer, from receipt of the copy. */
  defence: Limit
  simpleDefence?: Limit
  /** From the day of acceptance. */
  decide: Limit
  extension: Limit
  simple?: Limit
  /** A refusal to disclose goes to review before court. */
  first?: Basis
}

const OLD = '行政复议法（2023年修订前）'
const NEW = '行政复议法（2023年修订）'
const limit = (title: string, n: number, law: string, article: string): Limit => ({
  ...{ title, span: span.days(n), basis: { law, article } },
})
const inWorkdays = (title: string, n: number, law: string, article: string): Limit => ({
  ...{ title, span: span.workdays(n), basis: { law, article } },
})

/** 行政复议 (the older text as amended in 2017). Before 2024 only “五日”“七日” were workdays (第四十条第二款), so its ten days are calendar days. */
export const reviewRules: readonly ReviewRules[] = [
  {
    ...{ law: OLD, since: '1999-10-01' },
    apply: limit('申请行政复议', 60, OLD, '第九条第一款'),
    defence: limit('提出书面答复', 10, OLD, '第二十三条第一款'),
    decide: limit('作出复议决定', 60, OLD, '第三十一条第一款'),
    extension: limit('延长复议期限', 30, OLD, '第三十一条第一款'),
  },
  {
    ...{ law: NEW, since: '2024-01-01' },
    apply: limit('申请行政复议', 60, NEW, '第二十条第一款'),
    defence: inWorkdays('提出书面答复', 10, NEW, '第四十八条'),
    simpleDefence: inWorkdays('提出书面答复（简易程序）', 5, NEW, '第五十四条第一款'),
    decide: limit('作出复议决定', 60, NEW, '第六十二条第一款'),
    extension: limit('延长复议期限', 30, NEW, '第六十二条第一款'),
    simple: limit('作出复议决定（简易程序）', 30, NEW, '第六十二条第二款'),
    first: { law: NEW, article: '第二十三条第一款第（四）项' },
  },
]

interface CourtRules extends Rules {
  /** From receipt of the review's decision. */
  afterReview: Limit
  /** From knowing of the decision, without review. */
  direct: Limit
  /** The office's defence, from receipt of the complaint's copy. */
  defence: Limit
}

const COURT = '行政诉讼法（2017年修正）'

export const courtRules: readonly CourtRules[] = [
  {
    ...{ law: COURT, since: '2015-05-01' },
    afterReview: limit('复议后起诉', 15, COURT, '第四十五条'),
    direct: { title: '直接起诉', span: span.months(6), basis: { law: COURT, article: '第四十六条第一款' } },
    defence: limit('提交答辩状和证据', 15, COURT, '第六十七条第一款'),
  },
]
