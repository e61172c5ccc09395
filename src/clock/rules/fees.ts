import type { Basis } from '../../model/clock.ts'
import { type Limit, type Rules, span } from './rule.ts'

interface FeeRules extends Rules {
  /** From the day after the notice; not paying is giving up. */
  payment: Limit
  givenUp: Basis
}

const LAW = '国办函〔2020〕109号'

/** 政府信息公开信息处理费管理办法; the day from which it holds could not be read and is that of its text. */
export const feeRules: readonly FeeRules[] = [
  {
    ...{ law: LAW, since: '2020-11-17' },
    payment: { title: '缴纳信息处理费', span: span.workdays(20), basis: { law: LAW, article: '缴费期限' } },
    givenUp: { law: LAW, article: '逾期未缴纳' },
  },
]
