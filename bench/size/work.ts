import { and, eq, isNotNull, lte } from 'drizzle-orm'
import { createConsoleAdapter } from '../../adapters/console/index.ts'
import type { Store } from '../../db/store.ts'
import { readConfig } from '../../src/config.ts'
import type { Deps } from '../../src/flow/deps.ts'
import { dispatch } from '../../src/flow/dispatch.ts'
import { tickOffices } from '../../src/flow/tick.ts'
import { createFigures } from '../../src/http/figures.ts'
import type { Actor } from '../../src/model/person.ts'
import { nodeDeps } from '../../src/node-deps.ts'
import { atOffice } from '../../src/time/day.ts'
import { ASKING } from '../ledger.ts'
import { TUESDAY, YEAR } from '../ledger-rows.ts'

const ZONE = 'Asia/Shanghai'
const BUDGET = 1000

/** Everything that is asked of a ledger here, one of each a round. */
export const WORKS = ['list', 'report', 'tick', 'tick-due', 'scrape'] as const
export type Work = (typeof WORKS)[number]

const leader: Actor = { id: 'console:leader', name: '某市长', role: 'leader', units: [], charge: [] }
const liaisonOf = (unit: string): Actor => ({
  ...{ id: `console:liaison:${unit}`, name: '某联络员', role: 'liaison', units: [unit], charge: [] },
})

/** What is said at the terminal, through the whole flow: everything is read, and its batch is written. */
const say = async (deps: Deps, actor: Actor, text: string) => {
  const place = { platform: 'console' as const, route: 'local' }
  const from = { id: actor.id, name: actor.name }
  const room = { ...place, kind: 'person' as const, id: actor.id }
  return dispatch(deps, { ...place, id: deps.newId(), at: deps.now(), from, room, addressed: true, text }, true, actor)
}

/** Duties of this year that are open and whose period has begun, each with its number in the plan. */
const openDuties = async ({ store: { q, t, office } }: Deps) =>
  q
    .select({ number: t.tasks.number, unit: t.duties.unit })
    .from(t.duties)
    .innerJoin(t.tasks, and(eq(t.tasks.office, office), eq(t.tasks.id, t.duties.task)))
    .where(
      and(
        ...[eq(t.duties.office, office), eq(t.duties.plan, `plan-${YEAR}`), eq(t.duties.state, 'open')],
        ...[isNotNull(t.duties.dueOn), lte(t.duties.dueOn, `${YEAR}-08-31`)],
      ),
    )
    .orderBy(t.duties.id)

/** A message that waits in one office, as something else would have left it. */
const queueOne = async ({ store, now }: Deps, id: string): Promise<void> => {
  const address = { platform: 'console', route: 'local', kind: 'room', id: 'a' } as const
  const row = { office: store.office, id, lane: 'push' as const, room: 'console:local:a', ord: id, tasks: [], address }
  const until = { dueAt: now(), validUntil: new Date(now().getTime() + 3_600_000) }
  const card = { title: '本周任务', tone: 'plain' as const, blocks: [] }
  await store.atomic((q) => [q.insert(store.t.outbox).values({ ...row, ...until, card, state: 'waiting' })])
}

/** A ledger with all its offices served by one process, on a Tuesday at ten: the day's lists are out, nothing is due. */
export const openWorks = async (store: Store, many: number) => {
  const at = atOffice(TUESDAY, '10:00', ZONE)
  const now = () => at
  let heard = 0
  const terminal = createConsoleAdapter(() => void heard++)
  const config = readConfig({ TZ_OFFICE: ZONE })
  const offices = Array.from({ length: many }, (_, i): Deps => {
    const own = nodeDeps({ config, store, now, log: () => undefined, office: `office-${i + 1}` }, new Set())
    return { ...own, adapters: [terminal] }
  })
  const own = offices.find((deps) => deps.store.office === ASKING) as Deps
  const duties = await openDuties(own)
  // The day's own work, which is none of what is measured: the calendar is taken over, the day is planned.
  await tickOffices(offices, BUDGET)
  await tickOffices(offices, BUDGET)

  const works: Record<Work, () => Promise<unknown>> = {
    list: async () => {
      const { rows } = await say(own, leader, '本月市财政局有哪些到期任务')
      if (rows.length === 0) throw new Error('nothing was listed')
    },
    report: async () => {
      const duty = duties.shift()
      if (!duty) throw new Error('nothing is left to report: fewer --rounds')
      const { rows } = await say(own, liaisonOf(duty.unit), `${duty.number}号已完成，已在网站公布`)
      if (rows[0]?.state !== 'review') throw new Error(`the report of ${duty.number} was not taken`)
    },
    tick: () => tickOffices(offices, BUDGET),
    'tick-due': async () => {
      const before = heard
      await tickOffices(offices, BUDGET)
      if (heard !== before + 1) throw new Error('what was due was not sent')
    },
    // Anew each time: what one has read is told again for some seconds.
    scrape: async () => {
      const told = await createFigures(() => offices)()
      if (!told.includes(`duban_overdue_seconds{office="${ASKING}"}`)) throw new Error('an office is missing')
    },
  }
  let queued = 0
  /** Milliseconds that one of the works takes. */
  return async (work: Work): Promise<number> => {
    if (work === 'tick-due') await queueOne(own, `bench-${++queued}`)
    const began = performance.now()
    await works[work]()
    return performance.now() - began
  }
}
