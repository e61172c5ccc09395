import * as pg from 'drizzle-orm/pg-core'
import { storableDay } from './storable.ts'

/** PostgreSQL would read 2017-2-3 and 3/2/2017 too, and store what the writer did not mean. */
const date = pg.customType<{ data: string; driverData: string }>({ dataType: () => 'date', toDriver: storableDay })

/** PostgreSQL's column builders are the public face of the kit; SQLite's are cast to it once. */
export const kit = {
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
}
export type Kit = typeof kit
