import { and, eq, ne, sql } from 'drizzle-orm'
import { bulkInsert } from '../../db/bulk.ts'
import { guard, staleIf } from '../../db/guard.ts'
import type { Query, Write } from '../../db/store.ts'
import type { Day } from '../model/deadline.ts'
import type { PlanDraft, PlanState, Question, TaskDraft } from '../model/plan.ts'
import { BadInput } from '../model/problem.ts'
import type { Unit } from '../model/unit.ts'
import { dutiesOf } from '../plan/duties.ts'
import { dayOf } from '../time/day.ts'
import { openRegistry, unitId } from '../unit/names.ts'
import { bytesDigest, digestOf } from './chain.ts'
import type { Deps } from './deps.ts'
import { factRow, officeMoves, type Stamp } from './ledger.ts'
import type { OfficeNow } from './office.ts'
import { planCode } from './plan-code.ts'

export interface ImportResult {
  plan: string
  code: string
  /** `new`, or `same` where this very text is in the ledger already and nothing was written. */
  status: 'new' | 'same'
  state: PlanState
  tasks: number
  /** Names that the plan brought to the roster. */
  entered: string[]
  questions: Question[]
}

export interface ReleaseResult {
  code: string
  duties: number
  units: number
  standing: number
  unclaimed: number
  unconfirmed: number
  questions: Question[]
}

const CLAIM_WORKDAYS = 10

interface Entered {
  units: Unit[]
  /** Two spellings of one unit: taken as one, and told. */
  questions: Question[]
}

/**
 * Units, not classes, that the roster does not know yet, in the plan's order. A name that the rules of short forms read
 * as one entered before is that unit; the office is told.
 */
const strangers = (draft: PlanDraft, { registry }: OfficeNow, level: string): Entered => {
  const named = draft.tasks.flatMap((task) =>
    (['lead', 'support'] as const).flatMap((role) =>
      task[role].map((name, i) => ({ name, task: task.id, line: task.sources[role][i]?.line ?? task.source.line })),
    ),
  )
  const found: Entered = { units: [], questions: [] }
  const seen = new Set<string>()
  let soFar = registry
  for (const { name, task, line } of named) {
    if (seen.has(name)) continue
    seen.add(name)
    if (registry.classOf(name) !== undefined) continue
    const known = soFar.resolve(name)
    if (known.kind === 'one') {
      found.questions.push({
        kind: 'unknown-unit',
        task,
        line,
        text: `“${name}”与“${known.unit.name}”是同一单位？`,
        proposal: '按同一单位',
      })
      continue
    }
    found.units.push(entered(name, level))
    soFar = openRegistry({ level, units: [...registry.roster.units, ...found.units] })
  }
  return found
}

const entered = (name: string, level: string): Unit => ({
  id: unitId(name),
  name,
  short: [],
  level: level !== '' && name.startsWith(level) ? level : '',
  kind: 'unit',
  members: null,
  origin: 'plan',
  leader: '',
  head: '',
})

const LEVELS = ['省', '市', '州', '盟', '区', '县', '旗'] as const

/** The prefix that most of the plan's unit names begin with. */
const levelOf = (names: readonly string[]): string =>
  LEVELS.map((level) => ({ level, n: names.filter((name) => name.startsWith(level)).length })).sort(
    (a, b) => b.n - a.n,
  )[0]?.level ?? ''

const unitWrites = (deps: Deps, q: Query, units: Unit[], from: number, stamp: Stamp): Write[] => {
  const { t, office } = deps.store
  const facts = units.map((unit) =>
    factRow(
      deps,
      {
        subject: 'unit',
        id: unit.id,
        seq: 1,
        prev: '',
        kind: 'entered',
        body: { name: unit.name, origin: unit.origin },
      },
      stamp,
    ),
  )
  const rows = units.map(({ head, ...unit }, i) => ({
    office,
    ...unit,
    headName: head,
    ord: from + i,
    version: 1,
    head: facts[i]?.hash ?? '',
  }))
  return [...bulkInsert(deps.store, q, t.units, rows), ...bulkInsert(deps.store, q, t.facts, facts)]
}

