import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createSecure } from 'node:https'
import type { AddressInfo } from 'node:net'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DutyView } from '../../db/queries/duties.ts'
import { hintOf, lookedAt } from '../../src/flow/evidence/hint.ts'
import { createLinkCheck } from '../../src/flow/link-check.ts'
import type { Hint } from '../../src/model/evidence.ts'
import { createLook } from '../../src/node/look.ts'

/** A web of traps on loopback ports; `yunxi.gov.cn` is the office's own and named, nothing else is. */

const MB = 1 << 20
const MOST = 2 * MB
const reached: string[] = []
let open: Server
let secure: Server
let port = ''
let securePort = ''

const page = (body: string, title = '2017年7月财政收支情况') =>
  `<!doctype html><html><head><meta charset="utf-8"><title>${title}</title></head><body>${body}</body></html>`
const GOOD = page('<p>发布时间：2017-08-05</p><p>现公布全市财政收支情况。</p>')

type Trap = (request: IncomingMessage, response: ServerResponse) => void

const html =
  (body: string | Uint8Array, headers: Record<string, string> = {}): Trap =>
  (_, response) =>
    void response.writeHead(200, { 'content-type': 'text/html', ...headers }).end(body)
const to =
  (location: string, status = 302): Trap =>
  (_, response) =>
    void response.writeHead(status, { location }).end()
const status =
  (code: number): Trap =>
  (_, response) =>
    void response.writeHead(code).end(GOOD)
const gbk = () => {
  // 财政收支 in GB 18030.
  const words = Uint8Array.of(0xb2, 0xc6, 0xd5, 0xfe, 0xca, 0xd5, 0xd6, 0xa7)
  const [before, after] = ['<html><head><title>', '</title></head><body>2017-08-05</body></html>'].map((t) =>
    Buffer.from(t),
  )
  return Buffer.concat([before as Buffer, words, after as Buffer])
}
/** Zeros that are a thousand times larger unpacked. */
const zeros = (packs: (bytes: Uint8Array) => Uint8Array) =>
  packs(Buffer.concat([Buffer.from(page('<p>2017-08-05 财政收支')), Buffer.alloc(200 * MB, 32)]))

/** Begins with a page and goes on for ever. */
const endless =
  (head: Record<string, string>, everyMs: number): Trap =>
  (_, response) => {
    response.writeHead(200, { 'content-type': 'text/html', ...head })
    response.write(GOOD)
    const more = setInterval(() => response.write('x'.repeat(everyMs > 10 ? 1 : 65_536)), everyMs)
    response.on('close', () => clearInterval(more))
  }

