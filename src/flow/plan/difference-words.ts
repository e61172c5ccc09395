import type { TaskDraft } from '../../model/plan.ts'
import { limitWords } from '../../plan/limit-words.ts'
import type { TaskChange } from './reissue.ts'

/** What a new version of a plan changes about a task, in words. */

const SHOWN = 80
export const brief = (text: string): string => (text.length > SHOWN ? `${text.slice(0, SHOWN)}……` : text || '（空）')

export const unitWords = ({ lead, support, divided, openEnded }: TaskDraft): string =>
  [
    `${lead.join('、') || '（无）'}${openEnded ? '等' : ''}${divided ? '（按职责分工）' : ''}`,
    support.length > 0 ? `配合：${support.join('、')}` : '',
  ]
    .filter(Boolean)
    .join('；')

export const limitsOf = ({ deadlines }: TaskDraft): string => deadlines.map(limitWords).join('；') || '（无）'

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

export interface FieldMove {
  name: string
  before: string
  after: string
}

/** The fields of a task that move, each as it was and as it is to be. */
export const fieldMoves = ({ before, after, fields }: TaskChange): FieldMove[] => {
  if (!before || !after) return []
  const was = before.draft
  const move = (name: string, [from, to]: [string, string]): FieldMove => ({ name, before: from, after: to })
  return fields.map((field) => {
    if (field === 'number') return move('编号', [was.id, after.id])
    if (field === 'section') return move('章节', [was.section.at(-1) ?? '', after.section.at(-1) ?? ''])
    if (field === 'text') return move('内容', around(was.text, after.text))
    if (field === 'units') return move('单位', [unitWords(was), unitWords(after)])
    return move('时限', [limitsOf(was), limitsOf(after)])
  })
}

/** What a version does to a task, in a word. */
export const signOf = ({ before, after, fields }: TaskChange): '新增' | '删去' | '变更' | '随之调整' =>
  before === null ? '新增' : after === null ? '删去' : fields.length > 0 ? '变更' : '随之调整'

/** What happens to the duties of a task; empty where nothing does. */
export const effectWords = ({ effect }: TaskChange): string => {
  const parts: [number, string][] = [
    [effect.opened.length, '新开'],
    [effect.amended.length, '调整'],
    [effect.waived.length, '免予办理'],
    [effect.kept.length, '已反馈或办结的保留不动'],
  ]
  return parts
    .filter(([n]) => n > 0)
    .map(([n, what]) => `${what}${n}条`)
    .join('，')
}
