import { DrizzleQueryError } from 'drizzle-orm/errors'

/** An error and what caused it, outermost first: drizzle wraps the driver's. */
const chain = function* (error: unknown): Generator<Record<string, unknown>> {
  for (let e = error, depth = 0; e !== null && typeof e === 'object' && depth < 8; depth++) {
    yield e as Record<string, unknown>
    e = (e as { cause?: unknown }).cause
  }
}
const some = (error: unknown, holds: (e: Record<string, unknown>) => boolean): boolean => {
  for (const e of chain(error)) if (holds(e)) return true
  return false
}
const said = (e: Record<string, unknown>): string => (typeof e.message === 'string' ? e.message : '')

const guarded = 'NOT NULL constraint failed: guards.'

/**
 * Another writer got there first: a guard said that a row moved on, a key is taken already, or PostgreSQL could not put
 * the transactions in an order. Taking the decision again may succeed. Any other error is a bug or an outage.
 */
export const isConflict = (error: unknown): boolean =>
  some(error, (e) => {
    if (e.code === '23505' || e.code === '40001' || e.code === '40P01') return true
    if (e.code === '23502') return e.table === 'guards'
    const message = said(e)
    if (e.code === 'SQLITE_CONSTRAINT_UNIQUE' || e.code === 'SQLITE_CONSTRAINT_PRIMARYKEY') return true
    if (e.code === 'SQLITE_CONSTRAINT_NOTNULL') return message.includes(guarded)
    // D1 has no codes; its messages read “D1_ERROR: UNIQUE constraint failed: …”, and plain SQLite's cause stands below.
    return message.startsWith('D1_ERROR') && (message.includes('UNIQUE constraint failed') || message.includes(guarded))
  })

const BUSY = /^(SQLITE_(BUSY|LOCKED)|POOL_EXHAUSTED$|57014$|55P03$)/

/**
 * There is too much to do just now: another process writes SQLite (openSqlite waits that out for a while before it lets it
 * through), every connection of the pool is in use, or PostgreSQL took longer than a statement may.
 */
export const isBusy = (error: unknown): boolean => some(error, (e) => typeof e.code === 'string' && BUSY.test(e.code))

/** 25006: the server that we are connected to has become a standby. */
const OUTAGE =
  /^(SQLITE_(FULL|IOERR|CANTOPEN|READONLY)|(08|53)...$|57P|25006$|ECONN|EPIPE$|E(NET|HOST)UNREACH$|ETIMEDOUT$|ENOTFOUND$|EAI_AGAIN$)/

/**
 * D1 has no codes: the passing errors of its documented list, and its bounds on what is stored. They are told by their
 * beginning, because what drizzle says of an error repeats the parameters, and with them people's words.
 */
const D1_OUTAGE =
  /^(?:Error: )?(?:D1_ERROR: )?(?:D1 DB (?:is overloaded|reset because|storage operation exceeded|exceeded its CPU)|D1 DB's isolate exceeded|Internal error (?:while starting up|in) D1 DB|Network connection lost|Cannot resolve D1 DB|Can't read from request stream|Exceeded maximum (?:DB size|account storage))/

/**
 * The database cannot be reached or cannot write: the disk is full or fails, the server is down, starts, or has no room.
 * Whoever sends again later may succeed, without anybody's doing to the program. Nothing was stored, or, where the answer
 * was lost on its way (D1 and PostgreSQL are behind a network), all of a batch was: its own keys then say so to who sends again.
 */
export const isOutage = (error: unknown): boolean =>
  some(error, (e) => (typeof e.code === 'string' && OUTAGE.test(e.code)) || D1_OUTAGE.test(said(e)))

/**
 * The driver's error below drizzle's, whose message repeats the parameters and with them people's words. Of a driver's
 * error only `message` and `code` are fit for a log: PostgreSQL's `detail` repeats the row.
 */
export const driverError = (error: unknown): unknown => (error instanceof DrizzleQueryError ? error.cause : error)

/** Rethrows what a query's run throws as the driver's own error. */
export const run = async <T>(query: () => PromiseLike<T>): Promise<T> => {
  try {
    return await query()
  } catch (error) {
    throw driverError(error)
  }
}
