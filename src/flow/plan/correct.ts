import { and, eq } from 'drizzle-orm'
import { bulkInsert } from '../../../db/bulk.ts'
import { isConflict } from '../../../db/conflict.ts'
import { guard } from '../../../db/guard.ts'
import type { Query, Write } from '../../../db/store.ts'
import type { Body } from '../../model/fact.ts'
import type { DocumentHead, PlanDraft, Question, TaskDraft } from '../../model/plan.ts'
import { BadInput } from '../../model/problem.ts'
import { correctedTask, type TaskEdit } from '../../plan/correct.ts'
import { fieldsChanged } from '../../plan/difference.ts'
import { eachOnce, headField, questionKey } from '../../plan/questions.ts'
import type { Deps } from '../deps.ts'
import { factRow, officeMoves, type Stamp } from '../ledger.ts'
import { movedFields } from './answer.ts'
import { settledMark } from './draft.ts'
import { outlookOf } from './outlook.ts'
import { readings } from './place.ts'
import { draftOf, readPlan, type StoredPlan, type StoredTask, settlementOf } from './read.ts'
import { addedDraft, naturalOf, taskId, taskRow, taskUpdate, taskValues } from './rows.ts'

/** A draft corrected in place: what a clerk would write into its workbook, one value at a time, each a fact. */

const CORRECTED = '更正'
const TRIES = 10

/** Where the words of a task's time limits are read from. */
export const momentOf = ({ issuedOn, year }: DocumentHead) => ({
  asOf: issuedOn || `${year || 1970}-01-01`,
  year,
})

const openOnly = ({ row }: StoredPlan): void => {
  if (row.state !== 'draft') throw new BadInput(`${row.code} 已经下达，不能再改草稿`)
}

/** Tries again where somebody else wrote meanwhile; what is stale by then says so itself. */
const again = async <T>(once: () => Promise<T>): Promise<T> => {
  for (let tries = 1; ; tries++)
    try {
      return await once()
    } catch (error) {
      if (!isConflict(error) || tries >= TRIES) throw error
    }
}

/** Questions of the draft as it is corrected: those that the correction raises, without those that it answers. */
const askedAfter = async (
  deps: Deps,
  { row }: StoredPlan,
  before: PlanDraft,
  after: PlanDraft,
  answers: (question: Question) => boolean,
): Promise<{ questions: Question[]; settled: Question[] }> => {
  const now = await deps.cache(deps.store)
  const known = await settlementOf(deps, row.id)
  const outlook = (draft: PlanDraft) => outlookOf(deps, draft, now, { apart: known.apart }).questions
  const [was, is] = [outlook(before), outlook(after)]
  const keysOf = (questions: readonly Question[]) => new Set(questions.map(questionKey))
  const [wasKeys, isKeys] = [keysOf(was), keysOf(is)]
  const marks = new Set(known.settled)
  const settled = row.questions.filter(answers)
  const gone = (one: Question) => answers(one) || (wasKeys.has(questionKey(one)) && !isKeys.has(questionKey(one)))
  const raised = is.filter((one) => !wasKeys.has(questionKey(one)) && !marks.has(settledMark(deps, one)))
  return { questions: eachOnce([...row.questions.filter((one) => !gone(one)), ...raised]), settled }
}

const planMoves = (
  deps: Deps,
  q: Query,
  { row }: StoredPlan,
  body: Body,
  set: Partial<{ document: DocumentHead; questions: Question[]; natural: string; code: string }>,
  stamp: Stamp,
): Write[] => {
  const { t, office } = deps.store
  const link = { subject: 'plan' as const, id: row.id, seq: row.version + 1, prev: row.head, kind: 'amended' }
  const fact = factRow(deps, { ...link, body: { reason: CORRECTED, ...body } }, stamp)
  return [
    guard(t, q, office, 'plans', row.id, row.version),
    q.insert(t.facts).values(fact),
    q
      .update(t.plans)
      .set({ ...set, version: fact.seq, head: fact.hash })
      .where(and(eq(t.plans.office, office), eq(t.plans.id, row.id))),
    officeMoves(deps, q),
  ]
}

const wordsOf = (before: TaskDraft, after: TaskDraft): Body | undefined =>
  before.text === after.text ? undefined : { was: before.text, now: after.text }

/** The task under the number that it has. */
const amendWrites = (deps: Deps, q: Query, task: StoredTask, after: TaskDraft, stamp: Stamp): Write[] => {
  const words = wordsOf(task.draft, after)
  const body = { reason: CORRECTED, fields: fieldsChanged(task.draft, after), ...movedFields(task.draft, after) }
  const link = { subject: 'task' as const, id: task.id, seq: task.version + 1, prev: task.head, kind: 'amended' }
  const fact = factRow(deps, { ...link, body, ...(words && { words }) }, stamp)
  return [
    q.insert(deps.store.t.facts).values(fact),
    taskUpdate(deps, q, task.id, { ...taskValues(after), version: fact.seq, head: fact.hash }),
  ]
}

