import { type OfficeView, officeVersion, readOffice } from '../../db/queries/office.ts'
import type { OfficeStore, Reader } from '../../db/store.ts'
import { settingsOf } from '../model/settings.ts'
import { type Calendar, type Notices, openCalendar, published } from '../time/calendar.ts'
import { openRegistry, type Registry } from '../unit/names.ts'

/** One office as it stands: its view, and what is made ready from it once. */
export interface OfficeNow {
  view: OfficeView
  registry: Registry
  calendar: Calendar
  /** The holiday notices that the calendar is laid over. */
  notices: Notices
}

/** The office, read again only when its version has moved. */
export type OfficeCache = (reader: Reader) => Promise<OfficeNow>

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

const ready = (view: OfficeView, notices: Notices): OfficeNow => ({
  view,
  notices,
  registry: openRegistry({ level: view.level, units: view.units }),
  calendar: openCalendar(view.days, notices),
})

/** `notices` are those that this program came with, where they are not handed in. */
export const createOfficeCache = (zone: string, notices: Notices = published): OfficeCache => {
  const known = new Map<string, OfficeNow>()
  return async (reader) => {
    const version = (await officeVersion(reader)) ?? -1
    const before = known.get(reader.office)
    if (before && before.view.version === version) return before
    const now = ready((await readOffice(reader)) ?? nothing(zone), notices)
    known.set(reader.office, now)
    return now
  }
}

/** Makes the office's own row where it is not there yet. */
export const ensureOffice = async (
  store: OfficeStore,
  office: { name: string; zone: string; level?: string; demo?: boolean },
): Promise<void> => {
  await store.atomic((q) => [
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
  ])
}
