import type { Roster, Unit } from '../model/unit.ts'
import { APART, FAMILIES } from './families.ts'
import { literalsOf, placeOf } from './literals.ts'
import { abbreviates, clean, cut, dropFiller } from './parts.ts'

/** One stem a unit goes by. Rank: 0 its own, 1 the same body's other names, 2 short forms, 3 what reforms made of it, 4 a part. */
interface Entry {
  unit: Unit
  stem: string
  rank: number
}

export interface Hit {
  unit: Unit
  rank: number
}

export interface Form {
  form: string
  hits: Hit[]
}

/** What is known of a roster's names, made once. */
export interface NameIndex {
  level: string
  place: string
  units: Unit[]
  stems: Map<string, Entry[]>
  tails: Map<string, Hit[]>
  literals: Map<string, Form>
  /** Literal forms by first character, longest first. */
  starts: Map<string, Form[]>
}

const FAMILY_PARTS = FAMILIES.map((family) => ({
  full: cut(family.full, ''),
  also: (family.also ?? []).map((name) => ({ name, parts: cut(name, '') })),
  turned: (family.turned ?? []).map((name) => ({ name, parts: cut(name, '') })),
}))

const push = <V>(map: Map<string, V[]>, key: string, value: V): void => {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

export const apart = (a: string, b: string): boolean =>
  APART.some(([x, y]) => (a === x && b.startsWith(y)) || (b === x && a.startsWith(y)))

/** The stems that a unit's families add: `[stem, suffix, rank]`. */
function familyStems(stem: string, suffix: string): [stem: string, suffix: string, rank: number][] {
  const out: [string, string, number][] = []
  const is = (parts: { stem: string; suffix: string } | undefined): boolean =>
    parts !== undefined && parts.suffix === suffix && parts.stem === stem
  for (const family of FAMILY_PARTS) {
    const { full, also, turned } = family
    if (!full) continue
    const member = is(full) || also.some(({ parts }) => is(parts))
    const former = !member && turned.some(({ parts }) => is(parts))
    const shortened = !former && full.suffix === suffix && abbreviates(stem, full.stem) && !apart(stem, full.stem)
    if (!member && !former && !shortened) continue
    const near = former ? 3 : 1
    out.push([full.stem, full.suffix, near])
    for (const { parts } of also) if (parts) out.push([parts.stem, parts.suffix, near])
    if (!former) for (const { parts } of turned) if (parts) out.push([parts.stem, parts.suffix, 3])
  }
  return out
}

function addStem(index: NameIndex, unit: Unit, stem: string, suffix: string, rank: number): void {
  const list = index.stems.get(suffix + stem[0]) ?? []
  if (list.some((e) => e.unit === unit && e.stem === stem && e.rank <= rank)) return
  push(index.stems, suffix + stem[0], { unit, stem, rank })
}

/** Parts of a merged body's name (教育体育局 → 体育局): the tails of its own stem and of its full name. */
function addTails(index: NameIndex, unit: Unit, stem: string, suffix: string): void {
  for (let at = 1; at <= stem.length - 2; at += 1) {
    const tail = stem.slice(at)
    if (dropFiller(`〇〇${tail}`) !== '〇〇') push(index.tails, suffix + tail, { unit, rank: 4 })
  }
}

function addUnit(index: NameIndex, unit: Unit): void {
  const name = clean(unit.name)
  const parts = cut(name, unit.level)
  for (const { form, rank } of literalsOf(unit, name, index.place)) addLiteral(index, form, { unit, rank })
  if (!parts) return
  const { stem, suffix } = parts
  addStem(index, unit, stem, suffix, 0)
  addStem(index, unit, dropFiller(stem), suffix, 1)
  addTails(index, unit, stem, suffix)
  for (const [other, kind, rank] of familyStems(stem, suffix)) {
    addStem(index, unit, other, kind, rank)
    if (rank === 1 && kind === suffix) addTails(index, unit, other, kind)
  }
  for (const short of unit.short) {
    const cutShort = cut(clean(short), unit.level)
    if (cutShort) addStem(index, unit, cutShort.stem, cutShort.suffix, 0)
  }
}

function addLiteral(index: NameIndex, form: string, hit: Hit): void {
  const known = index.literals.get(form)
  if (known) known.hits.push(hit)
  else index.literals.set(form, { form, hits: [hit] })
}

/** Makes the index of a roster's units (classes left out). */
export function indexNames(roster: Roster): NameIndex {
  const units = roster.units.filter((unit) => unit.kind === 'unit')
  const place = placeOf(units.map((unit) => clean(unit.name)))
  const index: NameIndex = {
    level: roster.level,
    place,
    units,
    stems: new Map(),
    tails: new Map(),
    literals: new Map(),
    starts: new Map(),
  }
  for (const unit of units) addUnit(index, unit)
  for (const form of index.literals.values()) push(index.starts, form.form.charAt(0), form)
  for (const list of index.starts.values()) list.sort((a, b) => b.form.length - a.form.length)
  return index
}

/** The nearest units among hits, each once. */
export function nearest(hits: Hit[]): Unit[] {
  const best = Math.min(...hits.map((hit) => hit.rank))
  return [...new Set(hits.filter((hit) => hit.rank === best).map((hit) => hit.unit))]
}

/** Who goes by this stem and suffix; `level` is the prefix it was written with, empty for none. */
export function whoIs(index: NameIndex, stem: string, suffix: string, level: string): Hit[] {
  const hits: Hit[] = []
  for (const { unit, stem: own, rank } of index.stems.get(suffix + stem[0]) ?? []) {
    if (level !== '' && unit.level !== level) continue
    if (own === stem) hits.push({ unit, rank })
    else if (abbreviates(stem, own) && !apart(stem, own)) hits.push({ unit, rank: Math.max(2, rank) })
  }
  const parts = index.tails.get(suffix + stem)
  if (parts) hits.push(...parts.filter(({ unit }) => level === '' || unit.level === level))
  return hits
}
