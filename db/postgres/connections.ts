import type { Pool, PoolClient, QueryConfig, QueryResult } from 'pg'
import { NoConnection } from '../errors.ts'
import { silentMs } from './settings.ts'
import { type Statement, together } from './together.ts'

/** What drizzle asks of a connection. */
export interface Line {
  query(config: QueryConfig, values?: unknown[]): Promise<QueryResult>
}

const NO_FREE = 'timeout exceeded when trying to connect'
const LOST = /^(Connection terminated|Client (has encountered|was closed)|Query read timeout)/

/** The driver says of a connection that is gone or was not to be had nothing but a sentence: given a code like all else. */
const coded = (error: unknown, pool: Pool): unknown => {
  if (!(error instanceof Error)) return error
  if (error.message === NO_FREE)
    return new NoConnection(pool.totalCount >= (pool.options.max ?? 0) ? 'POOL_EXHAUSTED' : 'ECONNTIMEOUT', error)
  return LOST.test(error.message) ? new NoConnection('ECONNLOST', error) : error
}

/** A refused statement leaves its connection as it was; all else leaves one of which nobody knows how it stands. */
const isWhole = (error: unknown): boolean => {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && !/^(08|57P|25006)/.test(code)
}

/** What the driver's types leave out: it waits for a batch as long as the server may take for all of it, with its end. */
const patient = (config: QueryConfig, statements: number): QueryConfig & { query_timeout: number } => ({
  ...config,
  query_timeout: silentMs(statements + 2),
})

/** Says a connection's office to the wall (see wall.ts): kept for the session, or for the transaction alone. */
const SAY_OFFICE = 'select set_config($1, $2, $3)'
export const OFFICE_SETTING = 'duban.office'

/**
 * Connections of a pool. `pooled`: a pooler stands between, so nothing may be left on a connection. An office is said to
 * a connection where a wall stands, and only when it was another's before.
 */
export const connectionsOf = (pool: Pool, pooled: boolean) => {
  const standsFor = new WeakMap<PoolClient, string>()

  /** Runs work on a connection; one that broke, or went over to a standby, is closed and not given to the next. */
  const holding = async <T>(work: (connection: PoolClient) => Promise<T>): Promise<T> => {
    let connection: PoolClient | undefined
    let broken = false
    try {
      connection = await pool.connect()
      return await work(connection)
    } catch (error) {
      broken = !isWhole(error)
      throw coded(error, pool)
    } finally {
      connection?.release(broken)
    }
  }
  const say = async (connection: PoolClient, office: string): Promise<void> => {
    if (!pooled && standsFor.get(connection) === office) return
    // What a transaction sets is undone with it: a session's setting is made outside, or counts for nothing.
    standsFor.delete(connection)
    await connection.query(SAY_OFFICE, [OFFICE_SETTING, office, pooled])
    if (!pooled) standsFor.set(connection, office)
  }
  /** Runs work between begin and commit, said to be of an office where one is given. */
  const within = <T>(begin: string, work: (connection: PoolClient) => Promise<T>, office?: string): Promise<T> =>
    holding(async (connection) => {
      if (office !== undefined && !pooled) await say(connection, office)
      await connection.query(begin)
      try {
        if (office !== undefined && pooled) await say(connection, office)
        const result = await work(connection)
        await connection.query('commit')
        return result
      } catch (error) {
        // The first error says what was wrong; a connection that cannot even roll back is closed.
        if (isWhole(error)) await connection.query('rollback')
        throw error
      }
    })
  /** A statement that a pooler may send to any server is not named. */
  const plain = (config: QueryConfig): QueryConfig => {
    if (!pooled || config.name === undefined) return config
    const { name: _, ...unnamed } = config
    return unnamed
  }
  /** Where a query outside a batch goes, of one office where a wall stands. */
  const line = (office?: string): Line => ({
    query: (config, values) =>
      office !== undefined && pooled
        ? within('begin', (connection) => connection.query(plain(config), values), office)
        : holding(async (connection) => {
            if (office !== undefined) await say(connection, office)
            return connection.query(plain(config), values)
          }),
  })
  /**
   * Statements in a transaction of their own. Its begin is waited for: what follows one that failed would be kept piece by
   * piece.
   */
  const batch = (begin: string, statements: readonly Statement[], office?: string): Promise<unknown[]> =>
    holding(async (connection) => {
      if (office !== undefined && !pooled) await say(connection, office)
      await connection.query(begin)
      const own: Line = {
        query: (config, values) => connection.query(patient(plain(config), statements.length), values),
      }
      if (office === undefined || !pooled) return together(own, statements)
      const saying: Statement = (at) => at.query({ text: SAY_OFFICE }, [OFFICE_SETTING, office, pooled])
      return (await together(own, [saying, ...statements])).slice(1)
    })
  return { within, line, batch }
}
