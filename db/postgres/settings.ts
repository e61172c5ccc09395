import type { PoolConfig } from 'pg'

export interface Asked {
  /** Where the tables stand; made where absent. Default: the connection's own search path. */
  schema?: string | undefined
  /** Connections of this process at most; half of them are open while little is asked. */
  connections?: number | undefined
  /** As pg_stat_activity shows it. */
  name?: string
}

/** A server ends what takes longer; the driver gives up on one that says nothing a little later. */
const STATEMENT_MS = 15_000
const LATER_MS = 5000
/** How long the driver waits where so many statements lie before the server at once: each may take its time there. */
export const silentMs = (statements: number): number => statements * STATEMENT_MS + LATER_MS

/** Platforms hang up after three seconds: who waited so long for a connection is told to come again. */
const CONNECT_MS = 2500
const IDLE_MS = 30_000
const KEEP_ALIVE_MS = 10_000
/** A batch holds a connection for some milliseconds, and a server has a hundred for all. */
const CONNECTIONS = 8

/** Days and instants are read as text, so their form must not hang on the server's own settings. */
const OURS = ['-c timezone=UTC', '-c datestyle=ISO']

/**
 * How a pool reaches the database of a URL. `pgbouncer=true` in it says that a pooler in transaction mode stands between:
 * then nothing is set for a session and no statement is named, and what we set otherwise is the role's (`alter role`).
 */
export const settingsOf = (url: string, { schema, connections = CONNECTIONS, name = 'duban' }: Asked) => {
  if (schema && !/^[a-z_][a-z0-9_]*$/.test(schema)) throw new Error(`not a schema's name: ${schema}`)
  const address = new URL(url)
  const pooled = address.searchParams.get('pgbouncer') === 'true'
  const given = address.searchParams.get('options')
  for (const own of ['options', 'pgbouncer']) address.searchParams.delete(own)
  const options = [given, ...OURS, ...(schema ? [`-c search_path=${schema}`] : [])].filter(Boolean).join(' ')
  const session = {
    options,
    statement_timeout: STATEMENT_MS,
    idle_in_transaction_session_timeout: STATEMENT_MS,
  }
  const config: PoolConfig = {
    connectionString: address.href,
    max: connections,
    application_name: name,
    connectionTimeoutMillis: CONNECT_MS,
    idleTimeoutMillis: IDLE_MS,
    query_timeout: silentMs(1),
    // What is asked on one connection without waiting goes out at once: the statements of a batch.
    pipeline: true,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
    ...(!pooled && session),
  }
  return { config, pooled }
}
