import type { Roster, Unit } from '../model/unit.ts'
import { findClasses } from './class-mentions.ts'
import { type ClassMeaning, indexClasses, meaningOf } from './classes.ts'
import { indexNames } from './index.ts'
import { findUnits } from './mentions.ts'
import { type Resolution, resolveName } from './resolve.ts'

export { unitId } from './id.ts'

/** A mention in running text; a class carries its members. `of` tells one unit, several that fit, or a class apart. */
export interface Found {
  start: number
  end: number
  units: Unit[]
  of: 'one' | 'several' | 'counties' | 'class'
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

/** Makes a roster ready once; every question after that is cheap. */
export function openRegistry(roster: Roster): Registry {
  const index = indexNames(roster)
  const classes = indexClasses(roster)
  const byId = new Map(roster.units.map((unit) => [unit.id, unit]))
  const known = new Map<string, Resolution>()
  const resolve = (name: string): Resolution => {
    const before = known.get(name)
    if (before) return before
    const now = resolveName(index, name)
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
        .map((one): Found => ({ ...one, of: one.units.length > 1 ? 'several' : 'one' }))
      return [...spans, ...units].sort((a, b) => a.start - b.start)
    },
    classOf(name) {
      const own = resolve(name)
      if (own.kind === 'one') return { kind: 'unit', id: own.unit.id }
      return meaningOf(name, classes, roster)
    },
  }
}
