import type { CaseRow } from '../db/queries/cases.ts'
import type { Case, CaseView } from '../src/model/case.ts'
import { type Actor, readsAll } from '../src/model/person.ts'
import { registers } from '../src/register/index.ts'
import type { Deed, RegisterContext } from '../src/register/register.ts'
import { momentOf } from '../src/time/day.ts'
import { withPredecessors } from '../src/unit/succession.ts'
import type { Context } from './command.ts'

/** What the registers' rules see of a context. */
export const registerView = ({ calendar, today, now, zone, office }: Context): RegisterContext => ({
  ...{ calendar, today, now: momentOf(now, zone), settings: office.settings.registers },
})

/** A case as its row holds it. */
export const caseIn = ({ kind, year, ord, events, secret }: CaseRow): Case => ({
  ...{ kind, year, ord, events: events.list, secret: secret ?? {} },
})

/** What its register makes of a case today. */
export const viewOf = (row: CaseRow, c: RegisterContext): CaseView => registers[row.kind].view(caseIn(row), c)

/** May this person do that to a case of that unit? */
export const mayDo = ({ roles, unit: own }: Deed, actor: Actor, unit: string): boolean =>
  roles.includes(actor.role) ||
  (own === true && unit !== '' && (actor.role === 'liaison' || actor.role === 'head') && actor.units.includes(unit))

/** The units whose cases somebody reads: their own, and those whose work these took over. Undefined: all. */
export const unitsRead = (c: Context, actor: Actor = c.actor): string[] | undefined =>
  readsAll(actor) ? undefined : withPredecessors(c.office.units, actor.units)

/** Does the speaker read that case? */
export const readsCase = (c: Context, { unit }: Pick<CaseRow, 'unit'>): boolean => unitsRead(c)?.includes(unit) ?? true

/** Whoever acts, for the units whose work theirs took over too. */
export const heirOf = (c: Context, actor: Actor = c.actor): Actor => {
  const units = unitsRead(c, actor)
  return units ? { ...actor, units } : actor
}
