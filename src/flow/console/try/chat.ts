import type { Card } from '../../../model/card.ts'

/** Who said it: an account of the simulated group; absent is the bot. */
export interface Speaker {
  account: string
  name: string
}

/** One message of the simulated group as the page shows it. `seq` moves on when it is changed. */
export interface Said {
  ref: string
  seq: number
  room: string
  at: Date
  from?: Speaker
  text: string
  card?: Card
  /** Names of people whom the bot @-mentions. */
  mention: string[]
  file?: { name: string; size: number }
  /** The card was put right in place. */
  turned?: boolean
}

interface Kept {
  name: string
  bytes: Uint8Array
}

/** What is kept: the last messages of each room, and files while they are of use. */
const MESSAGES = 200
const FILES = 8

/**
 * The simulated group's own memory, as a platform's servers have it: it lasts as long as the process. The ledger knows nothing
 * of it.
 */
export const createTryChat = (now: () => Date, epoch: string) => {
  let seq = 0
  const rooms = new Map<string, Said[]>()
  const byRef = new Map<string, Said>()
  const keys = new Map<string, string>()
  const files = new Map<string, Kept>()
  const waiting = new Set<() => void>()
  let closed = false

  const wake = () => {
    for (const go of [...waiting]) go()
  }
  const add = (said: Omit<Said, 'ref' | 'seq' | 'at'>): string => {
    seq += 1
    const message: Said = { ...said, ref: `${epoch}-${seq}`, seq, at: now() }
    const own = rooms.get(said.room) ?? []
    rooms.set(said.room, own)
    own.push(message)
    byRef.set(message.ref, message)
    if (own.length > MESSAGES) byRef.delete(own.shift()?.ref ?? '')
    wake()
    return message.ref
  }
  const once = (key: string, make: () => string): string => {
    const ref = keys.get(key) ?? make()
    keys.set(key, ref)
    return ref
  }

  return {
    /** Another one means that what was shown before is gone. */
    epoch,
    seq: () => seq,
    /** Somebody speaks; the same id again is the same message. */
    hear: (id: string, said: { room: string; from: Speaker; text: string; file?: Said['file'] }): string =>
      once(`heard:${id}`, () => add({ ...said, mention: [] })),
    said: ({ room, card, key, mention }: { room: string; card: Card; key: string; mention: string[] }): string =>
      once(`said:${key}`, () => add({ room, card, text: '', mention })),
    turned: (ref: string, card: Card): boolean => {
      const message = byRef.get(ref)
      if (!message) return false
      seq += 1
      Object.assign(message, { card, seq, turned: true })
      wake()
      return true
    },
    keep: (file: Kept): string => {
      const handle = `${epoch}-file-${files.size}-${seq}`
      files.set(handle, file)
      const [oldest] = files.keys()
      if (files.size > FILES && oldest !== undefined) files.delete(oldest)
      return handle
    },
    file: (handle: string): Kept | undefined => files.get(handle),
    /** What is new or was changed after that number, oldest first. */
    since: (after: number): Said[] =>
      [...rooms.values()].flatMap((own) => own.filter((message) => message.seq > after)).sort((a, b) => a.seq - b.seq),
    /** Ends when there is something after that number, when the time is over, when whoever waits is gone, or when all closes. */
    changed: (after: number, ms: number, signal: AbortSignal): Promise<void> =>
      new Promise((done) => {
        if (closed || seq > after || signal.aborted) return done()
        const go = () => {
          clearTimeout(timer)
          waiting.delete(go)
          signal.removeEventListener('abort', go)
          done()
        }
        const timer = setTimeout(go, ms)
        signal.addEventListener('abort', go)
        waiting.add(go)
      }),
    close: () => {
      closed = true
      wake()
    },
  }
}

export type TryChat = ReturnType<typeof createTryChat>
