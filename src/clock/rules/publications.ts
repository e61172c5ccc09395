import type { Basis } from '../../model/clock.ts'
import type { Rules } from './rule.ts'

interface SecrecyRules extends Rules {
  /** That what is made public is reviewed before, item by item, and who, when and with which conclusion is on record. */
  review: readonly Basis[]
}

const LAW = '保守国家秘密法（2024年修订）'
const REGULATION = '保守国家秘密法实施条例（2024年修订）'
const review: Basis = { law: LAW, article: '第三十五条' }

const rules = (since: string, ...bases: Basis[]): SecrecyRules => ({
  ...{ law: bases[bases.length - 1]?.law ?? '', since, review: bases },
})

/** 先审查后公开: before 2024 by the rules of disclosure alone, as far as their texts could be read. */
export const secrecyRules: readonly SecrecyRules[] = [
  rules('2008-05-01', { law: '政府信息公开条例（2007年）', article: '第四条第二款第（四）项' }),
  rules('2019-05-15', { law: '政府信息公开条例（2019年修订）', article: '第十七条' }),
  rules('2024-05-01', review),
  rules('2024-09-01', review, { law: REGULATION, article: '第四十二条' }),
]

const NO_80 = '国办发〔2016〕80号实施细则'

/** What 国办发〔2016〕80号 asks of a paper while it is drafted; its text has no numbers of articles. */
export const paperBases = {
  attribute: { law: NO_80, article: '关于公文公开属性的规定' },
} satisfies Record<string, Basis>
