import { and, eq, ne, notExists, sql } from 'drizzle-orm'
import { among } from '../../../db/among.ts'
import { bulkInsert } from '../../../db/bulk.ts'
import { isConflict } from '../../../db/conflict.ts'
import { guard, staleIf } from '../../../db/guard.ts'
import type { Body, Json } from '../../model/fact.ts'
import type { DocumentLine, PlanDraft } from '../../model/plan.ts'
import { BadInput } from '../../model/problem.ts'
import { dayOf } from '../../time/day.ts'
import { releasedBy } from '../calendar/turn.ts'
import { bytesDigest } from '../chain.ts'
import type { Deps } from '../deps.ts'
import { type KeptFile, keepFile } from '../keep-file.ts'
import { factRow, officeMoves, type Stamp } from '../ledger.ts'
import { movedFields } from './answer.ts'
import { documentWrites } from './document.ts'
import { numberWrites, orderWrites, placeWrites } from './numbers.ts'
import { REASON } from './place.ts'
import { type Answer, isTouched, type Reissue, reissueOf, type TaskChange } from './reissue.ts'
import { claimDay, enterUnits, insertDuties, type OpenedDuty, openedDuty } from './release.ts'
import { naturalOf, taskRow } from './rows.ts'
import { happeningsOf, moveTasks, type Step, taskFact } from './steps.ts'

/** Writes a new version of a released plan: duties of new tasks unseen, then each task whole, then the plan itself. */

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

const newTasks = (deps: Deps, { tasks, stored }: Reissue, stamp: Stamp) =>
  tasks.flatMap(({ id, before, after, ord, kind, read }) => {
    if (before || !after) return []
    const plan = stored.row.id
    const settled = read && movedFields(read, after)
    const body = { plan, number: after.id, ...(settled && { was: settled.was as Json }) }
    const fact = factRow(deps, { subject: 'task', id, seq: 1, prev: '', kind: 'drafted', body }, stamp)
    return [{ fact, row: taskRow(deps, { plan, id, ord, kind }, after, fact.hash) }]
  })

/** The file that the new version was read from; `kept` where this server keeps files. */
interface Version {
  digest: string
  kept: KeptFile | undefined
  lines: readonly DocumentLine[]
}

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
  { digest, lines, kept }: Version,
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
    ...documentWrites(deps, q, { plan: row.id, digest, lines }),
    ...(kept ? [kept.write(q)] : []),
    ...placeWrites(deps, q, reissue),
    q.insert(t.facts).values(fact),
    q
      .update(t.plans)
      .set({
        ...{ document: reissue.document, common: reissue.draft.common, digest, natural: naturalOf(reissue.document) },
        ...{ version: fact.seq, head: fact.hash },
      })
      .where(and(eq(t.plans.office, office), eq(t.plans.id, row.id))),
    releasedBy(deps, q, reissue.now),
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

const applyOnce = async (deps: Deps, reissue: Reissue, version: Version, stamp: Stamp): Promise<Applied> => {
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
  return finish(deps, reissue, steps, version, stamp)
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
  source: Uint8Array,
  stamp: Stamp,
  answers: readonly Answer[] = [],
  lines: readonly DocumentLine[] = [],
): Promise<Applied> => {
  const first = await reissueOf(deps, plan, next, stamp, answers)
  const version = { digest: bytesDigest(source), lines, kept: await keepFile(deps, source, 'plan') }
  let reissue = first
  for (let tries = 1; ; tries++) {
    try {
      const applied = await applyOnce(deps, reissue, version, stamp)
      return { ...applied, ...countsOf(first) }
    } catch (error) {
      if (!isConflict(error)) throw error
      if (tries >= TRIES) throw new BadInput('台账正忙，这次没有改完：请再执行一次同样的命令')
      await deps.sleep(deps.random() * 20)
      reissue = await reissueOf(deps, plan, next, stamp, answers)
    }
  }
}
