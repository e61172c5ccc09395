import { eq } from 'drizzle-orm'
import type { Adapter } from '../../adapters/adapter.ts'
import { type DutyView, findDuties } from '../../db/queries/duties.ts'
import { peopleReached } from '../../db/queries/people.ts'
import type { OfficeStore } from '../../db/store.ts'
import type { Deps } from '../../src/flow/deps.ts'
import { dispatch } from '../../src/flow/dispatch.ts'
import { importPlan, releasePlan } from '../../src/flow/import.ts'
import { createOfficeCache, ensureOffice } from '../../src/flow/office.ts'
import { applyRoster, register, showOverdue } from '../../src/flow/roster.ts'
import { tick } from '../../src/flow/tick.ts'
import type { AnswerRow, Card } from '../../src/model/card.ts'
import type { Day } from '../../src/model/deadline.ts'
import type { Intent } from '../../src/model/intent.ts'
import { stateOn } from '../../src/model/life.ts'
import { anyRouteKey } from '../../src/model/message.ts'
import type { Actor } from '../../src/model/person.ts'
import { DeliveryError } from '../../src/model/problem.ts'
import { parse } from '../../src/plan/parse.ts'
import { addDays, atOffice, dayOf, daysBetween } from '../../src/time/day.ts'
import { readRosterJson } from '../../src/unit/roster.ts'
import { seeded, townDeps, ZONE } from './deps.ts'

const platform = 'lark' as const

/**
 * How a unit keeps its word, where chance does not decide: `early` reports a few days before, `late` three days after,
 * `wrong` in time but so that it is sent back once, `never` not at all, `asks` for two weeks more before it reports.
 */
export type Habit = 'early' | 'late' | 'wrong' | 'never' | 'asks'
/** Days before (or after) the due day on which a unit of that habit first reports. */
const BEFORE = { early: 5, wrong: 5, late: -3, asks: 5 } as const
const MORE = 14

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

