import { headWord, type Reissue, type TaskChange } from '../flow/import.ts'
import type { TaskDraft } from '../model/plan.ts'
import { limitWords } from '../plan/limit-words.ts'

/** A new version of a plan beside the ledger, in lines. */

const SHOWN = 80
const brief = (text: string): string => (text.length > SHOWN ? `${text.slice(0, SHOWN)}……` : text || '（空）')

const unitWords = ({ lead, support, divided, openEnded }: TaskDraft): string =>
  [
    `${lead.join('、') || '（无）'}${openEnded ? '等' : ''}${divided ? '（按职责分工）' : ''}`,
    support.length > 0 ? `配合：${support.join('、')}` : '',
  ]
    .filter(Boolean)
    .join('；')

const limits = ({ deadlines }: TaskDraft): string => deadlines.map(limitWords).join('；') || '（无）'

/** The part where two texts differ, with a little around it. */
const around = (before: string, after: string): [string, string] => {
  let head = 0
  while (head < before.length && head < after.length && before[head] === after[head]) head++
  let tail = 0
  const most = Math.min(before.length, after.length) - head
  while (tail < most && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++
  const cut = (text: string) => {
    const [from, to] = [Math.max(0, head - 8), Math.min(text.length, text.length - tail + 8)]
    return `${from > 0 ? '…' : ''}${brief(text.slice(from, to))}${to < text.length ? '…' : ''}`
  }
  return [cut(before), cut(after)]
}

const fieldLines = ({ before, after, fields }: TaskChange): string[] => {
  if (!before || !after) return []
  const was = before.draft
  const line = (name: string, [from, to]: [string, string]) => `    ${name}：${from} → ${to}`
  return fields.map((field) => {
    if (field === 'number') return line('编号', [was.id, after.id])
    if (field === 'section') return line('章节', [was.section.at(-1) ?? '', after.section.at(-1) ?? ''])
    if (field === 'text') return line('内容', around(was.text, after.text))
    if (field === 'units') return line('单位', [unitWords(was), unitWords(after)])
    return line('时限', [limits(was), limits(after)])
  })
}

/** What happens to the duties of a task. */
const effectWords = ({ effect }: TaskChange): string => {
  const parts: [number, string][] = [
    [effect.opened.length, '新开'],
    [effect.amended.length, '调整'],
    [effect.waived.length, '免予办理'],
    [effect.kept.length, '已反馈或办结的保留不动'],
  ]
  const words = parts
    .filter(([n]) => n > 0)
    .map(([n, what]) => (what.endsWith('不动') ? `${what}${n}条` : `${what}${n}条`))
  return words.length > 0 ? `责任事项：${words.join('，')}` : ''
}

const taskLines = (change: TaskChange): string[] => {
  const { before, after } = change
  const task = after ?? before?.draft
  if (!task) return []
  const sign = before === null ? '新增' : after === null ? '删去' : change.fields.length > 0 ? '变更' : '随之调整'
  const own = before === null ? [`    单位：${unitWords(task)}`, `    时限：${limits(task)}`] : fieldLines(change)
  const effect = effectWords(change)
  return [`  ${sign} ${task.id}号 ${brief(task.text)}`, ...own, ...(effect ? [`    ${effect}`] : [])]
}

/** The difference as lines; tasks that nothing touches are left out. */
export const differenceLines = ({ tasks, head, commonMoved, stored }: Reissue): string[] => {
  const own = tasks.filter(({ kind }) => kind === 'demand')
  const added = own.filter(({ before }) => before === null)
  const dropped = own.filter(({ after }) => after === null)
  const changed = own.filter(({ before, after, fields }) => before && after && fields.length > 0)
  const moved = tasks.filter(
    ({ before, after, fields, effect }) =>
      before && after && fields.length === 0 && effect.opened.length + effect.amended.length + effect.waived.length > 0,
  )
  const extra = tasks.filter(({ kind, before, fields }) => kind !== 'demand' && (before === null || fields.length > 0))
  return [
    `与已下达的 ${stored.row.code} 相比：新增${added.length}项、变更${changed.length}项、删去${dropped.length}项`,
    ...head.map(({ field, before, after }) => `  ${headWord(field)}：${before || '（空）'} → ${after || '（空）'}`),
    ...[...added, ...changed, ...dropped, ...extra, ...moved].flatMap(taskLines),
    ...(commonMoved ? ['  共性工作有变化'] : []),
  ]
}
