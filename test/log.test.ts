import { readdirSync, readFileSync } from 'node:fs'
import { DrizzleQueryError } from 'drizzle-orm/errors'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLog, describeError, type LogEntry } from '../src/log.ts'
import { DeliveryError, Refused } from '../src/model/problem.ts'

const words = '王主任说7月的已经公开了'
const token = 'sk-9f8e7d6c5b4a'

function linesOf(...entries: LogEntry[]): string[] {
  const lines: string[] = []
  const log = createLog((line) => lines.push(line), { now: () => new Date('2026-08-15T02:00:00Z') })
  for (const entry of entries) log(entry)
  return lines
}

describe('a line of the log', () => {
  it('is one JSON object with the clock it was given', () => {
    const entry: LogEntry = {
      event: 'message',
      id: 'om_1',
      platform: 'lark',
      intent: 'report',
      outcome: 'answered',
      ms: 12.3456,
    }
    const [line = ''] = linesOf(entry)
    expect(line).not.toContain('\n')
    expect(JSON.parse(line)).toEqual({ level: 'info', at: '2026-08-15T02:00:00.000Z', ...entry, ms: 12.35 })
  })
  it('keeps of an id what names nobody, and a digest of the rest', () => {
    const idIn = (id: string, salt = '') => {
      const lines: string[] = []
      createLog((line) => lines.push(line), { now: () => new Date(0), salt })({ event: 'message', id })
      return JSON.parse(lines[0] ?? '').id
    }
    for (const id of ['lark:cli_1:om_dc13264520392913993dd051dba21dcf', 'answer:wecom:1000002:7101530532352256781'])
      expect(idIn(id)).toBe(id)
    expect(idIn('week:2026-04-20:wecom:1000002:zhangsan')).toMatch(/^week:2026-04-20:wecom:1000002:~[0-9a-f]{8}$/)
    expect(idIn('dingtalk:bot:msgZhang+/=')).toBe(idIn('dingtalk:bot:msgZhang+/='))
    expect(idIn('wecom:zhangsan', 'a')).not.toBe(idIn('wecom:zhangsan', 'b'))
  })
  it('cuts a path’s query', () => {
    const path = `/webhooks/wecom?msg_signature=${token}&echostr=${encodeURIComponent(words)}#${token}`
    const [line = ''] = linesOf({ event: 'request', path, status: 200 })
    expect(JSON.parse(line)).toMatchObject({ path: '/webhooks/wecom', status: 200 })
    expect(line).not.toContain(token)
  })
})

describe('words and tokens never come out', () => {
  const query = new DrizzleQueryError(
    'insert into "fact" values (?, ?)',
    [words, token],
    errorOf('SQLITE_BUSY', `${words} ${token}`),
  )
  const throws: [what: string, error: unknown, facts: object][] = [
    ['a failed query', query, { class: 'DrizzleQueryError', code: 'SQLITE_BUSY' }],
    ['an error whose message is people’s words', new Error(`${words} ${token}`), { class: 'Error' }],
    [
      'a cause',
      new TypeError(words, { cause: errorOf('ECONNRESET', token) }),
      { class: 'TypeError', code: 'ECONNRESET' },
    ],
    ['a code that is no code', errorOf(`${words} ${token}`, words), { class: 'Error' }],
    ['a name that is no name', Object.assign(new Error(words), { name: words }), { class: 'Error' }],
    ['a delivery', new DeliveryError('gone', `${words} ${token}`), { class: 'DeliveryError', code: 'gone' }],
    ['a refusal', new Refused(401), { class: 'Refused', code: '401' }],
    ['a code that is a mobile number', Object.assign(new Error(words), { code: 13800138000 }), { class: 'Error' }],
    ['a thrown text', `${words} ${token}`, { class: 'string' }],
    ['a thrown object', { message: words, token }, { class: 'object' }],
    ['nothing', undefined, { class: 'undefined' }],
  ]
  it.each(throws)('%s', (_, error, facts) => {
    expect(describeError(error)).toEqual(facts)
    const [line = ''] = linesOf({ event: 'error', error: describeError(error) })
    expect(line).not.toContain(words)
    expect(line).not.toContain(token)
  })

  it('a circle of causes ends', () => {
    const error = new Error(words)
    error.cause = error
    expect(describeError(error)).toEqual({ class: 'Error' })
  })

  it('not even when the shape is broken on purpose', () => {
    const broken = {
      event: words,
      id: words,
      intent: words,
      outcome: words,
      path: words,
      text: words,
      token,
      error: { class: words, code: words, message: words },
    }
    const [line = ''] = linesOf(broken as unknown as LogEntry)
    expect(line).not.toContain(words)
    expect(line).not.toContain(token)
  })
})

