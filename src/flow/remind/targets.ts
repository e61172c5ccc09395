import type { Reached } from '../../../db/queries/people.ts'

/** Whom a push can reach: rooms by the units that hear them, people by the account that they are bound to. */

export { isShared, mainRooms, unitsHeard } from '../../../commands/rooms.ts'

/** Who answers for a unit on a day and can be reached in a chat of their own; and its heads that can. */
export const headsOf = (people: readonly Reached[], unit: string): Reached[] =>
  people.filter((one) => one.role === 'head' && one.units.includes(unit))
