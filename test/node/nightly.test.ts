import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { Store } from '../../db/store.ts'
import type { LogEntry } from '../../src/log.ts'
import { placeIn, thinOut } from '../../src/node/backup/folder.ts'
import { createNightly } from '../../src/node/backup/nightly.ts'

const zone = 'Asia/Shanghai'
let folder: string
let store: Store
let at: Date
let logged: LogEntry[]
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'duban-nightly-'))
  store = await openSqlite(':memory:')
  await migrate(store)
  logged = []
})
afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true })
})

/** A process that looks each minute. */
const process = (write?: (at: Date) => Promise<void>) =>
  createNightly({
    ...{ office: store.of('default'), zone, folder, now: () => at, log: (entry: LogEntry) => void logged.push(entry) },
    write: write ?? (async (when) => writeFileSync(await placeIn(folder, when, zone), '')),
  })
/** Minutes of the office's day, one after the other. */
const minutes = async (day: string, from: string, to: string, looks: (() => Promise<void>)[]) => {
  const end = Date.parse(`${day}T${to}:00+08:00`)
  for (let t = Date.parse(`${day}T${from}:00+08:00`); t <= end; t += 60_000) {
    at = new Date(t)
    await Promise.all(looks.map((look) => look()))
  }
}

it('one backup a night, whoever of three processes makes it, and none by day', async () => {
  const three = [process(), process(), process()]
  await minutes('2017-08-15', '00:00', '12:00', three)
  await minutes('2017-08-16', '00:00', '12:00', three)
  expect(readdirSync(folder)).toEqual(['duban-20170815-020000.tar.gz', 'duban-20170816-020000.tar.gz'])
  expect(logged.map(({ outcome }) => outcome)).toEqual(['done', 'done'])
})

it('what fails is told and tried again in the next hour, until six', async () => {
  let tries = 0
  const failing = process(async () => {
    tries++
    if (tries < 3) throw new Error('full')
    writeFileSync(await placeIn(folder, at, zone), '')
  })
  await minutes('2017-08-15', '01:00', '09:00', [failing])
  expect(logged.map(({ outcome }) => outcome)).toEqual(['failed', 'failed', 'done'])
  expect(readdirSync(folder)).toEqual(['duban-20170815-040000.tar.gz'])
})

it('is kept for so many days or so many in number, the newest in any case, and touches nothing else', async () => {
  const days = ['2017-07-01', '2017-08-01', '2017-08-14', '2017-08-15']
  const names: string[] = []
  for (const day of days) {
    const path = await placeIn(folder, new Date(`${day}T02:00:05+08:00`), zone)
    writeFileSync(path, '')
    names.push(basename(path))
  }
  const others = ['duban.db', 'mine.tar.gz', 'duban-20170701-020005.tar.gz.part']
  for (const name of others) writeFileSync(join(folder, name), '')
  const left = () => readdirSync(folder).filter((name) => !others.includes(name))
  expect(await thinOut(folder, '2017-08-15', { keepDays: 14 })).toBe(1)
  expect(left()).toEqual(names.slice(1))
  expect(await thinOut(folder, '2017-08-15', { keep: 2 })).toBe(1)
  expect(left()).toEqual(names.slice(2))
  expect(await thinOut(folder, '2018-08-15', { keepDays: 1, keep: 1 })).toBe(1)
  expect(left()).toEqual(names.slice(3))
  expect(readdirSync(folder)).toEqual(expect.arrayContaining(others))
})
