import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLinkCheck } from '../../src/flow/link-check.ts'
import { createLook, isPublic } from '../../src/node/look.ts'

let server: Server
let port: string
const seen: { url: string; host: string; cookie: string }[] = []

beforeAll(async () => {
  server = createServer((request, response) => {
    const { url = '', headers } = request
    seen.push({ url, host: headers.host ?? '', cookie: headers.cookie ?? '' })
    const [, kind = '', rest = ''] = url.split('/')
    if (kind === 'to') response.writeHead(302, { location: decodeURIComponent(rest), 'set-cookie': 'a=1' }).end()
    else if (kind === 'slow') return
    else if (kind === 'big') response.writeHead(200).write('x'.repeat(1 << 20))
    else response.writeHead(Number(kind) || 200).end('页面')
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  port = String((server.address() as AddressInfo).port)
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const names: Record<string, string[]> = {
  'www.yunxi.gov.cn': ['127.0.0.1'],
  'inner.yunxi.gov.cn': ['10.1.2.3'],
  'mixed.example.cn': ['93.184.216.34', '169.254.169.254'],
  'rebinding.example.cn': ['127.0.0.1'],
}
const resolve = async (host: string) => {
  const found = names[host]
  if (!found) throw Object.assign(new Error(host), { code: 'ENOTFOUND' })
  return found
}

const check = (hosts: string[], more: { timeoutMs?: number } = {}) =>
  createLinkCheck({ look: createLook(resolve), hosts, ports: ['', '80', '443', port], ...more })
const at = (path: string) => `http://www.yunxi.gov.cn:${port}/${path}`
const to = (url: string) => at(`to/${encodeURIComponent(url)}`)

describe('a link on a host that the office named', () => {
  const look = () => check(['yunxi.gov.cn'])

  it('is open, broken, or turned away by its site', async () => {
    expect(await look()(at('200'))).toEqual({ outcome: 'open', status: 200, why: '' })
    expect(await look()(at('404'))).toMatchObject({ outcome: 'broken', status: 404 })
    expect(await look()(at('502'))).toMatchObject({ outcome: 'broken', status: 502 })
    expect(await look()(at('412'))).toMatchObject({ outcome: 'refused', status: 412 })
    expect(await look()('http://nobody.yunxi.gov.cn/')).toMatchObject({ outcome: 'broken', why: '没有这个网站' })
    expect(await look()(at('big'))).toMatchObject({ outcome: 'open' })
    expect(await check(['yunxi.gov.cn'], { timeoutMs: 100 })(at('slow'))).toMatchObject({ why: '网站没有回应' })
  })

  it('is followed three times at most, without cookies, and to no other host', async () => {
    expect(await look()(to(at('200')))).toMatchObject({ outcome: 'open' })
    expect(await look()(to(to(to(to('/200')))))).toMatchObject({ outcome: 'broken', why: '跳转次数太多' })
    expect(await look()(to('http://elsewhere.example.cn/'))).toMatchObject({ outcome: 'skipped' })
    expect(await look()(to('file:///etc/passwd'))).toMatchObject({ outcome: 'skipped' })
    expect(seen.every(({ cookie }) => cookie === '')).toBe(true)
    expect(seen[0]?.host).toBe(`www.yunxi.gov.cn:${port}`)
  })
})

describe('where no hosts are named', () => {
  it('nothing but public addresses is called', async () => {
    const before = seen.length
    for (const url of [
      at('200'),
      'http://inner.yunxi.gov.cn/',
      'http://mixed.example.cn/',
      'http://rebinding.example.cn/',
      `http://127.0.0.1:${port}/`,
      `http://0x7f.1:${port}/`,
      `http://2130706433:${port}/`,
      `http://localhost:${port}/`,
      `http://[::1]:${port}/`,
      `http://[::ffff:127.0.0.1]:${port}/`,
      'http://169.254.169.254/latest/meta-data/',
      'http://metadata.google.internal/',
      'http://user:pass@mixed.example.cn/',
      'http://mixed.example.cn:22/',
      'gopher://mixed.example.cn/',
      'javascript:alert(1)',
    ])
      expect([url, (await check([])(url)).outcome]).toEqual([url, 'skipped'])
    expect(seen.length).toBe(before)
  })

  it('an address is public or not', () => {
    for (const address of ['114.114.114.114', '93.184.216.34', '2400:3200::1', '2606:4700::1111'])
      expect([address, isPublic(address)]).toEqual([address, true])
    for (const address of [
      ...['0.0.0.0', '10.0.0.1', '100.64.0.1', '127.0.0.1', '169.254.169.254', '172.31.0.1', '192.168.1.1'],
      ...['198.18.0.1', '224.0.0.1', '255.255.255.255', '::', '::1', 'fe80::1', 'fd00:ec2::254', 'ff02::1'],
      ...['::ffff:10.0.0.1', '64:ff9b::a00:1', '2002:a00:1::', '2001:db8::1', 'not an address'],
    ])
      expect([address, isPublic(address)]).toEqual([address, false])
  })
})
