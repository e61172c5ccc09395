import { type Line, OFFICE_SETTING } from './connections.ts'

/**
 * A second wall between offices, in PostgreSQL itself: behind it a connection sees and writes the rows of the one office that
 * was said to it, whatever a query forgot to ask. `*` reads all and writes none. It binds the tables' owner too, and only
 * superusers and roles with BYPASSRLS are beyond it.
 */

/** Asked once a query, not once a row. */
const SAID = `(select current_setting('${OFFICE_SETTING}', true))`

const bare = `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attname = 'office' and not a.attisdropped
  where n.nspname = current_schema() and c.relkind in ('r', 'p') and c.relname <> 'guards'
    and (not c.relforcerowsecurity or (select count(*) from pg_policy p where p.polrelid = c.oid) < 2)
  order by c.relname`

/** Does a wall stand in the connection's schema? */
export const isWalled = async (line: Pick<Line, 'query'>): Promise<boolean> => {
  const text = `select coalesce((select relforcerowsecurity from pg_class where oid = to_regclass('offices')), false) as walled`
  return (await line.query({ text })).rows[0].walled
}

/** Draws it around every table that has an office and stands outside; returns their names. For the tables' owner. */
export const raiseWall = async (line: Pick<Line, 'query'>): Promise<string[]> => {
  const { rows } = await line.query({ text: bare })
  for (const { name } of rows) {
    for (const text of [
      `drop policy if exists duban_own on "${name}"`,
      `drop policy if exists duban_all on "${name}"`,
      `create policy duban_own on "${name}" using (office = ${SAID}) with check (office = ${SAID})`,
      `create policy duban_all on "${name}" for select using (${SAID} = '*')`,
      `alter table "${name}" enable row level security`,
      `alter table "${name}" force row level security`,
    ])
      await line.query({ text })
  }
  return rows.map(({ name }) => name)
}

/** Takes it down; returns the names of the tables that it stood around. */
export const razeWall = async (line: Pick<Line, 'query'>): Promise<string[]> => {
  const { rows } = await line.query({
    text: `select distinct c.relname as name from pg_policy p join pg_class c on c.oid = p.polrelid
      join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = current_schema() and p.polname in ('duban_own', 'duban_all') order by 1`,
  })
  for (const { name } of rows)
    for (const text of [
      `drop policy if exists duban_own on "${name}"`,
      `drop policy if exists duban_all on "${name}"`,
      `alter table "${name}" no force row level security`,
      `alter table "${name}" disable row level security`,
    ])
      await line.query({ text })
  return rows.map(({ name }) => name)
}
