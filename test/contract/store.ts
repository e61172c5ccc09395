import { afterAll, beforeAll, describe } from 'vitest'
import type { Migration, OfficeStore, Store } from '../../db/store.ts'
import { assess } from './assess.ts'
import { batches } from './batches.ts'
import { calendar } from './calendar.ts'
import { caseLists } from './case-lists.ts'
import { cases } from './cases.ts'
import { consoleReads } from './console.ts'
import { deliveries } from './deliveries.ts'
import { flow } from './flow.ts'
import { leaders } from './leaders.ts'
import { listeners } from './listeners.ts'
import { manyRows } from './many-rows.ts'
import { migrating } from './migrating.ts'
import { outbox } from './outbox.ts'
import { overview } from './overview.ts'
import { papers } from './papers.ts'
import { preparing } from './preparing.ts'
import { shown } from './shown.ts'
import { signs } from './signs.ts'
import { succession } from './succession.ts'
import { tallies } from './tallies.ts'
import { values } from './values.ts'
import { yearend } from './yearend.ts'

/** A database as a test opens it, beside the store: to take migrations one by one, and to run SQL of the test's own. */
export interface Opened {
  store: Store
  apply(migrations: readonly Migration[]): Promise<void>
  run(sql: string, params?: unknown[]): Promise<unknown>
  close(): Promise<void>
}

export interface Subject {
  /** An empty database. */
  empty(): Promise<Opened>
  /** One that this program has migrated. */
  migrated(): Promise<Opened>
}

/** Each test works in an office of its own, so that all share one store. */
export type Office = () => OfficeStore

/**
 * What every store promises. The three run the same lines; `sql` alone leaves out what the whole program does on it, where
 * that is run apart.
 */
export const storeContract = (name: string, subject: Subject, extent: 'all' | 'sql' = 'all'): void => {
  describe(name, () => {
    let opened: Opened
    let count = 0
    beforeAll(async () => {
      opened = await subject.migrated()
    }, 60_000)
    afterAll(() => opened?.close())
    const office: Office = () => opened.store.of(`office-${++count}`)
    values(office)
    batches(office)
    manyRows(office)
    preparing(office)
    listeners(office)
    signs(office)
    cases(office)
    migrating(subject)
    caseLists(office)
    if (extent === 'sql') return
    outbox(office)
    shown(office)
    deliveries(office)
    flow(office)
    papers(office)
    leaders(office)
    overview(office)
    consoleReads(office)
    succession(office)
    assess(office)
    tallies(office)
    calendar(office)
    yearend(office)
  })
}
