import { and, eq, ne, notExists, sql } from 'drizzle-orm'
import type { Happening } from '../../../commands/command.ts'
import { among } from '../../../db/among.ts'
import { bulkInsert } from '../../../db/bulk.ts'
import { isConflict } from '../../../db/conflict.ts'
import { guard, staleIf } from '../../../db/guard.ts'
import type { Query, Write } from '../../../db/store.ts'
import type { Body, Json } from '../../model/fact.ts'
import type { PlanDraft, TaskDraft } from '../../model/plan.ts'
import { BadInput } from '../../model/problem.ts'
import { dayOf } from '../../time/day.ts'
import type { Deps } from '../deps.ts'
import { factRow, happeningWrites, officeMoves, type Stamp } from '../ledger.ts'
import { movedFields } from './answer.ts'
import { type Answer, type HeldDuty, isTouched, REASON, type Reissue, reissueOf, type TaskChange } from './reissue.ts'
import { claimDay, enterUnits, insertDuties, type OpenedDuty, openedDuty } from './release.ts'
import { naturalOf, taskRow, taskUpdate, taskValues } from './rows.ts'

/** Writes a new version of a released plan: duties of new tasks unseen, then each task whole, then the plan itself. */

const STATEMENTS = 150

const happeningsOf = ({ effect }: TaskChange, on: string): Happening[] => {
  const row = (duty: HeldDuty) => ({
    ...{ subject: 'duty' as const, id: duty.id, version: duty.version, head: duty.head },
    value: duty,
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
const underOldNumber = (change: TaskChange): TaskDraft | null =>
  change.after && change.before ? { ...change.after, id: change.before.number } : null

const textMoves = (before: TaskDraft, after: TaskDraft): Body | undefined =>
  before.text === after.text ? undefined : { was: before.text, now: after.text }

/** The fact of a task in its new version. `read` keeps what was read, where an answer made something else of it. */
const taskFact = (deps: Deps, change: TaskChange, stamp: Stamp) => {
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

const opener = async (deps: Deps, { stored }: Reissue, stamp: Stamp) => {
  const claimBy = await claimDay(deps, stamp)
  const plan = stored.row.id
  return (change: TaskChange): OpenedDuty[] =>
    change.effect.opened.map((seed) =>
      openedDuty(deps, seed, { plan, task: change.id, ord: change.ord, claimBy, version: stored.row.version }, stamp),
    )
}

/** Takes away the duties of new tasks that an interrupted revision left; their tasks are not there, so nobody saw them. */
const clearUnseen = async (deps: Deps, plan: string): Promise<void> => {
  const { t, office } = deps.store
  await deps.store.atomic((q) => {
    const task = q
      .select({ id: t.tasks.id })
      .from(t.tasks)
      .where(and(eq(t.tasks.office, office), eq(t.tasks.id, t.duties.task)))
    const unseen = and(eq(t.duties.office, office), eq(t.duties.plan, plan), notExists(task))
    const ids = q.select({ id: t.duties.id }).from(t.duties).where(unseen)
    return [
      q
        .delete(t.facts)
        .where(and(eq(t.facts.office, office), eq(t.facts.subject, 'duty'), sql`${t.facts.id} in ${ids}`)),
      q.delete(t.duties).where(unseen),
    ]
  })
}

interface Step {
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

const moveTasks = async (deps: Deps, { stored }: Reissue, steps: readonly Step[], stamp: Stamp): Promise<void> => {
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

const numberWrites = (deps: Deps, q: Query, reissue: Reissue, steps: readonly Step[], stamp: Stamp): Write[] => {
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
const orderWrites = ({ store }: Deps, q: Query, { tasks }: Reissue): Write[] =>
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

const newTasks = (deps: Deps, { tasks, stored }: Reissue, stamp: Stamp) =>
  tasks.flatMap(({ id, before, after, ord, kind, read }) => {
    if (before || !after) return []
    const plan = stored.row.id
    const settled = read && movedFields(read, after)
    const body = { plan, number: after.id, ...(settled && { was: settled.was as Json }) }
    const fact = factRow(deps, { subject: 'task', id, seq: 1, prev: '', kind: 'drafted', body }, stamp)
    return [{ fact, row: taskRow(deps, { plan, id, ord, kind }, after, fact.hash) }]
  })

export interface Applied {
  code: string
  added: number
  changed: number
  dropped: number
  opened: number
  amended: number
  waived: number
}

const finish = async (
  deps: Deps,
  reissue: Reissue,
  steps: readonly Step[],
  digest: string,
  stamp: Stamp,
): Promise<Applied> => {
  const { t, office } = deps.store
  const { row } = reissue.stored
  const unseen = steps.filter(({ change }) => change.before === null)
  const counts = countsOf(reissue)
  const body: Body = {
    ...{ on: dayOf(stamp.at, deps.zone), reason: REASON, digest, ...counts },
    ...{ settled: reissue.settled, apart: reissue.apart },
  }
  const link = { subject: 'plan' as const, id: row.id, seq: row.version + 1, prev: row.head, kind: 'amended' }
  const fact = factRow(deps, { ...link, body }, stamp)
  const fresh = newTasks(deps, reissue, stamp)
  const ids = unseen.map(({ change }) => change.id)
  const waiting = unseen.reduce((n, { opened }) => n + opened.length, 0)
  await deps.store.atomic((q) => [
    guard(t, q, office, 'plans', row.id, row.version),
    staleIf(
      t,
      q,
      office,
      sql`(select count(*) from ${t.duties} where ${and(eq(t.duties.office, office), eq(t.duties.plan, row.id), among(t.duties.task, ids), ne(t.duties.version, 0))}) <> ${waiting}`,
    ),
    ...numberWrites(deps, q, reissue, steps, stamp),
    ...bulkInsert(
      deps.store,
      q,
      t.tasks,
      fresh.map((one) => one.row),
    ),
    ...bulkInsert(
      deps.store,
      q,
      t.facts,
      fresh.map((one) => one.fact),
    ),
    ...orderWrites(deps, q, reissue),
    q.insert(t.facts).values(fact),
    q
      .update(t.plans)
      .set({
        ...{ document: reissue.document, common: reissue.draft.common, digest, natural: naturalOf(reissue.document) },
        ...{ version: fact.seq, head: fact.hash },
      })
      .where(and(eq(t.plans.office, office), eq(t.plans.id, row.id))),
    officeMoves(deps, q),
  ])
  return { code: row.code, ...counts }
}

const countsOf = ({ tasks }: Reissue): Omit<Applied, 'code'> => {
  const own = tasks.filter(({ kind }) => kind === 'demand')
  const sum = (of: (change: TaskChange) => number) => tasks.reduce((n, change) => n + of(change), 0)
  return {
    added: own.filter(({ before }) => before === null).length,
    changed: own.filter(({ before, after, fields }) => before && after && fields.length > 0).length,
    dropped: own.filter(({ after }) => after === null).length,
    opened: sum(({ effect }) => effect.opened.length),
    amended: sum(({ effect }) => effect.amended.length),
    waived: sum(({ effect }) => effect.waived.length),
  }
}

const applyOnce = async (deps: Deps, reissue: Reissue, digest: string, stamp: Stamp): Promise<Applied> => {
  const open = await opener(deps, reissue, stamp)
  const on = dayOf(stamp.at, deps.zone)
  const steps = reissue.tasks.filter(isTouched).map(
    (change): Step => ({
      change,
      fact: taskFact(deps, change, stamp),
      happenings: happeningsOf(change, on),
      opened: open(change),
    }),
  )
  await enterUnits(deps, reissue.outlook.entered, stamp)
  await clearUnseen(deps, reissue.stored.row.id)
  await insertDuties(
    deps,
    steps.filter(({ change }) => change.before === null).flatMap(({ opened }) => opened),
  )
  // Tasks whose own text stays move first: what moves their duties is still there to see when it breaks off.
  const standing = steps.filter(({ change }) => change.before !== null)
  const byText = (step: Step) => (step.fact ? 1 : 0)
  await moveTasks(
    deps,
    reissue,
    standing.sort((a, b) => byText(a) - byText(b)),
    stamp,
  )
  return finish(deps, reissue, steps, digest, stamp)
}

const TRIES = 50

/**
 * Takes a new version of a released plan over. What moved under it meanwhile (a report, an approval) is read again; what
 * broke off is gone on with when the same file is imported again, and ends the same.
 * @throws BadInput when the plan is not released
 */
export const applyReissue = async (
  deps: Deps,
  plan: string,
  next: PlanDraft,
  digest: string,
  stamp: Stamp,
  answers: readonly Answer[] = [],
): Promise<Applied> => {
  const first = await reissueOf(deps, plan, next, stamp, answers)
  let reissue = first
  for (let tries = 1; ; tries++) {
    try {
      const applied = await applyOnce(deps, reissue, digest, stamp)
      return { ...applied, ...countsOf(first) }
    } catch (error) {
      if (!isConflict(error)) throw error
      if (tries >= TRIES) throw new BadInput('台账正忙，这次没有改完：请再执行一次同样的命令')
      await deps.sleep(deps.random() * 20)
      reissue = await reissueOf(deps, plan, next, stamp, answers)
    }
  }
}