const naturalOf = (draft: PlanDraft): string => draft.document.number || draft.document.title

const taskId = (plan: string, number: string): string => `${plan}.${number}`

const taskRows = (deps: Deps, plan: string, draft: PlanDraft, stamp: Stamp) =>
  draft.tasks.map((task, ord) => {
    const id = taskId(plan, task.id)
    const fact = factRow(
      deps,
      { subject: 'task', id, seq: 1, prev: '', kind: 'drafted', body: { plan, number: task.id } },
      stamp,
    )
    return { fact, row: taskRow(deps, plan, { ...task, number: task.id, kind: 'demand', draft: task }, ord, fact.hash) }
  })

interface TaskValue {
  number: string
  kind: 'demand' | 'check' | 'common'
  text: string
  section: string[]
  deadlines: TaskDraft['deadlines']
  draft: TaskDraft
}

const taskRow = (deps: Deps, plan: string, task: TaskValue, ord: number, head: string) => ({
  office: deps.store.office,
  id: taskId(plan, task.number),
  plan,
  number: task.number,
  ord,
  kind: task.kind,
  text: task.text,
  section: task.section,
  deadlines: task.deadlines,
  draft: task.draft,
  secret: false,
  version: 1,
  head,
})

/**
 * Stores a plan as a draft: its own row, its tasks, and the unit names that the roster lacks. No unit sees any of it
 * before the release. The same text again writes nothing.
 * @throws BadInput when a plan with that 文号 or title is in the ledger with another text
 */
export const importPlan = async (
  deps: Deps,
  draft: PlanDraft,
  source: Uint8Array,
  stamp: Stamp,
): Promise<ImportResult> => {
  const { t, office, q } = deps.store
  const digest = bytesDigest(source)
  const natural = naturalOf(draft)
  const [known] = await q
    .select({ id: t.plans.id, code: t.plans.code, digest: t.plans.digest, state: t.plans.state })
    .from(t.plans)
    .where(and(eq(t.plans.office, office), eq(t.plans.natural, natural)))
  if (known?.digest === digest)
    return {
      plan: known.id,
      code: known.code,
      status: 'same',
      state: known.state,
      tasks: draft.tasks.length,
      entered: [],
      questions: draft.questions,
    }
  if (known)
    throw new BadInput(
      `台账里已有《${draft.document.title}》（${known.code}），这份文件的内容与它不同：重新印发的方案请先核对差异，本次没有写入`,
    )
  const now = await deps.cache(deps.store)
  const level = now.view.level || levelOf(draft.tasks.flatMap((task) => task.lead))
  const { units, questions: doubles } = strangers(draft, now, level)
  const questions = [...draft.questions, ...doubles]
  const id = deps.newId()
  const code = planCode(
    draft.document,
    now.view.plans.map((plan) => plan.code),
  )
  const tasks = taskRows(deps, id, draft, stamp)
  const fact = factRow(
    deps,
    { subject: 'plan', id, seq: 1, prev: '', kind: 'drafted', body: { code, digest, tasks: tasks.length } },
    stamp,
  )
  await deps.store.atomic((q) => [
    ...unitWrites(deps, q, units, now.view.units.length, stamp),
    q.insert(t.plans).values({
      office,
      id,
      code,
      state: 'draft',
      document: draft.document,
      common: draft.common,
      digest,
      questions,
      startOn: null,
      releasedAt: null,
      natural,
      version: 1,
      head: fact.hash,
    }),
    q.insert(t.facts).values(fact),
    ...bulkInsert(
      deps.store,
      q,
      t.tasks,
      tasks.map(({ row }) => row),
    ),
    ...bulkInsert(
      deps.store,
      q,
      t.facts,
      tasks.map((task) => task.fact),
    ),
    q
      .update(t.offices)
      .set({ level })
      .where(and(eq(t.offices.office, office), eq(t.offices.level, ''))),
    officeMoves(deps, q),
  ])
  return {
    plan: id,
    code,
    status: 'new',
    state: 'draft',
    tasks: tasks.length,
    entered: units.map((unit) => unit.name),
    questions,
  }
}

const isoOrNull = (at: string | null): Date | null => (at === null ? null : new Date(at))

