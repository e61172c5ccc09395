import { BadInput } from '../model/problem.ts'
import type { Unit } from '../model/unit.ts'
import type { Registry } from '../unit/names.ts'

/** The unit of the roster that a name means. @throws BadInput where none does, or several could */
export const unitNamed = (registry: Registry, name: string): Unit => {
  const found = registry.resolve(name)
  if (found.kind === 'one') return found.unit
  if (found.kind === 'several')
    throw new BadInput(`“${name}”可能是${found.units.map((unit) => unit.name).join('或')}，请写全称`)
  const near = registry.roster.units
    .filter((unit) => unit.kind === 'unit')
    .slice(0, 8)
    .map((unit) => unit.name)
  throw new BadInput(
    near.length === 0
      ? `通讯录还是空的，没有“${name}”：请先 roster import 或 import 方案`
      : `通讯录里没有“${name}”，例如有：${near.join('、')}`,
  )
}
