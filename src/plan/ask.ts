import type { Question, TaskDraft } from '../model/plan.ts'
import type { Unsaid } from './share.ts'

/** A question about a task, at its line. */
export const askAbout = (task: TaskDraft, question: Omit<Question, 'task' | 'line'>): Question => ({
  task: task.id,
  line: task.source.line,
  ...question,
})

/** What a task leaves open about who has it. */
export function unitQuestions(task: TaskDraft, unsaid: Unsaid, narrow: boolean): Question[] {
  const questions: Question[] = []
  if (task.lead.length === 0)
    questions.push(askAbout(task, { kind: 'no-unit', text: '没有写责任单位，由谁负责？', proposal: '留主管科室指定' }))
  for (const name of unsaid.unknown)
    questions.push(
      askAbout(task, { kind: 'unknown-unit', text: `通讯录里没有“${name}”，是哪个单位？`, proposal: '暂不落实到单位' }),
    )
  for (const { name, some, heirs } of unsaid.classes) {
    if (heirs) {
      const text = `“${name}”已分为${heirs.map((heir) => `“${heir}”`).join('、')}，由哪个单位承办？`
      questions.push(askAbout(task, { kind: 'class-without-members', text, proposal: '待分解，留在主管科室' }))
      continue
    }
    const text = some ? `“${name}”指哪些单位？` : `通讯录没有写“${name}”包括哪些单位。`
    questions.push(askAbout(task, { kind: 'class-without-members', text, proposal: '待分解，留在主管科室' }))
  }
  if (narrow) {
    const text = '正文只点了责任单位中的一部分，其余单位是否也要办理？'
    questions.push(askAbout(task, { kind: 'narrower-subject', text, proposal: '点到的立即承办，其余待认领' }))
  }
  return questions
}

/** A name is asked about once in a plan, at the first task that has it. */
export function onceEachName(questions: readonly Question[]): Question[] {
  const asked = new Set<string>()
  return questions.filter(({ kind, text }) => {
    if (kind !== 'class-without-members' && kind !== 'unknown-unit') return true
    return !asked.has(text) && asked.add(text)
  })
}