/** Opaque, and the same for the same share of a task, so that a release that was cut off may be sent again. */
const dutyId = (deps: Deps, parts: readonly (string | number)[]): string =>
  digestOf(deps.alg, [deps.store.office, ...parts]).slice(0, 26)

/** Takes away what an interrupted release left: rows that nobody has ever seen. */
const clearDraftDuties = async (deps: Deps, plan: string, version: number): Promise<void> => {
  const { t, office } = deps.store
  await deps.store.atomic((q) => {
    const ids = q
      .select({ id: t.duties.id })
      .from(t.duties)
      .where(and(eq(t.duties.office, office), eq(t.duties.plan, plan)))
    return [
      // Another release may have ended meanwhile: its duties are the ledger's, and never to be deleted.
      guard(t, q, office, 'plans', plan, version),
      q
        .delete(t.facts)
        .where(and(eq(t.facts.office, office), eq(t.facts.subject, 'duty'), sql`${t.facts.id} in ${ids}`)),
      q.delete(t.duties).where(and(eq(t.duties.office, office), eq(t.duties.plan, plan))),
    ]
  })
}

/** The draft as it is stored: what the office settled, not what was read. */
const readDraft = async (deps: Deps, plan: string) => {
  const { t, office, q } = deps.store
  const [row] = await q
    .select()
    .from(t.plans)
    .where(and(eq(t.plans.office, office), eq(t.plans.id, plan)))
  const tasks = await q
    .select({ draft: t.tasks.draft, ord: t.tasks.ord })
    .from(t.tasks)
    .where(and(eq(t.tasks.office, office), eq(t.tasks.plan, plan), eq(t.tasks.kind, 'demand')))
    .orderBy(t.tasks.ord)
  return { row, tasks: tasks.map((task) => task.draft) }
}

/**
 * 下达: opens every unit's duties. They go in by chunks that may be sent again and that no query sees; the last, small
 * batch counts them and turns the plan to released.
 * @param startOn rounds due before this day are 待核实; by default the day of issue, else 1 January of the plan's year
 * @throws BadInput when there is no such draft
 */
