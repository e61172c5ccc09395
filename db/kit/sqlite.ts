import * as lite from 'drizzle-orm/sqlite-core'
import type { Kit } from './postgres.ts'

export const kit = {
  table: lite.sqliteTable,
  index: lite.index,
  uniqueIndex: lite.uniqueIndex,
  primaryKey: lite.primaryKey,
  foreignKey: lite.foreignKey,
  text: lite.text,
  integer: lite.integer,
  boolean: (name: string) => lite.integer(name, { mode: 'boolean' }),
  json: (name: string) => lite.text(name, { mode: 'json' }),
  date: (name: string) => lite.text(name),
  instant: (name: string) => lite.integer(name, { mode: 'timestamp_ms' }),
} as unknown as Kit