/** What somebody did to a duty and the bot took, as who did it would remember: `dueOn` as it stood before. */
export interface Deed {
  day: Day
  duty: string
  did: 'claim' | 'report' | 'return' | 'approve' | 'extend' | 'extension'
  dueOn: Day | null
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
  /** What people did, and how much of it the bot took. */
  done: { said: number; taken: number }
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

/** People of the year: liaisons report with their own diligence, the office checks, somebody is away. */
const peopleOf = (
  deps: Deps,
  random: () => number,
  { done, deeds }: Pick<Lived, 'done' | 'deeds'>,
  habit: YearOptions['habit'],
) => {
  const diligence = new Map<string, number>()
  const diligent = (unit: string) => {
    const known = diligence.get(unit) ?? 0.15 + random() * 0.85
    diligence.set(unit, known)
    return known
  }
  let messages = 0
  const say = async (actor: Actor, button: Intent, text = '') => {
    const at = { platform, route: 'cli_1' }
    const turn = await dispatch(
      deps,
      {
        ...{ ...at, id: `said_${++messages}`, at: deps.now(), text, addressed: true, button },
        from: { id: actor.id, name: actor.name },
        room: { ...at, kind: 'person', id: `ou_${actor.id}` },
      },
      true,
      actor,
    )
    done.said++
    // What the bot asks back about is not done yet.
    const taken = turn.reply?.tone !== 'warn' && turn.asks !== true
    if (taken) done.taken++
    return { taken, rows: turn.rows }
  }
  const actor = (role: Actor['role'], unit?: string): Actor => ({
    ...{ id: `said:${role}:${unit ?? ''}`, name: role, role, units: unit ? [unit] : [], charge: [] },
  })
  const isRow = ({ number, round }: DutyView, row: AnswerRow) => number === row.task && round === row.round
  /**
   * The same to one duty of a unit that is looked at in a list. Remembered is what the bot says it took: it may be several
   * rounds, or another one than was meant. A return is told in the tone of warnings. @returns ids of what it took
   */
  const does = async (
    actor: Actor,
    { duty, list }: { duty: DutyView; list: readonly DutyView[] },
    did: Deed['did'],
    button: Intent,
    text = '',
  ): Promise<string[]> => {
    const day = dayOf(deps.now(), deps.zone)
    const { taken, rows } = await say(actor, button, text)
    const moved = did === 'return' ? rows.filter(({ state }) => state === 'returned') : taken ? rows : []
    const shown = list.filter(({ unit }) => unit === duty.unit)
    const known = moved.every((row) => shown.some((one) => isRow(one, row)))
    const own = known ? shown : [...shown, ...(await findDuties(deps.store, { units: [duty.unit] }))]
    const took = moved.flatMap((row) => own.find((one) => isRow(one, row)) ?? [])
    for (const { id, dueOn } of took) deeds.push({ day, duty: id, did, dueOn })
    return took.map(({ id }) => id)
  }
  const periodOf = ({ round }: DutyView) => (/^\d{4}-(?:\d\d|Q\d|H\d)$/.test(round) ? { period: round } : {})

  /** Does the unit turn to the duty on that day? */
  const works = ({ unit, dueOn, state }: DutyView, name: string, today: Day): boolean => {
    const left = daysBetween(today, dueOn ?? today)
    const own = habit?.(name)
    if (own === undefined) return random() <= diligent(unit) * (left < 3 ? 0.25 : 0.06)
    if (own === 'never') return false
    return state === 'returned' || state === 'unclaimed' || left <= BEFORE[own]
  }
  /** Does the office send the report back? The first one of each duty of who reports wrongly. */
  const sendsBack = ({ setDueOn }: DutyView, unit: string, chance: number): boolean => {
    const own = habit?.(unit)
    return own === undefined ? chance >= 0.6 && chance < 0.7 : own === 'wrong' && setDueOn === null
  }

  const report = async (today: Day) => {
    const { view } = await deps.cache(deps.store)
    const name = (id: string) => view.units.find((unit) => unit.id === id)?.name ?? id
    const duties = await findDuties(deps.store, {
      states: ['open', 'returned', 'unclaimed'],
      due: { to: addDays(today, 12) },
    })
    // Who has read that a report was taken for several rounds does not say it again.
    const told = new Set<string>()
    for (const duty of duties) {
      if (told.has(duty.id)) continue
      const look = { duty, list: duties }
      if (!duty.dueOn || !view.units.some((unit) => unit.id === duty.unit && unit.kind === 'unit')) continue
      if (!works(duty, name(duty.unit), today)) continue
      const said = { tasks: [duty.number], units: [name(duty.unit)] }
      const liaison = actor('liaison', duty.unit)
      const asks = habit?.(name(duty.unit)) === 'asks' && duty.setDueOn === null
      if (stateOn(duty, today) === 'unclaimed') await does(liaison, look, 'claim', { intent: 'claim', ...said })
      else if (!asks) {
        const took = await does(liaison, look, 'report', { intent: 'report', ...said, ...periodOf(duty) })
        for (const id of took) told.add(id)
      } else if (duty.asked === null) {
        const until = addDays(duty.dueOn, MORE)
        await does(liaison, look, 'extend', { intent: 'extend', ...said, reports: [duty.id], until })
      }
    }
  }
  const grant = async () => {
    if (!habit) return
    const list = await findDuties(deps.store, { states: ['open', 'returned'] })
    for (const duty of list) {
      if (duty.asked?.kind !== 'extension') continue
      const said = { tasks: [duty.number], reports: [duty.id] }
      await does(actor('office'), { duty, list }, 'extension', { intent: 'extension', ...said, grant: true })
    }
  }
  const check = async () => {
    const { view } = await deps.cache(deps.store)
    const name = (id: string) => view.units.find((unit) => unit.id === id)?.name ?? id
    const list = await findDuties(deps.store, { states: ['review'] })
    for (const duty of list) {
      const look = { duty, list }
      const said = { tasks: [duty.number], units: [name(duty.unit)], ...periodOf(duty) }
      const chance = random()
      if (sendsBack(duty, name(duty.unit), chance))
        await does(actor('office'), look, 'return', { intent: 'return', ...said }, `退回 ${duty.number}，链接打不开`)
      else if (chance < 0.6 || habit) await does(actor('office'), look, 'approve', { intent: 'approve', ...said })
    }
  }
  const leave = async (today: Day) => {
    const liaisons = (await peopleReached(deps.store)).filter(({ role }) => role === 'liaison')
    const one = liaisons[Math.floor(random() * liaisons.length)]
    const until = addDays(today, 1 + Math.floor(random() * 9))
    if (one) await say({ ...actor('liaison', one.units[0]), id: one.id, name: one.name }, { intent: 'absence', until })
  }
  const happens = async (today: Day) => {
    const waiting = await findDuties(deps.store, { states: ['waiting'] })
    const one = waiting[Math.floor(random() * waiting.length)]
    if (one) await say(actor('office'), { intent: 'event', tasks: [one.number], on: addDays(today, -1) })
  }
  return async (today: Day) => {
    await report(today)
    await grant()
    await check()
    if (random() < 0.3) await leave(today)
    if (random() < 0.1) await happens(today)
  }
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
