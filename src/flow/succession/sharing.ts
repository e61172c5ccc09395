import { BadInput } from '../../model/problem.ts'
import type { Unit } from '../../model/unit.ts'
import { clean } from '../../unit/parts.ts'

/** Which heir of a split takes what: task codes (公开17-12), names of people, keys of rooms, each with an heir's name. */
export interface Shares {
  duties: readonly Share[]
  people: readonly Share[]
  rooms: readonly Share[]
}
export interface Share {
  what: readonly string[]
  unit: string
}
export const noShares: Shares = { duties: [], people: [], rooms: [] }

/** Who takes a thing that goes by any of these names; undefined where nobody said so. */
export type Taker = (...names: string[]) => Unit | undefined

/**
 * The heirs by what was said of one sort of thing.
 * @param known what goes by a name at all: a word that means nothing there is a slip
 * @throws BadInput for an heir or a thing that is none
 */
export const takerOf = (
  shares: readonly Share[],
  heirs: readonly Unit[],
  known: ReadonlySet<string>,
  sort: string,
): Taker => {
  const takers = new Map<string, Unit>()
  for (const { what, unit } of shares) {
    const heir = heirs.find(({ name, short }) => clean(name) === clean(unit) || short.includes(clean(unit)))
    if (!heir) throw new BadInput(`“${unit}”不是这次的承接单位：应是${heirs.map(({ name }) => name).join('、')}之一`)
    for (const one of what) {
      if (!known.has(one)) throw new BadInput(`${sort}“${one}”不在原单位名下`)
      if (takers.has(one) && takers.get(one) !== heir) throw new BadInput(`${sort}“${one}”写给了两个单位`)
      takers.set(one, heir)
    }
  }
  return (...names) => names.map((name) => takers.get(name)).find(Boolean)
}
