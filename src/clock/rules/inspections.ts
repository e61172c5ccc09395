import type { Basis } from '../../model/clock.ts'
import { type Limit, type Rules, span } from './rule.ts'

interface InspectionRules extends Rules {
  kinds: Basis
  /** A plan with content, objects and scope; frequency and time kept low; not twice the same. */
  plan: Basis
  /** What the plan does not hold is not inspected. */
  asPlanned: Basis
  conclusion: Basis
  /** From the day the object got the conclusion; and from the day the objection came. */
  objection: Limit
  decision: Limit
  recusal: Basis
  rectify: Basis
  /** Praise, criticism, accountability: with the government's or its head's approval. */
  approval: Basis
}

const LAW = '政府督查工作条例'
const at = (article: string): Basis => ({ law: LAW, article })

export const inspectionRules: readonly InspectionRules[] = [
  {
    ...{ law: LAW, since: '2021-02-01' },
    kinds: at('第十四条'),
    plan: at('第十五条第一款'),
    asPlanned: at('第十五条第二款'),
    conclusion: at('第十六条第一款'),
    objection: { title: '督查对象申请复核', span: span.days(30), basis: at('第十七条') },
    decision: { title: '作出复核决定', span: span.days(30), basis: at('第十七条') },
    recusal: at('第十七条'),
    rectify: at('第十八条'),
    approval: at('第二十一条'),
  },
]
