import { and, eq } from 'drizzle-orm'
import { bulkInsert } from '../../../db/bulk.ts'
import { isConflict } from '../../../db/conflict.ts'
import { guard } from '../../../db/guard.ts'
import type { PlanHead } from '../../../db/queries/office.ts'
import { dutiesUnder, followersOf, followTasks, moveDuties, unfinished } from '../../../db/queries/yearend.ts'
import { BadInput } from '../../model/problem.ts'
import { type Followed, followedTasks, followedWhy } from '../../plan/follow.ts'
import { dayOf } from '../../time/day.ts'
import type { Deps } from '../deps.ts'
import { factRow, officeMoves, type Stamp } from '../ledger.ts'
import { matterOf } from '../plan-code.ts'
import { movedWrites } from '../shown.ts'
import { type Passage, passageFacts, passagesInto } from './carry.ts'
import { isRegister, lastDayOf } from './ending.ts'
import { readPlan, type StoredPlan, type StoredTask } from './read.ts'

/** 接续: which of last year's tasks each task of a new plan goes on from. Proposed by the words, settled by the office. */

export interface FollowPair {
  number: string
  text: string
  lead: string[]
  /** The task of the old plan, absent where it is a new matter. */
  old?: { number: string; text: string; lead: string[] }
  /** Why it is proposed; empty where the office has set it. */
  why: string
}

export interface Following {
  plan: StoredPlan
  /** The plan that it goes on from, as it is settled or proposed; absent where none is. */
  old?: StoredPlan
  /** The office has settled it. */
  settled: boolean
  pairs: FollowPair[]
  /** Plans that it may go on from. */
  candidates: PlanHead[]
}

const demandsOf = ({ tasks }: StoredPlan): StoredTask[] =>
  tasks.filter(({ kind, dropped }) => kind === 'demand' && !dropped)

/** Released or closed plans of the years before. */
const candidatesOf = (plans: readonly PlanHead[], { row }: StoredPlan): PlanHead[] =>
  plans
    .filter(
      ({ id, state, document }) =>
        id !== row.id && state !== 'draft' && document.year > 0 && lastDayOf(document) < `${row.document.year}-01-01`,
    )
    .sort((a, b) => (lastDayOf(a.document) < lastDayOf(b.document) ? 1 : -1))

/** The latest plan of the same matter. */
const proposedOld = (candidates: readonly PlanHead[], { row }: StoredPlan): PlanHead | undefined =>
  candidates.find(({ document }) => matterOf(document.title) === matterOf(row.document.title))

const pairOf = (task: StoredTask, old: StoredTask | undefined, why: string): FollowPair => {
  const shown = ({ number, draft: { text, lead } }: StoredTask) => ({ number, text, lead })
  return { ...shown(task), ...(old && { old: shown(old) }), why }
}

/** How the words of the two plans pair their tasks. */
const proposedPairs = (plan: StoredPlan, old: StoredPlan): FollowPair[] => {
  const [own, before] = [demandsOf(plan), demandsOf(old)]
  const found = new Map<number, Followed>(
    followedTasks(
      before.map(({ draft }) => draft),
      own.map(({ draft }) => draft),
    ).map((pair) => [pair.now, pair]),
  )
  return own.map((task, i) => {
    const pair = found.get(i)
    return pairOf(task, pair && before[pair.old], pair ? followedWhy(pair) : '')
  })
}

/**
 * The pairs of a plan as they are settled, else as they are proposed. `from` names another plan than the settled or
 * proposed one. Reads only.
 * @throws BadInput where there is no such plan, or `from` cannot be gone on from
 */
