import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { createAdaptorServer } from '@hono/node-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../../src/http/app.ts'
import { consolePages } from '../../src/node/pages.ts'
import { officesOf } from '../town/offices.ts'
import { townDeps } from '../town/town.ts'
import { openConsole } from './console.ts'

const office = officesOf('pages')
const above = mkdtempSync(join(tmpdir(), 'duban-pages-'))
const folder = join(above, 'web')
mkdirSync(join(folder, 'assets'), { recursive: true })
const page = '<!doctype html><html lang="zh-CN"><title>督办</title></html>'
writeFileSync(join(folder, 'index.html'), page)
writeFileSync(join(folder, 'index.html.gz'), gzipSync(page))
writeFileSync(join(folder, 'assets/a-1.js'), 'export {}')
writeFileSync(join(folder, 'assets/a-1.js.gz'), gzipSync('export {}'))
writeFileSync(join(above, 'package.json'), '{"secret":true}')

const deps = () => townDeps(office(), { now: new Date('2026-04-20T02:00:00Z') })
const open = () => openConsole(deps(), { pages: consolePages(folder) })
const get = async (path: string, init: RequestInit = {}) => open().app.request(`http://duban.test${path}`, init)

afterAll(() => rmSync(above, { recursive: true }))

describe('the console’s files', () => {
  it('every address that is no file is the page, which is asked for anew each time', async () => {
    for (const path of ['/', '/index.html', '/ledger', '/duties/d1?x=1', '/signin', '/_headers']) {
      const response = await get(path)
      expect([path, response.status, await response.text()]).toEqual([path, 200, page])
      expect(response.headers.get('cache-control'), path).toBe('no-cache')
      expect(response.headers.get('content-type')).toMatch(/text\/html/)
    }
  })

  it('what carries its digest in its name is kept for good, what is not there is not found', async () => {
    const found = await get('/assets/a-1.js')
    expect(found.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(found.headers.get('content-type')).toMatch(/javascript/)
    const missing = await get('/assets/b-2.js')
    expect(missing.status).toBe(404)
    expect(await missing.text()).not.toContain('<html')
  })

  it('come compressed to whoever takes that, and say that it differs', async () => {
    const small = await get('/assets/a-1.js', { headers: { 'accept-encoding': 'gzip' } })
    expect(small.headers.get('content-encoding')).toBe('gzip')
    expect(small.headers.get('vary')).toMatch(/accept-encoding/i)
    expect((await get('/assets/a-1.js')).headers.get('content-encoding')).toBeNull()
  })

  it('are not sent again to whoever has them', async () => {
    for (const path of ['/', '/ledger']) {
      const etag = (await get(path)).headers.get('etag')
      expect(etag, path).toBeTruthy()
      const again = await get(path, { headers: { 'if-none-match': etag ?? '' } })
      expect([again.status, await again.text()]).toEqual([304, ''])
      expect(again.headers.get('cache-control')).toBe('no-cache')
    }
  })

  it('HEAD is the same without a body, other methods are no page', async () => {
    const head = await get('/', { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
    for (const method of ['OPTIONS', 'POST', 'PUT', 'DELETE'])
      expect((await get('/ledger', { method })).status, method).toBe(404)
  })

  it('carry headers that let no script of anybody’s run, nor any frame show them', async () => {
    for (const path of ['/', '/assets/a-1.js', '/api/me']) {
      const { headers } = await get(path)
      const policy = headers.get('content-security-policy') ?? ''
      expect(policy, path).toContain("script-src 'self';")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).toContain("default-src 'self'")
      expect(policy.replace("style-src 'self' 'unsafe-inline'", '')).not.toContain('unsafe')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('x-frame-options')).toBe('DENY')
    }
  })

  it('are the same headers that the static assets on Workers have', async () => {
    const [rule = '', ...lines] = readFileSync(new URL('../../web/public/_headers', import.meta.url), 'utf8').split(
      '\n',
    )
    expect(rule).toBe('/*')
    const end = lines.findIndex((line) => !line.startsWith('  '))
    const written = Object.fromEntries(lines.slice(0, end).map((line) => line.trim().split(/: (.*)/s)))
    const { headers } = await get('/healthz-of-nothing')
    const own = [...headers].filter(
      ([name]) => !/^(content-type|content-length|cache-control|etag|vary|last-modified|accept-ranges)$/.test(name),
    )
    expect(Object.fromEntries(Object.entries(written).map(([name, value]) => [name.toLowerCase(), value]))).toEqual(
      Object.fromEntries(own),
    )
    // What the API answers, and what is not there, has them too.
    for (const path of ['/assets/none.js', '/api/me', '/api/nothing', '/api/openapi.json']) {
      const answer = await get(path)
      for (const [name, value] of Object.entries(written))
        expect([path, name, answer.headers.get(name)]).toEqual([path, name, value])
    }
  })
})

describe('a way out of the folder', () => {
  let port = 0
  const server = createAdaptorServer({
    fetch: (request: Request) =>
      createApp({ door: () => undefined, offices: () => [], log: () => undefined, pages: consolePages(folder) }).fetch(
        request,
      ),
  })
  beforeAll(async () => {
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const address = server.address()
    port = typeof address === 'object' && address ? address.port : 0
  })
  afterAll(() => new Promise((done) => server.close(done)))

  /** The path as it stands, which no client would send: they tidy it up first. */
  const raw = (path: string) =>
    new Promise<string>((done, fail) => {
      const socket = connect(port, '127.0.0.1', () =>
        socket.write(`GET ${path} HTTP/1.1\r\nHost: duban.test\r\nConnection: close\r\n\r\n`),
      )
      let text = ''
      socket.on('data', (part) => {
        text += String(part)
      })
      socket.on('end', () => done(text)).on('error', fail)
    })

  it('is none, however it is written', async () => {
    for (const path of [
      '/../package.json',
      '/assets/../../package.json',
      '/%2e%2e/package.json',
      '/assets/%2e%2e/%2e%2e/package.json',
      '/assets/..%2f..%2fpackage.json',
      '/assets/..%5c..%5cpackage.json',
      '/assets/%252e%252e/package.json',
      '/assets/....//....//package.json',
      '//package.json',
      '/assets/a-1.js%00.html',
      '/%ff%fe',
    ]) {
      const answer = await raw(path)
      expect(answer, path).toMatch(/^HTTP\/1\.1 (200|400|404) /)
      expect(answer, path).not.toContain('secret')
    }
  })
})

describe('the API’s edge', () => {
  it('what is no route is not found in JSON, whoever asks, and nothing of it is kept by anybody', async () => {
    for (const path of ['/api/unknown', '/api', '/api/', '/api/me/x']) {
      const response = await get(path)
      expect([path, response.status]).toEqual([path, 404])
      expect(response.headers.get('content-type'), path).toMatch(/json/)
      expect(await response.json()).toEqual({ error: '没有这个地址' })
      expect(response.headers.get('cache-control'), path).toBe('no-store')
    }
    const refused = await get('/api/me')
    expect([refused.status, refused.headers.get('cache-control')]).toEqual([401, 'no-store'])
  })

  it('answers a broken body in a line of JSON, too large a one with 413', async () => {
    const { app } = open()
    const post = (body: string) =>
      app.request('http://duban.test/api/session', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-duban': 'console', 'content-length': String(body.length) },
        body,
      })
    const broken = await post('{')
    expect([broken.status, await broken.json()]).toEqual([400, { error: expect.any(String) }])
    expect((await post(`"${'x'.repeat(1024 * 1024)}"`)).status).toBe(413)
  })

  it('lets no other site’s page ask: a preflight is granted nothing', async () => {
    const response = await get('/api/me', {
      method: 'OPTIONS',
      headers: { origin: 'https://elsewhere.test', 'access-control-request-method': 'DELETE' },
    })
    expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
    expect(response.status).toBeGreaterThanOrEqual(400)
  })

  it('platforms’ callbacks and health are answered as before: without the page’s headers', async () => {
    for (const path of ['/webhooks/lark', '/healthz', '/metrics'])
      expect((await get(path)).headers.get('content-security-policy'), path).toBeNull()
  })
})

