import { and, eq, sql } from 'drizzle-orm'
import type { Day } from '../../src/model/deadline.ts'
import type { Duty } from '../../src/model/duty.ts'
import { among } from '../among.ts'
import { type Params, prepare } from '../prepare.ts'
import type { Reader } from '../store.ts'

/** Duties of one unit that stand alike: how many, how many of them are owed in the window, and of those how many by then. */
export interface Tally extends Pick<Duty, 'unit' | 'state' | 'named' | 'disclaimed' | 'claimBy' | 'round' | 'late'> {
  all: number
  /** Owed from `from` to `to` (`owedOn`, the day that figures judge by). */
  owed: number
  /** Of those: past the day, were they still to be done. */
  past: number
}

export interface TallyFilter {
  units?: readonly string[]
  plans?: readonly string[]
  from: Day
  to: Day
  /** The last due day that is past (a rest day in between does not count), and the moment, for clocks of hours. */
  pastUpTo: Day
  now: Date
}

type Values = { units: string[]; plans: string[]; from: string; to: string; pastUpTo: string; now: Date }

const tallying = (units: boolean, plans: boolean) =>
  prepare(`tallies ${Number(units)}${Number(plans)}`, (q, t, p: Params<Values>) => {
    const d = t.duties
    // A label tells a round apart from a standing or waiting duty; which round it is, nothing here asks.
    const round = sql<string>`case when ${d.round} in ('standing', 'waiting') then ${d.round} else '' end`
    const owed = sql`${d.owedOn} >= ${p.from} and ${d.owedOn} <= ${p.to}`
    const past = sql`case when ${d.dueAt} is null then ${d.dueOn} <= ${p.pastUpTo} else ${d.dueAt} < ${p.now} end`
    const count = (where: typeof owed) => sql<number>`sum(case when ${where} then 1 else 0 end)`.mapWith(Number)
    const alike = [d.unit, d.state, d.named, d.disclaimed, d.claimBy, d.late] as const
    return q
      .select({
        unit: d.unit,
        state: d.state,
        named: d.named,
        disclaimed: d.disclaimed,
        claimBy: d.claimBy,
        late: d.late,
        round,
        all: sql<number>`count(*)`.mapWith(Number),
        owed: count(owed),
        past: count(sql`${owed} and ${past}`),
      })
      .from(d)
      .innerJoin(t.plans, and(eq(t.plans.office, p.office), eq(t.plans.id, d.plan), eq(t.plans.state, 'released')))
      .where(
        and(
          eq(d.office, p.office),
          eq(d.role, 'lead'),
          units ? among(d.unit, p.units) : undefined,
          plans ? among(d.plan, p.plans) : undefined,
        ),
      )
      .groupBy(...alike, round)
  })

const kept = {
  all: tallying(false, false),
  units: tallying(true, false),
  plans: tallying(false, true),
  both: tallying(true, true),
}

/** The shares of leads counted by how they stand, without reading one of them; only of released plans. */
export const tallies = async (db: Reader, { units, plans, ...rest }: TallyFilter): Promise<Tally[]> => {
  const query = units ? (plans ? kept.both : kept.units) : plans ? kept.plans : kept.all
  return (await query(db, { ...rest, units: [...(units ?? [])], plans: [...(plans ?? [])] })) as Tally[]
}
