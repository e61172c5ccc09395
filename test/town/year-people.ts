import { type DutyView, findDuties } from '../../db/queries/duties.ts'
import { peopleReached } from '../../db/queries/people.ts'
import type { Deps } from '../../src/flow/deps.ts'
import { dispatch } from '../../src/flow/dispatch.ts'
import type { AnswerRow } from '../../src/model/card.ts'
import type { Day } from '../../src/model/deadline.ts'
import type { Intent } from '../../src/model/intent.ts'
import { stateOn } from '../../src/model/life.ts'
import type { Actor } from '../../src/model/person.ts'
import { addDays, dayOf, daysBetween } from '../../src/time/day.ts'

const platform = 'lark' as const

/**
 * How a unit keeps its word, where chance does not decide: `early` reports a few days before, `late` three days after,
 * `wrong` in time but so that it is sent back once, `never` not at all, `asks` for two weeks more before it reports.
 */
export type Habit = 'early' | 'late' | 'wrong' | 'never' | 'asks'
/** Days before (or after) the due day on which a unit of that habit first reports. */
const BEFORE = { early: 5, wrong: 5, late: -3, asks: 5 } as const
const MORE = 14

/** What somebody did to a duty and the bot took, as who did it would remember: `dueOn` as it stood before. */
export interface Deed {
  day: Day
  duty: string
  did: 'claim' | 'report' | 'return' | 'approve' | 'extend' | 'extension'
  dueOn: Day | null
}

/** What people said, and how much of it the bot took. */
export interface Done {
  said: number
  taken: number
}

/** People of the year: liaisons report with their own diligence, the office checks, somebody is away. */
export const peopleOf = (
  deps: Deps,
  random: () => number,
  { done, deeds }: { done: Done; deeds: Deed[] },
  habit: ((unit: string) => Habit | undefined) | undefined,
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
    // Who has read that a report was taken for several rounds does not say it again; by chance people do.
    const told = new Set<string>()
    for (const duty of duties) {
      if (habit && told.has(duty.id)) continue
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
