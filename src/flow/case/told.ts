import type { CaseDeed } from '../../../commands/command.ts'
import { peopleReached, roomsOf } from '../../../db/queries/people.ts'
import { addressKey } from '../../model/message.ts'
import { registers } from '../../register/index.ts'
import type { RegisterContext } from '../../register/register.ts'
import type { Deps } from '../deps.ts'
import { unitPlaces } from '../remind/places.ts'
import type { Planned } from '../remind/planned.ts'

const FOR_MS = 7 * 86_400_000

/** The unit to which this deed gives a case that is counted in days: hours are told by the tick, what has no limit by nobody. */
const givenTo = ({ decided: { event, next } }: CaseDeed, c: RegisterContext): string => {
  const { unit } = event.body
  if (typeof unit !== 'string' || unit === '') return ''
  const { clocks, closedOn } = registers[next.kind].view(next, c)
  const ends = clocks.flatMap(({ state, due }) => (state === 'running' && due !== null ? [due] : []))
  return closedOn === null && ends.length > 0 && ends.every((due) => due.length === 10) ? unit : ''
}

/** What units are told at once, in the office's hours: that a case has come to them, one message each. Reads only. */
export const caseNotices = async (deps: Deps, deeds: readonly CaseDeed[], c: RegisterContext): Promise<Planned[]> => {
  const given = deeds.map((deed) => ({ deed, unit: givenTo(deed, c) })).filter(({ unit }) => unit !== '')
  if (given.length === 0) return []
  const { view } = await deps.cache(deps.store)
  const now = deps.now()
  const place = unitPlaces(view, await roomsOf(deps.store), await peopleReached(deps.store), c.today)
  return given.flatMap(({ deed: { id, decided }, unit }) => {
    const batch = `case:${id}:${decided.next.events.length}:handed`
    return place(unit).map((address) => ({
      id: `${batch}:${addressKey(address)}`,
      ...{ batch, address, units: [unit], dueAt: now, validUntil: new Date(now.getTime() + FOR_MS) },
      recipe: { kind: 'case' as const, case: id, unit, told: 'handed' as const, due: '' },
    }))
  })
}
