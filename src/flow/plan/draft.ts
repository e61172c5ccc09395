import { and, eq } from 'drizzle-orm'
import { bulkInsert } from '../../../db/bulk.ts'
import { guard } from '../../../db/guard.ts'
import type { Query, Write } from '../../../db/store.ts'
import type { Body } from '../../model/fact.ts'
import type { DocumentHead, DocumentLine, PlanDraft, PlanState, Question, TaskDraft } from '../../model/plan.ts'
import { eachOnce, questionKey } from '../../plan/questions.ts'
import { bytesDigest, digestOf } from '../chain.ts'
import type { Deps } from '../deps.ts'
import { keepFile } from '../keep-file.ts'
import { factRow, officeMoves, type Stamp } from '../ledger.ts'
import { planCode } from '../plan-code.ts'
import { documentWrites } from './document.ts'
import { outlookOf, unitWrites } from './outlook.ts'
import { readPlan, type StoredPlan } from './read.ts'
import { naturalOf, taskId, taskRow, taskUpdate, taskValues } from './rows.ts'

export interface ImportResult {
  plan: string
  code: string
  /**
   * `new`; `same` where this very text is in the ledger already; `replaced` where a draft of it was; `differs` where it
   * is released with another text, and nothing was written.
   */
  status: 'new' | 'same' | 'replaced' | 'differs'
  state: PlanState
  tasks: number
  /** Names that the plan brings to the roster. */
  entered: string[]
  questions: Question[]
}

/** What comes with a draft: the document's lines, and what a clerk answered before it was stored (in its workbook). */
export interface Beside {
  lines?: readonly DocumentLine[]
  settled?: readonly Question[]
  apart?: readonly string[]
}

/** How the ledger remembers that a question was answered. */
export const settledMark = (deps: Pick<Deps, 'alg'>, question: Question): string =>
  digestOf(deps.alg, questionKey(question)).slice(0, 16)

const bareTitle = (title: string): string =>
  title
    .replace(/[《》\s]/g, '')
    .replace(/[（(〔[]?(?:\d{4}年?)?(?:第?[一二三四五\d]+次)?(?:修订|修改|修正|调整|更新)(?:稿|版|本)?[）)〕\]]?$/, '')

/** One plan in two versions: the same 文号, or the same title but for 修订 at its end. */
const isSamePlan = (a: DocumentHead, b: DocumentHead): boolean =>
  (a.number !== '' && a.number === b.number) || (a.title !== '' && bareTitle(a.title) === bareTitle(b.title))

const draftedFact = (
  deps: Deps,
  plan: string,
  task: TaskDraft,
  before: { version: number; head: string } | null,
  stamp: Stamp,
) =>
  factRow(
    deps,
    {
      ...{
        subject: 'task' as const,
        id: taskId(plan, task.id),
        seq: (before?.version ?? 0) + 1,
        prev: before?.head ?? '',
      },
      ...{ kind: 'drafted', body: { plan, number: task.id } },
    },
    stamp,
  )

/** Tasks of a draft over those of the draft before: new rows, rows that go on, and rows that the text has no more. */
const taskWrites = (
  deps: Deps,
  q: Query,
  plan: string,
  tasks: readonly TaskDraft[],
  before: StoredPlan | null,
  stamp: Stamp,
): Write[] => {
  const { t } = deps.store
  const known = new Map(before?.tasks.map((task) => [task.id, task]))
  const made = tasks.map((draft, ord) => {
    const id = taskId(plan, draft.id)
    const old = known.get(id) ?? null
    return { id, ord, draft, old, fact: draftedFact(deps, plan, draft, old, stamp) }
  })
  const kept = new Set(made.map(({ id }) => id))
  const gone = (before?.tasks ?? [])
    .filter((task) => !kept.has(task.id) && !task.dropped)
    .map((task) => ({
      id: task.id,
      fact: factRow(
        deps,
        { subject: 'task', id: task.id, seq: task.version + 1, prev: task.head, kind: 'dropped', body: { plan } },
        stamp,
      ),
    }))
  const rows = made
    .filter(({ old }) => old === null)
    .map(({ id, ord, draft, fact }) => taskRow(deps, { plan, id, ord, kind: 'demand' }, draft, fact.hash))
  return [
    ...bulkInsert(deps.store, q, t.tasks, rows),
    ...bulkInsert(
      deps.store,
      q,
      t.facts,
      [...made, ...gone].map(({ fact }) => fact),
    ),
    ...made
      .filter(({ old }) => old !== null)
      .map(({ id, ord, draft, fact }) =>
        taskUpdate(deps, q, id, { ...taskValues(draft), ord, version: fact.seq, head: fact.hash }),
      ),
    ...gone.map(({ id, fact }) => taskUpdate(deps, q, id, { version: fact.seq, head: fact.hash })),
  ]
}