/** A draft's task is known by its number: under another it is another row, and the old one is let go. */
const renumberWrites = (
  deps: Deps,
  q: Query,
  stored: StoredPlan,
  task: StoredTask,
  { after, read }: { after: TaskDraft; read: TaskDraft },
  stamp: Stamp,
): Write[] => {
  const { t } = deps.store
  const plan = stored.row.id
  const id = taskId(plan, after.id)
  const old = stored.tasks.find((one) => one.id === id)
  const words = wordsOf(task.draft, after)
  const moved = movedFields(read, after)
  const gone = factRow(
    deps,
    {
      ...{ subject: 'task', id: task.id, seq: task.version + 1, prev: task.head, kind: 'dropped' },
      body: { plan, reason: CORRECTED, number: { was: task.number, now: after.id } },
    },
    stamp,
  )
  const drafted = factRow(
    deps,
    {
      ...{ subject: 'task', id, seq: (old?.version ?? 0) + 1, prev: old?.head ?? '', kind: 'drafted' },
      body: { plan, number: after.id, reason: CORRECTED, ...(moved?.was !== undefined && { was: moved.was }) },
      ...(words && { words }),
    },
    stamp,
  )
  const row = taskRow(deps, { plan, id, ord: task.ord, kind: 'demand' }, after, drafted.hash)
  return [
    ...bulkInsert(deps.store, q, t.facts, [gone, drafted]),
    taskUpdate(deps, q, task.id, { version: gone.seq, head: gone.hash }),
    old
      ? taskUpdate(deps, q, id, { ...taskValues(after), ord: task.ord, version: drafted.seq, head: drafted.hash })
      : q.insert(t.tasks).values(row),
  ]
}

const liveTask = ({ tasks }: StoredPlan, number: string): StoredTask | undefined =>
  tasks.find((task) => task.number === number && task.kind === 'demand' && !task.dropped)

/** Which questions a correction of a task answers: those about what it sets. */
const answeredBy =
  ({ id }: TaskDraft, edit: TaskEdit) =>
  (question: Question): boolean => {
    if (question.task !== id) return false
    const { kind } = question
    if (edit.lead && (kind === 'no-unit' || kind === 'narrower-subject')) return true
    // One question about several rows (第3—7号) stays: the correction is of one of them.
    const ofOne = !/第.+?—.+?号/.test(question.text)
    return (
      edit.limits !== undefined && ofOne && (kind === 'contradiction' || kind === 'vague-day' || kind === 'no-time')
    )
  }

/** What stands in the way of a correction: somebody else corrected the same meanwhile. */
export const STALE = 'stale'

/**
 * Corrects a task of a draft that the office looks at in that version of the task.
 * @returns `stale` where the task was corrected, renumbered or replaced since; nothing is written then
 * @throws BadInput where the plan is no draft, or what is written is none
 */
export const correctTask = (
  deps: Deps,
  plan: string,
  seen: { number: string; version: number },
  edit: TaskEdit,
  stamp: Stamp,
): Promise<typeof STALE | 'done'> =>
  again(async () => {
    const stored = await readPlan(deps, plan)
    openOnly(stored)
    const task = liveTask(stored, seen.number)
    if (!task || task.version !== seen.version) return STALE
    const before = draftOf(stored)
    const { registry } = await deps.cache(deps.store)
    const after = correctedTask(task.draft, edit, { registry, moment: momentOf(before.document) })
    if (typeof after === 'string') throw new BadInput(after)
    if (JSON.stringify(after) === JSON.stringify(task.draft)) return 'done'
    const renumbered = after.id !== task.number
    if (renumbered && stored.tasks.some((one) => one.number === after.id && !one.dropped))
      throw new BadInput(`编号“${after.id}”已经有了，请换一个`)
    const draft = { ...before, tasks: before.tasks.map((one) => (one.id === task.number ? after : one)) }
    const { questions, settled } = await askedAfter(deps, stored, before, draft, answeredBy(task.draft, edit))
    const numbered = questions.map((one) => (one.task === task.number ? { ...one, task: after.id } : one))
    const read = renumbered ? ((await readings(deps, stored)).get(task.id) ?? task.draft) : task.draft
    const body = { task: after.id, settled: settled.map((one) => settledMark(deps, one)) }
    await deps.store.atomic((q) => [
      guard(deps.store.t, q, deps.store.office, 'tasks', task.id, task.version),
      ...planMoves(deps, q, stored, body, { questions: numbered }, stamp),
      ...(renumbered
        ? renumberWrites(deps, q, stored, task, { after, read }, stamp)
        : amendWrites(deps, q, task, after, stamp)),
    ])
    return 'done'
  })

