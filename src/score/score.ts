import type { ScoreRules } from '../model/assessment.ts'
import type { Day } from '../model/deadline.ts'
import { type Finding, type Ground, type Judged, judge, type Left, leftWords, type Reach } from './duty.ts'
import { pointWords, portion } from './points.ts'

/** What gave a line its points. `base`, `floor` and `ceiling` are of no duty. */
type LineRule =
  | 'base'
  | 'onTime'
  | 'running'
  | 'late'
  | 'overdue'
  | 'returned'
  | 'extended'
  | 'extendedLate'
  | 'floor'
  | 'ceiling'

export const ruleWords: Record<LineRule, string> = {
  base: '基础分',
  onTime: '按时报送',
  running: '在办，没有过期',
  late: '逾期报送',
  overdue: '逾期未报',
  returned: '退回重报',
  extended: '到期前申请延期',
  extendedLate: '逾期后申请延期',
  floor: '扣到0分为止',
  ceiling: '不超过满分',
}

/** One line of the explanation: the sum of all lines is the score. */
export interface ScoreLine {
  rule: LineRule
  points: number
  /** Why it is so many, in words. */
  why: string
  /** Id, code and round of the duty that it is about; empty for lines of no duty. */
  duty: string
  code: string
  round: string
  /** The fact it rests on: its day and number in the duty's chain; null where nothing has happened. */
  day: Day | null
  seq: number | null
  rounded: boolean
}

/** A duty that counts in no score, with the reason. */
interface LeftOut {
  duty: string
  code: string
  round: string
  left: Left
  why: string
}

/** A unit's score by the ledger. `score` is null where no duty of it counts: nothing was owed, nothing is judged. */
export interface LedgerScore {
  unit: string
  score: number | null
  full: number
  lines: ScoreLine[]
  /** Duties that count, by how they stand. */
  counted: number
  left: LeftOut[]
}

const lines = (rule: LineRule, points: number, why: string): ScoreLine => ({
  ...{ rule, points, why, duty: '', code: '', round: '' },
  ...{ day: null, seq: null, rounded: false },
})

/** 扣0.50＋2个工作日×0.10 */
const daysWords = (days: number, { day, daysMost }: ScoreRules): string => {
  if (days === 0 || day === 0) return ''
  const most = days * day > daysMost ? `，最多${pointWords(daysMost)}` : ''
  return `＋${days}个工作日×${pointWords(day)}${most}`
}

/** What a verdict is worth before its weight, with how it comes to that. */
const worth = (verdict: Finding['verdict'], { days }: Ground, rules: ScoreRules): { points: number; sum: string } => {
  if (verdict === 'running') return { points: 0, sum: '' }
  if (verdict === 'onTime')
    return { points: rules.onTime, sum: rules.onTime > 0 ? `加${pointWords(rules.onTime)}` : '' }
  const base = verdict === 'late' ? rules.late : rules.overdue
  return {
    points: -(base + Math.min(days * rules.day, rules.daysMost)),
    sum: `扣${pointWords(base)}${daysWords(days, rules)}`,
  }
}

const dayWords = (verdict: Finding['verdict'], { due, day, days }: Ground): string => {
  const by = due === null ? '' : `${due}到期，`
  const over = days > 0 ? `，超过${days}个工作日` : ''
  if (verdict === 'onTime') return `${by}${day}报送`
  if (verdict === 'late') return `${by}${day}${over}`
  return `${by}${verdict === 'overdue' ? `到${day}还没有报送${over}` : '期限内'}`
}

/** Lines of one duty: one for how it was handed in, one for each time it was sent back or put off. */
const linesOf = (
  row: Pick<Judged, 'id' | 'code'>,
  round: string,
  role: 'lead' | 'support',
  { verdict, ground, returned, extended }: Finding,
  rules: ScoreRules,
): ScoreLine[] => {
  const weight = role === 'lead' ? rules.lead : rules.support
  const weighed = weight === 10_000 ? '' : `；${role === 'lead' ? '牵头' : '配合'}事项按${pointWords(weight)}%计`
  const line = (rule: LineRule, points: number, from: Ground, words: string): ScoreLine => {
    const { value, rounded } = portion(points, weight, 10_000)
    const told = [points === 0 ? '' : weighed, rounded ? '，四舍五入到0.01分' : ''].join('')
    return {
      ...{ rule, points: value, why: `${words}${told}`, duty: row.id, code: row.code, round },
      ...{ day: from.seq === null ? null : from.day, seq: from.seq, rounded },
    }
  }
  const { points, sum } = worth(verdict, ground, rules)
  const take = (points: number) => (points > 0 ? `：扣${pointWords(points)}` : '')
  return [
    line(verdict, points, ground, [dayWords(verdict, ground), sum].filter(Boolean).join('：')),
    ...returned.map((one) => line('returned', -rules.returned, one, `${one.day}退回${take(rules.returned)}`)),
    ...extended.map((one) => {
      const taken = one.late ? rules.extendedLate : rules.extended
      const rule = one.late ? 'extendedLate' : 'extended'
      return line(rule, -taken, one, `${one.day}同意延期（${one.late ? '逾期后' : '到期前'}申请）${take(taken)}`)
    }),
  ]
}

/** Duties in the order of their codes and rounds, so that two runs tell the same in the same order. */
const inOrder = (a: Judged, b: Judged): number =>
  a.code.localeCompare(b.code, 'en', { numeric: true }) ||
  (a.round < b.round ? -1 : a.round > b.round ? 1 : 0) ||
  (a.id < b.id ? -1 : 1)

/** Floor and ceiling as lines of their own, so that the lines still add up. */
const bounded = (sum: number, full: number): ScoreLine[] => {
  if (sum < 0) return [lines('floor', -sum, `共扣${pointWords(full - sum)}，扣到0分为止`)]
  if (sum > full) return [lines('ceiling', full - sum, `合计${pointWords(sum)}，不超过满分${pointWords(full)}`)]
  return []
}

const totalOf = (all: readonly ScoreLine[]): number => all.reduce((sum, { points }) => sum + points, 0)

/**
 * What the ledger gives each unit by the rules, explained line by line: full marks, one line and more for every duty that
 * counts, floor and ceiling; their sum is the score. Pure and the same whatever order duties and facts come in. Points in hundredths.
 * @returns by unit id; units that never owed anything are not in it
 */
export const ledgerScores = (rows: readonly Judged[], rules: ScoreRules, reach: Reach): Map<string, LedgerScore> => {
  const scores = new Map<string, LedgerScore>()
  const of = (unit: string): LedgerScore => {
    const known = scores.get(unit)
    if (known) return known
    const made: LedgerScore = { unit, score: null, full: rules.full, lines: [], counted: 0, left: [] }
    scores.set(unit, made)
    return made
  }
  for (const row of [...rows].sort(inOrder)) {
    const { unit, role, round, ...judged } = judge(row, reach)
    const own = of(unit)
    const { id: duty, code } = row
    if ('left' in judged) own.left.push({ duty, code, round, left: judged.left, why: leftWords[judged.left] })
    else {
      own.counted++
      own.lines.push(...linesOf(row, round, role, judged.found, rules))
    }
  }
  for (const own of scores.values()) {
    if (own.counted === 0) continue
    own.lines.unshift(lines('base', rules.full, `满分${pointWords(rules.full)}，从中扣减`))
    own.lines.push(...bounded(totalOf(own.lines), rules.full))
    own.score = totalOf(own.lines)
  }
  return scores
}
