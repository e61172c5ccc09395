import type { Pool, PoolClient } from 'pg'
import { run } from './conflict.ts'
import { kit } from './kit/postgres.ts'
import { migrationsTable, missing } from './migrate.ts'
import { type Lowered, lowered } from './prepare.ts'
import { defineTables } from './schema.ts'
import type { Migration, OfficeStore, Query, Store, Write } from './store.ts'

interface Options {
  /** Where the tables stand; made where absent. Default: the connection's own search path. */
  schema?: string
  connections?: number
}

const statementMs = 15_000
/** Any number of ours; every process that migrates takes the same. */
const migrationLock = 0x64756261

/** Days and instants are read as text, so their form must not hang on the server's own settings. */
const settings = (url: string, schema?: string): { connectionString: string; options: string } => {
  const address = new URL(url)
  const given = address.searchParams.get('options')
  address.searchParams.delete('options')
  const ours = ['-c timezone=UTC', '-c datestyle=ISO', ...(schema ? [`-c search_path=${schema}`] : [])]
  return { connectionString: address.href, options: [given, ...ours].filter(Boolean).join(' ') }
}

/** Runs work on a connection between begin and commit; a connection that cannot even roll back is closed. */
const within = async <T>(pool: Pool, begin: string, work: (connection: PoolClient) => Promise<T>): Promise<T> => {
  const connection = await pool.connect()
  let broken: Error | undefined
  try {
    await connection.query(begin)
    const result = await work(connection)
    await connection.query('commit')
    return result
  } catch (error) {
    await connection.query('rollback').catch((reason: Error) => {
      broken = reason
    })
    throw error
  } finally {
    connection.release(broken)
  }
}

/** A prepared query that was made for the pool, run on one connection of it. */
const on = (connection: PoolClient, write: Write): PromiseLike<unknown> => {
  const { query, values } = lowered(write)
  return (Object.create(query, { client: { value: connection } }) as Lowered).execute(values)
}

const applied = async (client: Pool | PoolClient): Promise<string[]> => {
  const known = await client.query('select to_regclass($1) is not null as known', [migrationsTable])
  if (!known.rows[0].known) return []
  const { rows } = await client.query(`select name from ${migrationsTable} order by id`)
  return rows.map(({ name }) => name)
}

const applyTo = async (connection: PoolClient, migrations: readonly Migration[], schema?: string): Promise<void> => {
  await connection.query('set local statement_timeout = 0')
  await connection.query('select pg_advisory_xact_lock($1)', [migrationLock])
  if (schema) await connection.query(`create schema if not exists ${schema}`)
  await connection.query(
    `create table if not exists ${migrationsTable} (id serial primary key, name text unique,
     applied_at timestamptz default now() not null)`,
  )
  for (const { name, statements } of missing(await applied(connection), migrations)) {
    for (const statement of statements) await connection.query(statement)
    await connection.query(`insert into ${migrationsTable} (name) values ($1)`, [name])
  }
}

/** Opens a pool on a PostgreSQL database (15 or newer); the driver is loaded here and nowhere else. */
export const openPostgres = async (url: string, { schema, connections = 8 }: Options = {}): Promise<Store> => {
  if (schema && !/^[a-z_][a-z0-9_]*$/.test(schema)) throw new Error(`not a schema's name: ${schema}`)
  const [{ default: pg }, { drizzle }] = await Promise.all([import('pg'), import('drizzle-orm/node-postgres')])
  const pool = new pg.Pool({
    ...settings(url, schema),
    max: connections,
    application_name: 'duban',
    connectionTimeoutMillis: 5000,
    statement_timeout: statementMs,
    idle_in_transaction_session_timeout: statementMs,
  })
  // A connection that breaks while idle is replaced at the next query; without a listener it would end the process.
  pool.on('error', () => {})
  const t = defineTables(kit)
  const q = drizzle({ client: pool }) as unknown as Query

  const atomic: OfficeStore['atomic'] = async (write) => {
    const writes = write(q)
    if (writes.length === 0) return [] as never
    return (await within(pool, 'begin isolation level serializable', async (connection) => {
      const results: unknown[] = []
      for (const statement of writes) results.push(await run(() => on(connection, statement)))
      return results
    })) as never
  }
  const one: OfficeStore['one'] = async <R>(write: (q: Query) => Write<R>) => {
    const { query, values } = lowered(write(q))
    return (await run(() => query.execute(values))) as R
  }
  return {
    dialect: 'postgres',
    of: (office) => ({ office, dialect: 'postgres', t, q, atomic, one }),
    applied: () => applied(pool),
    apply: (migrations) => within(pool, 'begin', (connection) => applyTo(connection, migrations, schema)),
    close: () => pool.end(),
  }
}
