import type { Day } from './deadline.ts'

/** A liaison of a unit, as far as it matters to whom one speaks. */
export interface Liaison {
  id: string
  name: string
  units: string[]
  post: string
  awayUntil: Day | null
  /** The person id of who stands in, or empty. */
  substitute: string
}

export const isAway = ({ awayUntil }: Pick<Liaison, 'awayUntil'>, today: Day): boolean =>
  awayUntil !== null && awayUntil >= today

/**
 * Who stands in for a unit's liaison that is away: the one that was named, as long as it is there and still a liaison,
 * else the unit's other one. undefined where nobody is left.
 */
export const standIn = <L extends Liaison>(away: L, unit: string, people: readonly L[], today: Day): L | undefined => {
  const there = people.filter((one) => one.id !== away.id && !isAway(one, today))
  return there.find((one) => one.id === away.substitute) ?? there.find((one) => one.units.includes(unit))
}

/** Whom to speak to for a unit on a day: its liaisons, A before B, whoever is away replaced by who stands in. */
export const answering = <L extends Liaison>(unit: string, people: readonly L[], today: Day): L[] => {
  const own = people.filter((one) => one.units.includes(unit))
  const found = own.flatMap((one) => (isAway(one, today) ? (standIn(one, unit, people, today) ?? []) : one))
  return [...new Set(found)]
}
