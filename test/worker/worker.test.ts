import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { giveLink } from '../../src/flow/console/sign-in.ts'
import { personNamed, register } from '../../src/flow/roster.ts'
import { verifyLedger } from '../../src/flow/verify.ts'
import { mainJob } from '../conversation/script.ts'
import { accounts, settle } from '../town/members.ts'
import { openTown, townDeps } from '../town/town.ts'
import { bundle, larkVariables, type Running, reader, runWorker } from './duban.ts'

const at = (DUBAN_NOW: string) => ({ ...larkVariables, DUBAN_NOW })

const folder = mkdtempSync(join(tmpdir(), 'duban-assets-'))
const page = '<!doctype html><html lang="zh-CN"><title>督办</title></html>'
mkdirSync(join(folder, 'assets'))
writeFileSync(join(folder, 'index.html'), page)
writeFileSync(join(folder, 'assets/a-1.js'), 'export {}')
copyFileSync(new URL('../../web/public/_headers', import.meta.url), join(folder, '_headers'))
afterAll(() => rmSync(folder, { recursive: true }))
const navigate = { headers: { 'sec-fetch-mode': 'navigate' } }

describe('the bundle of the Worker', () => {
  it('is small, and has no native code, no other database’s driver and not the platform’s SDK in it', async () => {
    const { modules, packages } = await bundle()
    const whole = modules.reduce((sum, { contents }) => sum + gzipSync(contents).length, 0)
    const first = new Set(['worker.js'])
    for (const name of first)
      for (const need of modules.find((each) => each.name === name)?.needs ?? []) first.add(need)
    const start = modules.filter(({ name }) => first.has(name)).map(({ contents }) => gzipSync(contents).length)
    const begun = start.reduce((sum, bytes) => sum + bytes, 0)
    console.log(`the Worker: ${Math.round(whole / 1024)} KiB gzip, of which ${Math.round(begun / 1024)} at its start`)
    // Cloudflare counts what is compressed: at most 3 MB where one does not pay.
    expect(whole).toBeLessThan(1_550_000)
    expect(begun).toBeLessThan(820_000)
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
    // The runtime's own and nothing else is needed from outside, and PDF.js only where a PDF comes.
    const outside = [...first].filter((name) => !modules.some((each) => each.name === name))
    expect(outside).toEqual(['cloudflare:workers'])
    expect(modules.some(({ name }) => name.startsWith('pdfjs-') && !first.has(name))).toBe(true)
  }, 60_000)
})

describe('the Worker in workerd, on D1', () => {
  let worker: Running
  beforeAll(async () => {
    // After office hours, in which the day's reminders would go out too.
    worker = await runWorker(at('2017-08-15T19:00:00+08:00'), { slowBy: 100, assets: folder })
    const town = await openTown(worker.store.of('default'))
    await settle(town, 'lark')
  })
  afterAll(() => worker.stop())
  const says = (who: keyof typeof accounts, text: string) =>
    worker.fake.says({ from: accounts[who], chat: 'oc_work', text, at: true })

  it('answers for its health', async () => {
    for (const path of ['/healthz', '/readyz']) expect((await worker.get(path)).status, path).toBe(200)
    expect([(await worker.get('/metrics')).status, (await worker.get('/metrics', reader)).status]).toEqual([401, 200])
  })

  it('serves the console’s files with the headers that Node gives them, and the page at every address of its own', async () => {
    for (const path of ['/', '/ledger', '/duties/d1']) {
      const response = await worker.get(path, navigate)
      expect([path, response.status, await response.text()]).toEqual([path, 200, page])
      expect(response.headers.get('content-security-policy')).toContain("script-src 'self';")
      expect(response.headers.get('x-frame-options')).toBe('DENY')
    }
    const script = await worker.get('/assets/a-1.js')
    expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(script.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('lets in by a one-time link, and answers the API alone under /api', async () => {
    const deps = townDeps(worker.store.of('default'), { now: new Date('2017-08-15T19:00:00+08:00') })
    expect((await worker.get('/readyz')).status).toBe(200)
    const nobody = { units: [], charge: [], post: '' as const, mobile: '', identities: [] }
    const stamp = { by: 'admin:test', via: `test:${deps.newId()}`, at: deps.now() }
    await register(deps, { people: [{ ...nobody, name: '李明', role: 'office' }] }, stamp)
    const link = (await giveLink(deps, (await personNamed(deps, '李明', 'office')) ?? '')).secret
    const headers = { 'content-type': 'application/json', 'x-duban': 'console' }
    const entered = await worker.get('/api/session', { method: 'POST', headers, body: JSON.stringify({ link }) })
    expect(entered.status).toBe(200)
    const cookie = /^duban=[^;]+/.exec(entered.headers.get('set-cookie') ?? '')?.[0] ?? ''
    const me = await worker.get('/api/me', { headers: { cookie } })
    expect(await me.json()).toMatchObject({ person: { name: '李明', role: 'office' } })
    expect(me.headers.get('cache-control')).toBe('no-store')
    expect((await worker.get('/api/me', navigate)).status).toBe(401)
    expect((await worker.get('/api/unknown', navigate)).status).toBe(404)

    // What is checked in the background is remembered from one request to the next.
    const check = await worker.get('/api/audit/check', { method: 'POST', headers: { ...headers, cookie }, body: '{}' })
    expect(check.status).toBe(200)
    await expect
      .poll(
        async () =>
          ((await (await worker.get('/api/audit/check', { headers: { cookie } })).json()) as { state: string }).state,
        { timeout: 10_000 },
      )
      .toBe('done')
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
    expect(await (await worker.get('/metrics', reader)).text()).toMatch(/state="waiting"} 0/)
  })
})

describe('a Worker that cannot serve', () => {
  it('takes nothing while its database lacks a migration, and says which', async () => {
    const worker = await runWorker(at('2017-08-15T10:00:00+08:00'), { migrated: false })
    try {
      const response = await worker.post(worker.fake.says({ from: 'ou_a', text: '帮助' }))
      expect([response.status, await response.text()]).toEqual([503, ''])
      expect(worker.lines.join('')).toMatch(/数据库缺 0000_\w+\.sql.*：先执行 npx wrangler d1 migrations apply/)
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
