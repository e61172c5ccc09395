import type { IntentName } from './model/intent.ts'
import type { Platform } from './model/message.ts'

/** What a line of the log may hold, and nothing besides: no words of people, no token, no query string. */
export interface LogEntry {
  /** What happened, one word: `message`, `delivery`, `tick`, `request`, `start`. */
  event: string
  /** The platform's id of the message, or the notice's. */
  id?: string
  platform?: Platform
  intent?: IntentName
  /** What became of it, one word: `answered`, `seen`, `silent`, `refused`, `later`, `dead`. */
  outcome?: string
  /** A request's path; what follows `?` is cut off. */
  path?: string
  status?: number
  count?: number
  ms?: number
  error?: ErrorFacts
}

/** Of an error only its class and the code of what caused it: messages hold parameters, which are people's words. */
export interface ErrorFacts {
  class: string
  code?: string
}

export type Log = (entry: LogEntry) => void

const word = /^[a-z][a-z0-9_-]{0,39}$/i
const idText = /^[\w:.@=+/-]{1,200}$/
const pathText = /^\/[\w./-]{0,200}$/

/** A text of the given form, else `?`: what is no code word is not written, whoever passed it. */
const coded = (value: string | undefined, form: RegExp) =>
  value === undefined ? undefined : form.test(value) ? value : '?'
const round = (value: number | undefined) => (value === undefined ? undefined : Math.round(value * 100) / 100)

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

function codeOf(error: unknown): string | undefined {
  for (const name of ['code', 'reason', 'status']) {
    const value = property(error, name)
    if ((typeof value === 'string' && /^\w[\w-]{0,39}$/.test(value)) || Number.isSafeInteger(value))
      return String(value)
  }
  return undefined
}

/** An error's class and the code nearest to its root (SQLITE_BUSY, 23505, ECONNRESET, a delivery's reason). */
export function describeError(error: unknown): ErrorFacts {
  const name = error instanceof Error ? error.constructor.name || error.name : typeof error
  let code = codeOf(error)
  let cause = property(error, 'cause')
  // A chain of causes may be a circle.
  for (let depth = 0; cause !== undefined && depth < 8; depth++) {
    code = codeOf(cause) ?? code
    cause = property(cause, 'cause')
  }
  return { class: coded(name, word) ?? '?', ...(code !== undefined && { code }) }
}

const errorLine = (error: ErrorFacts) => ({
  class: coded(error.class, word),
  code: coded(error.code, /^\w[\w-]{0,39}$/),
})

/** A log of JSON lines. `write` takes one line without its line break; `now` is the clock. */
export function createLog(write: (line: string) => void, now: () => Date): Log {
  return (entry) =>
    write(
      JSON.stringify({
        at: now().toISOString(),
        event: coded(entry.event, word),
        id: coded(entry.id, idText),
        platform: coded(entry.platform, word),
        intent: coded(entry.intent, word),
        outcome: coded(entry.outcome, word),
        path: coded(entry.path?.split(/[?#]/, 1)[0], pathText),
        status: round(entry.status),
        count: round(entry.count),
        ms: round(entry.ms),
        error: entry.error && errorLine(entry.error),
      }),
    )
}
