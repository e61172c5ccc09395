import type { Day } from '../model/deadline.ts'
import type { DutySeed } from '../model/duty.ts'
import type { PlanDraft, Question, TaskDraft } from '../model/plan.ts'
import type { Roster } from '../model/unit.ts'
import type { Calendar } from '../time/calendar.ts'
import { type DefaultEnd, type Demand, type Round, roundsOf, type Schedule } from '../time/schedule.ts'
import type { ClassOf } from './addressees.ts'
import { askAbout, onceEachName, unitQuestions } from './ask.ts'
import { type AddedTask, type CheckEvery, COMMON, checkSeeds, checkTask, commonTask } from './check.ts'
import { isYearEndReport, receiversOf } from './hand-in.ts'
import { type Circle, circleOf, meansLeads, narrowed, type People, type Share, sharesOf } from './share.ts'

export type { ClassOf } from './addressees.ts'
export type { AddedTask } from './check.ts'

export interface DutyOptions {
  classOf: ClassOf
  calendar: Calendar
  /** IANA name of the office's zone. */
  zone: string
  /** Rounds due before it (or before the day of 印发) are 待核实. */
  startOn: Day | null
  /** Unit id of the office itself: it owes itself no hand-in and no 调度. */
  office?: string
  /** Rhythm of the 调度; null for none. */
  checkEvery?: CheckEvery | null
  /** A later year of a plan of several years; the first where absent. */
  openYear?: number
  defaultEnd?: DefaultEnd
}

export interface Duties {
  /** One a unit, task, demand and round. `task` is the draft's id, or the number of an added task. */
  seeds: DutySeed[]
  /** Tasks to add to the plan's own: 调度, 共性. */
  tasks: AddedTask[]
  questions: Question[]
}

type Draft = Pick<PlanDraft, 'document' | 'tasks' | 'common'>

type DateOptions = Pick<DutyOptions, 'calendar' | 'zone' | 'startOn' | 'openYear' | 'defaultEnd'>

/** What a plan's days are counted by. */
interface Dates {
  draft: Draft
  options: DateOptions
  issuedOn: Day | ''
  startOn: Day | ''
  year: number
}

interface Plan extends Dates {
  people: People
  options: DutyOptions
}

function remembering(classOf: ClassOf): ClassOf {
  const known = new Map<string, ReturnType<ClassOf>>()
  return (name) => {
    if (!known.has(name)) known.set(name, classOf(name))
    return known.get(name)
  }
}

function leadsByName(draft: Draft, classOf: ClassOf): string[] {
  const names = draft.tasks.flatMap(({ lead }) => lead).filter((name) => !meansLeads(name))
  const ids = names.map(classOf).flatMap((of) => (of?.kind === 'unit' ? of.id : []))
  return [...new Set(ids)]
}

function datesOf(draft: Draft, options: DateOptions): Dates {
  const { issuedOn, year } = draft.document
  const startOn = options.startOn && options.startOn > issuedOn ? options.startOn : issuedOn
  return { draft, options, issuedOn, startOn, year: year || Number((issuedOn || startOn).slice(0, 4)) }
}

function openPlan(draft: Draft, roster: Roster, options: DutyOptions): Plan {
  const classOf = remembering(options.classOf)
  const units = new Map(roster.units.map((unit) => [unit.id, unit]))
  const people = { classOf, roster, units, leads: leadsByName(draft, classOf) }
  return { ...datesOf(draft, options), people, options }
}

/** What is dated: a task, or everybody's demand. */
type Dated = Pick<TaskDraft, 'text' | 'deadlines'> & { sources: Pick<TaskDraft['sources'], 'deadlines'> }

const demandsOf = (task: Dated, first: number): Demand[] =>
  task.deadlines.map((deadline, at) => ({
    deadline,
    from: task.sources.deadlines[at]?.from ?? 'text',
    index: first + at,
  }))

