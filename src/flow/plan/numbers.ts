import { and, eq, sql } from 'drizzle-orm'
import { among } from '../../../db/among.ts'
import { bulkInsert } from '../../../db/bulk.ts'
import type { Query, Write } from '../../../db/store.ts'
import type { Json } from '../../model/fact.ts'
import type { Deps } from '../deps.ts'
import { factRow, type Stamp } from '../ledger.ts'
import { movedFields } from './answer.ts'
import { REASON } from './place.ts'
import type { Reissue, TaskChange } from './reissue.ts'
import { taskUpdate } from './rows.ts'
import { type Step, underOldNumber } from './steps.ts'

/** The numbers and the order of a plan's tasks in its new version. */

interface Numbering {
  change: TaskChange
  number: string
}

/** Who changes number: as the new version has it, and dropped tasks whose number another has now (原5). */
const numbering = ({ tasks, stored }: Reissue): Numbering[] => {
  const taken = new Set(tasks.flatMap(({ after }) => after?.id ?? []))
  const current = new Set(tasks.map(({ id }) => id))
  const past = stored.tasks
    .filter((task) => !current.has(task.id))
    .map(
      (task): TaskChange => ({
        ...{ id: task.id, kind: task.kind, before: task, after: null, ord: task.ord, fields: [] },
        effect: { opened: [], amended: [], waived: [], kept: [] },
      }),
    )
  return [...tasks, ...past].flatMap((change) => {
    const { before, after } = change
    if (!before) return []
    if (after) return after.id === before.number ? [] : [{ change, number: after.id }]
    if (!taken.has(before.number)) return []
    let number = `原${before.number}`
    for (let n = 2; taken.has(number) || stored.tasks.some((one) => one.number === number); n++)
      number = `原${before.number}（${n}）`
    taken.add(number)
    return [{ change, number }]
  })
}

/** Numbers are unique, so all move aside before each takes its own. */
export const numberWrites = (deps: Deps, q: Query, reissue: Reissue, steps: readonly Step[], stamp: Stamp): Write[] => {
  const { t, office } = deps.store
  const moved = numbering(reissue).flatMap(({ change, number }) => {
    const { before } = change
    if (!before) return []
    const last = steps.find((step) => step.change.id === change.id)?.fact
    const { seq, hash } = last ? { seq: last.seq, hash: last.hash } : { seq: before.version, hash: before.head }
    // A dropped task stays dropped: its last fact says so.
    const kind = change.after ? 'amended' : 'dropped'
    const body = { reason: REASON, fields: ['number'], number: { was: before.number, now: number } }
    const link = { subject: 'task' as const, id: change.id, seq: seq + 1, prev: hash, kind }
    const draft = { ...(underOldNumber(change) ?? before.draft), id: number }
    const read = change.read && movedFields(change.read, draft)
    return [
      {
        draft,
        id: change.id,
        fact: factRow(deps, { ...link, body: { ...body, ...(read && { read: read.was as Json }) } }, stamp),
      },
    ]
  })
  const ids = moved.map(({ id }) => id)
  return [
    q
      .update(t.tasks)
      .set({ number: sql`'~' || ${t.tasks.id}` })
      .where(and(eq(t.tasks.office, office), among(t.tasks.id, ids))),
    ...moved.map(({ id, draft, fact }) =>
      taskUpdate(deps, q, id, { number: draft.id, draft, version: fact.seq, head: fact.hash }),
    ),
    ...bulkInsert(
      deps.store,
      q,
      t.facts,
      moved.map(({ fact }) => fact),
    ),
  ]
}

/** The order of lists is the new version's; it is no fact. */
export const orderWrites = ({ store }: Deps, q: Query, { tasks }: Reissue): Write[] =>
  tasks
    .filter(({ before, after, ord }) => before && after && before.ord !== ord)
    .flatMap(({ id, ord }) => [
      q
        .update(store.t.tasks)
        .set({ ord })
        .where(and(eq(store.t.tasks.office, store.office), eq(store.t.tasks.id, id))),
      q
        .update(store.t.duties)
        .set({ ord })
        .where(and(eq(store.t.duties.office, store.office), eq(store.t.duties.task, id))),
    ])

/** Where the words of a task that stays as it is stand in the new document; that is no fact either. */
export const placeWrites = ({ store }: Deps, q: Query, { tasks }: Reissue): Write[] =>
  tasks.flatMap(({ id, kind, before, after, fields }) => {
    if (kind !== 'demand' || !before || !after || fields.length > 0) return []
    const { source, sources } = after
    const { draft } = before
    if (JSON.stringify([source, sources]) === JSON.stringify([draft.source, draft.sources])) return []
    return [
      q
        .update(store.t.tasks)
        .set({ draft: { ...draft, source, sources } })
        .where(and(eq(store.t.tasks.office, store.office), eq(store.t.tasks.id, id))),
    ]
  })
