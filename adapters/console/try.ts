import type { Card } from '../../src/model/card.ts'
import { type Attached, addressKey } from '../../src/model/message.ts'
import { DeliveryError } from '../../src/model/problem.ts'
import type { Adapter } from '../adapter.ts'

/** What the bot says in the simulated group, by the key of the place. */
export interface BotWords {
  room: string
  card: Card
  /** Ids of accounts that are @-mentioned. */
  mention: string[]
  /** Equal on every try of one delivery. */
  key: string
}

/** The simulated group behind the adapter: what a platform's servers are elsewhere. */
export interface TryRooms {
  /** Shows it, once for each key; its id. */
  said(words: BotWords): string
  /** Puts a card in the place of the one that stands there; false where the message is no more. */
  turned(ref: string, card: Card): boolean
  /** A file that was dropped in; undefined where it is no longer kept. */
  file(handle: string): { name: string; bytes: Uint8Array } | undefined
}

const PER_MINUTE = 1000
/** As long as the group itself lasts. */
const KEYS_MS = 86_400_000

/** The simulated group as a platform: cards arrive in a browser page, are put right in place, and files are fetched from it. */
export const createTryAdapter = (rooms: TryRooms): Adapter => ({
  platform: 'console',
  route: 'try',
  perMinute: PER_MINUTE,
  once: KEYS_MS,
  canStart: { room: true, person: true },
  deliver: async ({ to, card, key, mention = [] }) => ({
    ref: rooms.said({ room: addressKey(to), card, key, mention: mention.map(({ id }) => id) }),
  }),
  update: async ({ ref, card }) => {
    if (!rooms.turned(ref, card)) throw new DeliveryError('gone', '消息已不在')
  },
  fetchFile: async ({ handle }: Attached) => {
    const file = rooms.file(handle)
    if (!file) throw new DeliveryError('gone', '文件已不在')
    return file
  },
})
