import type { Roster, Unit } from '../model/unit.ts'
import { findClasses } from './class-mentions.ts'
import { type ClassMeaning, indexClasses, meaningOf } from './classes.ts'
import { classId } from './id.ts'
import { indexNames } from './index.ts'
import { findUnits } from './mentions.ts'
import { type Resolution as Bare, resolveName } from './resolve.ts'
import { openHeirs, withHeirs } from './succession.ts'

export { unitId } from './id.ts'

/** What a name means among the units that are. `former` is the unit so called, where others have taken its work over. */
export type Resolution = Bare & { former?: Unit }

/** A mention in running text; a class carries its members. `of` tells one unit, several that fit, or a class apart. */
export interface Found {
  start: number
  end: number
  units: Unit[]
  of: 'one' | 'several' | 'counties' | 'class'
  /** The units so called, where others (`units`) have taken their work over. */
  former?: Unit[]
}

/** A roster made ready for questions about names. */
export interface Registry {
  roster: Roster
  /** The unit that a name means; two that fit equally well are both given back. */
  resolve(name: string): Resolution
  /** Units and classes that a running text names, in its order, the longest first where they overlap. */
  find(text: string): Found[]
  /** What a name in a plan stands for: one unit, or a class with its members; undefined where neither is known. */
  classOf(name: string): { kind: 'unit'; id: string } | ClassMeaning | undefined
}

/** A unit that is no more stands for its heirs; of a unit and its heir that fit equally well the heir is meant. */
const livingOf = (found: Bare, heirsOf: (unit: Unit) => Unit[]): Resolution => {
  if (found.kind === 'none') return found
  const named = found.kind === 'one' ? [found.unit] : found.units
  const units = [...new Set(named.flatMap(heirsOf))]
  const former = named.length === 1 && named[0]?.succession ? { former: named[0] } : {}
  const [unit] = units
  if (!unit) return { kind: 'none' }
  return units.length === 1 ? { kind: 'one', unit, ...former } : { kind: 'several', units, ...former }
}

/** Makes a roster ready once; every question after that is cheap. */
export function openRegistry(listed: Roster): Registry {
  const roster = withHeirs(listed)
  const index = indexNames(roster)
  const classes = indexClasses(roster)
  const byId = new Map(roster.units.map((unit) => [unit.id, unit]))
  const heirsOf = openHeirs(roster.units)
  const known = new Map<string, Resolution>()
  const resolve = (name: string): Resolution => {
    const before = known.get(name)
    if (before) return before
    const now = livingOf(resolveName(index, name), heirsOf)
    if (known.size < 5000) known.set(name, now)
    return now
  }
  const counties = meaningOf('各县区', classes, roster)
  const spoken = new Map<string, Pick<Found, 'units' | 'of'>>()
  const speaks = (name: string): Pick<Found, 'units' | 'of'> => {
    const before = spoken.get(name)
    if (before) return before
    const meant = meaningOf(name, classes, roster)
    const units = (meant?.members ?? []).flatMap((id) => byId.get(id) ?? [])
    const now = {
      units,
      of: meant !== undefined && meant.id === counties?.id ? ('counties' as const) : ('class' as const),
    }
    spoken.set(name, now)
    return now
  }
  return {
    roster,
    resolve,
    find(text) {
      const spans = findClasses(text).map(({ start, end, name }): Found => ({ start, end, ...speaks(name) }))
      const units = findUnits(index, text)
        .filter((one) => !spans.some((span) => one.start < span.end && span.start < one.end))
        .flatMap((one): Found[] => {
          const units = [...new Set(one.units.flatMap(heirsOf))]
          const former = one.units.every(({ succession }) => succession) ? one.units : undefined
          return units.length === 0
            ? []
            : [{ ...one, units, of: units.length > 1 ? 'several' : 'one', ...(former && { former }) }]
        })
      return [...spans, ...units].sort((a, b) => a.start - b.start)
    },
    classOf(name) {
      const own = resolve(name)
      if (own.kind === 'one') return { kind: 'unit', id: own.unit.id }
      if (own.kind === 'several' && own.former) {
        const heirs = own.units.map((unit) => unit.name)
        return { kind: 'class', id: classId(own.former.name), members: null, whole: true, heirs }
      }
      return meaningOf(name, classes, roster)
    },
  }
}
