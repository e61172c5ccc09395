import type { PlanDraft, Question } from '../../model/plan.ts'
import { BadInput } from '../../model/problem.ts'
import { settle } from '../../plan/settle.ts'
import type { CorrectedDraft } from '../../plan/sheet-in.ts'
import type { Deps } from '../deps.ts'
import { outlookOf } from './outlook.ts'

/**
 * A corrected workbook's draft with the answers beside its questions taken over; nothing is stored.
 * @throws BadInput that names the rows whose answer is none, and what would be one
 */
export const settleWritten = async (
  deps: Deps,
  { draft, answers }: CorrectedDraft,
): Promise<{ draft: PlanDraft; settled: Question[]; apart: string[] }> => {
  const now = await deps.cache(deps.store)
  const context = outlookOf(deps, draft, now, {})
  const apart: string[] = []
  const wrong: string[] = []
  let made = draft
  for (const { question, answer, row } of answers) {
    const settled = answer === '跳过' ? { draft: made } : settle(made, question, answer, context)
    if (typeof settled === 'string') wrong.push(`“问题”第${row}行“处理”：${settled}`)
    else made = settled.draft
    if (typeof settled !== 'string' && settled.apart !== undefined) apart.push(settled.apart)
  }
  if (wrong.length > 0) throw new BadInput(`工作簿有${wrong.length}处要改：${wrong.slice(0, 5).join('；')}`)
  return {
    draft: made,
    settled: answers.filter(({ answer }) => answer !== '跳过').map(({ question }) => question),
    apart,
  }
}
