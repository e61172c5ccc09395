import { existsSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Client from 'better-sqlite3'
import { migrate } from '../db/migrate.ts'
import { migrations } from '../db/migrations/index.ts'
import { openSqlite } from '../db/sqlite.ts'

/** How large a ledger is: offices, years of plans, duties of a plan, and of the asking office's plan of this year. */
export interface Size {
  offices: number
  years: number
  each: number
  asking: number
}

/** The office that asks, and the year in which it does. */
export const ASKING = 'office-1'
export const YEAR = 2017
/** Duties of one task: a unit's share each. */
const SHARES = 10
const UNITS = 50

const plan = `json_object('title', '重点工作责任分工', 'docNo', '', 'issuer', '', 'issuedOn', y || '-01-05', 'year', y)`

/**
 * The rows, written by the database itself. A month's work is due at its end; what was due is done but for one in twenty,
 * of which some wait for review; one in ten stands without a day.
 */
const fill = ({ offices, years, each, asking }: Size): string[] => {
  const last = `${years} - 1`
  const upTo = (name: string, from: number, to: string) =>
    `${name}(${name[0]}) as (select ${from} union all select ${name[0]} + 1 from ${name} where ${name[0]} < ${to})`
  const office = `offices(o) as (select 1 union all select o + 1 from offices where o < ${offices})`
  const year = `years(y) as (select ${YEAR} - (${last}) union all select y + 1 from years where y < ${YEAR})`
  const most = Math.max(each, asking)
  const size = `(case when o = 1 and y = ${YEAR} then ${asking} else ${each} end)`
  const month = `((n / ${SHARES}) % 12 + 1)`
  const due = `date(y || '-01-01', '+' || ${month} || ' months', '-1 day')`
  const past = `(${due} < '${YEAR}-08-01')`
  const standing = `(n % ${SHARES} = 9)`
  const state = `case when ${standing} then 'standing' when ${past} and n % 20 <> 7 then 'done' when ${past} and n % 40 = 7 then 'review' else 'open' end`
  const dueOn = `case when ${standing} then null else ${due} end`
  const done = `(${past} and not ${standing} and n % 20 <> 7)`
  return [
    `insert into offices (office, name, zone, level) with recursive ${office} select 'office-' || o, '某市', 'Asia/Shanghai', '市' from offices`,
    `insert into units (office, id, name, short, level, kind, members, origin, ord)
     with recursive ${office}, ${upTo('units', 1, String(UNITS))}
     select 'office-' || o, 'unit-' || u, '市第' || u || '局', '[]', '市', 'unit', null, 'roster', u from offices, units`,
    `insert into plans (office, id, code, state, document, digest, questions, common, released_at, natural)
     with recursive ${office}, ${year}
     select 'office-' || o, 'plan-' || y, '重点' || (y % 100), 'released', ${plan}, '', '[]', '[]', 0, y from offices, years`,
    `insert into tasks (office, id, plan, number, ord, kind, text, section, deadlines, draft)
     with recursive ${office}, ${year}, ${upTo('numbers', 1, String(Math.ceil(most / SHARES)))}
     select 'office-' || o, y || '-' || n, 'plan-' || y, '' || n, n, 'demand',
       '按月公开第' || n || '项重点工作的进展情况，说明增减变化的原因，主动回应社会关注的热点问题，并在门户网站集中公开。',
       '["主要任务"]', '[{"kind":"recurring","every":"month","raw":"按月"}]', '{"lead":[],"support":[]}'
     from offices, years, numbers where n <= (${size} + ${SHARES - 1}) / ${SHARES}`,
    `insert into duties (office, id, plan, task, ord, unit, role, demand, round, due_on, state, named, approved, reported_on, closed_on, owed_on, late)
     with recursive ${office}, ${year}, ${upTo('numbers', 0, `${most} - 1`)}
     select 'office-' || o, y || '-' || n, 'plan-' || y, y || '-' || (n / ${SHARES} + 1), n / ${SHARES} + 1,
       'unit-' || ((n / ${SHARES} * 7 + n % ${SHARES}) % ${UNITS} + 1), 'lead', 0,
       case when ${standing} then 'standing' else y || '-' || substr('0' || ${month}, -2) end,
       ${dueOn}, ${state}, 1, ${done}, case when ${done} then ${due} end, case when ${done} then ${due} end, ${dueOn}, ${done} and n % 30 = 1
     from offices, years, numbers where n < ${size}`,
  ]
}

/** The last migration's name is part of the file's: another schema is another file. */
const version = migrations.sqlite.at(-1)?.name.replace('.sql', '') ?? ''

/** A SQLite file with so many duties, made once and kept in the temporary folder. */
export const openLedger = async (size: Size) => {
  const { offices, years, each, asking } = size
  const path = join(tmpdir(), `duban-ledger-1-${version}-${offices}x${years}x${each}+${asking}.db`)
  if (!existsSync(path)) {
    const fresh = `${path}.${process.pid}`
    for (const ending of ['', '-wal', '-shm']) rmSync(`${fresh}${ending}`, { force: true })
    const store = await openSqlite(fresh)
    await migrate(store)
    await store.close()
    const client = new Client(fresh)
    client.pragma('synchronous = OFF')
    client.pragma('cache_size = -200000')
    // Indexes are made anew afterwards: sorted at once they take a third of the time.
    const indexes = client
      .prepare(`select name, sql from sqlite_master where type = 'index' and tbl_name = 'duties' and sql is not null`)
      .all() as { name: string; sql: string }[]
    client.transaction(() => {
      for (const { name } of indexes) client.exec(`drop index ${name}`)
      for (const statement of fill(size)) client.exec(statement)
      for (const { sql } of indexes) client.exec(sql)
    })()
    client.pragma('wal_checkpoint(TRUNCATE)')
    client.close()
    renameSync(fresh, path)
  }
  return openSqlite(path)
}
