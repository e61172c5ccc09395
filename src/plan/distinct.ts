import type { Question } from '../model/plan.ts'
import type { FoundTask } from './found.ts'
import type { TableTasks } from './table.ts'

/**
 * The tables of a plan with ids that no two tasks share: where numbers begin again, in a further table or below a heading,
 * each carries its part's number before it (2.3 is number 3 of the second).
 */
export function distinct(tables: TableTasks[]): TableTasks[] {
  const all = tables.flatMap((t) => t.tasks.map((task) => task.id))
  if (new Set(all).size === all.length) return tables
  let part = 0
  return tables.map(({ tasks, questions }) => {
    part++
    let seen = new Set<string>()
    let last = 0
    const renamed = new Map<string, string>()
    const out = tasks.map((task): FoundTask => {
      const n = Number.parseInt(task.id, 10)
      if (seen.has(task.id) || n < last) {
        part++
        seen = new Set()
      }
      seen.add(task.id)
      last = n
      const id = `${part}.${task.id}`
      if (!renamed.has(task.id)) renamed.set(task.id, id)
      return { ...task, id }
    })
    return { tasks: out, questions: questions.map((q) => named(q, renamed)) }
  })
}

const named = (question: Question, names: Map<string, string>): Question => {
  const task = question.task === undefined ? undefined : names.get(question.task)
  return task === undefined ? question : { ...question, task }
}