describe('whatever goes into an entry', () => {
  const names = [
    '张伟',
    '欧阳明月',
    'zhangwei',
    'ZhangWei',
    'ouyang.mingyue',
    'li-na',
    '13800138000',
    '110101199003074514',
  ]
  const tokens = fc.oneof(
    fc.stringMatching(/^[0-9a-f]{16,64}$/),
    fc.stringMatching(/^[A-Za-z0-9_-]{20,86}$/),
    fc.stringMatching(/^sk-[a-z0-9]{8,32}$/),
    fc.stringMatching(/^eyJ[A-Za-z0-9]{10,30}\.[A-Za-z0-9_-]{10,40}$/),
  )
  const said = fc
    .array(fc.constantFrom('王主任', '说', '7月的', '已经公开', '保密', '市财政局'), { minLength: 1, maxLength: 6 })
    .map((parts) => parts.join(''))
  const text = fc.oneof(fc.constantFrom(...names), tokens, said)
  /** As somebody might put it by mistake: alone, behind words of ours, in an address, in an id. */
  const before = fc.constantFrom('', 'refused-', '/webhooks/', '/api/people/', 'answer:wecom:1000002:', 'a?b=')
  const fields = ['event', 'id', 'platform', 'intent', 'outcome', 'reason', 'path', 'status', 'count', 'ms', 'text']

  it('no word of a message, no name and no token comes out', () => {
    fc.assert(
      fc.property(text, fc.array(before, { minLength: 14, maxLength: 14 }), (secret, befores) => {
        const put = (i: number) => `${befores[i]}${secret}`
        const thrown = Object.assign(new Error(secret, { cause: secret }), {
          code: put(11),
          reason: put(12),
          name: put(13),
        })
        const entry = Object.fromEntries(fields.map((field, i) => [field, put(i)]))
        for (const error of [describeError(thrown), describeError(secret), { class: put(11), code: secret }]) {
          const [line = ''] = linesOf({ ...entry, error } as unknown as LogEntry)
          expect(line).not.toContain(secret)
          expect(line).toMatch(/^[\x20-\x7e]+$/)
        }
      }),
    )
  })

  it('what the program itself says comes out whole', () => {
    const said = sources('src', 'adapters').flatMap((source) =>
      [...source.matchAll(/(?:\b(?:tell|unproven|without|cut|log)\(|event: '[a-z-]+'[^}]*outcome: )'([a-z-]+)'/g)].map(
        ([, word = '']) => word,
      ),
    )
    expect(said.length).toBeGreaterThan(30)
    for (const outcome of [...said, 'refused-40001', 'http-502', 'closed-1006', 'ECONNREFUSED', 'gateway-later'])
      expect(JSON.parse(linesOf({ event: 'socket', outcome })[0] ?? '').outcome).toBe(outcome)
    const events = sources('src', 'adapters').flatMap((source) =>
      [...source.matchAll(/[lL]og\??\.?\(\{\s*event: '([a-z-]+)'/g)].map(([, word = '']) => word),
    )
    expect(new Set(events).size).toBeGreaterThan(10)
    for (const event of events) expect(JSON.parse(linesOf({ event })[0] ?? '').event).toBe(event)
  })
})

/** The text of every source file of those folders. */
function sources(...folders: string[]): string[] {
  const root = new URL('../', import.meta.url)
  return folders.flatMap((folder) =>
    readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .map((path) => readFileSync(new URL(`${folder}/${path}`, root), 'utf8')),
  )
}

function errorOf(code: string, message: string) {
  return Object.assign(new Error(message), { code })
}
