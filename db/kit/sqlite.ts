import * as lite from 'drizzle-orm/sqlite-core'
import { type Sealed, type Sealing, unsealed } from '../sealing.ts'
import type { Kit } from './postgres.ts'
import { jsonSealed, textSealed } from './sealed.ts'
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

const sealedText = (sealing: Sealing, where: Sealed) =>
  lite.customType<{ data: string; driverData: string }>({ dataType: () => 'text', ...textSealed(sealing, where) })

const sealedJson = (sealing: Sealing, where: Sealed) => {
  const { toDriver, opened } = jsonSealed(sealing, where, storableJson)
  const fromDriver = (text: string) => opened(JSON.parse(text))
  return lite.customType<{ data: unknown; driverData: string }>({ dataType: () => 'text', toDriver, fromDriver })
}

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
    sealed: (name: string, where: Sealed) => sealedText(sealing, where)(name),
    sealedJson: (name: string, where: Sealed) => sealedJson(sealing, where)(name),
  }) as unknown as Kit