/** The plan of the ledger that this document is, or is a new version of. */
const knownPlan = async (deps: Deps, document: DocumentHead): Promise<StoredPlan | null> => {
  const { view } = await deps.cache(deps.store)
  const found =
    view.plans.find((plan) => naturalOf(plan.document) === naturalOf(document)) ??
    view.plans.find((plan) => isSamePlan(plan.document, document))
  return found ? readPlan(deps, found.id) : null
}

/**
 * Stores a plan as a draft: its own row, its tasks with their questions, and on a roster without units the names that it
 * uses. No unit sees any of it before the release. The same text again writes nothing, another text takes the draft's
 * place; of a released plan `reissueOf` tells the difference.
 */
export const importPlan = async (
  deps: Deps,
  draft: PlanDraft,
  source: Uint8Array,
  stamp: Stamp,
  { lines = [], settled = [], apart = [] }: Beside = {},
): Promise<ImportResult> => {
  const { t, office } = deps.store
  const digest = bytesDigest(source)
  const before = await knownPlan(deps, draft.document)
  const now = await deps.cache(deps.store)
  const outlook = outlookOf(deps, draft, now, { apart })
  const answered = new Set(settled.map(questionKey))
  const questions = eachOnce([...draft.questions, ...outlook.questions]).filter(
    (one) => !answered.has(questionKey(one)),
  )
  const base = { tasks: draft.tasks.length, entered: outlook.entered.map(({ name }) => name), questions }
  if (before) {
    const { id, code, state } = before.row
    if (before.row.digest === digest)
      return { ...base, plan: id, code, state, status: 'same', entered: [], questions: before.row.questions }
    if (state !== 'draft') return { ...base, plan: id, code, state, status: 'differs', entered: [] }
  }
  const id = before?.row.id ?? deps.newId()
  const code =
    before?.row.code ??
    planCode(
      draft.document,
      now.view.plans.map((plan) => plan.code),
    )
  const body: Body = {
    ...{ code, digest, tasks: draft.tasks.length },
    ...(settled.length > 0 && { settled: settled.map((one) => settledMark(deps, one)) }),
    ...(apart.length > 0 && { apart: [...apart] }),
  }
  const seq = (before?.row.version ?? 0) + 1
  const fact = factRow(deps, { subject: 'plan', id, seq, prev: before?.row.head ?? '', kind: 'drafted', body }, stamp)
  const values = {
    ...{ document: draft.document, common: draft.common, digest, questions, natural: naturalOf(draft.document) },
    ...{ version: seq, head: fact.hash },
  }
  const plan = and(eq(t.plans.office, office), eq(t.plans.id, id))
  // Where the office keeps no roster there is nothing to ask: the plan's names are its units.
  const units = now.view.units.length === 0 ? outlook.entered : []
  const kept = await keepFile(deps, source, 'plan')
  await deps.store.atomic((q) => [
    guard(t, q, office, 'plans', id, before?.row.version ?? null),
    ...unitWrites(deps, q, units, 0, stamp),
    before
      ? q.update(t.plans).set(values).where(plan)
      : q.insert(t.plans).values({ office, id, code, state: 'draft', startOn: null, releasedAt: null, ...values }),
    q.insert(t.facts).values(fact),
    ...documentWrites(deps, q, { plan: id, digest, lines }),
    ...(kept ? [kept.write(q)] : []),
    ...taskWrites(deps, q, id, draft.tasks, before, stamp),
    q
      .update(t.offices)
      .set({ level: outlook.level })
      .where(and(eq(t.offices.office, office), eq(t.offices.level, ''))),
    officeMoves(deps, q),
  ])
  return { ...base, plan: id, code, status: before ? 'replaced' : 'new', state: 'draft' }
}
