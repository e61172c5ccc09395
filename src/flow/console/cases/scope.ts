import type { Context } from '../../../../commands/command.ts'
import { type Actor, readsAll } from '../../../model/person.ts'
import { withPredecessors } from '../../../unit/succession.ts'

/** The units whose cases a liaison or head reads: their own, and those whose work these took over. Undefined: all. */
export const unitsRead = (c: Context, actor: Actor): string[] | undefined =>
  readsAll(actor) ? undefined : withPredecessors(c.office.units, actor.units)

/** Whoever acts, for the units whose work theirs took over too. */
export const heirOf = (c: Context, actor: Actor): Actor =>
  readsAll(actor) ? actor : { ...actor, units: withPredecessors(c.office.units, actor.units) }
