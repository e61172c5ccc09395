import { and, eq } from 'drizzle-orm'
import { guardRoster } from '../../../db/guard.ts'
import { officeRow } from '../../../db/queries/office.ts'
import type { Query, Write } from '../../../db/store.ts'
import { BadInput } from '../../model/problem.ts'
import type { Unit } from '../../model/unit.ts'
import { dayOf } from '../../time/day.ts'
import { unitId } from '../../unit/names.ts'
import { clean } from '../../unit/parts.ts'
import { levelOf } from '../../unit/roster.ts'
import type { Deps } from '../deps.ts'
import { factRow, officeMoves, type Stamp } from '../ledger.ts'
import { changed, type Known, readKnown, same } from './change.ts'
import { type PersonDraft, personWrites } from './people.ts'

/** What the office says of a unit or class. Of a class only `members` and `short` are looked at. */
export interface UnitForm {
  short: string[]
  leader: string
  head: string
  members: string[]
}

type Units = readonly Unit[]

const holding = (units: Units, word: string, self?: string): Unit | undefined =>
  units.find((unit) => unit.id !== self && [unit.name, ...unit.short].some((name) => clean(name) === clean(word)))

/** A word that means one unit may not come to mean two. @throws BadInput that names the other */
const checkWords = (units: Units, words: readonly string[], self?: string): void => {
  for (const word of words) {
    const other = holding(units, word, self)
    if (other)
      throw new BadInput(
        clean(other.name) === clean(word)
          ? `通讯录上已有“${other.name}”，名称和简称不能重复`
          : `“${word}”已经是“${other.name}”的简称，请换一个说法`,
      )
  }
}

const checkMembers = (units: Units, members: readonly string[]): void => {
  const living = new Set(units.filter((unit) => unit.kind === 'unit' && !unit.succession).map(({ id }) => id))
  if (members.some((id) => !living.has(id)))
    throw new BadInput('成员里有的单位不在通讯录上（可能刚被改动）：请刷新后重新选择')
}

const wordsOf = (short: readonly string[]): string[] => [...new Set(short.map(clean).filter(Boolean))]

type Person = Known['people'][number]

/** The unit goes from whoever had it in that role to whoever is named now, who is entered where nobody is so called. */
const handOn = (
  deps: Deps,
  q: Query,
  people: readonly Person[],
  { unit, role, name }: { unit: string; role: 'leader' | 'head'; name: string },
  stamp: Stamp,
): Write[] => {
  const { t, office } = deps.store
  const column = role === 'leader' ? 'charge' : 'units'
  const former = people.filter((one) => one.role === role && one.name !== name && one[column].includes(unit))
  const named = people.find((one) => one.role === role && one.name === name)
  const draft: PersonDraft = {
    ...{ name, role, units: [], charge: [], post: '', mobile: '', identities: [] },
    [column]: [...new Set([...(named?.[column] ?? []), unit])],
  }
  return [
    ...former.flatMap((before): Write[] => {
      const left = before[column].filter((id) => id !== unit)
      const body = { on: dayOf(stamp.at, deps.zone), [column]: left }
      const { writes, set } = changed(deps, q, { subject: 'person', id: before.id, before, kind: 'moved', body }, stamp)
      const own = and(eq(t.people.office, office), eq(t.people.id, before.id))
      return [
        ...writes,
        q
          .update(t.people)
          .set({ [column]: left, ...set })
          .where(own),
      ]
    }),
    ...(name === '' ? [] : personWrites(deps, q, people as Person[], [draft], stamp)),
  ]
}

