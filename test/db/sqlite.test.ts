import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { build } from 'esbuild'
import { afterAll, describe, expect, inject, it } from 'vitest'
import { isBusy, isConflict } from '../../db/conflict.ts'
import { expectedVersion, migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import { isolation } from '../contract/isolation/isolation.ts'
import { type Opened, type Subject, storeContract } from '../contract/store.ts'

const folder = mkdtempSync(join(tmpdir(), 'duban-store-'))
afterAll(() => rmSync(folder, { recursive: true }))
let files = 0
const newFile = () => join(folder, 'made', `${++files}.db`)

const open = async (path: string): Promise<Opened> => {
  const store = await openSqlite(path)
  return {
    store,
    apply: (migrations) => store.apply(migrations),
    run: async (sql, params = []) => {
      const own = new Database(path)
      try {
        const statement = own.prepare(sql)
        return statement.reader ? statement.all(...params) : statement.run(...params)
      } finally {
        own.close()
      }
    },
    close: () => store.close(),
  }
}
const subject = (path: () => string): Subject => ({
  empty: () => open(newFile()),
  migrated: async () => {
    const opened = await open(path())
    await migrate(opened.store)
    return opened
  },
})

storeContract('SQLite in a file', subject(newFile))
// What the whole program does is the same statements on the same connection: in a file they ran above.
storeContract(
  'SQLite in memory',
  subject(() => ':memory:'),
  'sql',
)

isolation('offices on SQLite', subject(() => ':memory:').migrated, ['reads'])

describe('SQLite beside another process', () => {
  const two = async (patience?: number) => {
    const path = newFile()
    const store = await openSqlite(path, { patience })
    await migrate(store)
    const other = new Database(path)
    const close = async () => {
      other.close()
      await store.close()
    }
    return { store, other, office: store.of('a'), close }
  }
  const at = new Date(0)

  it('waits for its write without silencing the event loop', async () => {
    const { office, other, close } = await two()
    other.exec('begin immediate')
    setTimeout(() => other.exec('commit'), 400)
    let beats = 0
    const beat = setInterval(() => beats++, 5)
    await office.atomic((q) => [q.insert(office.t.receipts).values({ office: 'a', key: 'k', at })])
    clearInterval(beat)
    expect(await office.q.$count(office.t.receipts)).toBe(1)
    expect(beats).toBeGreaterThan(3)
    await close()
  })

  it('gives up in the end, and says that it was busy, not that the decision was stale', async () => {
    const { office, other, close } = await two(150)
    other.exec('begin immediate')
    const error = await office
      .atomic((q) => [q.insert(office.t.receipts).values({ office: 'a', key: 'k', at })])
      .catch((e: unknown) => e)
    expect([isBusy(error), isConflict(error)]).toEqual([true, false])
    expect(await office.q.$count(office.t.receipts)).toBe(0)
    other.exec('rollback')
    await close()
  })

  it('keeps to WAL, foreign keys and synchronous NORMAL', async () => {
    const { other, close } = await two()
    expect(other.pragma('journal_mode', { simple: true })).toBe('wal')
    await close()
  })

  it('four processes that start at once migrate it once', async () => {
    const url = `file:${newFile()}`
    const script = `import { openStore } from './db/open.ts'; const s = await openStore(${JSON.stringify(url)}); console.log((await s.applied()).length)`
    const program = join(mkdtempSync(join(inject('scratch'), 'store-')), 'open.js')
    const stdin = { contents: script, resolveDir: fileURLToPath(new URL('../..', import.meta.url)) }
    await build({ stdin, bundle: true, platform: 'node', format: 'esm', packages: 'external', outfile: program })
    const run = () =>
      new Promise<string>((resolve) => {
        const child = spawn(process.execPath, [program])
        let said = ''
        child.stdout.on('data', (data) => (said += data))
        child.stderr.on('data', (data) => (said += data))
        child.on('close', (code) => resolve(`${code} ${said.trim()}`))
      })
    const versions = await Promise.all([run(), run(), run(), run()])
    expect(versions).toEqual(Array(4).fill(`0 ${expectedVersion('sqlite')}`))
  }, 30_000)

  it('a file that is no database is refused, and so is a folder', async () => {
    await expect(openSqlite(folder)).rejects.toThrow()
    await expect(openSqlite(new URL(import.meta.url).pathname)).rejects.toThrow('not a database')
  })
})
