import type { Deadline } from '../model/deadline.ts'
import type { Question, TaskDraft } from '../model/plan.ts'
import { readDeadlines } from '../time/deadline.ts'
import type { Moment } from './closing.ts'
import type { FoundTask } from './found.ts'
import { lineAt, type Passage } from './sheet.ts'

type Dated = { deadline: Deadline; source: TaskDraft['sources']['deadlines'][number] }

/** The times that a passage of running text states, each with its line. */
export const timesIn = (text: Passage, moment: Moment): Dated[] =>
  readDeadlines(text.text, moment).map(({ deadline, start }) => ({
    deadline,
    source: { line: lineAt(text, start), raw: deadline.raw, from: 'text' },
  }))

/** A found demand with its times read: those of its text first, then those of its column or line for time limits. */
export function draftOf(task: FoundTask, id: string, moment: Moment): TaskDraft {
  const inText = timesIn(task.text, moment)
  const inColumn = task.limits.flatMap((limit) =>
    readDeadlines(limit.text, { ...moment, column: true }).map(
      (f): Dated => ({
        deadline: f.deadline,
        source: { line: lineAt(limit, f.start), raw: f.deadline.raw, from: 'column' },
      }),
    ),
  )
  const all = inText.length > 0 && inColumn.length > 0 ? onceEach([...inText, ...inColumn]) : [...inText, ...inColumn]
  return {
    id,
    section: task.section,
    text: task.text.text,
    lead: task.units.lead.map((u) => u.name),
    support: task.units.support.map((u) => u.name),
    openEnded: task.units.openEnded,
    divided: task.units.divided,
    deadlines: all.map((d) => d.deadline),
    note: task.note,
    source: { line: lineAt(task.text, 0), raw: task.text.text },
    sources: {
      lead: task.units.lead.map((u) => u.source),
      support: task.units.support.map((u) => u.source),
      deadlines: all.map((d) => d.source),
    },
  }
}

/** A column that only says again what the text says (also 每月 beside 每月组织1次) is no second time limit. */
function onceEach(dated: Dated[]): Dated[] {
  const seen = new Map<string, 'text' | 'column'>()
  return dated.filter(({ deadline: { raw: _, ...rule }, source }) => {
    const key = keyOf(rule)
    if (seen.has(key) && seen.get(key) !== source.from) return false
    seen.set(key, source.from)
    if (rule.kind === 'recurring' && source.from === 'text')
      seen.set(keyOf({ kind: rule.kind, every: rule.every }), 'text')
    return true
  })
}

const keyOf = (rule: object): string => JSON.stringify(Object.entries(rule).sort(([a], [b]) => (a < b ? -1 : 1)))

const VAGUE = /[上中下]旬|月[初中]|年[初中]|季[初末]|(?<![日底末初旬度年])\d{1,2}月(?:份)?(?:前|$)|左右|前后/

/** What a task leaves open on its face: no unit, and days that the words give only roughly. */
export function questionsOf(task: TaskDraft): Question[] {
  const out: Question[] = []
  if (task.lead.length + task.support.length === 0) {
    out.push({
      kind: 'no-unit',
      task: task.id,
      line: task.source.line,
      text: `第${task.id}项没有写责任单位：${brief(task.text)}`,
      proposal: '由办公室认领后再分派',
    })
  }
  task.deadlines.forEach((deadline, i) => {
    const source = task.sources.deadlines[i]
    if (deadline.kind !== 'date' || !source || !VAGUE.test(deadline.raw)) return
    out.push({
      kind: 'vague-day',
      task: task.id,
      line: source.line,
      text: `第${task.id}项的“${deadline.raw}”没有写明哪一天`,
      proposal: deadline.by,
    })
  })
  return out
}

export const brief = (text: string): string => (text.length > 24 ? `${text.slice(0, 24)}…` : text)

/** Words in a list of units that were not known for a unit: left out, and asked. */
export const strayUnits = (task: FoundTask): Question[] =>
  task.units.stray.map((words) => ({
    kind: 'unknown-unit',
    task: task.id,
    line: task.units.lead[0]?.source.line ?? lineAt(task.text, 0),
    text: `第${task.id}项责任单位中的“${brief(words)}”没有认作单位`,
    proposal: '不计入责任单位',
  }))
