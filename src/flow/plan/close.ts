import { and, eq } from 'drizzle-orm'
import { bulkInsert } from '../../../db/bulk.ts'
import { isConflict } from '../../../db/conflict.ts'
import { guard } from '../../../db/guard.ts'
import { lastOrd } from '../../../db/queries/duties.ts'
import type { PlanHead } from '../../../db/queries/office.ts'
import { moveDuties } from '../../../db/queries/yearend.ts'
import { BadInput } from '../../model/problem.ts'
import type { Deps } from '../deps.ts'
import { factRow, officeMoves, type Stamp } from '../ledger.ts'
import { movedWrites } from '../shown.ts'
import { carried, type Moving, moving, type Passage, passageFacts, passagesInto } from './carry.ts'
import { type Ending, endingOf, type Fate, isRegister, needsReason, type OpenDuty } from './ending.ts'
import { registerId, registerOf, registerWrites } from './register.ts'
import { taskId, taskRow } from './rows.ts'

/** 年终结转: a plan ends, and of each duty that is open it is said whether it goes on or is archived. All in one batch. */

/** What was said of a duty as it was looked at. */
export interface Chosen {
  id: string
  version: number
  fate: Fate
}

export interface Closing {
  /** Of every duty that is open. */
  chosen: readonly Chosen[]
  /** Why what is archived was not done. */
  reason: string
  /** Id of the plan into which duties go on; where absent the one that follows this, else the office's register. */
  to?: string | undefined
}

export interface Closed {
  code: string
  /** Old code, new code and unit of what goes on. */
  carried: { from: string; to: string; unit: string }[]
  archived: number
  /** Of these: merely standing, ended by the year. */
  ended: number
}

const SHOWN = 12
const some = (codes: readonly string[]): string => {
  const each = [...new Set(codes)]
  return each.length > SHOWN ? `${each.slice(0, SHOWN).join('、')}等${each.length}项` : each.join('、')
}

const STANDING_REASON = '年度办结，持续推进事项到此结束'

/** @throws BadInput where a report waits: what was handed in is judged before the year ends */
const refuseWaiting = ({ stored, open }: Ending): void => {
  const waiting = open.filter(({ group }) => group === 'review')
  if (waiting.length === 0) return
  throw new BadInput(
    `${stored.row.code} 还有${waiting.length}项反馈待审核（${some(waiting.map(({ code, unit }) => `${code} ${unit}`))}），` +
      '不能办结：请先逐项通过或退回，再办结',
  )
}

/** The register of a year takes tasks as long as the year lasts. @throws BadInput */
const refuseEarly = ({ stored, today, lastDay }: Ending): void => {
  if (isRegister(stored.row) && today <= lastDay)
    throw new BadInput(
      `${stored.row.code} 是本年的临时交办台账，年内还会新增：请在${lastDay.slice(0, 4)}年过完以后再办结`,
    )
}

/** The plan that takes what goes on. @throws BadInput where the one named cannot */
export const targetOf = (
  { stored, now }: Pick<Ending, 'stored' | 'now'>,
  to: string | undefined,
): PlanHead | undefined => {
  const { row } = stored
  if (to === undefined) return now.view.plans.find(({ follows, state }) => follows === row.id && state === 'released')
  const plan = now.view.plans.find(({ id }) => id === to)
  if (!plan) throw new BadInput('没有要转入的这份方案：用 plan list 查看简称')
  if (plan.id === row.id) throw new BadInput(`不能转入 ${plan.code} 自己：请写下一年的方案`)
  if (plan.state === 'closed') throw new BadInput(`${plan.code} 已经办结，不能再转入：请写一份在办的方案`)
  if (plan.state === 'draft')
    throw new BadInput(`${plan.code} 还没有下达，不能转入：请先下达，或不写方案、转入下一年的交办台账`)
  return plan
}

const isWholeAndFresh = ({ open }: Ending, chosen: readonly Chosen[]): boolean => {
  const seen = new Map(chosen.map((one) => [one.id, one.version]))
  return seen.size === open.length && open.every(({ id, version }) => seen.get(id) === version)
}

/** Copies of tasks in the register of the next year, with the duties that go on under them. */
const copies = async (
  deps: Deps,
  ending: Ending,
  passages: readonly Extract<Passage, { how: 'copied' }>[],
  codeOf: (duty: string) => string,
  stamp: Stamp,
) => {
  const { now, today, lastDay } = ending
  const head = registerOf(Math.max(Number(lastDay.slice(0, 4)) + 1, Number(today.slice(0, 4))))
  const register = now.view.plans.find(({ code }) => code === head.code)
  if (passages.length > 0 && register && register.state !== 'released')
    throw new BadInput(`${head.code} 已经办结，不能再转入：请用 --to 写一份在办的方案`)
  const plan = register?.id ?? registerId(deps, head.code)
  let ord = register ? await lastOrd(deps.store, register.id) : 0
  const made = new Map<string, { row: ReturnType<typeof taskRow>; fact: ReturnType<typeof factRow>; code: string }>()
  const moved = passages.map(({ duty, task }) => {
    const known = made.get(task.id)
    if (!known) {
      ord += 1
      const number = String(ord)
      const id = taskId(plan, number)
      const from = codeOf(duty.id)
      const body = { plan, number, follows: task.id, code: from }
      const fact = factRow(deps, { subject: 'task', id, seq: 1, prev: '', kind: 'drafted', body }, stamp)
      const draft = { ...task.draft, id: number, text: task.text, deadlines: task.deadlines }
      const row = {
        ...taskRow(deps, { plan, id, ord, kind: 'demand' }, draft, fact.hash),
        ...{ follows: task.id, secret: task.secret, proofs: task.proofs },
      }
      made.set(task.id, { row, fact, code: `${head.code}-${number}` })
    }
    const copy = made.get(task.id) as NonNullable<ReturnType<typeof made.get>>
    const place = { id: copy.row.id, plan, ord: copy.row.ord, demand: duty.demand }
    return { moving: carried(deps, duty, place, codeOf(duty.id), stamp, today), duty: duty.id, to: copy.code }
  })
  return { head, register, tasks: [...made.values()], moved }
}

