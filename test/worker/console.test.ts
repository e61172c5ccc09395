import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { larkVariables, type Running, runWorker } from './duban.ts'

/** A new office on Workers, from the first sign-in to the first report: nothing is entered but through the Worker's own doors. */

const SECRET = 'AbCdEfGhIjKlMnOpQrStUvWxYz012345'
const variables = { ...larkVariables, FIRST_LINK_SECRET: SECRET, DUBAN_NOW: '2026-04-13T10:00:00+08:00' }
const example = (name: string) => readFile(new URL(`../../examples/${name}`, import.meta.url))

const folder = mkdtempSync(join(tmpdir(), 'duban-console-'))
mkdirSync(join(folder, 'assets'))
writeFileSync(join(folder, 'index.html'), '<!doctype html><title>督办</title>')

let worker: Running
let cookie = ''
beforeAll(async () => {
  worker = await runWorker(variables, { assets: folder })
})
afterAll(async () => {
  await worker.stop()
  rmSync(folder, { recursive: true })
})

const ask = async (method: string, path: string, body?: unknown, more: Record<string, string> = {}) => {
  const isPlain = body === undefined || body instanceof FormData || body instanceof Uint8Array
  const response = await worker.get(`/api${path}`, {
    method,
    headers: { 'x-duban': 'console', cookie, ...(!isPlain && { 'content-type': 'application/json' }), ...more },
    ...(body !== undefined && { body: isPlain ? (body as BodyInit) : JSON.stringify(body) }),
  })
  const isJson = response.headers.get('content-type')?.includes('json')
  // biome-ignore lint/suspicious/noExplicitAny: what came over the wire, compared by its test
  const answer: any = isJson ? await response.json() : new Uint8Array(await response.arrayBuffer())
  return { status: response.status, body: answer, response }
}

/** A plan's file handed in and waited for. */
const upload = async (name: string, bytes: Uint8Array) => {
  const begun = await ask('POST', '/plans/upload', bytes, { 'x-file-name': encodeURIComponent(name) })
  expect(begun.status, name).toBe(202)
  let job = { stage: 'waiting' } as {
    stage: string
    error?: string
    result?: { plan: string; status: string; tasks: number }
  }
  await expect
    .poll(
      async () => {
        job = (await ask('GET', `/plans/jobs/${begun.body.job}`)).body
        return ['done', 'failed'].includes(job.stage)
      },
      { timeout: 30_000 },
    )
    .toBe(true)
  return job
}

describe('the first sign-in', () => {
  const link = `default.${SECRET}`

  it('lets in nobody by another secret', async () => {
    const wrong = `default.${SECRET.replace('A', 'B')}`
    expect(await ask('POST', '/session', { link: wrong })).toMatchObject({ status: 422 })
    expect(await ask('POST', '/session/link', { link: wrong })).toMatchObject({ status: 422 })
  })

  it('lets the administrator in by the one that was set, once, and never again', async () => {
    expect((await ask('POST', '/session/link', { link })).body).toMatchObject({ name: '管理员', role: 'admin' })
    const entered = await ask('POST', '/session', { link })
    expect(entered.status).toBe(200)
    cookie = /^duban=[^;]+/.exec(entered.response.headers.get('set-cookie') ?? '')?.[0] ?? ''
    expect((await ask('GET', '/me')).body).toMatchObject({ person: { role: 'admin' } })
    expect(await ask('POST', '/session', { link })).toMatchObject({ status: 422 })
    await worker.again(variables)
    expect(await ask('POST', '/session', { link })).toMatchObject({ status: 422 })
    expect(worker.lines.join('')).not.toContain(SECRET)
  })
})

