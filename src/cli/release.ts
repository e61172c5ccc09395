import { openDraft, releasePlan } from '../flow/import.ts'
import type { Day } from '../model/deadline.ts'
import type { PlanDraft, Question } from '../model/plan.ts'
import { placeOf } from '../plan/questions.ts'
import { out } from './print.ts'
import { type Runtime, stampOf } from './runtime.ts'

const SHOWN = 20

/** Questions of a plan with what is proposed; `settled` once the proposals are taken. */
export const questionLines = (questions: readonly Question[], draft: PlanDraft, settled: boolean): string[] => {
  if (questions.length === 0) return []
  const shown = questions.slice(0, SHOWN).map((one) => {
    const place = placeOf(one, draft)
    return `  ${place ? `${place}：` : ''}${one.text} → ${one.proposal}`
  })
  const more = questions.length > SHOWN ? [`  …… 共${questions.length}个，其余用 parse --xlsx 看`] : []
  return [`${settled ? '按建议处理的问题' : '待确认的问题'}（${questions.length}个）：`, ...shown, ...more]
}

/** 下达 a draft, and tell what came of it. @throws BadInput where it is no draft */
export const release = async (
  { deps }: Pick<Runtime, 'deps'>,
  plan: string,
  from: Day | undefined,
  tell: (line: string) => void = out,
): Promise<void> => {
  const draft = await openDraft(deps, plan)
  const done = await releasePlan(deps, plan, stampOf(deps), from)
  tell(
    `已下达 ${done.code}：${done.units}个单位，${done.duties}条责任事项` +
      `（持续推进${done.standing}、待认领${done.unclaimed}、待核实${done.unconfirmed}）`,
  )
  for (const line of questionLines(done.questions, draft, true)) tell(line)
}
