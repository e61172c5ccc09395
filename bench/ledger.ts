import { createHash } from 'node:crypto'
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
  /** Units of an office. */
  units: number
  /** Nothing is done yet and every unit has a room of its own and a liaison: what a Monday's lists are made of. */
  open?: true
}

/** The office that asks, and the year in which it does. */
export const ASKING = 'office-1'
export const YEAR = 2017
/** A Monday in the middle of the year's work. */
export const MONDAY = `${YEAR}-08-14`
/** Duties of one task: a unit's share each. */
const SHARES = 10

/** How a plan's duties stand: SQL over `y` and `n`, the year and the duty's place in its plan. */
interface Spread {
  dueOn: string
  state: string
  done: string
}

/**
 * A month's work is due at its end; what was due is done but for one in twenty, of which some wait for review; one in ten
 * stands without a day.
 */
const yearly = (): Spread => {
  const month = `((n / ${SHARES}) % 12 + 1)`
  const due = `date(y || '-01-01', '+' || ${month} || ' months', '-1 day')`
  const past = `(${due} < '${YEAR}-08-01')`
  const standing = `(n % ${SHARES} = 9)`
  return {
    dueOn: `case when ${standing} then null else ${due} end`,
    state: `case when ${standing} then 'standing' when ${past} and n % 20 <> 7 then 'done' when ${past} and n % 40 = 7 then 'review' else 'open' end`,
    done: `(${past} and not ${standing} and n % 20 <> 7)`,
  }
}

/** Of a hundred duties 8 are overdue, 20 due in Monday's week, 6 returned, 4 unclaimed, 52 due later, and 10 stand. */
const open = (): Spread => {
  const h = `((n * 37 + n / ${SHARES}) % 100)`
  const days = (from: string, many: number) => `date('${YEAR}-${from}', '+' || (n % ${many}) || ' days')`
  return {
    dueOn: `case when ${h} < 8 then ${days('07-31', 12)} when ${h} < 28 then ${days('08-14', 5)} when ${h} < 34 then ${days('08-14', 12)}
      when ${h} < 50 then ${days('08-21', 11)} when ${h} < 90 then ${days('09-01', 100)} end`,
    state: `case when ${h} < 28 then 'open' when ${h} < 34 then 'returned' when ${h} < 38 then 'unclaimed' when ${h} < 90 then 'open' else 'standing' end`,
    done: '0',
  }
}

const plan = `json_object('title', '重点工作责任分工', 'docNo', '', 'issuer', '', 'issuedOn', y || '-01-05', 'year', y)`

/** A room for every unit, and a liaison with an account. */
const peopled = (office: string, unit: string): string[] => [
  `insert into rooms (office, key, scope, units, address, since) with recursive ${office}, ${unit}
   select 'office-' || o, 'lark:*:oc_' || o || '_' || u, 'units', json_array('unit-' || u),
     json_object('platform', 'lark', 'route', '*', 'kind', 'room', 'id', 'oc_' || o || '_' || u), 0 from offices, units`,
  `insert into people (office, id, name, role, units, charge, post) with recursive ${office}, ${unit}
   select 'office-' || o, 'person-' || u, '联络员' || u, 'liaison', json_array('unit-' || u), '[]', 'A' from offices, units`,
  `insert into identities (office, key, person) with recursive ${office}, ${unit}
   select 'office-' || o, 'lark:*:ou_' || o || '_' || u, 'person-' || u from offices, units`,
]

/** The rows, written by the database itself. */
const fill = (size: Size): string[] => {
  const { offices, years, each, asking, units } = size
  const last = `${years} - 1`
  const upTo = (name: string, from: number, to: string) =>
    `${name}(${name[0]}) as (select ${from} union all select ${name[0]} + 1 from ${name} where ${name[0]} < ${to})`
  const office = `offices(o) as (select 1 union all select o + 1 from offices where o < ${offices})`
  const year = `years(y) as (select ${YEAR} - (${last}) union all select y + 1 from years where y < ${YEAR})`
  const most = Math.max(each, asking)
  const many = `(case when o = 1 and y = ${YEAR} then ${asking} else ${each} end)`
  const unit = upTo('units', 1, String(units))
  const { dueOn, state, done } = size.open ? open() : yearly()
  return [
    `insert into offices (office, name, zone, level) with recursive ${office} select 'office-' || o, '某市', 'Asia/Shanghai', '市' from offices`,
    `insert into units (office, id, name, short, level, kind, members, origin, ord)
     with recursive ${office}, ${unit}
     select 'office-' || o, 'unit-' || u, '市第' || u || '局', '[]', '市', 'unit', null, 'roster', u from offices, units`,
    `insert into plans (office, id, code, state, document, digest, questions, common, released_at, natural)
     with recursive ${office}, ${year}
     select 'office-' || o, 'plan-' || y, '重点' || (y % 100), 'released', ${plan}, '', '[]', '[]', 0, y from offices, years`,
    `insert into tasks (office, id, plan, number, ord, kind, text, section, deadlines, draft)
     with recursive ${office}, ${year}, ${upTo('numbers', 1, String(Math.ceil(most / SHARES)))}
     select 'office-' || o, y || '-' || n, 'plan-' || y, '' || n, n, 'demand',
       '按月公开第' || n || '项重点工作的进展情况，说明增减变化的原因，主动回应社会关注的热点问题，并在门户网站集中公开。',
       '["主要任务"]', '[{"kind":"recurring","every":"month","raw":"按月"}]', '{"lead":[],"support":[]}'
     from offices, years, numbers where n <= (${many} + ${SHARES - 1}) / ${SHARES}`,
    `insert into duties (office, id, plan, task, ord, unit, role, demand, round, due_on, state, named, approved, reported_on, closed_on, owed_on, late)
     with recursive ${office}, ${year}, ${upTo('numbers', 0, `${most} - 1`)}
     select 'office-' || o, y || '-' || n, 'plan-' || y, y || '-' || (n / ${SHARES} + 1), n / ${SHARES} + 1,
       'unit-' || ((n / ${SHARES} * 7 + n % ${SHARES}) % ${units} + 1), 'lead', 0,
       coalesce(substr(${dueOn}, 1, 7), 'standing'),
       ${dueOn}, ${state}, 1, ${done}, case when ${done} then ${dueOn} end, case when ${done} then ${dueOn} end, ${dueOn}, ${done} and n % 30 = 1
     from offices, years, numbers where n < ${many}`,
    ...(size.open ? peopled(office, unit) : []),
  ]
}

/** The migrations' digest is part of a ledger's name: another schema is another file. */
export const version = createHash('sha256').update(JSON.stringify(migrations.sqlite)).digest('hex').slice(0, 8)

/** Where the file of that size is kept, in the temporary folder; made where it is not there. */
export const ledgerFile = async (size: Size): Promise<string> => {
  const { offices, years, each, asking, units, open } = size
  const name = `duban-ledger-${version}-${offices}x${years}x${each}+${asking}-${units}${open ? '-open' : ''}.db`
  const path = join(tmpdir(), name)
  if (existsSync(path)) return path
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
  return path
}

/** A SQLite file with so many duties, made once and kept in the temporary folder. */
export const openLedger = async (size: Size) => openSqlite(await ledgerFile(size))
