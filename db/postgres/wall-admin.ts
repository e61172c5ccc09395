import type { Client } from 'pg'
import { settingsOf } from './settings.ts'
import { isWalled, raiseWall, razeWall } from './wall.ts'

/** What an administrator found and did. */
export interface Walled {
  /** Tables that were drawn in or let out just now. */
  tables: string[]
  stands: boolean
  /** Is the role that asks beyond the wall (a superuser, or BYPASSRLS)? */
  beyond: boolean
  role: string
  /** Connections of our processes: none of these of them knows of a wall that comes or goes under it. */
  connected: number
}

// Addresses are hidden where another role is connected, and there is none on a Unix socket; the name is for all to see.
const connectedNow = `select count(*)::int as n from pg_stat_activity
  where datname = current_database() and application_name = 'duban'`

const roleNow = `select rolname as role, rolsuper or rolbypassrls as beyond from pg_roles where rolname = `

const stateOf = async (client: Client, role: string | undefined): Promise<Omit<Walled, 'tables'>> => {
  const found = await client.query(
    `${roleNow}${role === undefined ? 'current_user' : '$1'}`,
    role === undefined ? [] : [role],
  )
  if (!found.rows[0]) throw new Error(`no such role: ${role}`)
  const { rows } = await client.query(connectedNow)
  return { ...found.rows[0], connected: rows[0].n, stands: await isWalled(client) }
}

/** Lets another role than the owner work on the tables, those that are still to come among them. */
const admit = async (client: Client, role: string): Promise<void> => {
  const { rows } = await client.query('select current_schema() as schema')
  const schema = client.escapeIdentifier(rows[0].schema)
  const own = client.escapeIdentifier(role)
  const may = 'select, insert, update, delete'
  await client.query(`grant usage on schema ${schema} to ${own}`)
  await client.query(`grant ${may} on all tables in schema ${schema} to ${own}`)
  await client.query(`alter default privileges in schema ${schema} grant ${may} on tables to ${own}`)
}

/** How the wall stands; `to` raises or razes it, in one transaction, unless processes of ours are connected. */
export const wallOf = async (
  url: string,
  { to, role }: { to?: 'on' | 'off' | undefined; role?: string | undefined } = {},
): Promise<Walled> => {
  const { default: pg } = await import('pg')
  const client = new pg.Client(settingsOf(url, { name: 'duban-wall' }).config)
  await client.connect()
  try {
    await client.query('begin')
    const before = await stateOf(client, role)
    if (to === undefined || before.connected > 0) return { ...before, tables: [] }
    const tables = to === 'on' ? await raiseWall(client) : await razeWall(client)
    if (to === 'on' && role !== undefined) await admit(client, role)
    await client.query('commit')
    return { ...before, stands: to === 'on', tables }
  } finally {
    await client.end()
  }
}
