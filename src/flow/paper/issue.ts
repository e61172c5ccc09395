import { isShared, mainRooms, spokenTo, unitsHeard } from '../../../commands/rooms.ts'
import { factsOf } from '../../../db/queries/duties.ts'
import { peopleReached, roomsOf } from '../../../db/queries/people.ts'
import { type Address, addressFrom, addressKey } from '../../model/message.ts'
import { needsSignature, paperWords } from '../../model/paper.ts'
import { type PaperFacts, paperMay } from '../../model/paper-life.ts'
import { BadInput } from '../../model/problem.ts'
import { addDays, atOffice, dayOf } from '../../time/day.ts'
import type { Deps } from '../deps.ts'
import type { Stamp } from '../ledger.ts'
import { type Planned, queue } from '../remind/planned.ts'
import { happens } from '../subjects.ts'
import { retried } from './again.ts'
import { paperOf } from './sign.ts'

/** For so many days a place that could not be reached may still be told. */
const OF_USE_DAYS = 7

interface Told {
  address: Address
  units: string[]
  /** Nobody else reads along: the units' own rows may stand in it. */
  alone: boolean
}

/** Each unit's own room, else who answers for it, else a shared room, which hears that it is out and no more. */
const placesOf = async (deps: Deps, units: readonly string[]): Promise<{ told: Told[]; unreached: string[] }> => {
  const { view } = await deps.cache(deps.store)
  const [rooms, people] = [await roomsOf(deps.store), await peopleReached(deps.store)]
  const main = mainRooms(view, rooms)
  const today = dayOf(deps.now(), deps.zone)
  const places = new Map<string, Told>()
  const unreached: string[] = []
  for (const unit of units) {
    const room = main.get(unit)
    const person = room && !isShared(view, room) ? undefined : spokenTo(people, unit, today)
    const account = person && addressFrom(person.key, 'person')
    const alone = account !== undefined || (room !== undefined && unitsHeard(view, room).length === 1)
    const address = account ?? room?.address
    if (!address) {
      unreached.push(unit)
      continue
    }
    const known = places.get(addressKey(address))
    if (known) known.units.push(unit)
    else places.set(addressKey(address), { address, units: [unit], alone })
  }
  return { told: [...places.values()], unreached }
}

/**
 * Tells the units that a signed paper names that it is out, in the office's hours, one message a place, once. What each
 * hears is composed when it is sent, and dropped where the paper is void by then.
 * @returns undefined where it moved since `version` @throws BadInput where it is not signed, or was sent out before
 */
export const issuePaper = (
  deps: Deps,
  { id, version }: { id: string; version?: number | undefined },
  stamp: Stamp,
): Promise<{ told: string[]; unreached: string[] } | undefined> =>
  retried(deps, async () => {
    const row = await paperOf(deps, id)
    if (version !== undefined && row.version !== version) return undefined
    if (!needsSignature(row.kind)) throw new BadInput(`${paperWords[row.kind]}是内部材料，不向单位推送`)
    if (!paperMay('issued', row.state))
      throw new BadInput('没有签发的文书不能推送：先记下签发人、文号和日期（政府督查工作条例第二十一条）')
    if ((await factsOf(deps.store, 'paper', [id])).some(({ kind }) => kind === 'issued'))
      throw new BadInput('这份文书已经推送过，不再重复发送')
    const { told, unreached } = await placesOf(deps, row.units)
    const now = deps.now()
    const today = dayOf(now, deps.zone)
    const { view } = await deps.cache(deps.store)
    const batch = `paper:${id}`
    const planned = told.map(
      ({ address, units, alone }): Planned => ({
        ...{ id: `${batch}:${addressKey(address)}`, batch, address, units, dueAt: now },
        recipe: { kind: 'paper', paper: id, units, alone },
        validUntil: atOffice(addDays(today, OF_USE_DAYS), view.settings.hours.to, deps.zone),
      }),
    )
    const units = told.flatMap((one) => one.units)
    const body: PaperFacts['issued'] = { on: today, units }
    const facts = [{ kind: 'issued', body: { ...body } }]
    await queue(deps, planned, (q) => happens(deps, q, { subject: 'paper', was: row, facts, set: {} }, stamp))
    return { told: units, unreached }
  })
