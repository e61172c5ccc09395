import * as lite from 'drizzle-orm/sqlite-core'
import { isSealed, type Sealed, type Sealing, unsealed } from '../sealing.ts'
import type { Kit } from './postgres.ts'
import { storableDay, storableInteger, storableJson } from './storable.ts'

/** PostgreSQL refuses some values that SQLite would take; these columns refuse them too. */
const integer = lite.customType<{ data: number; driverData: number }>({
  dataType: () => 'integer',
  toDriver: storableInteger,
})
const date = lite.customType<{ data: string; driverData: string }>({ dataType: () => 'text', toDriver: storableDay })
const json = lite.customType<{ data: unknown; driverData: string }>({
  dataType: () => 'text',
  toDriver: storableJson,
  fromDriver: (text) => JSON.parse(text),
})

const sealedColumns = (sealing: Sealing, where: Sealed) => ({
  text: lite.customType<{ data: string; driverData: string }>({
    dataType: () => 'text',
    toDriver: (plain) => sealing.seal(plain, where),
    fromDriver: (stored) => sealing.open(stored, where),
  }),
  /** Sealed it is a JSON string, which no plain value of these columns is. */
  json: lite.customType<{ data: unknown; driverData: string }>({
    dataType: () => 'text',
    toDriver: (value) => (sealing.id ? JSON.stringify(sealing.seal(storableJson(value), where)) : storableJson(value)),
    fromDriver: (text) => {
      const value = JSON.parse(text)
      return typeof value === 'string' && isSealed(value) ? JSON.parse(sealing.open(value, where)) : value
    },
  }),
})

export const kitOf = (sealing: Sealing = unsealed): Kit =>
  ({
    table: lite.sqliteTable,
    index: lite.index,
    uniqueIndex: lite.uniqueIndex,
    primaryKey: lite.primaryKey,
    foreignKey: lite.foreignKey,
    text: lite.text,
    integer: (name: string) => integer(name),
    boolean: (name: string) => lite.integer(name, { mode: 'boolean' }),
    json: (name: string) => json(name),
    date: (name: string) => date(name),
    instant: (name: string) => lite.integer(name, { mode: 'timestamp_ms' }),
    sealed: (name: string, where: Sealed) => sealedColumns(sealing, where).text(name),
    sealedJson: (name: string, where: Sealed) => sealedColumns(sealing, where).json(name),
  }) as unknown as Kit
