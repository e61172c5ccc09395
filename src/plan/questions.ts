import type { PlanDraft, Question, TaskDraft } from '../model/plan.ts'

/** What a draft's questions are about, and which of them are one. */

type Tasks = Pick<PlanDraft, 'tasks'>

/** The n-th stretch in “ ” of a question; inner quotes belong to it. */
export function quoted(text: string, nth = 0): string {
  let at = 0
  for (let n = 0; ; n++) {
    const open = text.indexOf('“', at)
    if (open < 0) return ''
    let depth = 1
    let end = open + 1
    while (end < text.length && depth > 0) {
      if (text[end] === '“') depth++
      if (text[end] === '”') depth--
      end++
    }
    if (n === nth) return text.slice(open + 1, depth === 0 ? end - 1 : end)
    at = end
  }
}

export type HeadField = 'title' | 'number' | 'issuer' | 'issuedOn' | 'year'
const fieldWords: readonly [RegExp, HeadField][] = [
  [/文号/, 'number'],
  [/年度|哪一年/, 'year'],
  [/印发日/, 'issuedOn'],
  [/发文机关/, 'issuer'],
  [/标题/, 'title'],
]

/** Which part of the head a question asks for. */
export const headField = ({ text }: Pick<Question, 'text'>): HeadField | undefined =>
  fieldWords.find(([words]) => words.test(text))?.[1]

/** Equal questions have equal keys: a name, a class or an event is asked about once in a plan. */
export function questionKey(question: Question): string {
  const { kind, task = '', line, text } = question
  if (kind === 'class-without-members' || kind === 'relative-event') return `${kind} ${quoted(text)}`
  if (kind === 'unknown-unit' || kind === 'succeeded-unit') return `${kind} ${quoted(text)}`
  if (kind === 'head') return `${kind} ${headField(question) ?? text}`
  if (kind === 'no-unit' && task !== '') return `${kind} ${task}`
  return `${kind} ${task} ${line} ${text}`
}

/** Questions, each once, in their order. */
export function eachOnce(questions: readonly Question[]): Question[] {
  const seen = new Set<string>()
  return questions.filter((question) => {
    const key = questionKey(question)
    return !seen.has(key) && seen.add(key)
  })
}

const speaksOf = (task: TaskDraft, { kind, text }: Question): boolean => {
  const words = quoted(text)
  if (kind === 'relative-event')
    return task.deadlines.some((one) => one.kind === 'relative' && (one.event || one.raw) === words)
  return task.lead.includes(words) || task.support.includes(words)
}

/** The tasks that a question's answer holds for: every one that has the class, the name or the event. */
export function tasksOf(question: Question, { tasks }: Tasks): TaskDraft[] {
  const wide = ['class-without-members', 'unknown-unit', 'succeeded-unit', 'relative-event']
  if (wide.includes(question.kind)) {
    const found = tasks.filter((task) => speaksOf(task, question))
    if (found.length > 0) return found
  }
  return tasks.filter((task) => task.id === question.task)
}

/** Where a question comes from: its line, the tasks that its answer holds for. */
export function placeOf(question: Question, draft: Tasks): string {
  const tasks = tasksOf(question, draft).map(({ id }) => `${id}号`)
  const more = tasks.length > 6 ? `等${tasks.length}项任务` : tasks.length > 1 ? `共${tasks.length}项任务` : ''
  const which = `${tasks.slice(0, 6).join('、')}${more}`
  return [question.line > 0 ? `第${question.line}行` : '', which || (question.task ? `${question.task}号` : '')]
    .filter(Boolean)
    .join(' ')
}

/** Answers to a question that a press gives, besides its proposal; what else may be said is written. */
export function choicesOf({ kind, text }: Question): string[] {
  if (kind === 'contradiction') return ['正文', '完成时限栏']
  if (kind === 'narrower-subject') return ['全部']
  if (kind === 'unknown-unit') return text.startsWith('“') ? ['录入'] : []
  return []
}

const asks: Partial<Record<Question['kind'], AnswerForm>> = {
  'unknown-unit': 'units',
  'succeeded-unit': 'units',
  'class-without-members': 'units',
  'narrower-subject': 'units',
  'no-unit': 'units',
  'relative-event': 'day',
  'vague-day': 'day',
  'no-time': 'limit',
  'start-day': 'limit',
  contradiction: 'limit',
}

/** What a written answer has to be: names of units, a day, a time limit, or any words. */
export type AnswerForm = 'units' | 'day' | 'limit' | 'words'
export function formOf(question: Question): AnswerForm {
  if (question.kind === 'head' && headField(question) === 'issuedOn') return 'day'
  return asks[question.kind] ?? 'words'
}
