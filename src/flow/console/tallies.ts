import { channelOf } from '../../../commands/history.ts'
import { factsOf } from '../../../db/queries/duties.ts'
import { figuresOfYear, talliesOf, tallyYears, unitNames } from '../../../db/queries/tallies.ts'
import type { Day } from '../../model/deadline.ts'
import { type Actor, isOffice, readsAll } from '../../model/person.ts'
import type { Channel } from '../../model/tally.ts'
import { lastMonth } from '../../register/tally/period.ts'
import { toldIn, unitYear } from '../../register/tally/sum.ts'
import type { Known } from '../../register/tally/tell.ts'
import { dayOf, timeOf } from '../../time/day.ts'
import type { Deps } from '../deps.ts'
import { tellFigures } from '../tally/tell.ts'
import { yearFigures } from '../tally/year.ts'
import { contextFor } from './context.ts'
import { doersOf } from './duty/facts.ts'
import type { Done } from './plans/deeds.ts'
import { sessionStamp } from './sign-in.ts'

/** 报数 as the console shows it: leaders and the office all units and the area, a unit's people their own. */

/** Who enters figures of a unit; of the whole area (the empty id) the office alone. */
const enters = (actor: Actor, unit: string): boolean =>
  isOffice(actor) || (actor.role === 'liaison' && unit !== '' && actor.units.includes(unit))

const reads = (actor: Actor, unit: string): boolean => readsAll(actor) || actor.units.includes(unit)

/** Of one unit: its year by channel, and its months, `2017-07` → channel → count. */
const rowOf = (figures: readonly { period: string; channel: Channel; count: number }[]) => {
  const months: Record<string, Partial<Record<Channel, number>>> = {}
  for (const { period, channel, count } of figures) {
    const own = months[period] ?? {}
    months[period] = own
    own[channel] = count
  }
  return months
}

interface Look {
  year?: number | undefined
  theme: string
}

const yearOf = ({ year }: Look, today: Day): number => year ?? Number(lastMonth(today).slice(0, 4))

/** A year of figures of one theme (empty: in all): sums, what does not add up, each unit's months. */
export const tallyYear = async (deps: Deps, actor: Actor, look: Look) => {
  const c = await contextFor(deps, actor)
  const [year, theme] = [yearOf(look, c.today), look.theme]
  const scope = readsAll(actor) ? undefined : actor.units
  const [all, names] = [await figuresOfYear(deps.store, year, scope), await unitNames(deps.store)]
  const figures = all.filter((one) => one.theme === theme)
  const told = toldIn(figures, year)
  const { byUnit: _, ...sums } = await yearFigures(deps.store, year, scope)
  const living = c.office.units.filter(({ kind, succession }) => kind === 'unit' && !succession).map(({ id }) => id)
  const shown = [...new Set([...(scope ?? ['', ...living]), ...told.keys()])]
  return {
    ...sums,
    theme,
    years: await tallyYears(deps.store),
    lastMonth: lastMonth(c.today),
    office: isOffice(actor),
    units: shown.map((unit) => ({
      ...{ unit, name: names.get(unit) ?? unit, enters: enters(actor, unit) },
      byChannel: unitYear(told.get(unit) ?? new Map()),
      periods: rowOf(figures.filter((one) => one.unit === unit)),
    })),
  }
}

/** One unit's year of one theme with everything that happened to its figures, the newest first; undefined where it is not theirs to read. */
export const tallyUnit = async (deps: Deps, actor: Actor, unit: string, look: Look) => {
  const names = await unitNames(deps.store)
  if (!names.has(unit) || !reads(actor, unit)) return undefined
  const c = await contextFor(deps, actor)
  const [year, theme] = [yearOf(look, c.today), look.theme]
  const rows = await talliesOf(deps.store, { units: [unit], theme, from: `${year}`, to: `${year}-12` })
  const facts = await factsOf(
    deps.store,
    'tally',
    rows.map(({ id }) => id),
  )
  const doer = await doersOf(c, facts)
  const standing = rows.flatMap(({ count, ...row }) => (count === null ? [] : [{ ...row, count }]))
  return {
    ...{ unit, name: names.get(unit) ?? unit, year, theme },
    ...{ lastMonth: lastMonth(c.today), enters: enters(actor, unit), periods: rowOf(standing) },
    byChannel: unitYear(toldIn(standing, year).get(unit) ?? new Map()),
    history: facts
      .map((fact) => ({
        id: `${fact.id} ${fact.seq}`,
        ...{ day: dayOf(fact.at, deps.zone), time: timeOf(fact.at, deps.zone), who: doer(fact), way: channelOf(fact) },
        ...{ period: String(fact.body.period), channel: fact.body.channel as Channel },
        was: typeof fact.body.was === 'number' ? fact.body.was : null,
        count: typeof fact.body.count === 'number' ? fact.body.count : null,
      }))
      .reverse(),
  }
}

interface Entered {
  year: number
  theme: string
  figures: readonly { period: string; channel: Channel; count: number | null; was: number | null }[]
  sure: boolean
}

class Stale extends Error {}

/** What one sees of a figure is what stands there? @throws Stale */
const asSeen =
  ({ theme, figures }: Entered) =>
  (rows: readonly Known[]): void => {
    const stands = ({ period, channel }: Entered['figures'][number]) =>
      rows.find((row) => row.period === period && row.channel === channel && row.theme === theme)?.count ?? null
    if (figures.some((one) => stands(one) !== one.was)) throw new Stale()
  }

const tellingsOf = ({ theme, figures }: Entered) =>
  [...new Set(figures.map(({ period }) => period))].map((period) => ({
    period,
    theme,
    counts: Object.fromEntries(
      figures.filter((one) => one.period === period).map(({ channel, count }) => [channel, count]),
    ) as Partial<Record<Channel, number | null>>,
  }))

/**
 * Stores what was put in, whole or not at all; what is asked back waits for `sure`. Undefined where it is not theirs to
 * enter. @throws BadInput, conflict
 */
export const enterFigures = async (
  deps: Deps,
  actor: Actor,
  unit: string,
  asked: Entered,
): Promise<Done<{ stored: number; asks: string[]; notes: string[] }> | undefined> => {
  const names = await unitNames(deps.store)
  if (!names.has(unit) || !enters(actor, unit)) return undefined
  const stamp = sessionStamp(deps, actor.id)
  try {
    const how = { sure: asked.sure, seen: asSeen(asked) }
    const { tallied, asks, notes } = await tellFigures(deps, unit, tellingsOf(asked), how, stamp)
    const waits = asks.length > 0 && !asked.sure
    return { done: { stored: waits ? 0 : tallied.length, asks: waits ? asks : [], notes: waits ? [] : notes } }
  } catch (error) {
    if (error instanceof Stale) return { stale: await tallyUnit(deps, actor, unit, asked) }
    throw error
  }
}
