import * as pg from 'drizzle-orm/pg-core'
import { isSealed, type Sealed, type Sealing, unsealed } from '../sealing.ts'
import { storableDay, storableJson } from './storable.ts'

/** PostgreSQL would read 2017-2-3 and 3/2/2017 too, and store what the writer did not mean. */
const date = pg.customType<{ data: string; driverData: string }>({ dataType: () => 'date', toDriver: storableDay })

const sealedColumns = (sealing: Sealing, where: Sealed) => ({
  text: pg.customType<{ data: string; driverData: string }>({
    dataType: () => 'text',
    toDriver: (plain) => sealing.seal(plain, where),
    fromDriver: (stored) => sealing.open(stored, where),
  }),
  /** Sealed it is a JSON string, which no plain value of these columns is. The driver has parsed what is read. */
  json: pg.customType<{ data: unknown; driverData: unknown }>({
    dataType: () => 'jsonb',
    toDriver: (value) =>
      sealing.id ? JSON.stringify(sealing.seal(storableJson(value), where)) : JSON.stringify(value),
    fromDriver: (value) =>
      typeof value === 'string' && isSealed(value) ? JSON.parse(sealing.open(value, where)) : value,
  }),
})

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
  sealed: (name: string, where: Sealed) => sealedColumns(sealing, where).text(name),
  sealedJson: (name: string, where: Sealed) => sealedColumns(sealing, where).json(name),
})
export type Kit = ReturnType<typeof kitOf>
