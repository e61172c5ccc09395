import type { Day } from '../../src/model/deadline.ts'
import type { Deed } from './year-people.ts'

/**
 * The points of a unit worked out a second time, from what its people remember and a calendar written by hand: it shares
 * no code with `src/score` nor `src/time`, and sees no fact. The usual rules: of 100.00, late −0.50, not handed in −1.00,
 * each workday over −0.10 up to 2.00, sent back −0.20, a later day asked in time −0, asked after the day −0.20 and late; 配合 that nobody collects counts nowhere.
 */

/** Workdays that are free and days of rest that are worked: 国办发明电〔2016〕17号, and 元旦 of 2018. */
const free = new Set(
  (
    '2017-01-02 2017-01-27 2017-01-30 2017-01-31 2017-02-01 2017-02-02 2017-04-03 2017-04-04 2017-05-01 2017-05-29 ' +
    '2017-05-30 2017-10-02 2017-10-03 2017-10-04 2017-10-05 2017-10-06 2018-01-01'
  ).split(' '),
)
const worked = new Set('2017-01-22 2017-02-04 2017-04-01 2017-05-27 2017-09-30'.split(' '))

const next = (day: Day): Day => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
const isWorkday = (day: Day): boolean => {
  const week = new Date(`${day}T00:00:00Z`).getUTCDay()
  return worked.has(day) || (week !== 0 && week !== 6 && !free.has(day))
}
/** Workdays after the one day up to the other. */
const over = (due: Day, day: Day): number => {
  let days = 0
  for (let at = due; at < day; ) {
    at = next(at)
    if (isWorkday(at)) days++
  }
  return days
}
const inThreeWorkdays = (from: Day): Day => {
  let at = from
  for (let left = 3; left > 0; ) {
    at = next(at)
    if (isWorkday(at)) left--
  }
  return at
}

/** A duty as the office's list has it. */
export interface Listed {
  id: string
  code: string
  round: string
  role: 'lead' | 'support'
  /** Whether it was ever the unit's to hand in: not one that stands, waits or was never claimed. */
  owed: boolean
  /** How often it is to be done: 不少于3次. */
  times: number
  dueOn: Day | null
}

/** One line: what, why, and hundredths of a point. */
export interface HandLine {
  code: string
  round: string
  rule: string
  points: number
  /** The day that it happened, null for what did not. */
  day: Day | null
  /** How it comes to that, for who checks by hand. */
  sum: string
}

const points = (base: number, days: number): number => -(base + Math.min(10 * days, 200))

const linesOf = (duty: Listed, deeds: readonly Deed[], today: Day): HandLine[] => {
  const own = deeds.filter((deed) => deed.duty === duty.id)
  const first = own.find(({ did, dueOn }) => did !== 'claim' && dueOn !== null)?.dueOn ?? duty.dueOn
  if (!duty.owed || duty.role === 'support' || first === null) return []
  let [due, counts, stands, approvals] = [first, first, 'open', 0]
  let asked = due
  let reported: { day: Day; due: Day; days: number } | undefined
  let worst: typeof reported
  const extra: HandLine[] = []
  const line = (rule: string, value: number, day: Day | null, sum: string): HandLine => {
    return { code: duty.code, round: duty.round, rule, points: value, day, sum }
  }
  for (const { did, day } of own) {
    if (did === 'report') {
      stands = 'in'
      reported = { day, due, days: over(due, day) }
      if (reported.days > (worst?.days ?? 0)) worst = reported
    } else if (did === 'return') {
      stands = 'open'
      due = inThreeWorkdays(day)
      extra.push(line('returned', -20, day, '退回一次 −0.20'))
    } else if (did === 'approve') {
      approvals++
      if (approvals < duty.times) stands = 'open'
    } else if (did === 'extend') asked = day
    else if (did === 'extension') {
      const days = over(due, asked)
      if (days > (worst?.days ?? 0)) worst = { day, due, days }
      extra.push(
        days > 0 ? line('extendedLate', -20, day, '逾期后申请 −0.20') : line('extended', 0, day, '到期前申请 −0'),
      )
      // The later day of who `asks`: two weeks after the one that it had. Asked afterwards it is late all the same.
      for (let i = 0; i < 14; i++) due = next(due)
      if (days === 0) counts = due
    }
  }
  if (counts > '2017-12-31') return []
  const most = Math.max(over(due, today), worst?.days ?? 0)
  const days = (n: number) => `${n}个工作日×0.10${n > 20 ? '，至多2.00' : ''}`
  if (stands === 'open' && over(due, today) > 0)
    return [line('overdue', points(100, most), null, `${due}到期，没有报：−1.00 − ${days(most)}`), ...extra]
  if (worst)
    return [
      line('late', points(50, worst.days), worst.day, `${worst.due}到期，${worst.day}报：−0.50 − ${days(worst.days)}`),
      ...extra,
    ]
  return [line('onTime', 0, reported?.day ?? null, `${due}到期，${reported?.day}报：0`), ...extra]
}

const inOrder = (a: HandLine, b: HandLine): number =>
  `${a.code} ${a.round} ${a.rule} ${a.day}` < `${b.code} ${b.round} ${b.rule} ${b.day}` ? -1 : 1

/** The unit's lines and what they leave of 100.00, never less than nothing; null where it owed nothing in 2017. */
export const handTable = (
  duties: readonly Listed[],
  deeds: readonly Deed[],
  today: Day,
): { lines: HandLine[]; score: number | null } => {
  const lines = duties.flatMap((duty) => linesOf(duty, deeds, today)).sort(inOrder)
  const left = lines.reduce((sum, line) => sum + line.points, 10_000)
  return { lines, score: lines.length === 0 ? null : Math.max(0, left) }
}
