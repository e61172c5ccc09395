import type { Context } from '../../../../commands/command.ts'
import type { Moment } from '../../../../db/queries/overview.ts'
import type { Window } from '../../../model/intent.ts'
import { type Actor, readsAll } from '../../../model/person.ts'
import { BadInput } from '../../../model/problem.ts'
import { lateUpTo, yellowUpTo } from '../../../time/schedule.ts'
import { withPredecessors } from '../../../unit/succession.ts'
import type { Deps } from '../../deps.ts'
import { machineContext } from '../../machine.ts'

/** What somebody asks the overview to be narrowed to, by ids. */
export interface Narrowing {
  plan?: string | undefined
  year?: number | undefined
  unit: readonly string[]
  mine?: '1' | undefined
}

/** What an overview is of: the duties of units (absent: all), of plans, of a year by their days. */
export interface Scope {
  c: Context
  units?: string[]
  /** The only units that whoever looks may ever see; absent for all. */
  own?: readonly string[]
  plans?: string[]
  window?: Window
}

const [FIRST, LAST] = ['1000-01-01', '9999-12-31']

const yearOf = (year: number): Window => ({ from: `${year}-01-01`, to: `${year}-12-31` })

/** The days that are looked at. */
export const daysOf = ({ window }: Scope): Window => window ?? { from: FIRST, to: LAST }

export const momentOf = ({ c }: Scope): Moment => ({
  today: c.today,
  now: c.now,
  lateUpTo: lateUpTo(c.today, c.calendar),
  yellowUpTo: yellowUpTo(c.today, c.calendar),
})

const unitsOf = (actor: Actor, { unit, mine }: Narrowing): readonly string[] | undefined | 'foreign' => {
  if (!readsAll(actor)) {
    if (unit.some((id) => !actor.units.includes(id))) return 'foreign'
    return unit.length > 0 ? unit : actor.units
  }
  if (mine && actor.charge.length === 0)
    throw new BadInput('通讯录里没有登记您分管哪些单位：请主管科室在“分管市领导”一栏写上您的姓名')
  return mine ? actor.charge : unit.length > 0 ? unit : undefined
}

/**
 * The scope that somebody may see: a liaison and a head their own units', everybody else all or what they chose. With a
 * unit come those whose work it took over alone, as in the chat. Undefined where it is not theirs to see.
 */
export const scopeOf = async (deps: Deps, actor: Actor, asked: Narrowing): Promise<Scope | undefined> => {
  const units = unitsOf(actor, asked)
  if (units === 'foreign') return undefined
  const c = machineContext(deps, await deps.cache(deps.store))
  const known = c.office.plans.filter(({ state }) => state === 'released').map(({ id }) => id)
  if (asked.plan !== undefined && !known.includes(asked.plan)) throw new BadInput('没有这份已下达的方案')
  return {
    c,
    ...(units && { units: withPredecessors(c.office.units, units) }),
    ...(!readsAll(actor) && { own: actor.units }),
    ...(asked.plan !== undefined && { plans: [asked.plan] }),
    ...(asked.year !== undefined && { window: yearOf(asked.year) }),
  }
}
