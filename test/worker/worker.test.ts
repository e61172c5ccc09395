import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyLedger } from '../../src/flow/verify.ts'
import { mainJob } from '../conversation/script.ts'
import { accounts, settle } from '../town/members.ts'
import { openTown } from '../town/town.ts'
import { bundle, larkVariables, type Running, runWorker } from './duban.ts'

const at = (DUBAN_NOW: string) => ({ ...larkVariables, DUBAN_NOW })

describe('the bundle of the Worker', () => {
  it('is small, and has no native code, no other database’s driver and not the platform’s SDK in it', async () => {
    const { script, packages, imports } = await bundle()
    const size = Buffer.byteLength(script)
    console.log(`src/worker.ts bundles to ${Math.round(size / 1024)} KiB`)
    expect(size).toBeLessThan(3_000_000)
    for (const absent of [
      'better-sqlite3',
      'pg',
      '@larksuiteoapi/node-sdk',
      '@hono/node-server',
      'tsx',
      'echarts',
      '@resvg/resvg-wasm',
    ])
      expect(packages).not.toContain(absent)
    expect(imports).toEqual([])
  })
})

describe('the Worker in workerd, on D1', () => {
  let worker: Running
  beforeAll(async () => {
    // After office hours, in which the day's reminders would go out too.
    worker = await runWorker(at('2017-08-15T19:00:00+08:00'), { slowBy: 100 })
    const town = await openTown(worker.store.of('default'))
    await settle(town, 'lark')
  })
  afterAll(() => worker.stop())
  const says = (who: keyof typeof accounts, text: string) =>
    worker.fake.says({ from: accounts[who], chat: 'oc_work', text, at: true })

  it('answers for its health', async () => {
    for (const path of ['/healthz', '/readyz', '/metrics']) expect((await worker.get(path)).status, path).toBe(200)
  })

  it('runs the main job through signed, encrypted webhooks, the answers on their way after the response', async () => {
    for (const step of mainJob) {
      const response = await worker.post(says(step.who, step.says))
      expect([response.status, await response.text()]).toEqual([200, '{}'])
      const cards = await worker.heard(step.hears === 'silence' ? 0 : 1)
      for (const pattern of step.hears === 'silence' ? [] : step.hears)
        expect(cards.join('\n'), step.says).toMatch(pattern)
    }
    expect((await verifyLedger(worker.store.of('default'))).broken).toEqual([])
  })

  it('answers one message once, however often it comes at once', async () => {
    const wire = says('finance', '1-2 8月的正在办')
    const responses = await Promise.all([1, 2, 3, 4].map(() => worker.post(wire)))
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect(await worker.heard(1)).toHaveLength(1)
    await worker.minute()
    expect(await worker.heard(0)).toEqual([])
  })

  it('refuses what is not proven, too long, or at no door, with an empty body', async () => {
    const wire = says('finance', '帮助')
    const forged = { ...wire, body: says('finance', '通过 1-2').body }
    const long = { ...wire, body: ' '.repeat((1 << 20) + 1) }
    const strange = { ...wire, url: 'http://duban.test/webhooks/wecom-bot' }
    const refusals = [await worker.post(forged), await worker.post(long), await worker.post(strange)]
    expect(await Promise.all(refusals.map(async (each) => [each.status, await each.text()]))).toEqual([
      [401, ''],
      [413, ''],
      [404, ''],
    ])
  })

  it('finishes what a platform hung up on, so that the next request finds its access token and its turn', async () => {
    await worker.again(at('2017-08-15T20:00:00+08:00'))
    // The first request of an isolate: its token and the bot's own id are still on their way when the caller is gone.
    const gone = worker.post(says('finance', '帮助'), AbortSignal.timeout(150))
    await expect(gone).rejects.toThrow()
    expect((await worker.post(says('leader', '帮助'))).status).toBe(200)
    expect(await worker.heard(2)).toHaveLength(2)
  })

  it('pushes the week’s lists on Monday at nine by the cron trigger, once', async () => {
    await worker.again(at('2017-08-21T09:00:00+08:00'))
    await worker.minute()
    const lists = await worker.heard(4)
    expect(
      worker.fake.sent
        .slice(-4)
        .map(({ to }) => to)
        .sort(),
    ).toEqual(['oc_finance', 'oc_work', 'ou_leader', 'ou_office'])
    expect(lists.join('\n')).toMatch(/1-2/)
    // A leader's figures, in words alone: nothing draws on Workers.
    expect(lists.join('\n')).toMatch(/完成率/)
    expect(lists.join('\n')).not.toMatch(/img_key/)
    await worker.minute()
    await Promise.all([worker.minute(), worker.minute()])
    expect(await worker.heard(0)).toEqual([])
    expect(await (await worker.get('/metrics')).text()).toMatch(/state="waiting"} 0/)
  })
})

describe('a Worker that cannot serve', () => {
  it('takes nothing while its database lacks a migration, and says which', async () => {
    const worker = await runWorker(at('2017-08-15T10:00:00+08:00'), { migrated: false })
    try {
      const response = await worker.post(worker.fake.says({ from: 'ou_a', text: '帮助' }))
      expect([response.status, await response.text()]).toEqual([503, ''])
      expect(worker.lines.join('')).toMatch(/the database lacks 0000_\w+\.sql.*: run wrangler d1 migrations apply/)
    } finally {
      await worker.stop()
    }
  })

  it('refuses a long connection, and says what would do', async () => {
    const worker = await runWorker({ LARK_APP_ID: 'cli_0123456789abcdef', LARK_APP_SECRET: 's', LARK_MODE: 'socket' })
    try {
      expect((await worker.get('/readyz')).status).toBe(503)
      expect(worker.lines.join('')).toMatch(/LARK_MODE=socket.*webhook/)
    } finally {
      await worker.stop()
    }
  })
})
