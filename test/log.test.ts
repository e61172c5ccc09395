import { DrizzleQueryError } from 'drizzle-orm/errors'
import { describe, expect, it } from 'vitest'
import { createLog, describeError, type LogEntry } from '../src/log.ts'
import { DeliveryError, Refused } from '../src/model/problem.ts'

const words = '王主任说7月的已经公开了'
const token = 'sk-9f8e7d6c5b4a'

function linesOf(...entries: LogEntry[]): string[] {
  const lines: string[] = []
  const log = createLog(
    (line) => lines.push(line),
    () => new Date('2026-08-15T02:00:00Z'),
  )
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
    expect(JSON.parse(line)).toEqual({ at: '2026-08-15T02:00:00.000Z', ...entry, ms: 12.35 })
  })
  it('takes the ids that platforms give', () => {
    for (const id of ['om_dc13264520392913993dd051dba21dcf', 'CAIQ16HMjQYY/NGagIOAgAMgq4KM0AI=', 'lark:cli_1:oc_2'])
      expect(JSON.parse(linesOf({ event: 'message', id })[0] ?? '')).toMatchObject({ id })
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

function errorOf(code: string, message: string) {
  return Object.assign(new Error(message), { code })
}
