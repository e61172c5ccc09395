import type { Day } from '../model/deadline.ts'
import type { Duty } from '../model/duty.ts'
import type { Body } from '../model/fact.ts'
import { projectDuty, stateOn } from '../model/life.ts'
import type { Calendar } from '../time/calendar.ts'
import { addDays, dayOf } from '../time/day.ts'

/** One fact of a duty, as the ledger holds it. */
export interface DutyFact {
  seq: number
  kind: string
  body: Body
  at: Date
}

/** A duty with its history: the row as it stands and all its facts, in any order. */
export interface Judged extends Duty {
  /** 公开17-12 */
  code: string
  /** Left open when its plan was closed. */
  archivedOn: Day | null
  facts: readonly DutyFact[]
}

/** The moment up to which the ledger is read, and the window that a duty's day must fall into. */
export interface Reach {
  from: Day
  to: Day
  now: Date
  zone: string
  calendar: Calendar
}

/** Something that points rest on: the day of the fact and its number in the duty's chain; null for what has not happened. */
export interface Ground {
  day: Day
  seq: number | null
  /** The day that it was due. */
  due: Day | null
  /** Workdays over that day. */
  days: number
}

type Verdict = 'onTime' | 'late' | 'overdue' | 'running'

/** What of a duty points are given by. */
export interface Finding {
  verdict: Verdict
  ground: Ground
  returned: Ground[]
  extended: (Ground & { late: boolean })[]
}

/** Why a duty is in no score. */
export type Left =
  | 'unclaimed'
  | 'asleep'
  | 'waiting'
  | 'standing'
  | 'suspended'
  | 'waived'
  | 'unconfirmed'
  | 'later'
  | 'elsewhere'
  | 'moved'

export const leftWords: Record<Left, string> = {
  unclaimed: '待认领，不计',
  asleep: '配合事项，牵头单位没有收集，不计',
  waiting: '等待触发，不计',
  standing: '持续推进，没有到期日，不计',
  suspended: '已中止，不计',
  waived: '免予办理，不计',
  unconfirmed: '待核实，不计',
  later: '还没有到期，不计',
  elsewhere: '到期日不在考核期内，不计',
  moved: '改派过来时已经过了期限，不计',
}

interface HandIn extends Ground {
  late: boolean
}

/** All that a walk along the facts picks up beside the duty itself. */
interface Walk {
  duty: Duty
  handIns: HandIn[]
  returned: Ground[]
  extended: (Ground & { late: boolean })[]
  /** The day a 配合 duty was collected for. */
  collected: Day | null
  /** When it came to the unit that answers for it, where another had it before. */
  since: Day | null
  /** Another unit's duty came into it, as that one stood. */
  joined: { day: Day; seq: number } | null
  /** Days on which it rested, each span from a day on up to before another. */
  rests: { from: Day; to: Day | null }[]
}

/** The first day that the row and its facts tell of: recomputing and granting keep the one before. */
const firstDay = (row: Judged, facts: readonly DutyFact[]): Day | null => {
  const first = facts.find(({ kind }) => kind === 'recomputed' || kind === 'event')
  if (first?.kind === 'event') return null
  if (first && typeof first.body.was === 'string') return first.body.was
  return row.firstDueOn ?? row.owedOn ?? (row.role === 'lead' ? row.dueOn : null)
}

/** The duty as it was opened: what moved since is put back, and comes again with its facts. */
const opened = (row: Judged, facts: readonly DutyFact[]): Duty => {
  const body = facts[0]?.kind === 'released' ? facts[0].body : {}
  const day = firstDay(row, facts)
  return {
    ...row,
    ...Object.fromEntries(
      ['unit', 'role', 'demand', 'round', 'state', 'times', 'named'].flatMap((column) =>
        body[column] === undefined ? [] : [[column, body[column]]],
      ),
    ),
    ...{ dueOn: day, owedOn: day, approved: 0, reportedOn: null, closedOn: null, setDueOn: null, late: false },
    ...{ asked: null, firstDueOn: null, before: null, clearedOn: null, acceptedOn: null, disclaimed: false },
    dueAt: facts.some(({ kind }) => kind === 'event') ? null : row.dueAt,
  }
}

const later = (one: Day | null, other: Day | null): Day | null =>
  one === null || (other !== null && other > one) ? other : one

/** Workdays after `from` up to `to`, but those on which the duty rested. */
const worked = (from: Day, to: Day, { rests }: Walk, calendar: Calendar): number => {
  if (to <= from) return 0
  let days = calendar.workdaysBetween(from, to)
  for (const rest of rests) {
    const start = addDays(rest.from > from ? rest.from : addDays(from, 1), -1)
    const end = rest.to === null || rest.to > to ? to : addDays(rest.to, -1)
    if (end > start) days -= calendar.workdaysBetween(start, end)
  }
  return Math.max(0, days)
}

const ground = (walk: Walk, day: Day, seq: number | null, { calendar }: Reach): Ground => {
  const due = walk.duty.dueOn
  const from = later(due, walk.since)
  return { day, seq, due, days: due === null || from === null ? 0 : worked(from, day, walk, calendar) }
}

