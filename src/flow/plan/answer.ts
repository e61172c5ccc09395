import { and, eq } from 'drizzle-orm'
import { bulkInsert } from '../../../db/bulk.ts'
import { guard } from '../../../db/guard.ts'
import type { Body, Json } from '../../model/fact.ts'
import type { PlanDraft, Question, TaskDraft } from '../../model/plan.ts'
import { BadInput } from '../../model/problem.ts'
import { settle } from '../../plan/settle.ts'
import type { Deps } from '../deps.ts'
import { factRow, officeMoves, type Stamp } from '../ledger.ts'
import { settledMark } from './draft.ts'
import { outlookOf } from './outlook.ts'
import { draftOf, readPlan, settlementOf } from './read.ts'
import { naturalOf, taskUpdate, taskValues } from './rows.ts'

/** What of a task an answer can move; the text is never among it. */
export const READ_FIELDS = ['lead', 'support', 'deadlines', 'note', 'sources'] as const

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** The fields that moved, as they were: what was read can be told from what the office made of it. */
export const movedFields = (before: TaskDraft, after: TaskDraft): Body | undefined => {
  const moved = READ_FIELDS.filter((field) => !same(before[field], after[field]))
  if (moved.length === 0) return undefined
  const of = (task: TaskDraft) => Object.fromEntries(moved.map((field) => [field, task[field] as Json]))
  return { was: of(before), now: of(after) }
}

/** A draft with the questions that wait for an answer. */
export const openDraft = async (deps: Deps, plan: string): Promise<PlanDraft> => draftOf(await readPlan(deps, plan))

/**
 * Stores the answer to a question of a draft: what it changes about the tasks and the head as facts, and the question as
 * settled. An empty answer takes the proposal.
 * @returns one line that says what the answer should be, where it is none; nothing is written then
 * @throws BadInput when the plan is no draft
 */
export const answerQuestion = async (
  deps: Deps,
  plan: string,
  question: Question,
  answer: string,
  stamp: Stamp,
): Promise<string | undefined> => {
  const { t, office } = deps.store
  const stored = await readPlan(deps, plan)
  const { row } = stored
  if (row.state !== 'draft') throw new BadInput(`${row.code} 已经下达，问题不能再改`)
  const now = await deps.cache(deps.store)
  const before = draftOf(stored)
  const { apart } = await settlementOf(deps, plan)
  const { registry, calendar } = outlookOf(deps, before, now, { apart })
  const made = settle(before, question, answer, { registry, calendar })
  if (typeof made === 'string') return made
  const { draft } = made
  const amended = stored.tasks.flatMap((task) => {
    const after = draft.tasks.find((one) => one.id === task.number)
    const body = task.kind === 'demand' && !task.dropped && after && movedFields(task.draft, after)
    if (!after || !body) return []
    const link = { subject: 'task' as const, id: task.id, seq: task.version + 1, prev: task.head, kind: 'amended' }
    return [{ id: task.id, after, fact: factRow(deps, { ...link, body: { reason: question.kind, ...body } }, stamp) }]
  })
  const fact = factRow(
    deps,
    {
      ...{ subject: 'plan' as const, id: plan, seq: row.version + 1, prev: row.head, kind: 'settled' },
      body: {
        ...{ question: question.kind, settled: [settledMark(deps, question)] },
        ...(made.apart !== undefined && { apart: [made.apart] }),
      },
      words: { question: question.text, answer: answer || question.proposal },
    },
    stamp,
  )
  const { document, common, questions } = draft
  const head = { version: fact.seq, head: fact.hash }
  await deps.store.atomic((q) => [
    guard(t, q, office, 'plans', plan, row.version),
    q.insert(t.facts).values(fact),
    q
      .update(t.plans)
      .set({ document, common, questions, natural: naturalOf(document), ...head })
      .where(and(eq(t.plans.office, office), eq(t.plans.id, plan))),
    ...bulkInsert(
      deps.store,
      q,
      t.facts,
      amended.map((one) => one.fact),
    ),
    ...amended.map(({ id, after, fact }) =>
      taskUpdate(deps, q, id, { ...taskValues(after), version: fact.seq, head: fact.hash }),
    ),
    officeMoves(deps, q),
  ])
  return undefined
}
