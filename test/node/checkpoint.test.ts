import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Client from 'better-sqlite3'
import { afterAll, expect, it, vi } from 'vitest'
import { openCheckpoints } from '../../db/checkpoint.ts'
import { startCheckpoints } from '../../src/node/checkpoint.ts'

const folder = mkdtempSync(join(tmpdir(), 'duban-checkpoint-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A file in which a writer never carries its log over, and `pages` to write to it. */
const writer = (name: string) => {
  const path = join(folder, name)
  const client = new Client(path)
  client.pragma('journal_mode = WAL')
  client.pragma('wal_autocheckpoint = 0')
  client.exec('create table words (word text)')
  const put = client.prepare('insert into words values (?)')
  const write = client.transaction((pages: number) => {
    for (let i = 0; i < pages; i++) put.run('字'.repeat(1300))
  })
  return { path, client, write }
}
const sizeOf = (path: string): number => statSync(path).size

it('carries the log over beside a writer, and makes it begin anew when it has grown long', async () => {
  const { path, client, write } = writer('long.db')
  const checkpoints = await openCheckpoints(path)
  write(9000)
  const grown = sizeOf(`${path}-wal`)
  expect(sizeOf(path)).toBeLessThan(10_000)
  checkpoints.run()
  expect(sizeOf(path)).toBeGreaterThan(9000 * 4096)
  // What comes now is written over the old log, and not behind it.
  write(10)
  expect(sizeOf(`${path}-wal`)).toBe(grown)
  checkpoints.close()
  expect(client.prepare('select count(*) from words').pluck().get()).toBe(9010)
  client.close()
})

it('is kept from the log by nobody who reads, and keeps nobody who writes', async () => {
  const { path, client, write } = writer('read.db')
  const reader = new Client(path, { readonly: true })
  write(100)
  reader.exec('begin')
  expect(reader.prepare('select count(*) from words').pluck().get()).toBe(100)
  const checkpoints = await openCheckpoints(path)
  write(9000)
  expect(() => checkpoints.run()).not.toThrow()
  write(1)
  expect(client.prepare('select count(*) from words').pluck().get()).toBe(9101)
  expect(reader.prepare('select count(*) from words').pluck().get()).toBe(100)
  for (const one of [reader, client, checkpoints]) one.close()
})

it('goes on in a thread until it is ended, and lets go of the file', async () => {
  const { path, client, write } = writer('thread.db')
  const end = startCheckpoints(path, 20)
  write(50)
  await vi.waitFor(() => expect(sizeOf(path)).toBeGreaterThan(50 * 4096), { timeout: 10_000 })
  await end()
  client.close()
  // The last to close takes the log away: nobody else has it open.
  expect(() => sizeOf(`${path}-wal`)).toThrow(/ENOENT/)
})
