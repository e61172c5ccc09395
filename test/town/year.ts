import { eq } from 'drizzle-orm'
import type { Adapter } from '../../adapters/adapter.ts'
import { findDuties } from '../../db/queries/duties.ts'
import type { OfficeStore } from '../../db/store.ts'
import type { Deps } from '../../src/flow/deps.ts'
import { importPlan, releasePlan } from '../../src/flow/import.ts'
import { createOfficeCache, ensureOffice } from '../../src/flow/office.ts'
import { applyRoster, register, showOverdue } from '../../src/flow/roster.ts'
import { tick } from '../../src/flow/tick.ts'
import type { Card } from '../../src/model/card.ts'
import type { Day } from '../../src/model/deadline.ts'
import { stateOn } from '../../src/model/life.ts'
import { anyRouteKey } from '../../src/model/message.ts'
import { DeliveryError } from '../../src/model/problem.ts'
import { parse } from '../../src/plan/parse.ts'
import { addDays, atOffice, daysBetween } from '../../src/time/day.ts'
import { readRosterJson } from '../../src/unit/roster.ts'
import { seeded, townDeps, ZONE } from './deps.ts'
import { type Deed, type Done, type Habit, peopleOf } from './year-people.ts'

const platform = 'lark' as const

export interface YearOptions {
  /** The office's name, 云溪市 where absent. */
  office?: string
  /** Text of the plan, and the roster as JSON has it. */
  plan: string
  roster: unknown
  /** The day of release, from which on rounds are owed, and the last day that is lived. */
  from: Day
  to: Day
  seed: number
  /** Of the unit with that name; none: by chance. */
  habit?: (unit: string) => Habit | undefined
  /** Ticks a day at any moment, nights and rest days too; on workdays three more in office hours. */
  ticks: number
  /** Times a year that nothing runs, for hours up to four days. */
  outages: number
}

/** Something that came due while it was still owed. */
export interface DueItem {
  duty: string
  code: string
  unit: string
  round: string
  dueOn: Day
  /** The first day on which it was owed by that day. */
  since: Day
}

export interface Lived {
  deps: Deps
  /** The plan that was lived. */
  plan: string
  due: DueItem[]
  /** Days on which a tick came in the hours of lists. */
  alive: Set<Day>
  /** Keys that the platform was given twice. */
  /** What was handed over, by its key: the outbox itself keeps the words for a season only. */
  cards: ReadonlyMap<string, Card>
  twice: string[]
  done: Done
  deeds: Deed[]
}

/** A platform that refuses one send in thirty for a minute. */
const shaky = (random: () => number) => {
  const keys = new Set<string>()
  const twice: string[] = []
  const cards = new Map<string, Card>()
  let refused = 0
  const adapter: Adapter = {
    platform,
    route: 'cli_1',
    perMinute: 100_000,
    canStart: { room: true, person: true },
    deliver: async ({ key, card }) => {
      if (random() < 1 / 30) {
        refused++
        throw new DeliveryError('later', '429', 60_000)
      }
      if (keys.has(key)) twice.push(key)
      keys.add(key)
      cards.set(key, card)
      return { ref: `om_${keys.size}` }
    },
  }
  return { adapter, twice, cards, refused: () => refused }
}

/** Rooms and people: most units have a room, some two, some share one, some have only a liaison; a large room tells of many. */
const settle = async (deps: Deps, random: () => number): Promise<void> => {
  const { view } = await deps.cache(deps.store)
  const units = view.units.filter(({ kind }) => kind === 'unit')
  const room = (id: string, scope: 'units' | 'office', of: readonly string[]) => ({
    address: { platform, route: '*', kind: 'room' as const, id },
    scope,
    units: [...of],
  })
  const ids = (place: number) => units.filter((_, i) => i % 10 === place).map(({ id }) => id)
  const sharing = ids(8)
  const alone = units.filter((_, i) => i % 10 < 8)
  const rooms = [
    room('oc_office', 'office', []),
    ...alone.map(({ id }) => room(`oc_${id}`, 'units', [id])),
    ...ids(7).map((id) => room(`oc_${id}_second`, 'units', [id])),
    room('oc_shared_1', 'units', sharing.slice(0, 2)),
    room('oc_shared_2', 'units', sharing.slice(2)),
    room(
      'oc_large',
      'units',
      units.filter((_, i) => i % 10 < 6).map(({ id }) => id),
    ),
  ].filter(({ scope, units }) => scope === 'office' || units.length > 0)
  const person = (name: string, role: 'liaison' | 'head', unit: string, post: '' | 'A' | 'B', bound: boolean) => ({
    ...{ name, role, units: [unit], charge: [], post, mobile: '' },
    identities: bound ? [anyRouteKey({ platform, id: `ou_${name}` })] : [],
  })
  const people = units.flatMap(({ id }, i) => [
    person(`甲${i}`, 'liaison', id, 'A', i % 10 === 9 || random() < 0.9),
    ...(random() < 0.6 ? [person(`乙${i}`, 'liaison', id, 'B', random() < 0.7)] : []),
    person(`局长${i}`, 'head', id, '', random() < 0.5),
  ])
  const stamp = { by: 'admin:test', via: 'test:settle', at: deps.now() }
  await register(deps, { rooms, people }, stamp)
  // Every other small shared room was told to say who is late.
  const small = rooms.find(({ address }) => address.id === 'oc_shared_2')
  if (small) await showOverdue(deps, small.address, true, stamp)
  const { t, office } = deps.store
  await deps.store.one((q) => q.update(t.offices).set({ demo: false }).where(eq(t.offices.office, office)))
}

