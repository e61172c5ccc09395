import type { Day, Deadline, DeadlineOf, Every } from '../model/deadline.ts'
import type { Question } from '../model/plan.ts'
import { daysBetween } from './day.ts'

/** Which of a task's time limits are demands of their own, and which say the same thing twice. */

export interface Demand<D extends Deadline = Deadline> {
  deadline: D
  /** Where it stands: in running text or in the column (or line) for time limits. */
  from: 'text' | 'column'
  /** Which of the task's deadlines it is, from 0. */
  index: number
}

/** What the schedule has to ask; the importer adds the task and its line. */
export type Asked = Pick<Question, 'kind' | 'text' | 'proposal'>

type Dated = Demand<DeadlineOf<'date'>>
type Recurring = Demand<DeadlineOf<'recurring'>>

export const ofKind = <K extends Deadline['kind']>(demands: readonly Demand[], kind: K): Demand<DeadlineOf<K>>[] =>
  demands.filter((demand): demand is Demand<DeadlineOf<K>> => demand.deadline.kind === kind)

/** Days within which a date of the text and one of the column are read as two days for the same thing. */
const SAME_THING = 45

function contradiction(a: Demand, b: Demand, chosen: Day | string): Asked {
  const [inText, inColumn] = a.from === 'text' ? [a, b] : [b, a]
  return {
    kind: 'contradiction',
    text: `同一事项有两个时限：正文写“${inText.deadline.raw}”，完成时限栏写“${inColumn.deadline.raw}”。以哪个为准？`,
    proposal: chosen,
  }
}

/** The earlier of two days that is not before the issue; the later where both are. */
function binding(a: Dated, b: Dated, issuedOn: Day | ''): Dated {
  const [first, last] = a.deadline.by <= b.deadline.by ? [a, b] : [b, a]
  return first.deadline.by >= issuedOn ? first : last
}

function distinctDays(dates: readonly Dated[]): Dated[] {
  const seen = new Set<Day>()
  return dates.filter(({ deadline }) => !seen.has(deadline.by) && seen.add(deadline.by))
}

/** Dates that stand; a column's day that contradicts the text's is decided and asked. */
export function settleDates(all: readonly Dated[], issuedOn: Day | ''): { kept: Dated[]; questions: Asked[] } {
  const days = distinctDays(all)
  const dropped = new Set<Dated>()
  const questions: Asked[] = []
  const written = new Set(all.filter(({ from }) => from === 'text').map(({ deadline }) => deadline.by))
  for (const column of days.filter(({ from, deadline }) => from === 'column' && !written.has(deadline.by))) {
    const distance = (demand: Dated) => Math.abs(daysBetween(demand.deadline.by, column.deadline.by))
    const [nearest] = days
      .filter((demand) => demand.from === 'text' && !dropped.has(demand) && distance(demand) <= SAME_THING)
      .sort((a, b) => distance(a) - distance(b))
    if (!nearest) continue
    const stands = binding(nearest, column, issuedOn)
    dropped.add(stands === nearest ? column : nearest)
    questions.push(contradiction(nearest, column, stands.deadline.by))
  }
  return { kept: days.filter((demand) => !dropped.has(demand)), questions }
}

const isDated = ({ deadline }: Recurring) => Boolean(deadline.within || deadline.by)
const detailOf = ({ deadline: { within, by, times } }: Recurring) => JSON.stringify([within ?? by ?? '', times ?? ''])

function distinctRules(rules: readonly Recurring[]): Recurring[] {
  const seen = new Set<string>()
  return rules.filter((rule) => !seen.has(detailOf(rule)) && seen.add(detailOf(rule)))
}

/** A count in the text and a day in the column (or the other way round) are one rule: three times, by that day. */
function withCounts(dated: Recurring[], counted: Recurring[]): Recurring[] {
  const [only] = dated
  if (!only || dated.length > 1) return [...dated, ...counted]
  const joined = counted.filter(({ from }) => from !== only.from)
  const times = Math.max(0, only.deadline.times ?? 0, ...joined.map(({ deadline }) => deadline.times ?? 0))
  const rule = times > 0 ? { ...only, deadline: { ...only.deadline, times } } : only
  return [rule, ...counted.filter(({ from }) => from === only.from)]
}

/** Rules of one period: the one with more detail wins, and of two days (text, column) the earlier, with a question. */
function settlePeriod(all: Recurring[], dueOf: (rule: Recurring) => Day): { kept: Recurring[]; questions: Asked[] } {
  const rules = distinctRules(all)
  const dated = rules.filter(isDated)
  const counted = rules.filter((rule) => !isDated(rule) && rule.deadline.times)
  if (dated.length === 0 && counted.length === 0) return { kept: rules.slice(0, 1), questions: [] }
  const [a, b] = dated
  if (!(a && b && dated.length === 2 && a.from !== b.from)) return { kept: withCounts(dated, counted), questions: [] }
  const stands = dueOf(a) <= dueOf(b) ? a : b
  const kept = withCounts([stands], counted)
  return { kept, questions: dueOf(a) === dueOf(b) ? [] : [contradiction(a, b, stands.deadline.raw)] }
}

/** Recurring rules that stand, one period after another; a month's and a quarter's both do. */
export function settleRecurring(
  all: readonly Recurring[],
  dueOf: (rule: Recurring) => Day,
): { kept: Recurring[]; questions: Asked[] } {
  const periods = new Map<Every, Recurring[]>()
  for (const rule of all) periods.set(rule.deadline.every, [...(periods.get(rule.deadline.every) ?? []), rule])
  const settled = [...periods.values()].map((rules) => settlePeriod(rules, dueOf))
  return { kept: settled.flatMap(({ kept }) => kept), questions: settled.flatMap(({ questions }) => questions) }
}

/** Clocks that stand: the same event, count and unit said twice is one. */
export function distinctClocks(all: readonly Demand<DeadlineOf<'relative'>>[]): Demand<DeadlineOf<'relative'>>[] {
  const seen = new Set<string>()
  return all.filter(({ deadline: { event, n, unit } }) => {
    const key = JSON.stringify([event, n, unit])
    return !seen.has(key) && seen.add(key)
  })
}