/** What a fact adds to the walk, seen from the duty as it stood before it. */
const step = (walk: Walk, { kind, body, seq, at }: DutyFact, reach: Reach): void => {
  const day = typeof body.on === 'string' ? body.on : dayOf(at, reach.zone)
  const here = () => ground(walk, day, seq, reach)
  const { duty } = walk
  switch (kind) {
    case 'reported':
      if (duty.state === 'open' || duty.state === 'returned') walk.handIns.push({ ...here(), late: body.late === true })
      break
    case 'withdrawn':
      if (duty.state === 'review' && Number(body.left ?? 0) === 0) walk.handIns.pop()
      break
    case 'returned':
      walk.returned.push(here())
      break
    case 'extension-granted': {
      const asked = duty.asked?.kind === 'extension' ? duty.asked : null
      const late = asked?.late === true
      walk.extended.push({ ...(late ? ground(walk, asked.on, seq, reach) : here()), day, late })
      break
    }
    case 'joined':
      walk.joined = { day, seq }
      break
    case 'collected':
      walk.collected = String(body.until)
      break
    case 'suspended':
      walk.rests.push({ from: day, to: null })
      break
    case 'resumed': {
      const rest = walk.rests[walk.rests.length - 1]
      if (rest) rest.to = day
      break
    }
    case 'reassigned':
      // What the unit before did is none of this one's; a successor stands where the unit stood.
      if (body.cause !== 'succession') Object.assign(walk, { handIns: [], returned: [], extended: [], since: day })
      break
  }
  walk.duty = projectDuty(duty, { kind, body })
}

const walkOf = (row: Judged, reach: Reach): Walk => {
  const facts = row.facts.filter(({ at }) => at <= reach.now).sort((a, b) => a.seq - b.seq)
  const walk: Walk = {
    duty: opened(
      row,
      [...row.facts].sort((a, b) => a.seq - b.seq),
    ),
    ...{ handIns: [], returned: [], extended: [], collected: null, since: null, joined: null, rests: [] },
  }
  for (const fact of facts) step(walk, fact, reach)
  return walk
}

/** The day that says into which window a duty falls: the rule's or the one granted in time; of a 配合 duty the one it was collected for. */
const judgedBy = ({ duty, collected, extended }: Walk): Day | null =>
  duty.role === 'support' && collected !== null && !extended.some(({ late }) => !late) ? collected : duty.owedOn

const leftOf = (walk: Walk, today: Day, { from, to }: Reach): Left | undefined => {
  const { duty } = walk
  const state = stateOn(duty, today)
  if (state !== 'open' && state !== 'returned' && state !== 'review' && state !== 'done') return state
  const day = judgedBy(walk)
  if (day === null) return duty.round === 'standing' ? 'standing' : 'unconfirmed'
  if (day < from || day > to) return 'elsewhere'
  // What is handed in before its day is worth something on its day, so that a score never falls by waiting.
  if (day > today || (day === today && (state === 'open' || state === 'returned'))) return 'later'
  if (walk.since !== null && walk.since > day) return 'moved'
  return undefined
}

const worst = (grounds: readonly Ground[]): Ground | undefined =>
  [...grounds].sort((a, b) => b.days - a.days || (a.seq ?? 0) - (b.seq ?? 0))[0]

/** Is it past its day and not handed in? By the moment where it is a clock of hours. */
const isOver = ({ duty }: Walk, over: Ground, now: Date): boolean =>
  duty.dueAt === null ? over.days > 0 : duty.dueAt < now

const verdictOf = (walk: Walk, today: Day, reach: Reach): Pick<Finding, 'verdict' | 'ground'> => {
  const { duty, handIns, extended } = walk
  const lates = [...handIns.filter(({ late }) => late), ...extended.filter(({ late }) => late)]
  const running = stateOn(duty, today) === 'open' || duty.state === 'returned'
  if (running) {
    const over = ground(walk, today, null, reach)
    const most = Math.max(over.days, worst(lates)?.days ?? 0)
    if (isOver(walk, over, reach.now)) return { verdict: 'overdue', ground: { ...over, days: most } }
  }
  const late = worst(lates)
  if (late) return { verdict: 'late', ground: late }
  // A duty that took over what another was further, late as that one was.
  if (walk.joined && duty.late)
    return { verdict: 'late', ground: { ...ground(walk, walk.joined.day, walk.joined.seq, reach), days: 0 } }
  const last = handIns[handIns.length - 1]
  if (!running && last) return { verdict: 'onTime', ground: last }
  return { verdict: running ? 'running' : 'onTime', ground: last ?? ground(walk, today, null, reach) }
}

/**
 * What the ledger says of a duty up to a moment: how it was handed in, how often sent back and put off; or why it counts in
 * no score. Folded from its facts, whatever order they come in; what came after the moment is not seen.
 */
export const judge = (
  row: Judged,
  reach: Reach,
): { unit: string; role: Duty['role']; round: string } & ({ found: Finding } | { left: Left }) => {
  const walk = walkOf(row, reach)
  const { unit, role, round } = walk.duty
  const last = dayOf(reach.now, reach.zone)
  const today = row.archivedOn !== null && row.archivedOn < last ? row.archivedOn : last
  const left = leftOf(walk, today, reach)
  if (left) return { unit, role, round, left }
  const { returned, extended } = walk
  return { unit, role, round, found: { ...verdictOf(walk, today, reach), returned, extended } }
}
