import { and, asc, eq, gte, inArray, isNotNull, lte, type SQL } from 'drizzle-orm'
import type { Channel } from '../../src/model/tally.ts'
import { among } from '../among.ts'
import type { Tables } from '../schema.ts'
import type { Reader } from '../store.ts'

export type TallyRow = Tables['tallies']['$inferSelect']
/** A figure that stands. */
export type FigureRow = TallyRow & { count: number }

interface TallyFilter {
  /** Ids; the empty one is the whole area. Absent: all. */
  units?: readonly string[]
  /** Periods from and to, both inclusive, as text: `2017` to `2017-12` is a year with its months. */
  from?: string
  to?: string
  channel?: Channel
  theme?: string
}

const conditions = ({ t, office }: Reader, f: TallyFilter): (SQL | undefined)[] => [
  eq(t.tallies.office, office),
  f.units && among(t.tallies.unit, [...f.units]),
  f.from === undefined ? undefined : gte(t.tallies.period, f.from),
  f.to === undefined ? undefined : lte(t.tallies.period, f.to),
  f.channel && eq(t.tallies.channel, f.channel),
  f.theme === undefined ? undefined : eq(t.tallies.theme, f.theme),
]

/** Rows of figures, also of those that were taken back (`count` null), by period and unit. */
export const talliesOf = (db: Reader, filter: TallyFilter): Promise<TallyRow[]> =>
  db.q
    .select()
    .from(db.t.tallies)
    .where(and(...conditions(db, filter)))
    .orderBy(asc(db.t.tallies.period), asc(db.t.tallies.unit), asc(db.t.tallies.channel), asc(db.t.tallies.theme))

/** Figures that stand, of a year and its months. */
export const figuresOfYear = async (db: Reader, year: number, units?: readonly string[]): Promise<FigureRow[]> => {
  const rows = await talliesOf(db, { from: `${year}`, to: `${year}-12`, ...(units && { units }) })
  return rows.filter((row): row is FigureRow => row.count !== null)
}

/** Units that told anything in all (no theme's figure) of a period. */
export const unitsThatTold = async (db: Reader, period: string): Promise<Set<string>> => {
  const rows = await db.q
    .selectDistinct({ unit: db.t.tallies.unit })
    .from(db.t.tallies)
    .where(and(...conditions(db, { from: period, to: period, theme: '' }), isNotNull(db.t.tallies.count)))
  return new Set(rows.map(({ unit }) => unit))
}

/** Codes of tasks (公开17-12) with their text, of plans that are released or closed; what is no task's code is left out. */
export const textsOfThemes = async (db: Reader, themes: readonly string[]): Promise<Map<string, string>> => {
  const { q, t, office } = db
  const numbers = themes.map((theme) => theme.slice(theme.indexOf('-') + 1))
  if (numbers.length === 0) return new Map()
  const rows = await q
    .select({ plan: t.plans.code, number: t.tasks.number, text: t.tasks.text, secret: t.tasks.secret })
    .from(t.tasks)
    .innerJoin(t.plans, and(eq(t.plans.office, office), eq(t.plans.id, t.tasks.plan)))
    .where(
      and(eq(t.tasks.office, office), inArray(t.plans.state, ['released', 'closed']), among(t.tasks.number, numbers)),
    )
  // The text of a 工作秘密 task goes nowhere.
  return new Map(rows.map((row) => [`${row.plan}-${row.number}`, row.secret ? '' : row.text]))
}

/** Names of units by id, also of those that others succeeded; under the empty id what the whole area is called (全市). */
export const unitNames = async ({ q, t, office }: Reader): Promise<Map<string, string>> => {
  const rows = await q.select({ id: t.units.id, name: t.units.name }).from(t.units).where(eq(t.units.office, office))
  const [own] = await q.select({ level: t.offices.level }).from(t.offices).where(eq(t.offices.office, office))
  return new Map([['', `全${own?.level || '域'}`], ...rows.map(({ id, name }): [string, string] => [id, name])])
}

/** Years of which anything was told, the latest first. */
export const tallyYears = async (db: Reader): Promise<number[]> => {
  const { q, t, office } = db
  const rows = await q.selectDistinct({ period: t.tallies.period }).from(t.tallies).where(eq(t.tallies.office, office))
  return [...new Set(rows.map(({ period }) => Number(period.slice(0, 4))))].sort((a, b) => b - a)
}
