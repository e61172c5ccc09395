import type { Context } from '../../commands/command.ts'
import { addressKey } from '../model/message.ts'
import { dayOf } from '../time/day.ts'
import { codeDigest } from './codes.ts'
import type { Deps } from './deps.ts'
import type { OfficeNow } from './office.ts'

/** A context in which the office's machine speaks to itself: it reads all and says nothing to anybody. */
export const machineContext = (deps: Deps, office: OfficeNow): Context => {
  const { view, calendar } = office
  const now = deps.now()
  const address = { platform: 'console' as const, route: 'duban', kind: 'person' as const, id: 'duban' }
  return {
    db: deps.store,
    office: view,
    get registry() {
      return office.registry
    },
    calendar,
    zone: deps.zone,
    now,
    today: dayOf(now, deps.zone),
    actor: { id: 'duban', name: '督办', role: 'office', units: [], charge: [] },
    place: { address, scope: 'private', units: [] },
    newId: deps.newId,
    message: { key: addressKey(address), text: '' },
    ...(deps.publicUrl && { publicUrl: deps.publicUrl }),
    ...(deps.several && { named: deps.store.office }),
    digestOfCode: (code) => codeDigest(deps, code),
  }
}
