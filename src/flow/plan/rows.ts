import { and, eq } from 'drizzle-orm'
import type { Query, Write } from '../../../db/store.ts'
import type { DocumentHead, TaskDraft } from '../../model/plan.ts'
import type { AddedTask } from '../../plan/duties.ts'
import type { Deps } from '../deps.ts'

/** How a plan's tasks stand in their table. */

export const taskId = (plan: string, number: string): string => `${plan}.${number}`

/** What makes a plan the same plan again: its 文号, else its title. */
export const naturalOf = ({ number, title }: DocumentHead): string => number || title

/** The columns that a draft sets. */
export const taskValues = (draft: TaskDraft) => ({
  number: draft.id,
  text: draft.text,
  section: draft.section,
  deadlines: draft.deadlines,
  draft,
})

interface Place {
  plan: string
  id: string
  ord: number
  kind: 'demand' | 'check' | 'common'
}

export const taskRow = (deps: Deps, { plan, id, ord, kind }: Place, draft: TaskDraft, head: string) => ({
  office: deps.store.office,
  ...{ id, plan, ord, kind, ...taskValues(draft), secret: false, version: 1, head },
})

/** A task that the ledger adds (调度, 共性), in the shape of the others. */
export const addedDraft = ({ number, text, section, deadlines }: AddedTask): TaskDraft => ({
  id: number,
  ...{ section, text, lead: [], support: [], openEnded: false, divided: false, deadlines, note: '' },
  source: { line: 0, raw: '' },
  sources: { lead: [], support: [], deadlines: [] },
})

/** The row moved on by one fact. */
export const taskUpdate = (
  { store }: Deps,
  q: Query,
  id: string,
  set: Partial<ReturnType<typeof taskValues>> & { ord?: number; version: number; head: string },
): Write =>
  q
    .update(store.t.tasks)
    .set(set)
    .where(and(eq(store.t.tasks.office, store.office), eq(store.t.tasks.id, id)))
