import { and, asc, eq } from 'drizzle-orm'
import type { Deadline } from '../../model/deadline.ts'
import type { DutySeed, DutyState } from '../../model/duty.ts'
import type { DocumentHead, PlanDraft, Question, TaskDraft } from '../../model/plan.ts'
import { BadInput } from '../../model/problem.ts'
import type { Unit } from '../../model/unit.ts'
import { type Field, fieldsChanged } from '../../plan/difference.ts'
import { addedEffect, droppedEffect, type EffectContext, effectOf, type TaskEffect } from '../../plan/effects.ts'
import { limitWords } from '../../plan/limit-words.ts'
import { eachOnce, questionKey, tasksOf } from '../../plan/questions.ts'
import { settle } from '../../plan/settle.ts'
import { dayOf } from '../../time/day.ts'
import { openHeirs } from '../../unit/succession.ts'
import type { Deps } from '../deps.ts'
import type { Stamp } from '../ledger.ts'
import type { OfficeNow } from '../office.ts'
import { settledMark } from './draft.ts'
import { type Outlook, outlookOf } from './outlook.ts'
import { placeTasks, REASON } from './place.ts'
import { draftOf, readPlan, type StoredPlan, type StoredTask, settlementOf } from './read.ts'
import { claimDay } from './release.ts'
import { addedDraft, taskId } from './rows.ts'

/** A new version of a released plan laid over the ledger: what it changes, before anything is written. */

export interface Answer {
  question: Question
  answer: string
}

/** A duty as the new version is laid over it; `filed` is its row's own unit, before which another may stand by succession. */
export type HeldDuty = Awaited<ReturnType<typeof heldDuties>>[number] & { filed: string }

/** One task of the plan in both versions; `before` is null for one that is new, `after` for one that is dropped. */
export interface TaskChange {
  id: string
  kind: StoredTask['kind']
  before: StoredTask | null
  after: TaskDraft | null
  /** Place in the new version. */
  ord: number
  fields: Field[]
  effect: TaskEffect<HeldDuty>
  /** What was read of it, where an answer of the office made something else of that. */
  read?: TaskDraft
}

export interface Reissue {
  stored: StoredPlan
  document: DocumentHead
  head: { field: keyof DocumentHead; before: string; after: string }[]
  commonMoved: boolean
  /** Every task in both versions, also those that nothing changes. */
  tasks: TaskChange[]
  draft: PlanDraft
  /** What the new version leaves open about what it changes. */
  questions: Question[]
  outlook: Outlook
  /** The office by which its days were counted. */
  now: OfficeNow
  settled: string[]
  apart: string[]
}

const heldDuties = async (deps: Deps, plan: string) => {
  const { t, office, q } = deps.store
  return q
    .select()
    .from(t.duties)
    .where(and(eq(t.duties.office, office), eq(t.duties.plan, plan)))
    .orderBy(asc(t.duties.id))
}

const handedIn: readonly DutyState[] = ['review', 'returned', 'done']

/** What a unit handed in before another took its work over is not asked of that one again. */
const underHeirs = (duties: Awaited<ReturnType<typeof heldDuties>>, units: readonly Unit[]): HeldDuty[] => {
  const heirsOf = openHeirs(units)
  const byId = new Map(units.map((unit) => [unit.id, unit]))
  return duties.map((duty) => {
    const unit = byId.get(duty.unit)
    const heirs = unit?.succession && handedIn.includes(duty.state) ? heirsOf(unit) : []
    const [heir] = heirs
    return { ...duty, filed: duty.unit, ...(heirs.length === 1 && heir && { unit: heir.id }) }
  })
}

/** Ids of the duties that a version of this plan waived. */
const waivedByPlan = async (deps: Deps, plan: string): Promise<Set<string>> => {
  const { t, office, q } = deps.store
  const facts = await q
    .select({ id: t.facts.id, body: t.facts.body })
    .from(t.facts)
    .innerJoin(
      t.duties,
      and(eq(t.duties.office, office), eq(t.duties.id, t.facts.id), eq(t.duties.version, t.facts.seq)),
    )
    .where(
      and(eq(t.facts.office, office), eq(t.facts.subject, 'duty'), eq(t.facts.kind, 'waived'), eq(t.duties.plan, plan)),
    )
  return new Set(facts.filter(({ body }) => body.reason === REASON).map(({ id }) => id))
}

const headWords = { title: '标题', number: '文号', issuer: '发文机关', issuedOn: '印发日期', year: '年度' } as const
export const headWord = (field: keyof DocumentHead): string => (field === 'untilYear' ? '截止年度' : headWords[field])

/** What the new text says; where it says nothing, what was known. */
const headOver = (before: DocumentHead, next: DocumentHead): DocumentHead => ({
  ...before,
  ...Object.fromEntries(Object.entries(next).filter(([, value]) => value !== '' && value !== 0 && value !== undefined)),
})

const headMoves = (before: DocumentHead, after: DocumentHead): Reissue['head'] =>
  (['title', 'number', 'issuer', 'issuedOn', 'year', 'untilYear'] as const).flatMap((field) => {
    const [was, now] = [String(before[field] ?? ''), String(after[field] ?? '')]
    return was === now ? [] : [{ field, before: was, after: now }]
  })

