import type { Roster, Unit } from '../model/unit.ts'

/** The living units that a unit's work came to, in order, through every succession; a unit that still is stands for itself. */
export const openHeirs = (units: readonly Unit[]): ((unit: Unit) => Unit[]) => {
  const byId = new Map(units.map((unit) => [unit.id, unit]))
  const heirsOf = (unit: Unit, before: readonly Unit[]): Unit[] =>
    unit.succession === undefined
      ? [unit]
      : unit.succession.to.flatMap((id) => {
          const heir = byId.get(id)
          return heir === undefined || before.includes(heir) ? [] : heirsOf(heir, [...before, unit])
        })
  return (unit) => [...new Set(heirsOf(unit, []))]
}

/** A roster whose classes hold living units: who succeeded a member is a member in its place. */
export const withHeirs = (roster: Roster): Roster => {
  if (!roster.units.some(({ succession }) => succession)) return roster
  const heirsOf = openHeirs(roster.units)
  const byId = new Map(roster.units.map((unit) => [unit.id, unit]))
  const living = (id: string): string[] => {
    const unit = byId.get(id)
    return unit ? heirsOf(unit).map((heir) => heir.id) : [id]
  }
  return {
    ...roster,
    units: roster.units.map((unit) =>
      unit.members === null ? unit : { ...unit, members: [...new Set(unit.members.flatMap(living))] },
    ),
  }
}

/**
 * Units with those before them whose work came to these alone: what these closed under the old names is theirs to be
 * asked for. Of a unit that was split that holds only of all its heirs together.
 */
export const withPredecessors = (units: readonly Unit[], ids: readonly string[]): string[] => {
  const all = new Set(ids)
  for (let grown = true; grown; ) {
    const before = units.filter(
      ({ id, succession }) => succession && !all.has(id) && succession.to.every((heir) => all.has(heir)),
    )
    for (const { id } of before) all.add(id)
    grown = before.length > 0
  }
  return [...all]
}

const dayWords = (day: string): string => {
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month}月${date}日`
}

/** 市国土资源局自2019年3月1日起由市自然资源局承接 */
export const successionWords = (unit: Unit, heirs: readonly Unit[]): string =>
  `${unit.name}自${dayWords(unit.succession?.from ?? '')}起由${heirs.map(({ name }) => name).join('、')}承接`