/** Lets a task go that is none. `stale` as of `correctTask`. */
export const dropTask = (
  deps: Deps,
  plan: string,
  seen: { number: string; version: number },
  stamp: Stamp,
): Promise<typeof STALE | 'done'> =>
  again(async () => {
    const stored = await readPlan(deps, plan)
    openOnly(stored)
    const task = liveTask(stored, seen.number)
    if (!task || task.version !== seen.version) return STALE
    const before = draftOf(stored)
    if (before.tasks.length === 1) throw new BadInput('方案至少要有一项任务')
    const draft = { ...before, tasks: before.tasks.filter((one) => one.id !== task.number) }
    const { questions } = await askedAfter(deps, stored, before, draft, (one) => one.task === task.number)
    const link = { subject: 'task' as const, id: task.id, seq: task.version + 1, prev: task.head, kind: 'dropped' }
    const fact = factRow(deps, { ...link, body: { plan, reason: CORRECTED } }, stamp)
    await deps.store.atomic((q) => [
      guard(deps.store.t, q, deps.store.office, 'tasks', task.id, task.version),
      ...planMoves(deps, q, stored, { dropped: task.number }, { questions }, stamp),
      q.insert(deps.store.t.facts).values(fact),
      taskUpdate(deps, q, task.id, { version: fact.seq, head: fact.hash }),
    ])
    return 'done'
  })

/**
 * Puts a task into a draft that its document does not have as one, behind the others.
 * @throws BadInput where the plan is no draft, its number is another task's, or what is written is none
 */
export const addTask = (
  deps: Deps,
  plan: string,
  written: TaskEdit & { number: string; text: string },
  stamp: Stamp,
): Promise<void> =>
  again(async () => {
    const stored = await readPlan(deps, plan)
    openOnly(stored)
    const before = draftOf(stored)
    const { registry } = await deps.cache(deps.store)
    const blank = addedDraft({ kind: 'common', number: '', text: '', section: [], deadlines: [] })
    const task = correctedTask(blank, written, { registry, moment: momentOf(before.document) })
    if (typeof task === 'string') throw new BadInput(task)
    if (stored.tasks.some((one) => one.number === task.id && !one.dropped))
      throw new BadInput(`编号“${task.id}”已经有了，请换一个`)
    const draft = { ...before, tasks: [...before.tasks, task] }
    const { questions } = await askedAfter(deps, stored, before, draft, () => false)
    const id = taskId(plan, task.id)
    // The number of a task that was let go: its row goes on.
    const old = stored.tasks.find((one) => one.id === id)
    const ord = Math.max(-1, ...stored.tasks.map((one) => one.ord)) + 1
    const link = { subject: 'task' as const, id, seq: (old?.version ?? 0) + 1, prev: old?.head ?? '', kind: 'drafted' }
    const body = { plan, number: task.id, reason: CORRECTED }
    const fact = factRow(deps, { ...link, body, words: { now: task.text } }, stamp)
    const moved = { version: fact.seq, head: fact.hash }
    await deps.store.atomic((q) => [
      ...planMoves(deps, q, stored, { added: task.id }, { questions }, stamp),
      q.insert(deps.store.t.facts).values(fact),
      old
        ? taskUpdate(deps, q, id, { ...taskValues(task), ord, ...moved })
        : q.insert(deps.store.t.tasks).values(taskRow(deps, { plan, id, ord, kind: 'demand' }, task, fact.hash)),
    ])
  })

/** The head of a plan as a clerk corrects it, with its short name. */
export type HeadEdit = Partial<Omit<DocumentHead, 'untilYear'> & { code: string }>

const CODE = /^[\p{L}][\p{L}\p{N}]{1,11}$/u

/**
 * Corrects the head of a draft; `was` is what stood there when it was looked at.
 * @throws BadInput where the plan is no draft, or the name is another plan's
 */
export const correctHead = (
  deps: Deps,
  plan: string,
  was: HeadEdit,
  edit: HeadEdit,
  stamp: Stamp,
): Promise<typeof STALE | 'done'> =>
  again(async () => {
    const stored = await readPlan(deps, plan)
    openOnly(stored)
    const { row } = stored
    const held = { ...row.document, code: row.code }
    const fields = (Object.keys(edit) as (keyof HeadEdit)[]).filter((field) => edit[field] !== undefined)
    if (fields.some((field) => was[field] !== undefined && was[field] !== held[field])) return STALE
    const moved = fields.filter((field) => edit[field] !== held[field])
    if (moved.length === 0) return 'done'
    const { code = row.code, ...parts } = edit
    if (!CODE.test(code)) throw new BadInput('简称请写2至12个字，以文字开头，如 公开17')
    const document = { ...row.document, ...parts }
    const { view } = await deps.cache(deps.store)
    const others = view.plans.filter(({ id }) => id !== plan)
    if (others.some((one) => one.code === code)) throw new BadInput(`简称“${code}”已经是另一份方案的`)
    if (others.some((one) => naturalOf(one.document) === naturalOf(document)))
      throw new BadInput('台账里另一份方案已是这个文号或标题')
    const before = draftOf(stored)
    const { questions, settled } = await askedAfter(
      deps,
      stored,
      before,
      { ...before, document },
      (one) => one.kind === 'head' && moved.some((field) => field === headField(one)),
    )
    const body = {
      ...{ was: Object.fromEntries(moved.map((field) => [field, held[field] ?? ''])) },
      ...{ now: Object.fromEntries(moved.map((field) => [field, edit[field] ?? ''])) },
      settled: settled.map((one) => settledMark(deps, one)),
    }
    await deps.store.atomic((q) =>
      planMoves(deps, q, stored, body, { document, questions, natural: naturalOf(document), code }, stamp),
    )
    return 'done'
  })