export const followingOf = async (deps: Deps, id: string, from?: string): Promise<Following> => {
  const plan = await readPlan(deps, id)
  const { view } = await deps.cache(deps.store)
  if (isRegister(plan.row)) throw new BadInput(`${plan.row.code} 是临时交办台账，不接续上一年的方案`)
  const candidates = candidatesOf(view.plans, plan)
  const settledId = plan.row.follows
  const oldId = from ?? (settledId || proposedOld(candidates, plan)?.id)
  if (oldId === undefined)
    return { plan, settled: false, pairs: demandsOf(plan).map((task) => pairOf(task, undefined, '')), candidates }
  if (oldId !== settledId && !candidates.some((one) => one.id === oldId)) refuseOld(view.plans, plan, oldId)
  const old = await readPlan(deps, oldId)
  if (oldId !== settledId) return { plan, old, settled: false, pairs: proposedPairs(plan, old), candidates }
  const byId = new Map(demandsOf(old).map((task) => [task.id, task]))
  const set = await followsOf(deps, id)
  const pairs = demandsOf(plan).map((task) => pairOf(task, byId.get(set.get(task.id) ?? ''), ''))
  return { plan, old, settled: true, pairs, candidates }
}

const refuseOld = (plans: readonly PlanHead[], { row }: StoredPlan, oldId: string): never => {
  const old = plans.find((one) => one.id === oldId)
  if (!old) throw new BadInput('没有要接续的这份方案：用 plan list 查看简称')
  if (oldId === row.id) throw new BadInput(`${row.code} 不能接续自己：请写上一年的方案`)
  if (old.state === 'draft') throw new BadInput(`${old.code} 还是草稿，不能接续：请写一份下达过的方案`)
  throw new BadInput(`${old.code} 不在 ${row.code} 之前的年度，不能接续：请写以前年度的方案`)
}

const followsOf = async ({ store: { t, q, office } }: Deps, plan: string): Promise<Map<string, string>> => {
  const rows = await q
    .select({ id: t.tasks.id, follows: t.tasks.follows })
    .from(t.tasks)
    .where(and(eq(t.tasks.office, office), eq(t.tasks.plan, plan)))
  return new Map(rows.map(({ id, follows }) => [id, follows]))
}

export interface FollowedDone {
  code: string
  old: string
  pairs: number
  /** Duties carried over before that now go on in this plan, joined to what it asks anyway or moved to it. */
  joined: number
}

/** @throws BadInput where a number is none, or stands twice */
const tasksPaired = (plan: StoredPlan, old: StoredPlan, pairs: readonly (readonly [now: string, old: string])[]) => {
  const byNumber = (of: StoredPlan) => new Map(demandsOf(of).map((task) => [task.number, task]))
  const [own, before] = [byNumber(plan), byNumber(old)]
  const seen = { now: new Set<string>(), old: new Set<string>() }
  return pairs.map(([number, oldNumber]) => {
    const [task, from] = [own.get(number), before.get(oldNumber)]
    if (!task) throw new BadInput(`${plan.row.code} 没有 ${number} 号任务`)
    if (!from) throw new BadInput(`${old.row.code} 没有 ${oldNumber} 号任务`)
    if (seen.now.has(number) || seen.old.has(oldNumber))
      throw new BadInput(
        `${seen.now.has(number) ? `${plan.row.code}-${number}` : `${old.row.code}-${oldNumber}`} 对应了两次：一项只能接续一项`,
      )
    seen.now.add(number)
    seen.old.add(oldNumber)
    return { id: task.id, follows: from.id }
  })
}

const TRIES = 50

/**
 * Settles which plan a new one goes on from, and task by task; what is not named is a new matter. Of a released plan, what
 * was carried over from such a task before is joined to what the plan asks anyway.
 * @throws BadInput as `followingOf`, or where a pair is none
 */
