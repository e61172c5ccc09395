import type { Happening } from '../../../commands/command.ts'
import { bulkInsert } from '../../../db/bulk.ts'
import { guard } from '../../../db/guard.ts'
import type { Query, Write } from '../../../db/store.ts'
import type { Body, Json } from '../../model/fact.ts'
import type { TaskDraft } from '../../model/plan.ts'
import { dayOf } from '../../time/day.ts'
import type { Deps } from '../deps.ts'
import { factRow, happeningWrites, type Stamp } from '../ledger.ts'
import { movedFields } from './answer.ts'
import { REASON } from './place.ts'
import type { HeldDuty, Reissue, TaskChange } from './reissue.ts'
import type { OpenedDuty } from './release.ts'
import { taskUpdate, taskValues } from './rows.ts'

/** One task of a revision: its fact, its duties' facts, the duties that open; all of it in one batch. */

const STATEMENTS = 150

/** What happens to the duties of a task. */
export const happeningsOf = ({ effect }: TaskChange, on: string): Happening[] => {
  const row = (duty: HeldDuty) => ({
    ...{ subject: 'duty' as const, id: duty.id, version: duty.version, head: duty.head },
    value: { ...duty, unit: duty.filed },
  })
  return [
    ...effect.amended.map(({ duty, body }) => ({
      row: row(duty),
      kind: 'amended',
      body: { ...body, on, reason: REASON },
    })),
    ...effect.waived.map((duty) => ({ row: row(duty), kind: 'waived', body: { on, reason: REASON } })),
  ]
}

/** Numbers move in the last batch, all at once, since they are unique: until then a task keeps its own. */
export const underOldNumber = (change: TaskChange): TaskDraft | null =>
  change.after && change.before ? { ...change.after, id: change.before.number } : null

const textMoves = (before: TaskDraft, after: TaskDraft): Body | undefined =>
  before.text === after.text ? undefined : { was: before.text, now: after.text }

/** The fact of a task in its new version. `read` keeps what was read, where an answer made something else of it. */
export const taskFact = (deps: Deps, change: TaskChange, stamp: Stamp) => {
  const { before, read } = change
  if (!before) return undefined
  const link = { subject: 'task' as const, id: change.id, seq: before.version + 1, prev: before.head }
  const on = dayOf(stamp.at, deps.zone)
  const after = underOldNumber(change)
  if (!after) return factRow(deps, { ...link, kind: 'dropped', body: { on, reason: REASON } }, stamp)
  const fields = change.fields.filter((field) => field !== 'number')
  if (fields.length === 0) return undefined
  const settled = read && movedFields(read, after)
  const body: Body = {
    ...{ on, reason: REASON, fields },
    ...movedFields(before.draft, after),
    ...(settled && { read: settled.was as Json }),
  }
  const words = textMoves(before.draft, after)
  return factRow(deps, { ...link, kind: 'amended', body, ...(words && { words }) }, stamp)
}

/** All that is to be written of one task. */
export interface Step {
  change: TaskChange
  fact: ReturnType<typeof taskFact>
  happenings: Happening[]
  opened: OpenedDuty[]
}

const stepWrites = (deps: Deps, q: Query, { change, fact }: Step): Write[] => {
  const { before } = change
  if (!before) return []
  const { t, office } = deps.store
  const unmoved = guard(t, q, office, 'tasks', change.id, before.version)
  if (!fact) return [unmoved]
  const after = underOldNumber(change)
  const head = { version: fact.seq, head: fact.hash }
  return [
    unmoved,
    q.insert(t.facts).values(fact),
    taskUpdate(deps, q, change.id, after ? { ...taskValues(after), ...head } : head),
  ]
}

/** Tasks by the batch: each task moves whole, so that an interrupted revision goes on where it stopped. */
const chunksOf = (steps: readonly Step[]): Step[][] => {
  const chunks: Step[][] = []
  let size = STATEMENTS
  for (const step of steps) {
    const own = 3 + 3 * step.happenings.length
    if (size + own > STATEMENTS) {
      chunks.push([])
      size = 0
    }
    chunks.at(-1)?.push(step)
    size += own
  }
  return chunks
}

/** Moves tasks that the ledger has, in chunks; the plan itself moves after them. @throws conflict where a row moved on */
export const moveTasks = async (
  deps: Deps,
  { stored }: Reissue,
  steps: readonly Step[],
  stamp: Stamp,
): Promise<void> => {
  const { t, office } = deps.store
  const { id, version } = stored.row
  for (const chunk of chunksOf(steps)) {
    const opened = chunk.flatMap((step) => step.opened)
    await deps.store.atomic((q) => [
      guard(t, q, office, 'plans', id, version),
      ...chunk.flatMap((step) => stepWrites(deps, q, step)),
      ...happeningWrites(
        deps,
        q,
        chunk.flatMap((step) => step.happenings),
        stamp,
      ),
      ...bulkInsert(
        deps.store,
        q,
        t.duties,
        opened.map(({ duty }) => duty),
      ),
      ...bulkInsert(
        deps.store,
        q,
        t.facts,
        opened.map(({ fact }) => fact),
      ),
    ])
  }
}
