import { and, eq, inArray, ne, type SQL, sql } from 'drizzle-orm'
import type { Day } from '../../src/model/deadline.ts'
import type { Duty } from '../../src/model/duty.ts'
import { among } from '../among.ts'
import { type Params, prepare } from '../prepare.ts'
import type { Tables } from '../schema.ts'
import type { Reader } from '../store.ts'

/** Duties of one unit that stand alike, counted. */
interface Counts {
  unit: string
  all: number
  /** Owed from `from` to `to` (`owedOn`, the day that figures judge by). */
  owed: number
  /** Of the owed: reported late. */
  late: number
  /** Of the owed: past the day, were they still to be done. */
  past: number
}
export interface Tally extends Counts, Pick<Duty, 'state'> {}
/** What nobody has claimed, with what tells when silence makes it the unit's own. */
export interface Unclaimed extends Counts, Pick<Duty, 'state' | 'named' | 'disclaimed' | 'claimBy' | 'round'> {}

interface TallyFilter {
  units?: readonly string[]
  plans?: readonly string[]
  from: Day
  to: Day
  /** The last due day that is late (a rest day in between does not count), and the moment, for clocks of hours. */
  lateUpTo: Day
  now: Date
  /** Plans that have ended count too: of a year gone by, or of a plan that is named. */
  closed?: boolean
}

type Values = { units: string[]; plans: string[]; from: string; to: string; lateUpTo: string; now: Date }

const countsOf = ({ duties: d }: Tables, p: Params<Values>) => {
  // What was left open when its plan ended is judged up to that day.
  const owed = sql`${d.owedOn} >= ${p.from} and ${d.owedOn} <= ${p.to} and (${d.archivedOn} is null or ${d.owedOn} <= ${d.archivedOn})`
  const past = sql`case when ${d.dueAt} is null then ${d.dueOn} <= ${p.lateUpTo} else ${d.dueAt} < ${p.now} end`
  const count = (where: SQL) => sql<number>`sum(case when ${where} then 1 else 0 end)`.mapWith(Number)
  return {
    unit: d.unit,
    state: d.state,
    all: sql<number>`count(*)`.mapWith(Number),
    owed: count(owed),
    late: count(sql`${eq(d.late, sql`true`)} and ${owed}`),
    past: count(sql`${owed} and ${past}`),
  }
}

interface Narrowed {
  units: boolean
  plans: boolean
  closed: boolean
}

const inPlans = (t: Tables, p: Params<Values>, { closed }: Narrowed) =>
  and(
    ...[eq(t.plans.office, p.office), eq(t.plans.id, t.duties.plan)],
    closed ? inArray(t.plans.state, ['released', 'closed']) : eq(t.plans.state, 'released'),
    // What goes on in another plan is told there.
    closed ? sql`not (${t.duties.state} = 'waived' and ${t.duties.archivedOn} is not null)` : undefined,
  )

const asked = ({ duties: d }: Tables, p: Params<Values>, { units, plans }: Narrowed) =>
  and(
    eq(d.office, p.office),
    eq(d.role, 'lead'),
    units ? among(d.unit, p.units) : undefined,
    plans ? among(d.plan, p.plans) : undefined,
  )

const claimedBy = (narrowed: Narrowed) =>
  prepare(`tallies ${JSON.stringify(narrowed)}`, (q, t, p: Params<Values>) =>
    q
      .select(countsOf(t, p))
      .from(t.duties)
      .innerJoin(t.plans, inPlans(t, p, narrowed))
      .where(and(asked(t, p, narrowed), ne(t.duties.state, 'unclaimed')))
      .groupBy(t.duties.unit, t.duties.state),
  )

const unclaimedBy = (narrowed: Narrowed) =>
  prepare(`unclaimed ${JSON.stringify(narrowed)}`, (q, t, p: Params<Values>) => {
    const d = t.duties
    const alike = [d.unit, d.state, d.named, d.disclaimed, d.claimBy, d.round] as const
    return q
      .select({ ...countsOf(t, p), named: d.named, disclaimed: d.disclaimed, claimBy: d.claimBy, round: d.round })
      .from(d)
      .innerJoin(t.plans, inPlans(t, p, narrowed))
      .where(and(asked(t, p, narrowed), eq(d.state, 'unclaimed')))
      .groupBy(...alike)
  })

const made = (narrowed: Narrowed) => ({ claimed: claimedBy(narrowed), unclaimed: unclaimedBy(narrowed) })
const places = (closed: boolean) => ({
  all: made({ units: false, plans: false, closed }),
  units: made({ units: true, plans: false, closed }),
  plans: made({ units: false, plans: true, closed }),
  both: made({ units: true, plans: true, closed }),
})
const kept = { running: places(false), closed: places(true) }

/** The leads' shares counted by unit and state, without reading one of them; only those of released plans, and of closed ones where these are asked for. */
export const tallies = async (
  db: Reader,
  { units, plans, closed = false, ...rest }: TallyFilter,
): Promise<{ claimed: Tally[]; unclaimed: Unclaimed[] }> => {
  const kinds = closed ? kept.closed : kept.running
  const queries = units ? (plans ? kinds.both : kinds.units) : plans ? kinds.plans : kinds.all
  const values = { ...rest, units: [...(units ?? [])], plans: [...(plans ?? [])] }
  return { claimed: await queries.claimed(db, values), unclaimed: await queries.unclaimed(db, values) }
}
