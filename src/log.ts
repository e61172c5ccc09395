import { Intent, type IntentName } from './model/intent.ts'
import { ID_WORDS, LOG_WORDS, PATH_WORDS } from './model/log-words.ts'
import { Platform } from './model/message.ts'
import { REASONS } from './model/problem.ts'

/** What a line of the log may hold, and nothing besides: no words of people, no names, no token, no query string. */
export interface LogEntry {
  /** What happened, one word: `message`, `delivery`, `tick`, `request`, `start`. */
  event: string
  /** The platform's id of the message, or the notice's. */
  id?: string
  platform?: Platform
  intent?: IntentName
  /** What became of it, in words of LOG_WORDS joined by `-`: `answered`, `seen`, `silent`, `refused-role`, `later`, `dead`. */
  outcome?: string
  /** Why a delivery did not arrive. */
  reason?: string
  /** A request's path; only what is known of it is kept. */
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

export const LEVELS = ['error', 'warn', 'info'] as const
export type Level = (typeof LEVELS)[number]

/** A class as code names it: TypeError, DrizzleQueryError, SqliteError. */
const className =
  /^(?:[A-Z][A-Za-z]{0,30}(?:Error|Exception)|Error|BadInput|Refusal|Refused|NoAnswer|WrongVersion|string|number|bigint|boolean|symbol|undefined|object|function)$/
/** SQLITE_BUSY, ECONNRESET, 23505, 40001; nothing as long as a mobile number, and no mixture of signs as a token is. */
const codeText = /^(?:E[A-Z0-9]{2,12}|[A-Z][A-Z0-9]{0,15}(?:_[A-Z0-9]{1,24}){1,6}|[0-9A-Z]{5}|\d{1,9})$/
/** Ids that a machine gave and that name nobody: numbers (of no length that a mobile or an identity card has), days, ULIDs, those of Lark. */
const opaque =
  /^(?:\d{1,10}|\d{19,20}|\d{4}(?:-\d\d){1,2}(?:T\d\d)?|\d\d(?:\.\d{3}Z)?|[0-7][0-9A-HJKMNP-TV-Z]{25}|o[cmn]_\w{1,64}|cli_\w{1,32}|[0-9a-f]{8})$/

const intents: ReadonlySet<string> = new Set(Intent.options.map(({ shape }) => shape.intent.value))
const platforms: ReadonlySet<string> = new Set(Platform.options)
const reasons: ReadonlySet<string> = new Set([...REASONS, 'other'])

const known = (value: string | undefined, all: ReadonlySet<string>): string | undefined =>
  value === undefined || all.has(value) ? value : '?'

const isWord = (part: string): boolean => LOG_WORDS.has(part) || /^(?:\d{1,6}|E[A-Z0-9]{2,12})$/.test(part)

/** `refused-role`, `http-502`: each part a word of ours, else `?` in its place. */
const wordsOf = (value: string | undefined): string | undefined =>
  value
    ?.slice(0, 80)
    .split('-')
    .map((part) => (isWord(part) ? part : '?'))
    .join('-')

/** FNV-1a, 32 bits: enough to see that two lines speak of the same. */
const digest = (text: string): string => {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, '0')
}

/** Part by part; an account, a room's own name or anything else that could name somebody stands as `~` and a salted digest. */
const idOf = (value: string | undefined, salt: string): string | undefined =>
  value
    ?.slice(0, 400)
    .split(':')
    .map((part) => (part === '' || ID_WORDS.has(part) || opaque.test(part) ? part : `~${digest(salt + part)}`))
    .join(':')

/** Segments of ours, `*` for every other; what follows `?` or `#` is cut off. */
const pathOf = (value: string | undefined): string | undefined =>
  value
    ?.split(/[?#]/, 1)[0]
    ?.slice(0, 200)
    .split('/')
    .map((part) => (part === '' || PATH_WORDS.has(part) ? part : '*'))
    .join('/')

const number = (value: number | undefined) =>
  typeof value === 'number' && Number.isFinite(value) && Math.abs(value) < 1e10
    ? Math.round(value * 100) / 100
    : undefined

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

const isCode = (text: string): boolean => codeText.test(text) || reasons.has(text)

function codeOf(error: unknown): string | undefined {
  for (const name of ['code', 'reason', 'status']) {
    const value = property(error, name)
    const text = typeof value === 'number' ? String(value) : value
    if (typeof text === 'string' && isCode(text)) return text
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
  return { class: className.test(name) ? name : '?', ...(code !== undefined && { code }) }
}

const errorLine = ({ class: name, code }: ErrorFacts) => ({
  class: className.test(name) ? name : '?',
  code: code === undefined || isCode(code) ? code : '?',
})

/** Of a connection, what is as it should be. */
const WELL: ReadonlySet<string> = new Set(['ready', 'reconnected', 'begun', 'stopped', 'aborted', 'ended'])

/** What a person should look at is a warning; what should not happen at all is an error. */
const levelOf = ({ event, outcome = '', status = 0, error }: LogEntry): Level => {
  if (event === 'crash' || status === 500 || (outcome === 'failed' && error)) return 'error'
  if (error || status >= 400 || event === 'refused' || outcome === 'failed') return 'warn'
  if (event === 'delivery' && (outcome === 'dead' || outcome === 'unsure')) return 'warn'
  return (event === 'socket' || event === 'listen') && !WELL.has(outcome) ? 'warn' : 'info'
}

/**
 * The wall: whatever goes in, only words of ours, numbers and opaque ids come out, each in its own field. `salt` keeps the
 * digests that stand for accounts from being looked up in a list of names.
 */
export const shaped = (entry: LogEntry, salt: string) => ({
  level: levelOf(entry),
  fields: {
    event: wordsOf(entry.event),
    id: idOf(entry.id, salt),
    platform: known(entry.platform, platforms),
    intent: known(entry.intent, intents),
    outcome: wordsOf(entry.outcome),
    reason: known(entry.reason, reasons),
    path: pathOf(entry.path),
    status: number(entry.status),
    count: number(entry.count),
    ms: number(entry.ms),
    error: entry.error && errorLine(entry.error),
  },
})

/** Is it to be written where less than `least` is not? */
const matters = (level: Level, least: Level): boolean => LEVELS.indexOf(level) <= LEVELS.indexOf(least)

interface Wanted {
  now(): Date
  /** What is less than this is not written. */
  level?: Level
  salt?: string
}

/** A log of JSON lines where there is no pino (Workers). `write` takes one line without its line break. */
export function createLog(write: (line: string) => void, { now, level: least = 'info', salt = '' }: Wanted): Log {
  return (entry) => {
    const { level, fields } = shaped(entry, salt)
    if (matters(level, least)) write(JSON.stringify({ level, at: now().toISOString(), ...fields }))
  }
}