export const followPlan = async (
  deps: Deps,
  id: string,
  from: string,
  pairs: readonly (readonly [now: string, old: string])[],
  stamp: Stamp,
): Promise<FollowedDone> => {
  const { t, office } = deps.store
  for (let tries = 1; ; tries++) {
    const { plan, old } = await followingOf(deps, id, from)
    if (!old) throw new BadInput('没有要接续的这份方案：用 plan list 查看简称')
    const named = new Map(tasksPaired(plan, old, pairs).map((one) => [one.id, one.follows]))
    const before = await followsOf(deps, id)
    const rows = [...before].flatMap(([task, was]) => {
      const follows = named.get(task) ?? ''
      return was === follows ? [] : [{ id: task, follows }]
    })
    const { row } = plan
    if (rows.length > 0 || row.follows !== from) {
      const body = { on: dayOf(stamp.at, deps.zone), follows: old.row.code, pairs: pairs.map((pair) => [...pair]) }
      const link = { subject: 'plan' as const, id, seq: row.version + 1, prev: row.head, kind: 'followed' }
      const fact = factRow(deps, { ...link, body }, stamp)
      try {
        await deps.store.atomic((q) => [
          guard(t, q, office, 'plans', id, row.version),
          q.insert(t.facts).values(fact),
          ...followTasks(deps.store, q, rows),
          q
            .update(t.plans)
            .set({ follows: from, version: fact.seq, head: fact.hash })
            .where(and(eq(t.plans.office, office), eq(t.plans.id, id))),
          officeMoves(deps, q),
        ])
      } catch (error) {
        if (!isConflict(error) || tries >= TRIES) throw error
        await deps.sleep(deps.random() * 20)
        continue
      }
    }
    const joined = row.state === 'released' ? await joinCarried(deps, id, stamp) : 0
    return { code: row.code, old: old.row.code, pairs: pairs.length, joined }
  }
}

type Direct = Exclude<Passage, { how: 'copied' }>

/**
 * Duties of the year before that went into the register while this plan was not there yet go on in it now, where it asks
 * the same. What waits for review stays until it was judged. Once done it changes nothing.
 */
export const joinCarried = async (deps: Deps, plan: string, stamp: Stamp): Promise<number> => {
  const { t, office } = deps.store
  const on = dayOf(stamp.at, deps.zone)
  for (let tries = 1; ; tries++) {
    const { view } = await deps.cache(deps.store)
    const registers = new Map(view.plans.filter(({ state }) => state === 'released').map((one) => [one.id, one]))
    const own = registers.get(plan)
    const origins = [...(await followsOf(deps, plan)).values()].filter(Boolean)
    const copies = (await followersOf(deps.store, origins)).filter(
      (task) => task.plan !== plan && registers.has(task.plan),
    )
    const open = (
      await dutiesUnder(
        deps.store,
        copies.map(({ id }) => id),
      )
    ).filter(({ state, archivedOn }) => state !== 'review' && archivedOn === null && unfinished.includes(state))
    const passages = (await passagesInto(deps, open, plan)).filter((one): one is Direct => one.how !== 'copied')
    if (passages.length === 0 || !own) return 0
    const codeOf = (task: string) => {
      const copy = copies.find(({ id }) => id === task)
      return copy ? `${registers.get(copy.plan)?.code}-${copy.number}` : ''
    }
    const all = passages.flatMap((one) =>
      passageFacts(deps, one, { from: codeOf(one.duty.task), to: `${own.code}-${one.task.number}` }, stamp, on),
    )
    try {
      await deps.store.atomic((q) => {
        const { guards, updates } = moveDuties(deps.store, q, all)
        return [
          guard(t, q, office, 'plans', plan, own.version),
          ...guards,
          ...bulkInsert(
            deps.store,
            q,
            t.facts,
            all.flatMap(({ facts }) => facts),
          ),
          ...updates,
          ...movedWrites(deps, {
            duties: all.map(({ now }) => ({ id: now.id, version: now.version })),
            at: deps.now(),
          }),
        ]
      })
      return passages.length
    } catch (error) {
      if (!isConflict(error) || tries >= TRIES) throw error
      await deps.sleep(deps.random() * 20)
    }
  }
}
