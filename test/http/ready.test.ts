import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Client from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { Store } from '../../db/store.ts'
import { createApp } from '../../src/http/app.ts'
import { createReadiness } from '../../src/http/ready.ts'

let folder: string
let path: string
let store: Store
let at: number
let ticked: number
let stopping: boolean
let waits: (() => void)[]

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'duban-ready-'))
  path = join(folder, 'duban.db')
  store = await openSqlite(path, { patience: 50 })
  await migrate(store)
  at = Date.parse('2017-08-15T10:00:00+08:00')
  ticked = at
  stopping = false
  waits = []
})
afterEach(async () => {
  await store.close().catch(() => undefined)
  rmSync(folder, { recursive: true })
})

const asking = (over: Partial<Parameters<typeof createReadiness>[0]> = {}) => {
  const unready = createReadiness({
    ...{ store, office: store.of('default'), now: () => new Date(at), stopping: () => stopping },
    ...{ ticked: () => new Date(ticked), sleep: () => new Promise<void>((done) => void waits.push(done)) },
    ...over,
  })
  const app = createApp({ door: () => undefined, offices: () => [], log: () => undefined, unready })
  return async () => {
    // Each look at the database holds for a moment.
    at += 10_000
    ticked += 10_000
    const response = await app.request('/readyz')
    return `${response.status} ${await response.text()}`
  }
}

it('is ready where all is well, and says no more of it than a word where not', async () => {
  const ask = asking()
  expect(await ask()).toBe('200 ready')
  stopping = true
  expect(await ask()).toBe('503 not ready: stopping')
})

it('fails when no tick has ended for ten minutes, and is ready again with the next', async () => {
  const ask = asking()
  ticked = at - 10 * 60_000
  expect(await ask()).toBe('200 ready')
  ticked -= 1
  expect(await ask()).toBe('503 not ready: tick')
  ticked = at
  expect(await ask()).toBe('200 ready')
})

it('fails while another process holds the file, for then nothing can be written', async () => {
  const ask = asking()
  const other = new Client(path)
  other.exec('begin immediate')
  expect(await ask()).toBe('503 not ready: database')
  other.exec('rollback')
  other.close()
  expect(await ask()).toBe('200 ready')
})

it('fails when the database refuses to write, and says nothing of why', async () => {
  const ask = asking()
  const own = new Client(path)
  own.exec('create trigger full before insert on quotas begin select raise(abort, "张伟"); end')
  own.close()
  expect(await ask()).toBe('503 not ready: database')
})

it('fails when the file is no database any more', async () => {
  const ask = asking()
  await store.close()
  writeFileSync(path, 'x'.repeat(8192))
  chmodSync(path, 0o600)
  store = await openSqlite(join(folder, 'other.db'))
  expect(await ask()).toBe('503 not ready: database')
})

it('fails when a newer program has changed the tables, unless it says that others may go on beside it, and when some are missing', async () => {
  const ask = asking()
  const other = new Client(path)
  other.exec("insert into migrations (name) values ('9999_newer')")
  expect(await ask()).toBe('503 not ready: schema')
  other.exec("delete from migrations where name = '9999_newer'")
  expect(await ask()).toBe('200 ready')
  other.exec("insert into migrations (name) values ('9998_newer_beside.sql')")
  expect(await ask()).toBe('200 ready')
  other.exec("insert into migrations (name) values ('9999_newer.sql')")
  expect(await ask()).toBe('503 not ready: schema')
  other.exec("delete from migrations where name like '999%'")
  expect(await ask()).toBe('200 ready')
  other.exec('delete from migrations where id = (select max(id) from migrations)')
  other.close()
  expect(await ask()).toBe('503 not ready: schema')
})

it('fails while identity columns stand under another key than this process has, or are being moved to it', async () => {
  const ask = asking()
  const other = new Client(path)
  const mark =
    other.prepare(`insert into listeners (office, app, until, at, owner, lost) values ('-', 'sealing', 0, 0, ?, ?)
    on conflict do update set owner = excluded.owner, lost = excluded.lost`)
  for (const [id, moving, said] of [
    ['', '>0a1b2c3d', '503 not ready: key'],
    ['0a1b2c3d', '', '503 not ready: key'],
    ['', '', '200 ready'],
  ]) {
    mark.run(id, moving)
    expect(await ask(), `${id}${moving}`).toBe(said)
  }
  other.close()
})

it('fails when the database does not answer at all', async () => {
  const silent = { ...store, applied: () => new Promise<string[]>(() => undefined) }
  const answer = asking({ store: silent })()
  while (waits.length === 0) await new Promise((done) => setImmediate(done))
  for (const done of waits) done()
  expect(await answer).toBe('503 not ready: database')
})

it('looks at the database no more often than every two seconds, however many ask', async () => {
  let looks = 0
  const applied = () => {
    looks++
    return store.applied()
  }
  const counted = { ...store, applied }
  const unready = createReadiness({
    ...{
      store: counted,
      office: store.of('default'),
      now: () => new Date(at),
      sleep: () => new Promise<void>(() => {}),
    },
  })
  await Promise.all(Array.from({ length: 50 }, unready))
  at += 1999
  await unready()
  expect(looks).toBe(1)
  at += 1
  await unready()
  expect(looks).toBe(2)
})
