import type { Context } from '../../../commands/command.ts'
import { roundWords } from '../../../commands/present.ts'
import { standings } from '../../../commands/rate.ts'
import { documentLinesOf, hasSecretTask } from '../../../db/queries/documents.ts'
import type { PlanHead } from '../../../db/queries/office.ts'
import { dutiesByTask, planCounts, secretTasks, taskCounts } from '../../../db/queries/plans.ts'
import type { Day } from '../../model/deadline.ts'
import type { Actor } from '../../model/person.ts'
import type { PlanDraft, PlanState, Question } from '../../model/plan.ts'
import { BadInput } from '../../model/problem.ts'
import { limitsWritten, type WrittenLimit } from '../../plan/correct.ts'
import { roundsByTask } from '../../plan/duties.ts'
import { limitWords } from '../../plan/limit-words.ts'
import { choicesOf, formOf, placeOf, questionKey } from '../../plan/questions.ts'
import { kindWords } from '../../plan/workbook.ts'
import { dayOf } from '../../time/day.ts'
import { lightOf } from '../../time/schedule.ts'
import type { Deps } from '../deps.ts'
import { momentOf } from '../import.ts'
import { endingOf, isKept, keptFile } from '../keep-file.ts'
import { outlookOf } from '../plan/outlook.ts'
import { draftOf, readPlan, type StoredPlan, type StoredTask, settlementOf } from '../plan/read.ts'
import { contextFor } from './context.ts'

/** Plans as the console shows them. */

/** What is due and done of a plan that runs, as the chat's figures count it; a draft or a closed plan has no rate. */
const rateOf = async (c: Context, { id, state }: PlanHead): Promise<{ due: number; done: number }> => {
  const own = state === 'released' ? [...(await standings(c, { plans: [id] })).values()] : []
  const sum = (of: 'due' | 'done') => own.reduce((n, standing) => n + standing[of], 0)
  return { due: sum('due'), done: sum('done') }
}

/** All plans, drafts to whom they are shown, newest first. */
export const planList = async (deps: Deps, actor: Actor, drafts: boolean) => {
  const c = await contextFor(deps, actor)
  const duties = new Map((await planCounts(deps.store)).map(({ plan, n }) => [plan, n]))
  const tasks = new Map((await taskCounts(deps.store)).map(({ plan, n }) => [plan, n]))
  const plans = []
  for (const plan of c.office.plans.filter(({ state }) => drafts || state !== 'draft')) {
    const { id, code, state, document, releasedAt } = plan
    plans.push({
      ...{ id, code, state, title: document.title, number: document.number, issuedOn: document.issuedOn },
      releasedOn: releasedAt ? dayOf(releasedAt, deps.zone) : '',
      tasks: tasks.get(id) ?? 0,
      duties: state === 'draft' ? 0 : (duties.get(id) ?? 0),
      ...(await rateOf(c, plan)),
    })
  }
  return { plans: plans.reverse(), asOf: deps.now().toISOString(), reads: deps.parseFile !== undefined }
}

/** A question as it is put to a person: as the command line's interview does. */
export const questionShown = (question: Question, draft: Pick<PlanDraft, 'tasks'>) => ({
  key: questionKey(question),
  ...(question.task !== undefined && { task: question.task }),
  line: question.line,
  kind: kindWords[question.kind],
  place: placeOf(question, draft),
  text: question.text,
  proposal: question.proposal,
  choices: choicesOf(question),
  form: formOf(question),
})

type Lights = { red: number; yellow: number; green: number; done: number; other: number }

const lightsByTask = async (deps: Deps, plan: string): Promise<Map<string, Lights>> => {
  const now = deps.now()
  const { calendar } = await deps.cache(deps.store)
  const today = dayOf(now, deps.zone)
  const found = new Map<string, Lights>()
  for (const { task, n, dueAt, ...row } of await dutiesByTask(deps.store, plan)) {
    const lights = found.get(task) ?? { red: 0, yellow: 0, green: 0, done: 0, other: 0 }
    const lit = { ...row, dueAt: dueAt?.toISOString() ?? null }
    const { light } = lightOf(lit, today, calendar, { now: now.toISOString() })
    lights[row.state === 'done' ? 'done' : (light ?? 'other')] += n
    found.set(task, lights)
  }
  return found
}

/** A task as the console shows it; what a correction that came too late is shown as well. */
export const taskShown = ({ number, version, kind, draft }: StoredTask) => {
  const { section, text, lead, support, openEnded, divided, deadlines, note, source, sources } = draft
  const lines = [...sources.lead, ...sources.support, ...sources.deadlines].map(({ line }) => line)
  return {
    ...{ number, version, kind, section, text, lead, support, openEnded, divided, note, source },
    limits: deadlines.map((deadline) => ({ words: limitWords(deadline), raw: deadline.raw })),
    lines: [...new Set(lines)].filter((line) => line > 0 && line !== source.line),
  }
}

/** A task whose text goes to no screen, as its number alone. */
const unsaid = (task: StoredTask): StoredTask => ({
  ...task,
  draft: {
    ...task.draft,
    ...{ text: '请到办公室领取', section: [], note: '', source: { line: 0, raw: '' } },
    sources: { lead: [], support: [], deadlines: [] },
  },
})

const headShown = ({ row }: StoredPlan) => {
  const { title, number, issuer, issuedOn, year } = row.document
  return { title, number, issuer, issuedOn, year, code: row.code }
}

/** The plan as it stands, for who may see it: null for a draft where drafts are not theirs, and for none. */
const planFor = async (deps: Deps, id: string, drafts: boolean): Promise<StoredPlan | null> => {
  const { view } = await deps.cache(deps.store)
  const known = view.plans.find((plan) => plan.id === id)
  if (!known || (known.state === 'draft' && !drafts)) return null
  return readPlan(deps, id)
}

