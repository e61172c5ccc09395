import { addressKey } from '../../model/message.ts'
import type { Agenda } from './agenda.ts'
import { officeDigests } from './office.ts'
import { headDigests, leaderWeeks, liaisonDigests } from './people.ts'
import type { Planned } from './planned.ts'
import { roomDigest } from './rooms.ts'

/**
 * The day's digests, at most one to each place: to rooms what comes up for their units; what a room must not hear or cannot
 * to the liaison; the second step of the ladder to the unit's head; the week's figures to leaders; the office's own.
 */
export const planDigests = (agenda: Agenda): Planned[] =>
  [
    ...agenda.rooms.flatMap((room) => roomDigest(agenda, room)),
    ...liaisonDigests(agenda),
    ...headDigests(agenda),
    ...leaderWeeks(agenda),
    ...officeDigests(agenda),
  ].filter(({ address }) => !agenda.served.has(addressKey(address)))
