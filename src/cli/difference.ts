import {
  brief,
  effectWords,
  fieldMoves,
  headWord,
  limitsOf,
  type Reissue,
  signOf,
  type TaskChange,
  unitWords,
} from '../flow/import.ts'

/** A new version of a plan beside the ledger, in lines. */

const fieldLines = (change: TaskChange): string[] =>
  fieldMoves(change).map(({ name, before, after }) => `    ${name}：${before} → ${after}`)

const taskLines = (change: TaskChange): string[] => {
  const { before, after } = change
  const task = after ?? before?.draft
  if (!task) return []
  const own = before === null ? [`    单位：${unitWords(task)}`, `    时限：${limitsOf(task)}`] : fieldLines(change)
  const effect = effectWords(change)
  return [
    `  ${signOf(change)} ${task.id}号 ${brief(task.text)}`,
    ...own,
    ...(effect ? [`    责任事项：${effect}`] : []),
  ]
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
