import type { Context } from '../../../commands/command.ts'
import { reportsOf } from '../../../commands/evidence.ts'
import { type Fact, factWords, wordsSaid } from '../../../commands/history.ts'
import { shownAs } from '../../../commands/meant.ts'
import { codeOf, dayWords, dueWords, roundWords, seen, textOf, titleOf, unitName } from '../../../commands/present.ts'
import { proofsLeft } from '../../../commands/tick.ts'
import { type DutyView, factsOf, findDuties } from '../../../db/queries/duties.ts'
import { type DutyState, stateWords } from '../../model/duty.ts'
import type { Intent } from '../../model/intent.ts'
import type { Actor } from '../../model/person.ts'
import type { Deps } from '../deps.ts'
import { contextFor } from './context.ts'
import { type DutyDeed, deedsOn } from './duty/deeds.ts'
import { evidenceTold } from './duty/evidence.ts'
import { factsTold } from './duty/facts.ts'

/** What waits for the office's word: reports, reports that were sent back before, and what units have asked for. */
export const reviewKinds = ['report', 'again', 'extension', 'decline', 'disclaimed'] as const
export type ReviewKind = (typeof reviewKinds)[number]

export interface ReviewFilter {
  units: readonly string[]
  plans: readonly string[]
  kind?: ReviewKind | undefined
  offset: number
  limit: number
}

const running: readonly DutyState[] = ['open', 'returned', 'standing', 'waiting', 'unconfirmed', 'asleep']

type Brought = Awaited<ReturnType<typeof evidenceTold>> extends Map<string, (infer B)[]> ? B : never

interface Waiting {
  kind: ReviewKind
  duty: DutyView
  /** All rounds that are answered at once, `duty` among them. */
  all: DutyView[]
  /** Since when; what waits longest comes first. */
  since: string
}

/** Whose a task is, is one question for all its rounds; a report or a later day is one of its own. */
const asQuestions = (kind: ReviewKind, duties: readonly DutyView[], since: (duty: DutyView) => string): Waiting[] => {
  const groups = new Map<string, Waiting>()
  for (const duty of duties) {
    const key = kind === 'decline' || kind === 'disclaimed' ? `${duty.task} ${duty.unit}` : duty.id
    const known = groups.get(key)
    if (known) known.all.push(duty)
    else groups.set(key, { kind, duty, all: [duty], since: since(duty) })
  }
  return [...groups.values()]
}

const waitingFor = async (c: Context, { units, plans }: ReviewFilter): Promise<Waiting[]> => {
  const where = { ...(units.length > 0 && { units }), ...(plans.length > 0 && { plans }) }
  const reported = await findDuties(c.db, { ...where, states: ['review'] })
  const asking = await findDuties(c.db, { ...where, states: running, asked: true })
  const unclaimed = await findDuties(c.db, { ...where, states: ['unclaimed'] })
  const reportedOn = (duty: DutyView) => duty.reportedOn ?? ''
  const askedOn = (duty: DutyView) => duty.asked?.on ?? ''
  const back = (duty: DutyView) => duty.before === 'returned'
  const asks = (kind: 'extension' | 'decline') => asking.filter(({ asked }) => asked?.kind === kind)
  const all = [
    ...asQuestions(
      'report',
      reported.filter((duty) => !back(duty)),
      reportedOn,
    ),
    ...asQuestions('again', reported.filter(back), reportedOn),
    ...asQuestions('extension', asks('extension'), askedOn),
    ...asQuestions('decline', asks('decline'), askedOn),
    ...asQuestions(
      'disclaimed',
      unclaimed.filter(({ disclaimed }) => disclaimed),
      ({ claimBy }) => claimBy ?? '',
    ),
  ]
  const order = (one: Waiting) => reviewKinds.indexOf(one.kind)
  return all.sort(
    (a, b) => order(a) - order(b) || (a.since < b.since ? -1 : a.since > b.since ? 1 : a.duty.id < b.duty.id ? -1 : 1),
  )
}

/** The facts that the row is about: the reports that wait, or the asking. */
const handedIn = (kind: ReviewKind, duty: DutyView, reports: readonly Fact[], facts: readonly Fact[]): Fact[] => {
  if (kind === 'report' || kind === 'again') return [...reports]
  const asked = { extension: 'extension-asked', decline: 'declined', disclaimed: 'disclaimed' }[kind]
  return facts.filter((fact) => fact.id === duty.id && fact.kind === asked).slice(-1)
}

