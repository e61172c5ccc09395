import { and, asc, eq, sql } from 'drizzle-orm'
import type { Day } from '../../src/model/deadline.ts'
import type { UnitFacts } from '../../src/model/life.ts'
import type { DocumentHead, PlanState } from '../../src/model/plan.ts'
import { type Settings, settingsOf } from '../../src/model/settings.ts'
import type { Subscription } from '../../src/model/subscription.ts'
import type { Unit } from '../../src/model/unit.ts'
import { among } from '../among.ts'
import { staleIf } from '../guard.ts'
import { prepare } from '../prepare.ts'
import type { OfficeStore, Query, Reader, Write } from '../store.ts'

export interface PlanHead {
  id: string
  code: string
  state: PlanState
  document: DocumentHead
  startOn: Day | null
  releasedAt: Date | null
  /** Id of the plan of the year before that it goes on from, or empty. */
  follows: string
  version: number
}

/** What changes seldom about an office, read at once and kept until `version` moves. */
export interface OfficeView {
  name: string
  zone: string
  level: string
  version: number
  /** 演示: every card says so. */
  demo: boolean
  units: Unit[]
  plans: PlanHead[]
  settings: Settings
  /** Subscriptions that run. */
  subscriptions: Subscription[]
  days: { day: Day; kind: 'off' | 'work' }[]
  /** By which calendar open days were computed, as src/flow/calendar/mark.ts writes it; empty before the first. */
  calendar: string
}

/** The number that moves with every change to units, plans, people, rooms and days; undefined before the first import. */
export const officeVersion = async (reader: Reader): Promise<number | undefined> =>
  (await versionNow(reader))[0]?.version

const versionNow = prepare('officeVersion', (q, t, p) =>
  q
    .select({ version: t.offices.rosterVersion, planned: t.offices.planned })
    .from(t.offices)
    .where(eq(t.offices.office, p.office)),
)

/** Where the office's version and its plan of the day stand; undefined before the first import. */
export const officeMark = async (reader: Reader): Promise<{ version: number; planned: string } | undefined> =>
  (await versionNow(reader))[0]

/** A mark of the office as it was read becomes another; the batch fails with a conflict where somebody else moved it first. */
export const movesMark = (
  { t, office }: Pick<OfficeStore, 't' | 'office'>,
  q: Query,
  mark: 'planned' | 'calendar',
  before: string,
  after: string,
): Write[] => {
  const own = eq(t.offices.office, office)
  const same = sql`select 1 from ${t.offices} where ${and(own, eq(t.offices[mark], before))}`
  return [
    staleIf(t, q, office, sql`not exists (${same})`),
    q
      .update(t.offices)
      .set({ [mark]: after })
      .where(own),
  ]
}

/** The last succession of each unit that has one, by the unit's id: what its `succeeded` facts come to. */
const successionsOf = async ({ q, t, office }: Pick<Reader, 'q' | 't' | 'office'>) => {
  const facts = await q
    .select({ id: t.facts.id, body: t.facts.body })
    .from(t.facts)
    .where(and(eq(t.facts.office, office), eq(t.facts.subject, 'unit'), eq(t.facts.kind, 'succeeded')))
    .orderBy(asc(t.facts.id), asc(t.facts.seq))
  return new Map(facts.map(({ id, body }) => [id, body as UnitFacts['succeeded']]))
}

export const readOffice = async ({ q, t, office }: Reader): Promise<OfficeView | undefined> => {
  const [row] = await q.select().from(t.offices).where(eq(t.offices.office, office))
  if (!row) return undefined
  const units = await q.select().from(t.units).where(eq(t.units.office, office)).orderBy(asc(t.units.ord))
  const successions = await successionsOf({ q, t, office })
  const plans = await q.select().from(t.plans).where(eq(t.plans.office, office)).orderBy(asc(t.plans.id))
  const days = await q.select().from(t.days).where(eq(t.days.office, office))
  const subscriptions = await q
    .select()
    .from(t.subscriptions)
    .where(and(eq(t.subscriptions.office, office), eq(t.subscriptions.active, true)))
    .orderBy(asc(t.subscriptions.id))
  return {
    name: row.name,
    zone: row.zone,
    level: row.level,
    version: row.rosterVersion,
    demo: row.demo,
    units: units.map(({ id, name, short, level, kind, members, origin, leader, headName }) => ({
      id,
      name,
      short,
      level,
      kind,
      members,
      origin,
      leader,
      head: headName,
      ...(successions.has(id) && { succession: successions.get(id) }),
    })),
    plans: plans.map(({ id, code, state, document, startOn, releasedAt, follows, version }) => ({
      id,
      code,
      state,
      document,
      startOn,
      releasedAt,
      follows,
      version,
    })),
    settings: settingsOf(row.settings),
    subscriptions,
    days: days.map(({ day, kind }) => ({ day, kind })).sort((a, b) => (a.day < b.day ? -1 : 1)),
    calendar: row.calendar,
  }
}

/** The office's own row, read afresh: what a fact about it hangs on, and what it has set for itself. Undefined before the first import. */
export const officeRow = async ({ q, t, office }: Reader) => {
  const [row] = await q
    .select({ version: t.offices.version, head: t.offices.head, settings: t.offices.settings })
    .from(t.offices)
    .where(eq(t.offices.office, office))
  return row && { subject: 'office' as const, id: office, ...row }
}

/** Version and head of units, read afresh: what a fact about one hangs on. */
export const unitRows = async (db: Reader, ids: readonly string[]) => {
  const { q, t, office } = db
  return ids.length === 0
    ? []
    : (
        await q
          .select({ id: t.units.id, version: t.units.version, head: t.units.head })
          .from(t.units)
          .where(and(eq(t.units.office, office), among(t.units.id, ids)))
      ).map((row) => ({ subject: 'unit' as const, ...row }))
}
