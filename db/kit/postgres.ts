import * as pg from 'drizzle-orm/pg-core'
import { type Sealed, type Sealing, unsealed } from '../sealing.ts'
import { jsonSealed, textSealed } from './sealed.ts'
import { storableDay } from './storable.ts'

/** PostgreSQL would read 2017-2-3 and 3/2/2017 too, and store what the writer did not mean. */
const date = pg.customType<{ data: string; driverData: string }>({ dataType: () => 'date', toDriver: storableDay })

const sealedText = (sealing: Sealing, where: Sealed) =>
  pg.customType<{ data: string; driverData: string }>({ dataType: () => 'text', ...textSealed(sealing, where) })

/** The driver has parsed what is read. */
const sealedJson = (sealing: Sealing, where: Sealed) => {
  const { toDriver, opened } = jsonSealed(sealing, where, JSON.stringify)
  return pg.customType<{ data: unknown; driverData: unknown }>({
    dataType: () => 'jsonb',
    toDriver,
    fromDriver: opened,
  })
}

/**
 * PostgreSQL's column builders are the public face of the kit; SQLite's are cast to it once. Columns that are `sealed` say
 * who somebody is, and stand in the database as the deployment's key makes them.
 */
export const kitOf = (sealing: Sealing = unsealed) => ({
  table: pg.pgTable,
  index: pg.index,
  uniqueIndex: pg.uniqueIndex,
  primaryKey: pg.primaryKey,
  foreignKey: pg.foreignKey,
  text: pg.text,
  integer: pg.integer,
  boolean: (name: string) => pg.boolean(name),
  json: (name: string) => pg.jsonb(name),
  date: (name: string) => date(name),
  instant: (name: string) => pg.timestamp(name, { withTimezone: true, precision: 3, mode: 'date' }),
  sealed: (name: string, where: Sealed) => sealedText(sealing, where)(name),
  sealedJson: (name: string, where: Sealed) => sealedJson(sealing, where)(name),
})
export type Kit = ReturnType<typeof kitOf>