/** Hours up to four days, on which no server runs. */
const outagesOf = ({ from, to, outages }: YearOptions, random: () => number) => {
  const all = daysBetween(from, to)
  const count = Math.round((outages * all) / 365)
  const first = atOffice(from, '00:00', ZONE).getTime()
  const found = Array.from({ length: count }, () => {
    const start = first + random() * all * 86_400_000
    return { start, end: start + (2 + random() ** 2 * 94) * 3_600_000 }
  })
  return (at: Date) => found.some(({ start, end }) => start <= at.getTime() && at.getTime() < end)
}

/** Lives the days of a plan: people work, ticks come when they come, two servers at once now and then. */
export const liveYear = async (store: OfficeStore, options: YearOptions): Promise<Lived> => {
  const random = seeded(options.seed)
  const clock = { now: atOffice(options.from, '08:00', ZONE) }
  const { adapter, twice, cards, refused } = shaky(random)
  // The faster of the two hashes: every day of the year is sealed.
  const deps = { ...townDeps(store, clock, [adapter]), alg: 'sha256' as const }
  const other = { ...deps, cache: createOfficeCache(ZONE), newId: () => `b${deps.newId()}` }
  const stamp = { by: 'admin:test', via: 'test:year', at: deps.now() }
  await ensureOffice(store, { name: options.office ?? '云溪市', zone: ZONE })
  await applyRoster(deps, readRosterJson(options.roster), stamp)
  const bytes = new TextEncoder().encode(options.plan)
  const { plan } = await importPlan(deps, parse(bytes), bytes, stamp)
  await releasePlan(deps, plan, stamp, options.from)
  await settle(deps, random)

  const { calendar } = await deps.cache(store)
  const done = { said: 0, taken: 0 }
  const deeds: Deed[] = []
  const people = peopleOf(deps, random, { done, deeds }, options.habit)
  const out = outagesOf(options, random)
  const alive = new Set<Day>()
  const since = new Map<string, Day>()
  const due: DueItem[] = []

  const watch = async (today: Day) => {
    const ahead = { from: today, to: addDays(today, 45) }
    for (const duty of await findDuties(store, { states: ['open', 'returned', 'unclaimed'], due: ahead })) {
      const { id, unit, round, dueOn, planCode, number } = duty
      if (!dueOn || unit.startsWith('class:') || stateOn(duty, today) === 'unclaimed') continue
      const key = `${id} ${dueOn}`
      const first = since.get(key) ?? today
      since.set(key, first)
      if (dueOn === today) due.push({ duty: id, code: `${planCode}-${number}`, unit, round, dueOn, since: first })
    }
  }

  const at = (hours: number): string => {
    const minutes = Math.floor(hours * 60)
    return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
  }
  for (let today = options.from; today <= options.to; today = addDays(today, 1)) {
    const works = calendar.isWorkday(today)
    await watch(today)
    const ticks = [
      ...Array.from({ length: options.ticks }, () => random() * 24),
      ...(works ? [8.9 + random(), 10 + random() * 4, 14 + random() * 3.4] : []),
    ]
    const acts = works ? [10 + random() * 1.5, 15 + random()] : []
    const events = [...ticks.map((time) => ({ time, act: false })), ...acts.map((time) => ({ time, act: true }))]
    for (const { time, act } of events.sort((a, b) => a.time - b.time)) {
      clock.now = atOffice(today, at(time), ZONE)
      if (act) await people(today)
      else if (!out(clock.now)) {
        const before = refused()
        if (random() < 0.2) await Promise.all([tick(deps, 10_000), tick(other, 10_000)])
        else await tick(random() < 0.5 ? deps : other, 10_000)
        // A server that runs ticks every minute: what was refused is tried again in the next ones.
        for (let seen = before, more = 0; refused() > seen && more < 5; more++) {
          seen = refused()
          clock.now = new Date(clock.now.getTime() + 61_000)
          await tick(deps, 10_000)
        }
        if (works && time >= 9 && time < 17.5) alive.add(today)
      }
    }
  }
  return { deps, plan, due, alive, twice, cards, done, deeds }
}