/** A unit or class as the office has it from now on. @throws BadInput, conflict where another changed it meanwhile */
export const editUnit = async (deps: Deps, id: string, form: UnitForm, stamp: Stamp): Promise<void> => {
  const { view } = await deps.cache(deps.store)
  const { units, people } = await readKnown(deps)
  const before = units.find((unit) => unit.id === id)
  if (!before || view.units.some((unit) => unit.id === id && unit.succession))
    throw new BadInput('这个单位已不在通讯录上，或已由别的单位承接')
  const isClass = before.kind === 'class'
  const short = wordsOf(form.short)
  checkWords(view.units, short, id)
  if (isClass) checkMembers(view.units, form.members)
  const after = {
    short,
    members: isClass ? [...new Set(form.members)] : before.members,
    leader: isClass ? before.leader : form.leader.trim(),
    headName: isClass ? before.headName : form.head.trim(),
    origin: 'roster' as const,
  }
  if (same(after, { ...after, ...pick(before) })) return
  const { t, office } = deps.store
  const body = { on: dayOf(stamp.at, deps.zone), short, members: after.members, origin: after.origin }
  const words = { leader: after.leader, head: after.headName }
  await deps.store.atomic((q) => {
    const { writes, set } = changed(deps, q, { subject: 'unit', id, before, kind: 'edited', body, words }, stamp)
    return [
      guardRoster(t, q, office, view.version),
      ...writes,
      q
        .update(t.units)
        .set({ ...after, ...set })
        .where(and(eq(t.units.office, office), eq(t.units.id, id))),
      ...(after.leader === before.leader
        ? []
        : handOn(deps, q, people, { unit: id, role: 'leader', name: after.leader }, stamp)),
      ...(after.headName === before.headName
        ? []
        : handOn(deps, q, people, { unit: id, role: 'head', name: after.headName }, stamp)),
      officeMoves(deps, q),
    ]
  })
}

const pick = ({ short, members, leader, headName, origin }: Known['units'][number]) => ({
  ...{ short, members, leader, headName, origin },
})

/**
 * Enters a unit or class. A name near to one of the register's is another unit only where the office says so (`apart`).
 * @throws BadInput
 */
export const addUnit = async (
  deps: Deps,
  { name: said, kind, apart, ...form }: UnitForm & { name: string; kind: Unit['kind']; apart: boolean },
  stamp: Stamp,
): Promise<void> => {
  const name = clean(said)
  const row = await officeRow(deps.store)
  if (!row) throw new BadInput('还没有这个机关：请先导入通讯录')
  if (name === '') throw new BadInput('请填写名称')
  const { view, registry } = await deps.cache(deps.store)
  const { units, people } = await readKnown(deps)
  const short = wordsOf(form.short).filter((word) => word !== name)
  checkWords(view.units, [name, ...short])
  const near = kind === 'unit' && !apart ? registry.resolve(name) : undefined
  if (near && near.kind !== 'none') {
    const alike = near.kind === 'one' ? [near.former ?? near.unit] : near.units
    throw new BadInput(
      `“${name}”和通讯录上的“${alike.map((unit) => unit.name).join('、')}”读起来是同一个单位：确是另一个单位，请勾选“是另一个单位”；单位更名请登记承接`,
    )
  }
  if (kind === 'class') checkMembers(view.units, form.members)
  const id = unitId(name)
  const unit = {
    ...{ office: deps.store.office, id, name, short, kind, origin: 'roster' as const },
    level: kind === 'unit' ? levelOf(name, view.level) : '',
    members: kind === 'class' ? [...new Set(form.members)] : null,
    leader: kind === 'unit' ? form.leader.trim() : '',
    headName: kind === 'unit' ? form.head.trim() : '',
    ord: Math.max(-1, ...units.map(({ ord }) => ord)) + 1,
  }
  const body = { name, origin: unit.origin, members: unit.members }
  const fact = factRow(deps, { subject: 'unit', id, seq: 1, prev: '', kind: 'listed', body }, stamp)
  const { t, office } = deps.store
  await deps.store.atomic((q) => [
    guardRoster(t, q, office, view.version),
    q.insert(t.units).values({ ...unit, version: 1, head: fact.hash }),
    q.insert(t.facts).values(fact),
    ...(unit.leader ? handOn(deps, q, people, { unit: id, role: 'leader', name: unit.leader }, stamp) : []),
    ...(unit.headName ? handOn(deps, q, people, { unit: id, role: 'head', name: unit.headName }, stamp) : []),
    officeMoves(deps, q),
  ])
}
