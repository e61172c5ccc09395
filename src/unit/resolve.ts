import type { Unit } from '../model/unit.ts'
import { apart, type Hit, type NameIndex, nearest, whoIs } from './index.ts'
import { abbreviates, clean, cut, dropFiller } from './parts.ts'

export type Resolution = { kind: 'one'; unit: Unit } | { kind: 'several'; units: Unit[] } | { kind: 'none' }

const PLACED = /^([^市县州区旗]{2,6})([市县州])(?=.{2})/

/** A name longer than the roster's (质量技术监督局 for 质监局), where the longer one does not simply go on. */
function longer(index: NameIndex, stem: string, suffix: string, level: string): Hit[] {
  const core = dropFiller(stem)
  const hits = core === stem ? [] : whoIs(index, core, suffix, level).filter((hit) => hit.rank < 2)
  if (hits.length) return hits
  const own = (index.stems.get(suffix + stem[0]) ?? []).filter((e) => e.rank === 0)
  return own.filter(
    ({ unit, stem: s }) =>
      (level === '' || unit.level === level) && abbreviates(s, stem) && !stem.startsWith(s) && !apart(s, stem),
  )
}

function read(index: NameIndex, name: string, level: string): Hit[] {
  const parts = cut(name, level)
  if (!parts || (level !== '' && parts.level === '')) return []
  const hits = whoIs(index, parts.stem, parts.suffix, level)
  return hits.length ? hits : longer(index, parts.stem, parts.suffix, level)
}

/** Takes the city's own name off: 攀枝花市财政局 → 市财政局, only where the roster knows the place. */
function unplaced(index: NameIndex, name: string): string {
  const [, place, level] = PLACED.exec(name) ?? []
  if (!place || level !== index.level) return name
  const known = place === index.place || index.units.some((unit) => unit.name.includes(place))
  return known ? name.slice(place.length) : name
}

/**
 * The unit that a name means: its own name, a short form, another name of the same body; then what reforms made of it.
 * Two that fit equally well are both given back, never one of them.
 */
export function resolveName(index: NameIndex, name: string): Resolution {
  const written = clean(name)
  const whole = index.literals.has(written) ? written : unplaced(index, written)
  const exact = index.literals.get(whole)
  const bare = index.level !== '' && whole.startsWith(index.level) ? index.literals.get(whole.slice(1)) : undefined
  const literal = exact ?? bare
  const hits = [...(literal?.hits ?? [])]
  if (!hits.some((hit) => hit.rank === 0)) {
    const led = read(index, whole, index.level)
    hits.push(...(led.length ? led : read(index, whole, '')))
  }
  if (!hits.length) return { kind: 'none' }
  const units = nearest(hits)
  const [unit] = units
  return unit && units.length === 1 ? { kind: 'one', unit } : { kind: 'several', units }
}
