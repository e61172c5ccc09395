import type { Deadline } from '../model/deadline.ts'
import type { DeadlineSource, Source, TaskDraft } from '../model/plan.ts'
import type { Registry } from '../unit/names.ts'
import { LIMIT_EXAMPLES, limitWords, readLimits } from './limit-words.ts'

/** What a clerk corrects of one task of a draft, where it stands. */

export interface WrittenLimit {
  /** Which of the task's time limits it takes the place of; absent for one more. */
  was?: number | undefined
  words: string
}

export interface TaskEdit {
  number?: string | undefined
  text?: string | undefined
  lead?: readonly string[] | undefined
  support?: readonly string[] | undefined
  openEnded?: boolean | undefined
  divided?: boolean | undefined
  limits?: readonly WrittenLimit[] | undefined
}

interface Moment {
  asOf: string
  year: number
}

/** The time limits that are written, each with its source; or one line that says what one should be. */
export function limitsWritten(
  task: TaskDraft,
  written: readonly WrittenLimit[],
  moment: Moment,
): { deadline: Deadline; source: DeadlineSource }[] | string {
  const made: { deadline: Deadline; source: DeadlineSource }[] = []
  for (const { was, words } of written) {
    const before = was === undefined ? undefined : task.deadlines[was]
    const source = was === undefined ? undefined : task.sources.deadlines[was]
    const said = words.trim()
    if (before && said === limitWords(before)) {
      made.push({ deadline: before, source: source ?? { ...task.source, from: 'text' } })
      continue
    }
    const read = readLimits(said, moment)
    if (!read?.length) return `“${said}”不是时限，请写如 ${LIMIT_EXAMPLES}`
    for (const deadline of read)
      made.push({
        deadline: before?.raw ? { ...deadline, raw: before.raw } : deadline,
        source: source ?? { line: task.source.line, raw: deadline.raw, from: 'column' },
      })
  }
  return made
}

const trimmed = (names: readonly string[]): string[] => [
  ...new Set(names.map((name) => name.trim()).filter((name) => name !== '')),
]

/** A short form that the roster reads as one unit is written out; what it does not know stays as it is, and is asked. */
const fullNames = (names: readonly string[], registry: Registry): string[] =>
  trimmed(names).map((name) => {
    const found = registry.classOf(name) === undefined ? undefined : registry.resolve(name)
    return found?.kind === 'one' ? found.unit.name : name
  })

/** The source of a name: where the task has it, under whichever role; else the task's own. */
const sourceIn =
  (task: TaskDraft) =>
  (name: string): Source => {
    for (const role of ['lead', 'support'] as const) {
      const at = task[role].indexOf(name)
      const source = at < 0 ? undefined : task.sources[role][at]
      if (source) return source
    }
    return { line: task.source.line, raw: name }
  }

/** The task as it is corrected, or one line that says what would be right. */
export function correctedTask(
  task: TaskDraft,
  edit: TaskEdit,
  { registry, moment }: { registry: Registry; moment: Moment },
): TaskDraft | string {
  const number = edit.number === undefined ? task.id : edit.number.trim()
  if (!/^[\p{L}\p{N}][\p{L}\p{N}.-]{0,19}$/u.test(number)) return '编号请写如 1-2：不超过20个字，没有空格'
  const text = edit.text === undefined ? task.text : edit.text.trim()
  if (text === '') return '任务内容不能空'
  const lead = edit.lead === undefined ? task.lead : fullNames(edit.lead, registry)
  const support = edit.support === undefined ? task.support : fullNames(edit.support, registry)
  const twice = lead.find((name) => support.includes(name))
  if (twice !== undefined) return `“${twice}”不能既牵头又配合`
  const limits = edit.limits === undefined ? undefined : limitsWritten(task, edit.limits, moment)
  if (typeof limits === 'string') return limits
  const sourceOf = sourceIn(task)
  return {
    ...task,
    ...{ id: number, text, lead, support },
    openEnded: edit.openEnded ?? task.openEnded,
    divided: edit.divided ?? task.divided,
    ...(limits && { deadlines: limits.map(({ deadline }) => deadline) }),
    sources: {
      lead: edit.lead === undefined ? task.sources.lead : lead.map(sourceOf),
      support: edit.support === undefined ? task.sources.support : support.map(sourceOf),
      deadlines: limits ? limits.map(({ source }) => source) : task.sources.deadlines,
    },
  }
}
