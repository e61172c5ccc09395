import { isSealed, type Sealed, type Sealing } from '../sealing.ts'
import { storableJson } from './storable.ts'

/** How the text of a sealed column goes to any driver and comes back. */
export const textSealed = (sealing: Sealing, where: Sealed) => ({
  toDriver: (plain: string): string => sealing.seal(plain, where),
  fromDriver: (stored: string): string => sealing.open(stored, where),
})

/** The same for JSON: sealed it is a JSON string, which no plain value of these columns is. `plain` writes it unsealed. */
export const jsonSealed = (sealing: Sealing, where: Sealed, plain: (value: unknown) => string) => ({
  toDriver: (value: unknown): string =>
    sealing.id ? JSON.stringify(sealing.seal(storableJson(value), where)) : plain(value),
  /** Of what the driver or the caller has parsed. */
  opened: (value: unknown): unknown => {
    if (typeof value !== 'string' || !isSealed(value)) return value
    const opened = sealing.open(value, where)
    return isSealed(opened) ? opened : JSON.parse(opened)
  },
})
