import type { Basis } from '../../model/clock.ts'
import { type Rules, ruleOn } from './rule.ts'

/** How a law has spans counted. */
export interface Periods extends Rules {
  /** The day of the event does not count; hours run from it. */
  day: Basis
  hour: Basis
  /** Months end on the same date, or the month's last. */
  month: Basis
  /** A last day that is one of rest gives way to the next one. */
  moved: Basis
}

const same = (law: string, since: string): Periods => ({
  ...{ law, since, day: { law, article: '第二百零一条第一款' }, hour: { law, article: '第二百零一条第二款' } },
  ...{ month: { law, article: '第二百零二条' }, moved: { law, article: '第二百零三条第一款' } },
})

const old: Basis = { law: '民法通则', article: '第一百五十四条', confirmed: false }

const civil: readonly Periods[] = [
  { law: old.law, since: '1987-01-01', day: old, hour: old, month: old, moved: old },
  same('民法总则', '2017-10-01'),
  same('民法典', '2021-01-01'),
]

/** The civil law's way of counting, which holds where no other law has its own. */
export const civilOn = (day: string): Periods => ruleOn(civil, day)

const bySuit = (law: string, since: string, number: string, confirmed?: false): Periods => {
  const basis = (part: string): Basis => ({
    law,
    article: `${number}${part}`,
    ...(confirmed === false && { confirmed }),
  })
  return { law, since, day: basis('第二款'), hour: basis('第二款'), month: basis('第二款'), moved: basis('第三款') }
}

const suits: readonly Periods[] = [
  bySuit('民事诉讼法', '2013-01-01', '第八十二条', false),
  bySuit('民事诉讼法（2021年修正）', '2022-01-01', '第八十五条'),
  bySuit('民事诉讼法（2023年修正）', '2024-01-01', '第八十五条'),
]

/** How the spans of review and court are counted (行政复议法第八十八条, 行政诉讼法第一百零一条 refer to it). */
export const suitOn = (day: string): Periods => ruleOn(suits, day)
