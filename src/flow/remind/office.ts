import { type Agenda, messageTo } from './agenda.ts'
import { officePlaces } from './places.ts'
import type { Planned } from './planned.ts'

/** The office's own digest, where it hears it. */
export const officeDigests = (agenda: Agenda): Planned[] =>
  officePlaces(agenda.rooms, agenda.people).map((place) =>
    messageTo(agenda, place, [], { kind: 'office', told: agenda.told }),
  )
