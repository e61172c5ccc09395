import { afterAll, beforeAll } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { OfficeStore, Store } from '../../db/store.ts'

/** A fresh office for each case of a test file, all in one store in memory that is opened before and closed after them. */
export const officesOf = (file: string): (() => OfficeStore) => {
  let store: Store
  let offices = 0
  beforeAll(async () => {
    store = await openSqlite(':memory:')
    await migrate(store)
  })
  afterAll(() => store.close())
  return () => store.of(`${file}-${++offices}`)
}