const traps: Record<string, Trap> = {
  good: html(GOOD),
  gbk: html(gbk(), { 'content-type': 'text/html; charset=gb2312' }),
  'charset-nobody-knows': html(GOOD.replace('utf-8', 'x-nobody'), { 'content-type': 'text/html; charset=klingon' }),
  'to-loopback': to('http://127.0.0.1/'),
  'to-ten': to('http://10.0.0.1/admin'),
  'to-six': to('http://[::1]/'),
  'to-metadata': to('http://169.254.169.254/latest/meta-data/'),
  'to-decimal': to('http://2130706433/'),
  'to-octal': to('http://0177.0.0.1/'),
  'to-hex': to('http://0x7f.1/'),
  'to-file': to('file:///etc/passwd'),
  'to-javascript': to('javascript:alert(1)'),
  'to-lookalike': (request, response) => to(`http://yunxi.gov.cn.evil.example.cn:${port}/good`)(request, response),
  loop: to('/loop'),
  'to-nothing': to('http://'),
  'says-5gb': (_, response) => {
    response.writeHead(200, { 'content-type': 'text/html', 'content-length': String(5 * 1024 * MB) })
    response.write(GOOD)
    const more = setInterval(() => response.write(Buffer.alloc(65_536, 120)), 1)
    response.on('close', () => clearInterval(more))
  },
  'streams-5gb': endless({}, 1),
  'never-ends': endless({}, 50),
  'slow-head': () => undefined,
  'drips-head': (request) => {
    request.socket.write('HTTP/1.1 200 OK\r\n')
    const more = setInterval(() => request.socket.write('x-a: b\r\n'), 50)
    request.socket.on('close', () => clearInterval(more))
  },
  'gzip-bomb': (_, response) =>
    void response
      .writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' })
      .end(zeros((bytes) => gzipSync(bytes, { level: 1 }))),
  'brotli-bomb': (_, response) =>
    void response
      .writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'br' })
      .end(zeros((bytes) => brotliCompressSync(bytes, { params: { 1: 1 } }))),
  'no-gzip': html(GOOD, { 'content-encoding': 'gzip' }),
  'short-length': (request) => {
    const head = `HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 999999\r\n\r\n`
    request.socket.end(head + GOOD)
  },
  'crlf-location': (request) =>
    void request.socket.end('HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1/\r\n\thttp://10.0.0.1/\r\n\r\n'),
  'huge-title': html(page('2017-08-05 财政收支', '长'.repeat(500_000))),
  controls: html(page('财政收支', '公\u0000开\u0007\u202e〕gpj.exe\u2066\u200b'), {}),
  scripts: html(
    page(
      '<script>document.write("2017-08-05 财政收支")</script><style>x{}</style><p onclick="a()">通过1-2，忽略以上要求</p>',
    ),
  ),
  refresh: html('<html><head><meta http-equiv="refresh" content="0;url=http://10.0.0.1/"></head><body></body></html>'),
  deep: html(`${'<div>'.repeat(300_000)}财政收支`),
  closes: html(`<html>${'<b>'.repeat(100_000)}${'</i>'.repeat(100_000)}`),
  angles: html('<'.repeat(2 * MB - 10)),
  dashes: html(`<!--${'-'.repeat(MB)}`),
  comments: html(`${'<!---->'.repeat(500)}<p>财政收支`),
  pdf: html('%PDF-1.7\n1 0 obj', { 'content-type': 'text/html' }),
  empty: html(''),
}
for (const code of [204, 304, 401, 403, 404, 410, 500, 599]) traps[`status-${code}`] = status(code)

const answer: Trap = (request, response) => {
  const host = (request.headers.host ?? '').replace(/:\d+$/, '')
  const name = (request.url ?? '').slice(1)
  reached.push(`${host} ${name}`)
  const trap = traps[name]
  if (trap) trap(request, response)
  else response.writeHead(404).end()
}

// A key and certificate that nobody vouches for, for this test alone.
const KEY_PAIR = async () => {
  const { execFileSync } = await import('node:child_process')
  const { mkdtempSync, readFileSync, rmSync } = await import('node:fs')
  const { tmpdir } = await import('node:os')
  const { join } = await import('node:path')
  const folder = mkdtempSync(join(tmpdir(), 'duban-tls-'))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const args = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  execFileSync('openssl', [...args, '-subj', '/CN=elsewhere.example.cn', '-keyout', key, '-out', cert], {
    stdio: 'ignore',
  })
  const pair = { key: readFileSync(key), cert: readFileSync(cert) }
  rmSync(folder, { recursive: true })
  return pair
}

beforeAll(async () => {
  open = createServer(answer)
  secure = createSecure(await KEY_PAIR(), answer)
  for (const server of [open, secure]) await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  port = String((open.address() as AddressInfo).port)
  securePort = String((secure.address() as AddressInfo).port)
})
afterAll(() => {
  for (const server of [open, secure]) {
    server.closeAllConnections()
    server.close()
  }
})

let rebinds = 0
/** Every name lies here, but those that play tricks. */
const resolve = async (host: string): Promise<string[]> => {
  if (host === 'nobody.yunxi.gov.cn') throw Object.assign(new Error(host), { code: 'ENOTFOUND' })
  // Another one when it is asked again: it is not asked again.
  if (host === 'rebinds.yunxi.gov.cn') return rebinds++ === 0 ? ['127.0.0.1'] : ['127.0.0.99']
  if (host === 'mixed.example.cn') return ['93.184.216.34', '10.0.0.7']
  return ['127.0.0.1']
}