describe('the register and the plan, at the console', () => {
  it('takes the roster', async () => {
    const form = (write?: string) => {
      const data = new FormData()
      data.set('file', new File([roster], 'roster.json'))
      if (write !== undefined) data.set('write', write)
      return data
    }
    const roster = new Uint8Array(await example('roster.json'))
    const preview = await ask('POST', '/roster/file', form())
    expect(preview).toMatchObject({ status: 200, body: { written: false } })
    const written = await ask('POST', '/roster/file', form(String(preview.body.version)))
    expect(written).toMatchObject({ status: 200, body: { written: true } })
    expect((await ask('GET', '/roster/units')).body.units.length).toBeGreaterThan(20)
  })

  it('reads every format of a plan that Node reads, and keeps the file', async () => {
    const sizes: Record<string, number> = {}
    for (const name of ['table.docx', 'table.xlsx', 'table.pdf', 'table.ofd', 'table.html', 'table.doc', 'table.txt']) {
      const { stage, error, result } = await upload(name, new Uint8Array(await example(name)))
      expect([name, stage, error]).toEqual([name, 'done', undefined])
      sizes[name] = result?.tasks ?? 0
    }
    expect(new Set(Object.values(sizes))).toEqual(new Set([15]))
    expect((await worker.files()).every((key) => /^default\/[0-9a-f]{64}$/.test(key))).toBe(true)
  })

  it('says of a file that is too large for a Worker what would be right', async () => {
    const large = new Uint8Array(4_000_001)
    large.set(new TextEncoder().encode('%PDF-1.7\n'))
    expect(await upload('方案.pdf', large)).toMatchObject({
      stage: 'failed',
      error: expect.stringMatching(/PDF 不超过4MB/),
    })
  })

  it('releases a plan; a liaison reports through Lark, and the office approves at the console', async () => {
    const { result } = await upload('方案.docx', new Uint8Array(await example('plan.docx')))
    const plan = result?.plan ?? ''
    const kept = await ask('GET', `/plans/${plan}/file`)
    expect(kept.body).toEqual(new Uint8Array(await example('plan.docx')))
    const outlook = await ask('POST', `/plans/${plan}/outlook`, { startOn: '2026-03-20' })
    const release = { version: outlook.body.version, startOn: '2026-03-20' }
    expect((await ask('POST', `/plans/${plan}/release`, release)).body).toMatchObject({ code: '公开26' })

    const { units } = (await ask('GET', '/roster/units')).body
    const finance = units.find(({ name }: { name: string }) => name === '市财政局').id
    const person = { name: '周小舟', role: 'liaison', units: [finance] }
    await ask('POST', '/roster/people', person)
    const { people } = (await ask('GET', '/roster/people')).body
    const { id, version } = people.find((one: { name: string }) => one.name === '周小舟')
    const { code } = (await ask('POST', `/roster/people/${id}/code`, { version })).body
    const says = (text: string) => worker.post(worker.fake.says({ from: 'ou_zhou', text }))
    expect((await says(`绑定 ${code}`)).status).toBe(200)
    expect((await worker.heard(1)).join('')).toMatch(/周小舟/)
    await says('5-1 3月的已公开 http://czj.example.gov.cn/202604/1.html')
    expect((await worker.heard(1)).join('')).toMatch(/已收到反馈/)

    const { rows } = (await ask('GET', '/review')).body
    const row = rows.find(({ kind }: { kind: string }) => kind === 'report')
    expect(row).toMatchObject({ unit: '市财政局' })
    const items = [{ duty: row.id, version: row.version }]
    const approved = await ask('POST', '/review', { id: 'review-1', act: 'approve', items })
    expect(approved.status).toBe(200)
    const ledger = (await ask('GET', '/ledger?state=done')).body
    expect(ledger.rows).toHaveLength(1)
    expect((await ask('GET', '/overview')).status).toBe(200)
  })

  it('signs a paper, whose Word file is kept in the bucket', async () => {
    const before = await worker.files()
    const window = { from: '2026-04-01', to: '2026-04-30' }
    const { id } = (await ask('POST', '/papers', { kind: 'bulletin', window })).body
    const { version } = (await ask('GET', `/papers/${id}`)).body
    const sign = { version, signer: '林志远', number: '云政督〔2026〕1号', on: '2026-04-13' }
    expect(await ask('POST', `/papers/${id}/sign`, sign)).toMatchObject({ status: 200 })
    const docx = await ask('GET', `/papers/${id}/docx`)
    expect(new TextDecoder().decode(docx.body.subarray(0, 2))).toBe('PK')
    const kept = (await worker.files()).filter((key) => !before.includes(key))
    expect(kept).toEqual([`default/${createHash('sha256').update(docx.body).digest('hex')}`])
  })
})