/** A plan with its tasks; null as of `planFor`. */
export const planPage = async (deps: Deps, id: string, drafts: boolean) => {
  const stored = await planFor(deps, id, drafts)
  if (!stored) return null
  const { row } = stored
  const isDraft = row.state === 'draft'
  const draft = draftOf(stored)
  const secret = await secretTasks(deps.store, id)
  const lights = isDraft ? undefined : await lightsByTask(deps, id)
  const { view } = await deps.cache(deps.store)
  return {
    ...{ id, state: row.state as PlanState, version: row.version, head: headShown(stored) },
    startOn: row.startOn ?? '',
    releasedOn: row.releasedAt ? dayOf(row.releasedAt, deps.zone) : '',
    asOf: deps.now().toISOString(),
    tasks: stored.tasks
      .filter((task) => !task.dropped)
      .map((task) => ({
        ...taskShown(secret.has(task.id) ? unsaid(task) : task),
        ...(lights && { duties: lights.get(task.id) ?? { red: 0, yellow: 0, green: 0, done: 0, other: 0 } }),
      })),
    common: draft.common.map(({ text, units, deadlines, source }) => ({
      ...{ text, units, limits: deadlines.map(limitWords), line: source.line },
    })),
    questions: isDraft ? draft.questions.map((question) => questionShown(question, draft)) : [],
    kept: (await isKept(deps, row.digest)) && secret.size === 0,
    units: isDraft ? view.units.filter(({ succession }) => !succession).map(({ name }) => name) : [],
  }
}

/** The document that a plan was read from; null as of `planFor`. None where it says what goes to no screen. */
export const planLines = async (deps: Deps, id: string, drafts: boolean) => {
  if (!(await planFor(deps, id, drafts))) return null
  return { lines: (await hasSecretTask(deps.store, id)) ? [] : await documentLinesOf(deps.store, id) }
}

/** The file that a plan was read from, as it came in; null as of `planFor`, where none is kept, and where it says what goes to no screen. */
export const planFile = async (deps: Deps, id: string, drafts: boolean) => {
  const stored = await planFor(deps, id, drafts)
  if (!stored || (await hasSecretTask(deps.store, id))) return null
  const { code, digest, document } = stored.row
  const found = digest === '' ? undefined : await keptFile(deps, digest)
  return found ? { ...found, name: `${document.title || code}${endingOf(found.type)}` } : null
}

const draftNow = async (deps: Deps, id: string): Promise<StoredPlan> => {
  const stored = await readPlan(deps, id)
  if (stored.row.state !== 'draft') throw new BadInput(`${stored.row.code} 已经下达，不能再改草稿`)
  return stored
}

/** What time limits come to that somebody is writing: the rounds of the task as they would open. Nothing is stored. */
export const limitsPreview = async (
  deps: Deps,
  id: string,
  { task: number, limits }: { task: string; limits: readonly WrittenLimit[] },
) => {
  const { document, tasks } = draftOf(await draftNow(deps, id))
  const task = tasks.find((one) => one.id === number)
  if (!task) throw new BadInput('没有这一项任务')
  const written = limitsWritten(task, limits, momentOf(document))
  if (typeof written === 'string') return { wrong: written, rules: [], rounds: [] }
  const deadlines = written.map(({ deadline }) => deadline)
  const tried = { ...task, deadlines, sources: { ...task.sources, deadlines: written.map(({ source }) => source) } }
  const { calendar } = await deps.cache(deps.store)
  const today = dayOf(deps.now(), deps.zone)
  const rounds = roundsByTask({ document, tasks: [tried], common: [] }, { calendar, zone: deps.zone, startOn: null })
  return {
    rules: deadlines.map(limitWords),
    rounds: (rounds.get(task.id) ?? []).map(({ round, dueOn, provisional, state }) => ({
      ...{ round: roundWords(round, today), dueOn: dueOn ?? '', provisional, state },
    })),
  }
}

/** What the release of a draft would do, from a start day on. Nothing is stored. */
export const releaseOutlook = async (deps: Deps, id: string, startOn: Day) => {
  const stored = await draftNow(deps, id)
  const { apart } = await settlementOf(deps, id)
  const now = await deps.cache(deps.store)
  const { made, entered } = outlookOf(deps, draftOf(stored), now, { startOn, apart })
  const seeds = made.seeds
  const month = dayOf(deps.now(), deps.zone).slice(0, 7)
  const units = [...new Set(seeds.map(({ unit }) => unit))]
  const known = [...now.view.units, ...entered]
  const named = (ids: readonly string[]) => ids.map((each) => known.find((unit) => unit.id === each)?.name ?? each)
  const liaisons = await now.liaisons()
  const rooms = [...(await now.rooms()).values()]
  const of = (state: string) => seeds.filter((seed) => seed.state === state).length
  const isUnit = (unit: string) => known.find((one) => one.id === unit)?.kind !== 'class'
  return {
    version: stored.row.version,
    ...{ duties: seeds.length, units: units.length },
    dueThisMonth: seeds.filter(({ dueOn, state }) => state === 'open' && dueOn?.startsWith(month)).length,
    ...{ unclaimed: of('unclaimed'), unconfirmed: of('unconfirmed'), standing: of('standing') },
    ...{ waiting: of('waiting'), asleep: of('asleep'), questions: stored.row.questions.length },
    entered: entered.map(({ name }) => name),
    noLiaison: named(units.filter((unit) => isUnit(unit) && !liaisons.get(unit)?.length)),
    noRoom: named(
      units.filter((unit) => isUnit(unit) && !rooms.some((room) => room.scope === 'all' || room.units.includes(unit))),
    ),
  }
}
