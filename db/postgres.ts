import type { PoolClient } from 'pg'
import { run } from './conflict.ts'
import { kitOf } from './kit/postgres.ts'
import { appliedOn, apply } from './postgres/apply.ts'
import { connectionsOf, type Line } from './postgres/connections.ts'
import { type Asked, settingsOf } from './postgres/settings.ts'
import { lowered, rebound, sharesBuilt } from './prepare.ts'
import { defineTables } from './schema.ts'
import { leniently, type Sealing, unsealed } from './sealing.ts'
import type { OfficeStore, Query, Reader, Store, Write } from './store.ts'

/** Over all offices: what the wall lets read everywhere and write nowhere. */
const EVERYWHERE = '*'

/** A prepared query that was made for the pool, run on one line of it. */
const on = (line: Line, write: Write): PromiseLike<unknown> => {
  const { query, values } = lowered(write)
  return rebound(query, line).execute(values)
}

/** Opens a pool on a PostgreSQL database (15 or newer); the driver is loaded here and nowhere else. */
export const openPostgres = async (
  url: string,
  { sealing = unsealed, ...asked }: Asked & { sealing?: Sealing | undefined } = {},
): Promise<Store> => {
  const { config, pooled } = settingsOf(url, asked)
  const [{ default: pg }, { drizzle }] = await Promise.all([import('pg'), import('drizzle-orm/node-postgres')])
  const pool = new pg.Pool(config)
  // A connection that breaks, idle or between two statements, is replaced at the next query; unheard it would end the process.
  pool.on('error', () => {})
  pool.on('connect', (connection) => void connection.on('error', () => {}))
  const t = defineTables(kitOf(sealing))
  const { within, line, batch } = connectionsOf(pool, pooled)
  const queryOn = (at: Line): Query => drizzle({ client: at as unknown as PoolClient }) as unknown as Query
  const open = line()
  const q = queryOn(open)
  /** Whether a wall stands between offices (db/postgres/wall.ts): known when the migrations are through. */
  let walled = false

  const queries = new Map<string, Query>()
  /** Behind the wall each office has its own line; what is prepared is built once for all of them. */
  const queryOf = (office: string): Query => {
    if (!walled) return q
    const known = queries.get(office)
    if (known) return known
    const own = line(office)
    const query = queryOn(own)
    sharesBuilt(query, { q, client: own })
    queries.set(office, query)
    return query
  }
  const readerOf = (office: string): Reader => ({
    office,
    dialect: 'postgres',
    t,
    q: queryOf(office),
    sealed: sealing.id !== '',
    everywhere: () => (walled ? { ...readerOf(EVERYWHERE), office } : readerOf(office)),
    lenient: () => ({ ...readerOf(office), t: defineTables(kitOf(leniently(sealing))) }),
  })
  const storeOf = (office: string): OfficeStore => {
    const reader = readerOf(office)
    const own = reader.q as Query
    return {
      ...reader,
      q: own,
      atomic: async (write) => {
        const writes = write(own)
        if (writes.length === 0) return [] as never
        const statements = writes.map((statement) => (at: Line) => run(() => on(at, statement)))
        return (await batch('begin isolation level serializable', statements, walled ? office : undefined)) as never
      },
      one: async <R>(write: (q: Query) => Write<R>) => {
        const { query, values } = lowered(write(own))
        return (await run(() => query.execute(values))) as R
      },
    }
  }
  return {
    dialect: 'postgres',
    sealing,
    of: storeOf,
    applied: () => appliedOn(open),
    apply: async (migrations) => {
      walled = await within('begin', (connection) => apply(connection, migrations, asked.schema))
    },
    close: () => pool.end(),
  }
}