describe('the OpenAPI document', () => {
  interface Operation {
    summary?: string
    responses?: Record<string, { description?: string }>
    'x-roles'?: string | string[]
    parameters?: { name: string; in: string }[]
  }
  it('is 3.1: every operation says in Chinese what it is for, what it answers, and who may call it', async () => {
    const response = await get('/api/openapi.json')
    const document = (await response.json()) as {
      openapi: string
      info: { title: string; version: string }
      servers: { url: string }[]
      paths: Record<string, Record<string, Operation>>
    }
    expect(document.openapi).toBe('3.1.0')
    expect(document.info.title && document.info.version).toBeTruthy()
    expect(document.servers).toEqual([{ url: '/api' }])
    const refs = JSON.stringify(document).match(/"\$ref":"[^"]+"/g) ?? []
    for (const ref of refs) {
      const at = ref.slice(10, -1).slice(2).split('/')
      expect(
        at.reduce<unknown>((node, key) => (node as Record<string, unknown>)?.[key], document),
        ref,
      ).toBeTruthy()
    }
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ at: `${method} ${path}`, path, operation })),
    )
    expect(operations.length).toBeGreaterThan(8)
    for (const { at, path, operation } of operations) {
      expect(path, at).toMatch(/^\/[\w{}/.-]+$/)
      expect(operation.summary, at).toMatch(/[\u4e00-\u9fff]/)
      expect(
        Object.keys(operation.responses ?? {}).some((status) => /^[23]\d\d$/.test(status)),
        at,
      ).toBe(true)
      for (const [status, { description }] of Object.entries(operation.responses ?? {})) {
        expect(status, at).toMatch(/^[1-5]\d\d$/)
        expect(typeof description, `${at} ${status}`).toBe('string')
      }
      const roles = operation['x-roles']
      expect(roles === 'public' || (Array.isArray(roles) && roles.length > 0), at).toBe(true)
      const wanted = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      const given = (operation.parameters ?? []).filter((one) => one.in === 'path').map(({ name }) => name)
      expect(given.sort(), at).toEqual(wanted.sort())
    }
  })
})
