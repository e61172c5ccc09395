import type { Unit } from '../src/model/unit.ts'
import type { Context } from './command.ts'

/** The one unit of the roster that a name means; undefined for none, a class, or two that fit. */
export const unitSaid = (c: Context, name: string | undefined): Unit | undefined => {
  if (!name) return undefined
  const found = c.registry.resolve(name)
  return found.kind === 'one' && found.unit.kind === 'unit' ? found.unit : undefined
}
