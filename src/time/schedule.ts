import type { Day, Deadline, DeadlineOf } from '../model/deadline.ts'
import type { Calendar } from './calendar.ts'
import { type Asked, type Demand, distinctClocks, ofKind, settleDates, settleRecurring } from './demands.ts'
import { type DefaultEnd, dueIn, touchesProvisional } from './due.ts'
import { dayOfClock, isPlanItself } from './event.ts'
import { publishesFigures } from './figures.ts'
import { labelOf, periodOf, startsIn } from './rounds.ts'

export type { Asked, Demand } from './demands.ts'
export type { DefaultEnd } from './due.ts'
export { openEventRound } from './event.ts'
export { lateUpTo, lightOf, overdueOn, yellowUpTo } from './light.ts'
export { periodOf } from './rounds.ts'

/** One time that a demand comes round (期次): its label, its day, and how many approved reports it takes. */
export interface Round {
  /** Which of the task's deadlines, -1 for a task without one. */
  demand: number
  round: string
  dueOn: Day | null
  dueAt: string | null
  provisional: boolean
  times: number
  state: 'open' | 'waiting' | 'standing'
}

export interface ScheduleContext {
  /** The task's own words. */
  text: string
  /** Day of 印发; '' where the document does not say, then the plan's first day bounds and its own clock waits. */
  issuedOn: Day | ''
  year: number
  untilYear?: number
  /** The year whose rounds are wanted; the plan's first where absent. A later year has recurring rounds only. */
  openYear?: number
  calendar: Calendar
  /** IANA name of the office's zone. */
  zone: string
  /** Where the plan sets the end of all rules without a day of their own. */
  defaultEnd?: DefaultEnd
}

export interface Schedule {
  rounds: Round[]
  questions: Asked[]
  /** The task (also) has no end of its own, so it is a line of the 调度. */
  ongoing: boolean
}

type Rule = DeadlineOf<'recurring'>

const plain = { dueAt: null, provisional: false, times: 1, state: 'open' } as const

const firstDay = (context: ScheduleContext): Day => context.issuedOn || `${context.year}-01-01`

function endOfRule({ deadline, from }: Demand<Rule>, context: ScheduleContext, raws: readonly string[]): DefaultEnd {
  if (context.defaultEnd) return context.defaultEnd
  // A count of several (每季度不少于3次) is taken within its period, whatever it tells.
  if ((deadline.times ?? 1) > 1) return 'period-end'
  const others = raws.filter((raw) => raw !== deadline.raw)
  return publishesFigures(context.text, { raw: deadline.raw, from }, others) ? 'next-month-end' : 'period-end'
}

function roundIn(demand: Demand<Rule>, start: Day, end: DefaultEnd, calendar: Calendar): Round & { dueOn: Day } {
  const { deadline } = demand
  const round = labelOf(start, deadline.every)
  const period = periodOf(round) ?? { from: start, to: start }
  const dueOn = dueIn(period, deadline, end, calendar)
  const provisional = deadline.within?.unit === 'workday' && touchesProvisional(period.from, dueOn, calendar)
  return { ...plain, demand: demand.index, round, dueOn, provisional, times: deadline.times ?? 1 }
}

/** A yearly day that is past when the plan comes out means the next one, named by the year it is due in. */
function nextYearly(demand: Demand<Rule>, year: number, from: Day, calendar: Calendar): Round | undefined {
  const { every, by, within } = demand.deadline
  if (every !== 'year' || !(by || within?.of === 'period-start')) return undefined
  for (let later = year + 1; later <= Number(from.slice(0, 4)) + 1; later++) {
    const round = roundIn(demand, `${later}-01-01`, 'period-end', calendar)
    if (round.dueOn >= from) return { ...round, round: round.dueOn.slice(0, 4) }
  }
  return undefined
}

function recurringRounds(demand: Demand<Rule>, context: ScheduleContext, raws: readonly string[]): Round[] {
  const year = context.openYear ?? context.year
  const from = firstDay(context)
  const end = endOfRule(demand, context, raws)
  const rounds = startsIn(year, demand.deadline.every)
    .map((start) => roundIn(demand, start, end, context.calendar))
    .filter(({ dueOn }) => dueOn >= from)
  if (rounds.length > 0) return rounds
  const later = nextYearly(demand, year, from, context.calendar)
  return later ? [later] : []
}

