import { Unstorable, WrongKey } from './errors.ts'

/** 32 hexadecimal digits each. What is written is sealed under `key`; what was sealed under `old` is still read. */
export interface Keys {
  key?: string | undefined
  old?: string | undefined
}

/** A column that is sealed, as `table.column`: what was sealed for one opens in no other. */
export type Sealed = 'cases.secret' | 'rooms.webhook' | 'facts.words' | 'identities.key'

/**
 * How identity columns stand at rest: `sm4:<key id>:<base64 of nonce, ciphertext, tag>` (db/sm4.ts). Equal texts of a column
 * are sealed equally, so that looking up and unique keys go on working. Who has the database alone learns that two values of
 * a column are equal, and how long they are; nothing else. Who can write to it can move a value to another row of its column,
 * which `verify` finds.
 */
export interface Sealing {
  /** Of the key that is written under; empty: what is written stands there as it is. */
  readonly id: string
  /** Ids of all keys at hand. */
  readonly known: readonly string[]
  /** The empty text says that there is nothing, and stays empty. @throws Unstorable for what could not be stored, or not be read again, without a key */
  seal(plain: string, where: Sealed): string
  /** What was never sealed comes back as it is. @throws WrongKey where the key is not at hand, or the bytes were changed or are another column's */
  open(stored: string, where: Sealed): string
}

/** Is that how a sealed text stands? */
export const isSealed = (stored: string): boolean => stored.startsWith('sm4:')

/** What cannot be opened comes as it stands. */
export const leniently = (sealing: Sealing): Sealing => ({
  ...sealing,
  open: (stored, where) => {
    try {
      return sealing.open(stored, where)
    } catch (error) {
      if (error instanceof WrongKey) return stored
      throw error
    }
  },
})

/** Is that what a lenient reader (see Reader) came to and could not open, of text and of JSON alike? */
export const isUnopened = (value: unknown): boolean => typeof value === 'string' && isSealed(value)

/** Of which key's content cannot be read; `?` where it does not even say so. */
export const notAtHand = (id = '?'): WrongKey => new WrongKey(`数据库里有用另一把密钥（${id}）加密的内容`)

/** Without keys everything stands as it is. */
export const unsealed: Sealing = {
  id: '',
  known: [],
  seal: (plain) => {
    if (isSealed(plain)) throw new Unstorable('text that would be read as sealed')
    return plain
  },
  open: (stored) => {
    if (isSealed(stored)) throw notAtHand(stored.split(':')[1])
    return stored
  },
}

/** The cipher is loaded with the first key; without `key` everything is written as it is, and what `old` sealed is still read. */
export const createSealing = async (keys: Keys): Promise<Sealing> =>
  keys.key === undefined && keys.old === undefined ? unsealed : (await import('./sm4.ts')).sealingUnder(keys)