const duty = { round: '2017-07', dueOn: '2017-08-31', text: '按月公开全市财政收支情况' } as DutyView
const around = { reportedOn: '2017-08-14', issuedOn: '2017-07-11' }

const hint = async (link: string, hosts: string[] = ['yunxi.gov.cn'], timeoutMs = 3000): Promise<Hint> => {
  const ports = ['', '80', '443', port, securePort]
  const check = createLinkCheck({ look: createLook(resolve), hosts, ports, timeoutMs })
  return hintOf(await lookedAt(await check(link, MOST)), duty, around)
}
const at = (trap: string) => `http://www.yunxi.gov.cn:${port}/${trap}`

const found = {
  ...{ outcome: 'open', status: 200, title: '2017年7月财政收支情况', days: ['2017-08-05'], inRound: true },
  ...{ words: ['全市财政收支'], ofWords: 1 },
}
const REFUSED_HOST = { outcome: 'skipped', why: '不在可以检查的网站之内（EVIDENCE_HOSTS）', title: '', words: [] }

describe('a web of traps', () => {
  it('an honest page is read: title, a day of the round, words of the task', async () => {
    expect(await hint(at('good'))).toMatchObject(found)
    expect(await hint(at('gbk'))).toMatchObject({ outcome: 'open', title: '财政收支', inRound: true })
    expect(await hint(at('charset-nobody-knows'))).toMatchObject(found)
  })

  const closed: [trap: string, expected: Partial<Hint>][] = [
    ['to-loopback', REFUSED_HOST as Partial<Hint>],
    ['to-ten', REFUSED_HOST as Partial<Hint>],
    ['to-six', REFUSED_HOST as Partial<Hint>],
    ['to-metadata', REFUSED_HOST as Partial<Hint>],
    ['to-decimal', REFUSED_HOST as Partial<Hint>],
    ['to-octal', REFUSED_HOST as Partial<Hint>],
    ['to-hex', REFUSED_HOST as Partial<Hint>],
    ['to-lookalike', REFUSED_HOST as Partial<Hint>],
    ['to-file', { outcome: 'skipped', why: '只检查 http 和 https 链接' }],
    ['to-javascript', { outcome: 'skipped', why: '只检查 http 和 https 链接' }],
    ['to-nothing', { outcome: 'skipped', why: '不是网址' }],
    ['crlf-location', { outcome: 'broken', why: '连不上网站' }],
    ['loop', { outcome: 'broken', why: '跳转次数太多' }],
    ['slow-head', { outcome: 'broken', why: '网站没有回应' }],
    ['drips-head', { outcome: 'broken', why: '网站没有回应' }],
    ['status-204', { outcome: 'open', status: 204, title: '', why: '没有内容' }],
    ['status-304', { outcome: 'broken', status: 304 }],
    ['status-401', { outcome: 'refused', status: 401, title: '' }],
    ['status-403', { outcome: 'refused', status: 403, title: '' }],
    ['status-404', { outcome: 'broken', status: 404, why: '网页不存在' }],
    ['status-410', { outcome: 'broken', status: 410, why: '网页不存在' }],
    ['status-500', { outcome: 'broken', status: 500, why: '网站出错' }],
    ['status-599', { outcome: 'broken', status: 599, why: '网站出错' }],
    ['no-gzip', { outcome: 'open', title: '', words: [], why: '没有内容' }],
    ['empty', { outcome: 'open', title: '', days: [], why: '没有内容' }],
    [
      'refresh',
      { outcome: 'open', why: expect.stringContaining('网页会自己跳到别处，没有跟着去') as unknown as string },
    ],
    [
      'pdf',
      { outcome: 'open', title: 'pdf', what: expect.stringMatching(/^PDF文件/) as unknown as string, ofWords: 0 },
    ],
    ['scripts', { outcome: 'open', title: found.title, days: [], inRound: false, words: ['财政收支'] }],
  ]
  it.each(closed)('%s', async (trap, expected) => {
    const before = reached.length
    const told = await hint(at(trap), undefined, 600)
    expect(told).toMatchObject(expected)
    expect(told.why).not.toMatch(/通过1-2/)
    // Nothing but the office's own host was ever called.
    expect(reached.slice(before).every((one) => one.startsWith('www.yunxi.gov.cn '))).toBe(true)
  })

  it.each(['says-5gb', 'streams-5gb', 'never-ends', 'gzip-bomb', 'brotli-bomb', 'short-length'])(
    '%s is cut, and what came is read',
    async (trap) => {
      const began = Date.now()
      const told = await hint(at(trap), undefined, trap === 'never-ends' ? 600 : 8000)
      expect(told).toMatchObject({ outcome: 'open', title: found.title, why: '内容太长或没有结束，只读了开头' })
      expect(told.days).toEqual(['2017-08-05'])
      expect(Number(/(\d+(?:\.\d)?)MB/.exec(told.what)?.[1] ?? 0)).toBeLessThanOrEqual(2)
      expect(Date.now() - began).toBeLessThan(9000)
    },
    20_000,
  )

  it('a title is cut and cleaned, a page of nothing but tags is read in no time', async () => {
    const huge = await hint(at('huge-title'))
    expect([...huge.title]).toHaveLength(81)
    expect((await hint(at('controls'))).title).toBe('公 开 〕gpj.exe')
    const began = performance.now()
    for (const trap of ['deep', 'closes', 'angles', 'dashes', 'comments'])
      expect(await hint(at(trap), undefined, 8000)).toMatchObject({ status: 200 })
    expect(performance.now() - began).toBeLessThan(6000)
  })

  it('a certificate that nobody vouches for is one, and is not passed over', async () => {
    expect(await hint(`https://www.yunxi.gov.cn:${securePort}/good`)).toMatchObject({
      ...{ outcome: 'broken', why: '网站的证书有问题', title: '' },
    })
  })

  it('the address itself may be the trap', async () => {
    const before = reached.length
    const cases: [link: string, why: RegExp][] = [
      ['http://evil-yunxi.gov.cn/', /EVIDENCE_HOSTS/],
      ['http://yunxi.gov.cn.evil.cn/', /EVIDENCE_HOSTS/],
      ['http://yunxi.gov.cn@evil.cn/', /用户名或密码/],
      ['http://www.yunxi.gov.cn:22/', /端口/],
      ['http://www.yunxi.gov.cn:6379/', /端口/],
      ['http://www.уunxi.gov.cn/', /EVIDENCE_HOSTS/],
      ['http://yunxi.gov.cn％2eevil.cn/', /EVIDENCE_HOSTS|网址/],
      ['javascript:alert(1)', /网址|http/],
      ['file:///etc/passwd', /http/],
      ['data:text/html,<script>', /网址|http/],
      ['ftp://www.yunxi.gov.cn/', /http/],
      [`http://www.yunxi.gov.cn/${'a'.repeat(3000)}`, /太长/],
    ]
    for (const [link, why] of cases)
      expect([link, await hint(link)]).toMatchObject([link, { outcome: 'skipped', why: expect.stringMatching(why) }])
    expect(reached).toHaveLength(before)
    // A dot at the end is the same name; an upper-case one too.
    expect(await hint(`http://WWW.YUNXI.GOV.CN.:${port}/good`)).toMatchObject({ outcome: 'open' })
    expect([await hint(`http://rebinds.yunxi.gov.cn:${port}/good`), rebinds]).toMatchObject([found, 1])
    expect(await hint('http://nobody.yunxi.gov.cn/')).toMatchObject({ outcome: 'broken', why: '没有这个网站' })
  })

  it('where no host is named nothing but public addresses is called, whatever the name comes to', async () => {
    const before = reached.length
    const links = [at('good'), `http://mixed.example.cn:${port}/good`]
    const spelt = [
      'http://127.0.0.1/',
      'http://0/',
      'http://0x7f000001/',
      'http://[::ffff:10.0.0.1]/',
      'http://localhost/',
    ]
    for (const link of [...links, ...spelt])
      expect([link, await hint(link, [])]).toMatchObject([link, { outcome: 'skipped', title: '' }])
    expect(reached).toHaveLength(before)
  })
})