const closeOnce = async (deps: Deps, ending: Ending, closing: Closing, stamp: Stamp): Promise<Closed> => {
  const { stored, today, open } = ending
  const { row } = stored
  const fates = new Map(closing.chosen.map(({ id, fate }) => [id, fate]))
  const byId = new Map(open.map((one) => [one.id, one]))
  const codeOf = (duty: string) => byId.get(duty)?.code ?? ''
  const going = open.filter(({ id }) => fates.get(id) === 'carry')
  const staying = open.filter(({ id }) => fates.get(id) !== 'carry')
  const target = targetOf(ending, closing.to)
  const passages = await passagesInto(
    deps,
    going.map((one) => one.row),
    target?.id,
  )
  const numberOf = (passage: Passage) => `${target?.code ?? ''}-${passage.task.number}`
  const direct = passages.filter((one): one is Exclude<Passage, { how: 'copied' }> => one.how !== 'copied')
  const copied = await copies(
    deps,
    ending,
    passages.filter((one): one is Extract<Passage, { how: 'copied' }> => one.how === 'copied'),
    codeOf,
    stamp,
  )
  const reasonOf = (one: OpenDuty) => closing.reason || (needsReason(one) ? '' : STANDING_REASON)
  const all: Moving[] = [
    ...direct.flatMap((one) => passageFacts(deps, one, { from: codeOf(one.duty.id), to: numberOf(one) }, stamp, today)),
    ...copied.moved.map((one) => one.moving),
    ...staying.map((one) =>
      moving(deps, one.row, [{ kind: 'archived', body: { on: today }, words: { reason: reasonOf(one) } }], stamp),
    ),
  ]
  const counts = { carried: going.length, archived: staying.length }
  const link = { subject: 'plan' as const, id: row.id, seq: row.version + 1, prev: row.head, kind: 'closed' }
  const fact = factRow(
    deps,
    { ...link, body: { on: today, ...counts }, ...(closing.reason && { words: { reason: closing.reason } }) },
    stamp,
  )
  const { t, office } = deps.store
  await deps.store.atomic((q) => {
    const { guards, updates } = moveDuties(deps.store, q, all)
    const { head, register, tasks } = copied
    return [
      guard(t, q, office, 'plans', row.id, row.version),
      ...(target ? [guard(t, q, office, 'plans', target.id, target.version)] : []),
      ...guards,
      ...(tasks.length > 0 && !register ? registerWrites(deps, q, head, stamp) : []),
      ...bulkInsert(
        deps.store,
        q,
        t.tasks,
        tasks.map((one) => one.row),
      ),
      ...bulkInsert(deps.store, q, t.facts, [...tasks.map((one) => one.fact), ...all.flatMap((one) => one.facts)]),
      ...updates,
      q.insert(t.facts).values(fact),
      q
        .update(t.plans)
        .set({ state: 'closed', version: fact.seq, head: fact.hash })
        .where(and(eq(t.plans.office, office), eq(t.plans.id, row.id))),
      ...movedWrites(deps, { duties: all.map(({ now }) => ({ id: now.id, version: now.version })), at: deps.now() }),
      officeMoves(deps, q),
    ]
  })
  const told = (duty: string, to: string) => ({ from: codeOf(duty), to, unit: byId.get(duty)?.unit ?? '' })
  return {
    code: row.code,
    carried: [
      ...direct.map((one) => told(one.duty.id, numberOf(one))),
      ...copied.moved.map(({ duty, to }) => told(duty, to)),
    ],
    archived: staying.length,
    ended: staying.filter((one) => !needsReason(one)).length,
  }
}

const TRIES = 50

/**
 * 办结 a plan for good. `chosen` says of every open duty whether it is carried over or archived, as it was looked at:
 * where the ledger has moved since (a report came in), nothing is written and the list as it now stands comes back.
 * @throws BadInput unless it is released, where a report waits for review, a reason is missing, or the target takes nothing
 */
export const closePlan = async (
  deps: Deps,
  plan: string,
  closing: Closing,
  stamp: Stamp,
): Promise<{ done: Closed } | { stale: Ending }> => {
  for (let tries = 1; ; tries++) {
    const ending = await endingOf(deps, plan)
    refuseEarly(ending)
    refuseWaiting(ending)
    targetOf(ending, closing.to)
    if (!isWholeAndFresh(ending, closing.chosen)) return { stale: ending }
    const fates = new Map(closing.chosen.map(({ id, fate }) => [id, fate]))
    const unsaid = ending.open.filter((one) => fates.get(one.id) === 'archive' && needsReason(one))
    if (unsaid.length > 0 && closing.reason.trim() === '')
      throw new BadInput(
        `有${unsaid.length}项没有完成、要归档（${some(unsaid.map(({ code }) => code))}），请写明归档的理由`,
      )
    try {
      return { done: await closeOnce(deps, ending, closing, stamp) }
    } catch (error) {
      if (!isConflict(error)) throw error
      if (tries >= TRIES) throw new BadInput('台账正忙，这次没有办结：请再执行一次同样的命令')
      await deps.sleep(deps.random() * 20)
    }
  }
}
