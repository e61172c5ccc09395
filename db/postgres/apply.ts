import type { PoolClient } from 'pg'
import { WrongVersion } from '../errors.ts'
import { migrationsTable, missing } from '../migrate.ts'
import type { Migration } from '../store.ts'
import type { Line } from './connections.ts'
import { isWalled, raiseWall } from './wall.ts'

/** Any number of ours; every process that migrates takes the same. */
const MIGRATION_LOCK = 0x64756261
/** An index over millions of rows takes its time, and whoever waits for the lock waits as long. */
const AN_HOUR_MS = 3_600_000

/** One that has all the time it needs, on the server and in the driver. */
const patient = (text: string) => ({ text, query_timeout: AN_HOUR_MS }) as { text: string }

const isThere = async (line: Pick<Line, 'query'>, table: string): Promise<boolean> =>
  (await line.query({ text: 'select to_regclass($1) is not null as known' }, [table])).rows[0].known

export const appliedOn = async (line: Line): Promise<string[]> => {
  if (!(await isThere(line, migrationsTable))) return []
  const { rows } = await line.query({ text: `select name from ${migrationsTable} order by id` })
  return rows.map(({ name }) => name)
}

/** 42501: the role that a replica works as behind a wall may have no right to change tables. */
const sayWhoMay = (error: unknown): never => {
  if ((error as { code?: unknown }).code !== '42501') throw error
  throw new WrongVersion('数据库缺本程序要的表，这个角色无权建表，没有改动：请以表的所有者执行 duban db migrate')
}

/**
 * What is missing of the list, on a connection in a transaction: one process does it, the others wait and then find nothing
 * missing. True where a wall stands between offices; it is drawn around new tables too.
 */
export const apply = async (
  connection: PoolClient,
  migrations: readonly Migration[],
  schema: string | undefined,
): Promise<boolean> => {
  const line: Line = connection
  await connection.query('set local statement_timeout = 0')
  await connection.query(patient(`select pg_advisory_xact_lock(${MIGRATION_LOCK})`))
  if (schema && (await connection.query('select to_regnamespace($1) is null as gone', [schema])).rows[0].gone)
    await connection.query(`create schema ${schema}`)
  const behind = missing(await appliedOn(line), migrations)
  if (behind.length === 0) return isWalled(line)
  try {
    await connection.query(
      `create table if not exists ${migrationsTable} (id serial primary key, name text unique,
       applied_at timestamptz default now() not null)`,
    )
    for (const { name, statements } of behind) {
      for (const statement of statements) await connection.query(patient(statement))
      await connection.query(`insert into ${migrationsTable} (name) values ($1)`, [name])
    }
    const walled = await isWalled(line)
    if (walled) await raiseWall(line)
    return walled
  } catch (error) {
    return sayWhoMay(error)
  }
}
