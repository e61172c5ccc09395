import type { OfficeView } from '../../../db/queries/office.ts'
import type { Day } from '../../model/deadline.ts'
import { BadInput } from '../../model/problem.ts'
import type { Unit } from '../../model/unit.ts'
import { type Registry, unitId } from '../../unit/names.ts'
import { clean } from '../../unit/parts.ts'

/** Whose work passes to whom: several olds merge, several heirs split. */
export interface Parties {
  olds: Unit[]
  heirs: Unit[]
  /** Heirs that the register does not have yet. */
  entered: Unit[]
  /** Names of heirs that read like a unit of the register, and are entered all the same. */
  alike: { name: string; unit: string }[]
}

const names = (units: readonly Unit[]): string => units.map(({ name }) => name).join('、')

/** The unit so written, by its name or a listed short form; a name that reforms made of it is another unit. */
const written = (view: OfficeView, name: string): Unit | undefined => {
  const units = view.units.filter(({ kind }) => kind === 'unit')
  const own = clean(name)
  return units.find((unit) => clean(unit.name) === own) ?? units.find(({ short }) => short.includes(own))
}

const oldOf = (view: OfficeView, registry: Registry, name: string): Unit => {
  const exact = written(view, name)
  if (exact) return exact
  const found = registry.resolve(name)
  if (found.kind === 'several' && !found.former) throw new BadInput(`“${name}”可能是${names(found.units)}，请写全称`)
  const old = found.kind === 'none' ? undefined : (found.former ?? (found.kind === 'one' ? found.unit : undefined))
  if (!old) throw new BadInput(`通讯录里没有“${name}”：原单位应写通讯录上的名称`)
  return old
}

/** A new entry beside the olds: of their level and origin, and of their city leader where they have one in common. */
const heirNamed = (name: string, level: string, olds: readonly Unit[]): Unit => {
  const leaders = new Set(olds.map(({ leader }) => leader))
  return {
    ...{ id: unitId(name), name, short: [], kind: 'unit', members: null, head: '' },
    level: level !== '' && name.startsWith(level) ? level : '',
    origin: olds.some(({ origin }) => origin === 'roster') ? 'roster' : 'plan',
    leader: leaders.size === 1 ? (olds[0]?.leader ?? '') : '',
  }
}

const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((one) => b.includes(one))

/** A succession that is in the register already may only be gone on with. */
const checkOld = (old: Unit, heirs: readonly Unit[], from: Day, view: OfficeView): void => {
  const { succession } = old
  if (!succession) return
  const same = sameSet(
    succession.to,
    heirs.map(({ id }) => id),
  )
  if (same && succession.from === from) return
  const heir = names(view.units.filter(({ id }) => succession.to.includes(id)))
  throw new BadInput(`${old.name} 已登记自 ${succession.from} 起由${heir}承接，不能另行登记`)
}

/**
 * The units that two lists of names mean. Names of heirs are taken as written: what the register does not have is entered.
 * @throws BadInput that says which name does not do
 */
export const partiesOf = (
  view: OfficeView,
  registry: Registry,
  { olds: oldNames, heirs: newNames, from }: { olds: readonly string[]; heirs: readonly string[]; from: Day },
): Parties => {
  if (oldNames.length > 1 && newNames.length > 1)
    throw new BadInput('一次只登记一种：几个单位合并为一个，或一个单位拆分为几个')
  const olds = [...new Set(oldNames.map((name) => oldOf(view, registry, name)))]
  const found = newNames.map((name) => ({ name: clean(name), unit: written(view, name) }))
  const entered = found.flatMap(({ name, unit }) => (unit ? [] : [heirNamed(name, view.level, olds)]))
  const heirs = [...new Set(found.flatMap(({ name, unit }) => unit ?? entered.filter((one) => one.name === name)))]
  for (const heir of heirs) {
    if (olds.includes(heir)) throw new BadInput(`${heir.name} 不能承接自己：承接单位应是另一个单位`)
    if (heir.succession)
      throw new BadInput(`${heir.name} 自 ${heir.succession.from} 起已由别的单位承接，请写现在的单位`)
  }
  for (const old of olds) checkOld(old, heirs, from, view)
  const alike = entered.flatMap(({ name }) => {
    const near = registry.resolve(name)
    return near.kind === 'one' && !olds.includes(near.unit) ? [{ name, unit: near.unit.name }] : []
  })
  return { olds, heirs, entered, alike }
}