/** The rounds of a task's deadlines, which are counted from `first`. */
function scheduleOf(task: Dated, plan: Dates, first = 0): Schedule {
  const { calendar, zone, openYear, defaultEnd } = plan.options
  const { untilYear } = plan.draft.document
  // Without a year no period is the plan's: such rules wait for the head to be settled.
  const demands = demandsOf(task, first).filter(({ deadline }) => plan.year > 0 || deadline.kind !== 'recurring')
  return roundsOf(demands, {
    ...{ text: task.text, issuedOn: plan.issuedOn, year: plan.year, calendar, zone },
    ...(untilYear && { untilYear }),
    ...(openYear && { openYear }),
    ...(defaultEnd && { defaultEnd }),
  })
}

function stateOf(share: Share, round: Round, startOn: Day | ''): DutySeed['state'] {
  if (share.role === 'support') return 'asleep'
  if (round.dueOn && round.dueOn < startOn) return 'unconfirmed'
  return share.hold === 'own' ? round.state : 'unclaimed'
}

function seedOf(task: string, share: Share, round: Round, startOn: Day | ''): DutySeed {
  const { unit, role, named } = share
  const { demand, round: label, provisional, times } = round
  const day = role === 'support' ? { dueOn: null, dueAt: null } : { dueOn: round.dueOn, dueAt: round.dueAt }
  return {
    task,
    unit,
    role,
    demand,
    round: label,
    ...day,
    provisional,
    state: stateOf(share, round, startOn),
    times,
    named,
  }
}

/** The words of a demand of running text; a time of the column speaks of the whole row. */
function wordsOf(task: TaskDraft, demand: number): string | undefined {
  const deadline = task.deadlines[demand]
  return deadline && task.sources.deadlines[demand]?.from !== 'column' ? deadline.raw : undefined
}

function circlesOf(task: TaskDraft, rounds: readonly Round[], shares: readonly Share[], people: People) {
  const circles = new Map<number, Circle>()
  for (const demand of new Set(rounds.map((round) => round.demand))) {
    const circle = circleOf(task, wordsOf(task, demand), shares, people)
    if (circle) circles.set(demand, circle)
  }
  return circles
}

interface Opened {
  task: TaskDraft
  seeds: DutySeed[]
  questions: Question[]
  /** Units that report on it in the 调度. */
  checked: string[]
}

/** Who receives a paper hands in none; where the text does not say who does, it is the office. */
function withoutReceivers(shares: Share[], task: TaskDraft, { people, options }: Plan): Share[] {
  const receivers = receiversOf(task, people.classOf)
  if (!receivers) return shares
  const to = receivers.length > 0 ? receivers : [options.office]
  return shares.filter(({ unit }) => !to.includes(unit))
}

function openTask(task: TaskDraft, plan: Plan): Opened {
  const { people } = plan
  const { shares: all, unsaid } = sharesOf(task, people)
  const shares = withoutReceivers(all, task, plan)
  const { rounds, questions: asked, ongoing } = scheduleOf(task, plan)
  const circles = circlesOf(task, rounds, shares, people)
  const seeds = shares.flatMap((share) =>
    rounds.map((round) => seedOf(task.id, narrowed(share, circles.get(round.demand)), round, plan.startOn)),
  )
  const questions = [...asked.map((one) => askAbout(task, one)), ...unitQuestions(task, unsaid, circles.size > 0)]
  return { task, seeds, questions, checked: ongoing ? reporters(shares) : [] }
}

/** Silence of a unit named by name means that the work is its own, so it reports too; a class's line has nobody to. */
const reporters = (shares: readonly Share[]): string[] =>
  shares.filter(({ role, hold, named }) => role === 'lead' && (hold === 'own' || named)).map(({ unit }) => unit)

const standing: Round = {
  ...{ demand: -1, round: 'standing', dueOn: null, dueAt: null, provisional: false, times: 1 },
  state: 'standing',
}

interface Common {
  seeds: DutySeed[]
  /** Units that report on it in the 调度. */
  members: string[]
  questions: Question[]
}

