import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { giveLink } from '../../src/flow/console/sign-in.ts'
import { personNamed, register } from '../../src/flow/roster.ts'
import { townDeps } from '../town/town.ts'
import { type Running, runWorker } from './duban.ts'

const folder = mkdtempSync(join(tmpdir(), 'duban-assets-'))
const page = '<!doctype html><html lang="zh-CN"><title>督办</title></html>'
const DUBAN_NOW = '2017-08-15T19:00:00+08:00'

let worker: Running
beforeAll(async () => {
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), page)
  writeFileSync(join(folder, 'assets/a-1.js'), 'export {}')
  copyFileSync(new URL('../../web/public/_headers', import.meta.url), join(folder, '_headers'))
  worker = await runWorker({ DUBAN_NOW }, { assets: folder })
})
afterAll(async () => {
  await worker.stop()
  rmSync(folder, { recursive: true })
})

const navigate = { headers: { 'sec-fetch-mode': 'navigate' } }

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
  const deps = townDeps(worker.store.of('default'), { now: new Date(DUBAN_NOW) })
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
    )
    .toBe('done')
})