/** Answers to the new version's questions; one that no longer fits is left. */
const answered = (deps: Deps, draft: PlanDraft, answers: readonly Answer[], outlook: Outlook, apart: string[]) => {
  let made = draft
  for (const { question, answer } of answers) {
    const settled = settle(made, question, answer, outlook)
    if (typeof settled === 'string') throw new BadInput(`“${question.text}”的答复“${answer}”：${settled}`)
    made = settled.draft
    if (settled.apart !== undefined) apart.push(settled.apart)
  }
  return { draft: made, settled: answers.map(({ question }) => settledMark(deps, question)) }
}

const groupBy = <T>(list: readonly T[], keyOf: (one: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>()
  for (const one of list) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one])
  return groups
}

/**
 * The difference between a released plan as it stands and a new version of it, with what happens to each duty. Reads
 * only; `answers` settle questions of the new version.
 * @throws BadInput when the plan is closed, or an answer is none
 */
export const reissueOf = async (
  deps: Deps,
  plan: string,
  next: PlanDraft,
  stamp: Stamp,
  answers: readonly Answer[] = [],
): Promise<Reissue> => {
  const stored = await readPlan(deps, plan)
  const { row } = stored
  if (row.state !== 'released') throw new BadInput(`${row.code} 已经办结，不再修订；另一份方案请用自己的标题或文号`)
  const now = await deps.cache(deps.store)
  const known = await settlementOf(deps, plan)
  const apart = [...known.apart]
  const { placed, dropped } = await placeTasks(deps, stored, next)
  const document = headOver(row.document, next.document)
  const read: PlanDraft = { ...next, document, tasks: placed.map(({ after }) => after) }
  const { draft, settled } = answered(deps, read, answers, outlookOf(deps, read, now, { apart }), apart)
  const startOn = row.startOn
  const before = outlookOf(deps, draftOf(stored), now, { startOn, apart: known.apart })
  const outlook = outlookOf(deps, draft, now, { startOn, apart })

  const held = underHeirs(await heldDuties(deps, plan), now.view.units)
  const duties = groupBy(held, ({ task }) => task)
  const today = dayOf(stamp.at, deps.zone)
  const context: EffectContext = {
    today,
    claimBy: await claimDay(deps, stamp),
    waivedBefore: await waivedByPlan(deps, plan),
  }
  const [oldSeeds, newSeeds] = [before, outlook].map(({ made }) => groupBy(made.seeds, ({ task }) => task)) as [
    Map<string, DutySeed[]>,
    Map<string, DutySeed[]>,
  ]
  const version = (seeds: Map<string, DutySeed[]>, number: string, deadlines: readonly Deadline[]) => ({
    seeds: seeds.get(number) ?? [],
    deadlines,
  })
  const demands = placed.map(({ id, before: old, read: asRead }, ord): TaskChange => {
    const after = draft.tasks[ord] as TaskDraft
    const own = { id, kind: 'demand' as const, before: old, after, ord, read: asRead }
    const to = version(newSeeds, after.id, after.deadlines)
    const from = old ? version(oldSeeds, old.number, old.draft.deadlines) : { seeds: [], deadlines: [] }
    return {
      ...own,
      fields: old ? fieldsChanged(old.draft, after) : [],
      effect: effectOf(old ? (duties.get(id) ?? []) : [], from, to, context),
    }
  })
  const gone = dropped.map(
    (old): TaskChange => ({
      ...{ id: old.id, kind: 'demand', before: old, after: null, ord: old.ord, fields: [] },
      effect: droppedEffect(duties.get(old.id) ?? []),
    }),
  )
  const extra = outlook.made.tasks.map((task, i): TaskChange => {
    const id = taskId(plan, task.number)
    const old = stored.tasks.find((one) => one.id === id) ?? null
    const after = addedDraft(task)
    const effect = addedEffect(old ? (duties.get(id) ?? []) : [], newSeeds.get(task.number) ?? [], context)
    const ord = draft.tasks.length + i
    return { id, kind: task.kind, before: old, after, ord, fields: old ? fieldsChanged(old.draft, after) : [], effect }
  })
  const touched = new Set(
    demands.filter(({ before, fields }) => !before || fields.length > 0).map(({ after }) => after?.id ?? ''),
  )
  const marks = new Set([...known.settled, ...settled])
  const asked = new Set(row.questions.map(questionKey))
  const questions = eachOnce([...draft.questions, ...outlook.questions]).filter(
    (one) =>
      !marks.has(settledMark(deps, one)) &&
      !asked.has(questionKey(one)) &&
      (one.task === undefined || tasksOf(one, draft).some(({ id }) => touched.has(id))),
  )
  return {
    ...{ stored, document, head: headMoves(row.document, document), draft, questions, outlook, now, settled, apart },
    commonMoved:
      JSON.stringify(draftOf(stored).common.map(bareCommon)) !== JSON.stringify(draft.common.map(bareCommon)),
    tasks: [...demands, ...gone, ...extra],
  }
}

const bareCommon = ({ section, text, units, deadlines }: PlanDraft['common'][number]) => [
  ...[section, text, units],
  deadlines.map(limitWords),
]

const moves = ({ opened, amended, waived }: TaskEffect<HeldDuty>): boolean =>
  opened.length + amended.length + waived.length > 0

/** Whether anything of a task is to be written. */
export const isTouched = (change: TaskChange): boolean =>
  change.before === null || change.after === null || change.fields.length > 0 || moves(change.effect)

/** Whether the new version says anything else than the ledger. */
export const isDifferent = ({ tasks, head, commonMoved }: Reissue): boolean =>
  head.length > 0 || commonMoved || tasks.some((change) => change.kind === 'demand' && isTouched(change))