/** Everybody's demands are one task: a line a unit for those without a day, and a round for each time of the others. */
function commonDuties(plan: Plan): Common {
  const made: Common = { seeds: [], members: [], questions: [] }
  const resting = new Set<string>()
  let first = 0
  for (const demand of plan.draft.common) {
    const { shares } = sharesOf({ lead: demand.units, support: [], divided: false, text: '' }, plan.people)
    const { rounds, questions, ongoing } = scheduleOf(demand, plan, first)
    first += demand.deadlines.length
    const dated = rounds.filter(({ state }) => state !== 'standing')
    made.seeds.push(...shares.flatMap((share) => dated.map((round) => seedOf(COMMON, share, round, plan.startOn))))
    made.questions.push(...questions.map((one) => ({ line: demand.source.line, ...one })))
    if (!ongoing) continue
    made.members.push(...reporters(shares))
    if (dated.length > 0) continue
    const fresh = shares.filter(({ unit }) => !resting.has(unit))
    for (const { unit } of fresh) resting.add(unit)
    made.seeds.push(...fresh.map((share) => seedOf(COMMON, share, standing, plan.startOn)))
  }
  return made
}

function checks(opened: readonly Opened[], common: readonly string[], plan: Plan): DutySeed[] {
  const { checkEvery = 'quarter', office, calendar, zone, openYear } = plan.options
  if (checkEvery === null || plan.year === 0) return []
  const { untilYear } = plan.draft.document
  const lastYear = untilYear ?? plan.year
  const reporting = opened.filter(({ task }) => isYearEndReport(task, lastYear, plan.people.classOf))
  const closing = new Set(
    reporting.flatMap(({ seeds }) => seeds.filter(({ state }) => state === 'open').map(({ unit }) => unit)),
  )
  const units = new Set([...opened.flatMap(({ checked }) => checked), ...common])
  if (office) units.delete(office)
  return checkSeeds([...units], closing, {
    ...{ every: checkEvery, issuedOn: plan.issuedOn, startOn: plan.startOn, year: plan.year, calendar, zone },
    ...(untilYear && { untilYear }),
    ...(openYear && { openYear }),
  })
}

const noYear = (plan: Plan): Question[] =>
  plan.year > 0
    ? []
    : [{ kind: 'head', line: 0, text: '文件没有写年度和印发日，按期办理的事项排不出期次。', proposal: '暂按持续推进' }]

/** What a plan makes each unit owe, and by which day: rules and units of the draft laid over the roster and the calendar. */
export function dutiesOf(draft: Draft, roster: Roster, options: DutyOptions): Duties {
  const plan = openPlan(draft, roster, options)
  const opened = draft.tasks.map((task) => openTask(task, plan))
  const common = commonDuties(plan)
  const checked = checks(opened, common.members, plan)
  const tasks: AddedTask[] = []
  if (common.seeds.length > 0) tasks.push(commonTask(draft.common))
  if (checked.length > 0) tasks.push(checkTask(options.checkEvery ?? 'quarter'))
  return {
    seeds: [...opened.flatMap(({ seeds }) => seeds), ...common.seeds, ...checked],
    tasks,
    questions: [...noYear(plan), ...onceEachName(opened.flatMap(({ questions }) => questions)), ...common.questions],
  }
}

/**
 * The rounds of each of a draft's tasks by its number (everybody's demands under their common one), as a release under
 * this calendar would open them.
 */
export function roundsByTask(draft: Draft, options: DateOptions): Map<string, Round[]> {
  const dates = datesOf(draft, options)
  const rounds = new Map(draft.tasks.map((task) => [task.id, scheduleOf(task, dates).rounds]))
  const common: Round[] = []
  let first = 0
  for (const demand of draft.common) {
    common.push(...scheduleOf(demand, dates, first).rounds)
    first += demand.deadlines.length
  }
  return rounds.set(COMMON, common)
}
