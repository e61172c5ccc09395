import type { Incoming } from '../model/message.ts'
import { addressKey } from '../model/message.ts'

/** What becomes of a message: heard; heard and answered that it is too fast; dropped without a word and without a store. */
export type Admission = 'heard' | 'told' | 'dropped'

export interface Throttle {
  admit(message: Incoming): Admission
  /** Has this sender just tried too many binding codes that are none? */
  guesses(message: Incoming): boolean
  /** A binding code that is none was tried. */
  guessed(message: Incoming): void
}

/** Messages a minute, over any minute, of one sender and into one room; 0: as many as come. */
export interface Rates {
  sender: number
  room: number
}

const MINUTE_MS = 60_000
/** Wrong codes of one sender, and in how long they are forgotten. */
const CODES = 5
const CODES_MS = 10 * MINUTE_MS
/** Of senders, rooms and messages each; who was heard of longest ago is forgotten first. */
const MOST = 10_000

interface Bucket {
  level: number
  at: number
  /** Too fast, until half of what is allowed has run out again. */
  shut: boolean
}

/** Keeps the newest `MOST`. */
const keep = <V>(map: Map<string, V>, key: string, value: V): void => {
  map.delete(key)
  map.set(key, value)
  for (const oldest of map.keys()) {
    if (map.size <= MOST) break
    map.delete(oldest)
  }
}

/** Buckets that fill by one a message and run out evenly, `most` in `ms`. A flood fills them no higher than one and a half times. */
const buckets = (most: number, ms: number, now: () => Date) => {
  const known = new Map<string, Bucket>()
  const current = (key: string): Bucket => {
    const at = now().getTime()
    const before = known.get(key) ?? { level: 0, at, shut: false }
    const level = Math.max(0, before.level - (Math.max(0, at - before.at) * most) / ms)
    return { level, at, shut: before.shut && level > most / 2 }
  }
  return {
    isFull: (key: string): boolean => most > 0 && current(key).level >= most,
    /** Fills it. `before`: was it shut already, `shut`: is it now? */
    add(key: string): { before: boolean; shut: boolean } {
      if (most === 0) return { before: false, shut: false }
      const { level, at, shut } = current(key)
      const filled = Math.min(level + 1, most * 1.5)
      const next = { level: filled, at, shut: shut || filled > most }
      keep(known, key, next)
      return { before: shut, shut: next.shut }
    },
  }
}

/**
 * Holds one sender, and one room, to so many messages a minute: what is over is told once and then dropped until it calms down.
 * In this process's memory: a count that processes share would be a write for each message that is to cost nothing, and of
 * several processes each lets through as much. A redelivery is what its first delivery was, and counts no more. In a room only
 * what is said to the bot counts: people may talk to each other as fast as they like.
 */
export const createThrottle = ({ sender, room }: Rates, now: () => Date): Throttle => {
  const [senders, rooms, codes] = [
    buckets(sender, MINUTE_MS, now),
    buckets(room, MINUTE_MS, now),
    buckets(CODES, CODES_MS, now),
  ]
  const seen = new Map<string, Admission>()
  const senderOf = (message: Incoming): string => addressKey({ ...message, id: message.from.id })

  const judged = (message: Incoming): Admission => {
    const said = message.addressed || message.button !== undefined
    const filled = [senders.add(senderOf(message))]
    if (said && message.room.kind === 'room') filled.push(rooms.add(addressKey(message.room)))
    const over = filled.filter(({ shut }) => shut)
    if (over.length === 0) return 'heard'
    // What nobody said to the bot is answered by nothing, not even by this.
    return said && over.every(({ before }) => !before) ? 'told' : 'dropped'
  }

  return {
    admit(message) {
      const key = addressKey({ ...message, id: message.id })
      const known = seen.get(key)
      if (known) return known
      const admission = judged(message)
      // Told once: when it comes again its receipt is there, and says the same.
      keep(seen, key, admission === 'told' ? 'heard' : admission)
      return admission
    },
    guesses: (message) => codes.isFull(senderOf(message)),
    guessed: (message) => void codes.add(senderOf(message)),
  }
}
