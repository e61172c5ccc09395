import type { Day } from '../model/deadline.ts'
import type { TaskDraft } from '../model/plan.ts'
import type { ClassOf } from './addressees.ts'

/** Demands to hand a paper in (报……办公室), and the one among them that closes the year. */

/** 报 as what is done with a paper; 举报, 公报, 报告, 报名 and the like are other words. */
const handsIn =
  /(?:^|[^举公通情日汇播预警申填月季年])报(?![告刊纸考名表道销批警价社业废案酬复])(?:送|备|至|到|给|请|经)*/g
const paper = /方案|情况|总结|材料|台账|报告|名单|计划|清单|联系人|报表|措施/
const office = /(?:办公室|中心|办公厅|办|局|委|室|组)/g
const yearEnd = /(?:落实|完成|进展|推进|开展|执行|工作|整改)情况|总结|自查报告|年度报告/

/** What follows each 报 of the text, up to the end of its clause. */
function recipientPhrases(text: string): string[] {
  return [...text.matchAll(handsIn)].map((match) => {
    const after = text.slice(match.index + match[0].length, match.index + match[0].length + 24)
    return after.split(/[，,。；;、（(]/)[0] ?? ''
  })
}

function unitAtHead(phrase: string, classOf: ClassOf): string | undefined {
  for (const { index, 0: word } of [...phrase.matchAll(office)].reverse()) {
    const meant = classOf(phrase.slice(0, index + word.length))
    if (meant?.kind === 'unit') return meant.id
  }
  return undefined
}

/**
 * Where the task is to hand a paper in by some time: the units that receive it, none where the text does not name one
 * that the roster knows. Undefined where nothing is handed in.
 */
export function receiversOf(task: Pick<TaskDraft, 'text' | 'deadlines'>, classOf: ClassOf): string[] | undefined {
  const timed = task.deadlines.some(({ kind }) => kind === 'date' || kind === 'relative' || kind === 'recurring')
  const phrases = timed && paper.test(task.text) ? recipientPhrases(task.text) : []
  return phrases.length > 0 ? [...new Set(phrases.flatMap((phrase) => unitAtHead(phrase, classOf) ?? []))] : undefined
}

/**
 * Whether the task is the plan's own year-end report: how the work stands, handed in, in the last quarter of the plan's
 * last year, by a class or in the plan's own name. It takes the place of the last 调度.
 */
export function isYearEndReport(task: TaskDraft, lastYear: number, classOf: ClassOf): boolean {
  const inLastQuarter = (day: Day) => day >= `${lastYear}-10-01` && day <= `${lastYear}-12-31`
  if (!task.deadlines.some((deadline) => deadline.kind === 'date' && inLastQuarter(deadline.by))) return false
  if (receiversOf(task, classOf) === undefined || !yearEnd.test(task.text)) return false
  return /要点|方案|任务/.test(task.text) || task.lead.some((name) => classOf(name)?.kind !== 'unit')
}
