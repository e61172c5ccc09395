import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { expectedVersion } from '../../db/migrate.ts'
import { migrations } from '../../db/migrations/index.ts'
import { openPostgres } from '../../db/postgres.ts'
import { builtProgram } from '../cli/built.ts'
import { ownSchema } from '../db/own-schema.ts'
import { createFakeLark, larkConfig } from '../fakes/lark.ts'
import { openLoopback } from './loopback.ts'

const database = process.env.TEST_DATABASE_URL ?? ''
const title = 'several processes on one PostgreSQL'
const now = '2017-08-15T10:00:00+08:00'

describe.skipIf(!database)(database ? title : `${title} (skipped: TEST_DATABASE_URL is not set)`, () => {
  let own: Awaited<ReturnType<typeof ownSchema>>
  let folder = ''
  let domain = ''
  const fake = createFakeLark(larkConfig, () => new Date(now))
  const closing: (() => Promise<unknown>)[] = []
  const children: ChildProcess[] = []
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'duban-'))
    const platform = await openLoopback(fake)
    domain = platform.domain
    closing.push(platform.close)
  })
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL')
  })
  afterAll(async () => {
    for (const close of closing) await close()
    await rm(folder, { recursive: true })
  })

  /** `duban serve` as a process of its own: its address, or undefined where it ended by itself. */
  const start = async () => {
    const child = spawn(process.execPath, [await builtProgram(), 'serve'], {
      cwd: folder,
      env: {
        ...{ PATH: process.env.PATH, DATABASE_URL: own.url, DATABASE_POOL: '3', PORT: '0', DUBAN_NOW: now },
        ...{ LARK_APP_ID: larkConfig.appId, LARK_APP_SECRET: larkConfig.appSecret, LARK_DOMAIN: domain },
        ...{ LARK_ENCRYPT_KEY: larkConfig.encryptKey, LARK_VERIFICATION_TOKEN: larkConfig.verificationToken },
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    children.push(child)
    const closed = once(child, 'close')
    let said = ''
    let url: string | undefined
    child.stderr.on('data', (part) => {
      said += part
    })
    for await (const part of child.stdout) {
      url = /http:\/\/127\.0\.0\.1:\d+/.exec(String(part))?.[0]
      if (url) break
    }
    // What it wrote last may come after its end.
    if (!url) await closed
    return { url: url ?? '', code: child.exitCode, said: () => said }
  }
  const post = async (url: string, id: string) => {
    const { headers, body } = fake.says({ from: 'ou_a', text: '帮助', id })
    return (await fetch(`${url}/webhooks/lark`, { method: 'POST', headers, body })).status
  }

  it.each([2, 4])(
    '%i that start at once on an empty database migrate it once, and each answers',
    async (many) => {
      own = await ownSchema(database)
      const started = await Promise.all(Array.from({ length: many }, start))
      const serving = () => started.map(({ said }) => said().includes('"event":"start"'))
      await expect.poll(serving).toEqual(Array(many).fill(true))
      for (const { url } of started) expect((await fetch(`${url}/readyz`)).status).toBe(200)
      const names = (await own.admin.query('select name from migrations order by id')).rows.map(({ name }) => name)
      expect(names).toEqual(migrations.postgres.map(({ name }) => name))
      const statuses = await Promise.all(started.map(({ url }) => post(url, `om_all_${many}`)))
      expect(statuses).toEqual(Array(many).fill(200))
      const receipts = await own.admin.query('select count(*)::int as n from receipts')
      expect(receipts.rows[0].n).toBe(1)
      for (const child of children) child.kill('SIGKILL')
      await own.close()
    },
    120_000,
  )

  it('one that runs answers on beside a newer database; one that starts there says what to do, and ends', async () => {
    own = await ownSchema(database)
    const running = await start()
    const newer = await openPostgres(own.url)
    const future = { name: '9999_future.sql', statements: [`alter table receipts add column future text default ''`] }
    await newer.apply([...migrations.postgres, future])
    await newer.close()
    expect(await post(running.url, 'om_beside')).toBe(200)
    // The load balancer sends it nothing more; what comes all the same is taken.
    expect((await fetch(`${running.url}/readyz`)).status).toBe(503)
    const late = await start()
    expect([late.url, late.code]).toEqual(['', 2])
    expect(late.said()).toContain(`有 9999_future.sql；本程序只到第 ${expectedVersion('postgres')} 版`)
    for (const child of children) child.kill('SIGKILL')
    await own.close()
  }, 120_000)
})
