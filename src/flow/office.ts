import { type OfficeView, officeVersion, readOffice } from '../../db/queries/office.ts'
import { type LiaisonView, liaisonsAll, type RoomView, roomsOf } from '../../db/queries/people.ts'
import type { OfficeStore, Reader } from '../../db/store.ts'
import { settingsOf } from '../model/settings.ts'
import { type Calendar, type Notices, openCalendar, published } from '../time/calendar.ts'
import { openRegistry, type Registry } from '../unit/names.ts'
import { type Reach, readReach } from './reach.ts'

/** One office as it stands: its view, and what is made ready from it once, when it is first asked for. */
export interface OfficeNow {
  view: OfficeView
  readonly registry: Registry
  calendar: Calendar
  /** The holiday notices that the calendar is laid over. */
  notices: Notices
  /** Its liaisons by their units, A before B. */
  liaisons(): Promise<ReadonlyMap<string, readonly LiaisonView[]>>
  /** Its rooms by their keys. */
  rooms(): Promise<ReadonlyMap<string, RoomView>>
  /** Who can be reached for its units. */
  reach(): Promise<Reach>
}

/** The office, read again only when its version has moved; `version` is that of the office's row where it was just read. */
export type OfficeCache = (reader: Reader, version?: number) => Promise<OfficeNow>

const nothing = (zone: string): OfficeView => ({
  name: '',
  zone,
  level: '',
  version: -1,
  demo: false,
  units: [],
  plans: [],
  settings: settingsOf({}),
  subscriptions: [],
  days: [],
  calendar: '',
})

const byUnit = (liaisons: readonly LiaisonView[]): Map<string, LiaisonView[]> => {
  const found = new Map<string, LiaisonView[]>()
  for (const one of liaisons)
    for (const unit of one.units) {
      const known = found.get(unit)
      if (known) known.push(one)
      else found.set(unit, [one])
    }
  return found
}

/** Read when it is first asked for, and again after a failure. */
const lazily = <T>(read: () => Promise<T>): (() => Promise<T>) => {
  let known: Promise<T> | undefined
  return () => {
    known ??= read()
    known.catch(() => {
      known = undefined
    })
    return known
  }
}

const ready = (view: OfficeView, reader: Reader, notices: Notices): OfficeNow => {
  let registry: Registry | undefined
  const liaisons = lazily(() => liaisonsAll(reader).then(byUnit))
  return {
    view,
    notices,
    get registry() {
      registry ??= openRegistry({ level: view.level, units: view.units })
      return registry
    },
    calendar: openCalendar(view.days, notices),
    liaisons,
    rooms: lazily(async () => new Map((await roomsOf(reader)).map((room) => [room.key, room]))),
    reach: lazily(async () => readReach(reader, await liaisons())),
  }
}

/** `notices` are those that this program came with, where they are not handed in. */
export const createOfficeCache = (zone: string, notices: Notices = published): OfficeCache => {
  const known = new Map<string, OfficeNow>()
  return async (reader, seen) => {
    const version = seen ?? (await officeVersion(reader)) ?? -1
    const before = known.get(reader.office)
    if (before && before.view.version === version) return before
    const now = ready((await readOffice(reader)) ?? nothing(zone), reader, notices)
    known.set(reader.office, now)
    return now
  }
}

/** Makes the office's own row where it is not there yet. */
export const ensureOffice = async (
  store: OfficeStore,
  office: { name: string; zone: string; level?: string; demo?: boolean },
): Promise<void> => {
  // Replicas that start at once all do it: alone and not in a batch, where PostgreSQL would refuse all but one of them.
  await store.one((q) =>
    q
      .insert(store.t.offices)
      .values({
        office: store.office,
        name: office.name,
        zone: office.zone,
        level: office.level ?? '',
        demo: office.demo ?? false,
      })
      .onConflictDoNothing(),
  )
}