function allRecurring(demands: readonly Demand[], context: ScheduleContext): { rounds: Round[]; questions: Asked[] } {
  const rules = ofKind(demands, 'recurring')
  const raws = [...new Set(demands.map(({ deadline }) => deadline.raw))]
  const lastStart = (rule: Demand<Rule>) =>
    startsIn(context.year, rule.deadline.every).at(-1) ?? `${context.year}-01-01`
  const settled = settleRecurring(rules, (rule) => roundIn(rule, lastStart(rule), 'period-end', context.calendar).dueOn)
  const questions = [...settled.questions]
  const rounds = settled.kept.flatMap((rule) => {
    const made = recurringRounds(rule, context, raws)
    if (made.length === 0) questions.push(noneLeft(rule.deadline, context))
    return made
  })
  return { rounds, questions }
}

const noneLeft = (rule: Rule, context: ScheduleContext): Asked => ({
  kind: 'start-day',
  text: `“${rule.raw}”在${context.openYear ?? context.year}年的各期都早于印发日（${firstDay(context)}），本年没有可办的期次。`,
  proposal: '不设期次',
})

function dateRounds(demands: readonly Demand[], context: ScheduleContext): { rounds: Round[]; questions: Asked[] } {
  const { kept, questions } = settleDates(ofKind(demands, 'date'), context.issuedOn)
  const rounds = kept.map(({ deadline, index }) => ({
    ...plain,
    demand: index,
    round: deadline.by,
    dueOn: deadline.by,
  }))
  return { rounds, questions }
}

/** `words` are the event's, or the clock's own where the plan names no event. */
const asksForEvent = ([words, named]: readonly [words: string, named: boolean]): Asked => ({
  kind: 'relative-event',
  text: named
    ? `时限从“${words}”起算，没有写它的日期。是否已经发生、何时发生？`
    : `“${words}”没有写从什么时候起算。是否已经起算、从哪一天？`,
  proposal: '等待触发',
})

function clockRounds(demands: readonly Demand[], context: ScheduleContext): { rounds: Round[]; questions: Asked[] } {
  const events = new Map<string, boolean>()
  const rounds = distinctClocks(ofKind(demands, 'relative')).map(({ deadline, index }): Round => {
    if (context.issuedOn && isPlanItself(deadline.event)) {
      const { dueOn, provisional } = dayOfClock(deadline, context.issuedOn, context.calendar)
      return { ...plain, demand: index, round: dueOn, dueOn, provisional }
    }
    events.set(deadline.event || deadline.raw, deadline.event !== '')
    return { ...plain, demand: index, round: 'waiting', dueOn: null, state: 'waiting' }
  })
  return { rounds, questions: [...events].map(asksForEvent) }
}

const isOpenEnded = ({ kind }: Deadline) => kind === 'ongoing' || kind === 'prompt'

function standingRound(demands: readonly Demand[]): Round {
  const of = demands.find(({ deadline }) => isOpenEnded(deadline)) ?? demands[0]
  return { ...plain, demand: of?.index ?? -1, round: 'standing', dueOn: null, state: 'standing' }
}

const inOrder = (a: Round, b: Round) => a.demand - b.demand || (a.dueOn ?? '').localeCompare(b.dueOn ?? '')

/**
 * The rounds of one task's demands (rule → days). Ordered by demand and day; a demand and a round's label are unique
 * together. A date before the issue keeps its round, as it is printed.
 */
export function roundsOf(demands: readonly Demand[], context: ScheduleContext): Schedule {
  const ongoing = demands.length === 0 || demands.some(({ deadline }) => isOpenEnded(deadline))
  const recurring = allRecurring(demands, context)
  if ((context.openYear ?? context.year) !== context.year) return { ...recurring, ongoing }
  const dated = dateRounds(demands, context)
  const clocks = clockRounds(demands, context)
  const rounds = [...dated.rounds, ...recurring.rounds, ...clocks.rounds].sort(inOrder)
  const questions = [...dated.questions, ...recurring.questions, ...clocks.questions]
  if (rounds.length === 0) return { rounds: [standingRound(demands)], questions, ongoing: true }
  return { rounds, questions, ongoing }
}
