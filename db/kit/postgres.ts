import * as pg from 'drizzle-orm/pg-core'

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
  date: (name: string) => pg.date(name, { mode: 'string' }),
  instant: (name: string) => pg.timestamp(name, { withTimezone: true, precision: 3, mode: 'date' }),
}
export type Kit = typeof kit
