import type { Basis } from '../../model/clock.ts'
import { type Limit, type Rules, span } from './rule.ts'

interface SuggestionRules extends Rules {
  /** From the day of handing over. */
  reply: Limit
  /** Of wide reach, or hard. */
  hard: Limit
}

const rulesOf = (law: string, since: string, basis: Basis): SuggestionRules => ({
  ...{ law, since },
  reply: { title: '答复', span: span.months(3), basis },
  hard: { title: '答复（涉及面广、处理难度大）', span: span.months(6), basis },
})

/** Deputies' suggestions. The older text could be read; since when it stood there with that number, could not. */
export const deputyRules: readonly SuggestionRules[] = [
  rulesOf('代表法（2015年修正）', '2015-08-29', { law: '代表法（2015年修正）', article: '第四十二条第一款' }),
  rulesOf('代表法（2025年修正）', '2025-03-12', { law: '代表法（2025年修正）', article: '第五十一条第二款' }),
]

/** 政协提案: no law sets a limit; offices answer them by the same months, which is theirs to confirm. */
export const proposalRules: readonly SuggestionRules[] = [
  rulesOf('政协提案办理', '2015-08-29', { law: '参照代表法', article: '提案办理期限', confirmed: false }),
]
