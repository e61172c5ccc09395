import { findDuties } from '../../db/queries/duties.ts'
import { isList, type Told } from '../../src/model/recipe.ts'
import { movedList } from '../calendar.ts'
import type { Context } from '../command.ts'
import { type Seen, seen } from '../present.ts'
import { casesNear } from './cases.ts'
import { type Digest, type Digested, horizonOf } from './select.ts'
import { sharedCard } from './shared.ts'
import { figuresAsked } from './tallies.ts'
import { unitCard } from './unit.ts'

/** Open, returned and unclaimed duties up to the horizon, and on list days whatever was returned. */
const dutiesTold = async (c: Context, units: readonly string[], told: Told): Promise<Seen[]> => {
  const near = await findDuties(c.db, {
    units,
    states: ['open', 'returned', 'unclaimed'],
    due: { to: horizonOf(c, told) },
  })
  const known = new Set(near.map(({ id }) => id))
  const back = isList(told) ? await findDuties(c.db, { units, states: ['returned'] }) : []
  return [...near, ...back.filter(({ id }) => !known.has(id))].map((duty) => seen(c, duty))
}

/** The digest of a unit, or of a shared room's units; undefined where there is nothing to say. */
export const digestCard = async (c: Context, given: Digest): Promise<Digested | undefined> => {
  // A shared room's line has no place to tell the week's from the month's.
  const lists = given.shared && given.told.week ? { ...given, told: { ...given.told, month: false } } : given
  const figures = lists.ahead ? await figuresAsked(c, lists.units, lists.told.since) : undefined
  const digest = figures ? { ...lists, figures } : lists
  const told = await dutiesTold(c, digest.units, digest.told)
  const items = digest.ahead ? told : told.filter(({ overdue }) => overdue)
  const days = digest.moved
  const moved = days && (await movedList(c, days.units, { from: new Date(days.from), to: new Date(days.to) }))
  const near = await casesNear(c, digest.units)
  const cases = digest.ahead ? near : near.filter(({ over }) => over)
  return digest.shared
    ? sharedCard(c, items, digest, { moved, cases })
    : unitCard(c, digest.units[0] ?? '', items, digest, { moved, cases })
}