const roundsOf = (c: Context, duties: readonly DutyView[]): string =>
  [...new Set(duties.map(({ round }) => roundWords(round, c.today)))].filter(Boolean).join('、')

/** The frame resting on every round as it was shown. */
const ofAll = (intent: Intent, duties: readonly DutyView[]): Intent =>
  'reports' in intent ? { ...intent, reports: duties.map(shownAs) } : intent

const rowOf = async (
  c: Context,
  { kind, duty, all }: Waiting,
  reports: readonly Fact[],
  facts: readonly Fact[],
  brought: readonly Brought[],
) => {
  const item = seen(c, duty)
  const last = (of: string) => facts.filter((fact) => fact.id === duty.id && fact.kind === of).slice(-1)[0]
  const { asked } = duty
  return {
    ...{ kind, id: duty.id, version: duty.version, code: codeOf(duty), title: titleOf(item), text: textOf(duty) },
    ...{ unit: unitName(c, duty.unit), role: duty.role, round: roundsOf(c, all), secret: duty.secret },
    ...{ due: dueWords(c, item), dueOn: duty.dueOn, light: item.light, reportedOn: duty.reportedOn, late: duty.late },
    ...{ cleared: duty.clearedOn !== null, clearedBy: duty.secret ? '' : String(last('cleared')?.words?.by ?? '') },
    ...{ times: duty.times, approved: duty.approved, missing: proofsLeft(duty) },
    asked: asked?.kind === 'extension' ? { until: asked.until, late: asked.late } : null,
    suggests: asked?.kind === 'decline' && asked.to !== '' ? unitName(c, asked.to) : '',
    /** Why it was sent back before. */
    returnedFor: kind === 'again' && !duty.secret ? wordsSaid(last('returned'), 'reason') : '',
    handedIn: await factsTold(c, handedIn(kind, duty, reports, facts), duty.secret),
    evidence: brought.filter(({ report }) => reports.some(({ seq }) => seq === report)),
    deeds: (await deedsOn(c, duty, [duty]))
      .filter(({ name }) => answers[kind].includes(name))
      .map((deed) => ({ ...deed, intent: ofAll(deed.intent, all) })),
  }
}

/** What the office may answer to each kind. */
const answers: Record<ReviewKind, readonly DutyDeed['name'][]> = {
  report: ['approve', 'return', 'tick'],
  again: ['approve', 'return', 'tick'],
  extension: ['extension'],
  decline: ['keep', 'reassign', 'waive'],
  disclaimed: ['waive', 'reassign', 'claim'],
}

/** What waits for the office, by kind and the longest first, a page of it; `counts` is of all that meets unit and plan. */
export const reviewQueue = async (deps: Deps, actor: Actor, filter: ReviewFilter) => {
  const c = await contextFor(deps, actor)
  const all = await waitingFor(c, filter)
  const chosen = filter.kind ? all.filter(({ kind }) => kind === filter.kind) : all
  const page = chosen.slice(filter.offset, filter.offset + filter.limit)
  const duties = page.map(({ duty }) => duty)
  const ids = duties.map(({ id }) => id)
  const [reports, facts] = [await reportsOf(c, duties), await factsOf(c.db, 'duty', ids)]
  const brought = await evidenceTold(c, duties)
  return {
    asOf: c.now.toISOString(),
    counts: Object.fromEntries(
      reviewKinds.map((kind) => [kind, all.filter((one) => one.kind === kind).length]),
    ) as Record<ReviewKind, number>,
    total: chosen.length,
    rows: await Promise.all(
      page.map((one) => rowOf(c, one, reports.get(one.duty.id) ?? [], facts, brought.get(one.duty.id) ?? [])),
    ),
    units: c.office.units
      .filter(({ kind, succession }) => kind === 'unit' && !succession)
      .map(({ id, name }) => ({ id, name })),
    plans: c.office.plans.filter(({ state }) => state === 'released').map(({ id, code }) => ({ id, code })),
  }
}

/** How a duty stands, and what happened to it last: 已办结（8月21日 审核通过，王科长）. */
export const nowWords = async (c: Context, duty: DutyView, facts: readonly Fact[]): Promise<string> => {
  const last = facts.filter(({ id }) => id === duty.id).slice(-1)
  const [told] = await factsTold(c, last, duty.secret)
  const item = seen(c, duty)
  const words = last[0] ? factWords(c, { ...last[0], words: null }) : ''
  const what = told ? `（${dayWords(told.day, c.today)}${told.time} ${words}，${told.who}）` : ''
  return `${stateWords[item.state]}${what}`
}
