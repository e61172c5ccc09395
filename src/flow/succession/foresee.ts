import { type DutyView, findDuties } from '../../../db/queries/duties.ts'
import type { Day } from '../../model/deadline.ts'
import { mayHappen } from '../../model/fact.ts'
import { BadInput } from '../../model/problem.ts'
import type { Unit } from '../../model/unit.ts'
import { dayOf } from '../../time/day.ts'
import type { Deps } from '../deps.ts'
import { type Known, readKnown } from '../roster/change.ts'
import { type Leaving, type Passage, passagesOf } from './joining.ts'
import { type Parties, partiesOf } from './parties.ts'
import { type Shares, takerOf } from './sharing.ts'

export interface Request {
  olds: readonly string[]
  heirs: readonly string[]
  /** From this day on; not after today. */
  from: Day
  /** The paper or reason, in words; empty for none. */
  reason: string
  shares: Shares
}

/** A person or room of the old units, and what it is bound to afterwards. */
export interface Rebound<T> {
  row: T
  units: string[]
  charge: string[]
  /** Nobody said to which heir of several. */
  unsaid: boolean
}

/** All that a succession moves, as the register and the ledger stand; nothing is written. */
export interface Foreseen extends Parties {
  request: Request
  version: number
  units: number
  passages: Passage[]
  /** Open duties of which nobody said to which heir of several they go. */
  unsaid: DutyView[]
  people: Rebound<Known['people'][number]>[]
  rooms: Rebound<Known['rooms'][number]>[]
  /** Names of classes in which the heirs take the old units' place. */
  classes: string[]
  /** Closed duties, which keep the old name. */
  closed: number
}

const codesOf = ({ planCode, number }: DutyView): [string, string] => [`${planCode}-${number}`, number]

const inPlace = (ids: readonly string[], olds: readonly string[], heirs: readonly string[]): string[] => [
  ...new Set(ids.flatMap((id) => (olds.includes(id) ? heirs : [id]))),
]

const dutiesLeaving = (
  olds: readonly DutyView[],
  held: readonly DutyView[],
  heirs: readonly Unit[],
  shares: Shares,
) => {
  const known = new Set([...olds, ...held].flatMap(codesOf))
  const taker = takerOf(shares.duties, heirs, known, '任务')
  const unsaid: DutyView[] = []
  const leaving = olds
    .filter(({ state }) => mayHappen('reassigned', state))
    .flatMap((duty): Leaving[] => {
      const said = taker(...codesOf(duty))
      if (!said && heirs.length > 1) unsaid.push(duty)
      const heir = said ?? heirs[0]
      return heir ? [{ duty, heir: heir.id }] : []
    })
  return { leaving, unsaid }
}

/**
 * What a succession would move.
 * @throws BadInput for units that do not do, a day to come, or shares that name what is not there
 */
export const foresee = async (deps: Deps, request: Request): Promise<Foreseen> => {
  const today = dayOf(deps.now(), deps.zone)
  if (request.from > today)
    throw new BadInput(`起始日 ${request.from} 还没有到（今天是 ${today}）：到那一天以后再登记，在此之前仍由原单位承办`)
  const { view, registry } = await deps.cache(deps.store)
  const parties = partiesOf(view, registry, request)
  const { olds, heirs } = parties
  const [oldIds, heirIds] = [olds.map(({ id }) => id), heirs.map(({ id }) => id)]
  const own = await findDuties(deps.store, { units: oldIds })
  const held = await findDuties(deps.store, { units: heirIds })
  const { leaving, unsaid } = dutiesLeaving(own, held, heirs, request.shares)

  const known = await readKnown(deps)
  const isOlds = (ids: readonly string[]) => ids.some((id) => oldIds.includes(id))
  const rebound = <T extends { units: string[]; charge?: string[] }>(row: T, said: Unit | undefined): Rebound<T> => ({
    row,
    units: inPlace(row.units, oldIds, said ? [said.id] : heirIds.slice(0, 1)),
    charge: inPlace(row.charge ?? [], oldIds, heirIds),
    unsaid: said === undefined && heirs.length > 1 && isOlds(row.units),
  })
  const ofPeople = takerOf(request.shares.people, heirs, new Set(known.people.map(({ name }) => name)), '人员')
  const ofRooms = takerOf(request.shares.rooms, heirs, new Set(known.rooms.flatMap(roomNames)), '群')
  return {
    ...parties,
    ...{ request, version: view.version, units: view.units.length, unsaid },
    passages: passagesOf(leaving, held, today),
    people: known.people
      .filter(({ units, charge }) => isOlds(units) || isOlds(charge))
      .map((row) => rebound(row, ofPeople(row.name))),
    rooms: known.rooms.filter(({ units }) => isOlds(units)).map((row) => rebound(row, ofRooms(...roomNames(row)))),
    classes: view.units.filter(({ members }) => members && isOlds(members)).map(({ name }) => name),
    closed: own.filter(({ state }) => state === 'done').length,
  }
}

/** A room goes by its key, and as people write it: lark:oc_1. */
export const roomNames = ({ key, address }: Known['rooms'][number]): [string, string] => [
  key,
  `${address.platform}:${address.id}`,
]

/** Whether anything is left to write. */
export const isPending = ({ olds, passages, people, rooms }: Foreseen): boolean =>
  olds.some(({ succession }) => !succession) || passages.length + people.length + rooms.length > 0