export const releasePlan = async (deps: Deps, plan: string, stamp: Stamp, startOn?: Day): Promise<ReleaseResult> => {
  const { t, office } = deps.store
  const { row, tasks } = await readDraft(deps, plan)
  if (!row) throw new BadInput('没有这份方案：请先 import，再用 plan list 查看简称')
  if (row.state !== 'draft') throw new BadInput(`${row.code} 已经下达，不能再次下达`)
  const now = await deps.cache(deps.store)
  const start = startOn ?? (row.document.issuedOn || `${row.document.year}-01-01`)
  const self = now.registry.resolve(row.document.issuer)
  const made = dutiesOf({ document: row.document, tasks, common: row.common }, now.registry.roster, {
    classOf: now.registry.classOf,
    calendar: now.calendar,
    zone: deps.zone,
    startOn: start,
    ...(self.kind === 'one' && { office: self.unit.id }),
  })
  const claimBy = now.calendar.addWorkdays(dayOf(stamp.at, deps.zone), CLAIM_WORKDAYS)
  const ord = new Map(
    [...tasks.map((task) => task.id), ...made.tasks.map((task) => task.number)].map((number, i) => [number, i]),
  )
  const duties = made.seeds.map((seed) => {
    const id = dutyId(deps, [plan, seed.task, seed.unit, seed.demand, seed.round])
    const body = {
      plan,
      task: seed.task,
      unit: seed.unit,
      role: seed.role,
      demand: seed.demand,
      round: seed.round,
      state: seed.state,
      times: seed.times,
      named: seed.named,
    }
    const fact = factRow(deps, { subject: 'duty', id, seq: 1, prev: '', kind: 'released', body }, stamp)
    const duty = {
      ...seed,
      office,
      id,
      plan,
      task: taskId(plan, seed.task),
      ord: ord.get(seed.task) ?? 0,
      dueAt: isoOrNull(seed.dueAt),
      claimBy: seed.state === 'unclaimed' ? claimBy : null,
      version: 1,
      head: fact.hash,
    }
    return { fact, duty }
  })
  await clearDraftDuties(deps, plan, row.version)
  for (let from = 0; from < duties.length; from += 1000) {
    const chunk = duties.slice(from, from + 1000)
    await deps.store.atomic((q) => [
      guard(t, q, office, 'plans', plan, row.version),
      ...bulkInsert(
        deps.store,
        q,
        t.duties,
        chunk.map(({ duty }) => duty),
        { ignore: true },
      ),
      ...bulkInsert(
        deps.store,
        q,
        t.facts,
        chunk.map(({ fact }) => fact),
        { ignore: true },
      ),
    ])
  }
  const fact = factRow(
    deps,
    {
      subject: 'plan',
      id: plan,
      seq: row.version + 1,
      prev: row.head,
      kind: 'released',
      body: { startOn: start, duties: duties.length },
    },
    stamp,
  )
  const extra = made.tasks.map((task) => {
    const draft = syntheticDraft(task)
    const id = taskId(plan, task.number)
    const taskFact = factRow(
      deps,
      { subject: 'task', id, seq: 1, prev: '', kind: 'drafted', body: { plan, number: task.number } },
      stamp,
    )
    return { fact: taskFact, row: taskRow(deps, plan, { ...task, draft }, ord.get(task.number) ?? 0, taskFact.hash) }
  })
  await deps.store.atomic((q) => [
    guard(t, q, office, 'plans', plan, row.version),
    staleIf(
      t,
      q,
      office,
      sql`(select count(*) from ${t.duties} where ${and(eq(t.duties.office, office), eq(t.duties.plan, plan), ne(t.duties.version, 0))}) <> ${duties.length}`,
    ),
    ...bulkInsert(
      deps.store,
      q,
      t.tasks,
      extra.map((one) => one.row),
      { ignore: true },
    ),
    ...bulkInsert(
      deps.store,
      q,
      t.facts,
      extra.map((one) => one.fact),
      { ignore: true },
    ),
    q.insert(t.facts).values(fact),
    q
      .update(t.plans)
      .set({ state: 'released', startOn: start, releasedAt: stamp.at, version: fact.seq, head: fact.hash })
      .where(and(eq(t.plans.office, office), eq(t.plans.id, plan))),
    officeMoves(deps, q),
  ])
  const of = (state: string) => duties.filter(({ duty }) => duty.state === state).length
  return {
    code: row.code,
    duties: duties.length,
    units: new Set(duties.map(({ duty }) => duty.unit)).size,
    standing: of('standing'),
    unclaimed: of('unclaimed'),
    unconfirmed: of('unconfirmed'),
    questions: made.questions,
  }
}

const syntheticDraft = (task: {
  number: string
  text: string
  section: string[]
  deadlines: TaskDraft['deadlines']
}): TaskDraft => ({
  id: task.number,
  section: task.section,
  text: task.text,
  lead: [],
  support: [],
  openEnded: false,
  divided: false,
  deadlines: task.deadlines,
  note: '',
  source: { line: 0, raw: '' },
  sources: { lead: [], support: [], deadlines: [] },
})

/** 办结一份方案: its duties leave every list and count; nothing of the ledger is lost. @throws BadInput unless released */
export const closePlan = async (deps: Deps, plan: string, stamp: Stamp): Promise<{ code: string }> => {
  const { t, office } = deps.store
  const { row } = await readDraft(deps, plan)
  if (row?.state !== 'released')
    throw new BadInput(`${row?.code ?? plan} 还没有下达或已经办结，只有已下达的方案才能办结`)
  const fact = factRow(
    deps,
    {
      subject: 'plan',
      id: plan,
      seq: row.version + 1,
      prev: row.head,
      kind: 'closed',
      body: { on: dayOf(stamp.at, deps.zone) },
    },
    stamp,
  )
  await deps.store.atomic((q) => [
    guard(t, q, office, 'plans', plan, row.version),
    q.insert(t.facts).values(fact),
    q
      .update(t.plans)
      .set({ state: 'closed', version: fact.seq, head: fact.hash })
      .where(and(eq(t.plans.office, office), eq(t.plans.id, plan))),
    officeMoves(deps, q),
  ])
  return { code: row.code }
}
