import { describe, expect, it } from 'vitest'
import { createModel } from '../src/ask-model.ts'
import type { LogEntry } from '../src/log.ts'
import { type Manner, openLanguageModel } from './fakes/language-model.ts'

const question = { task: '归类', sentence: '三号那件事妥了', schema: { type: 'object' } }

const open = (options: Parameters<typeof openLanguageModel>[0] = {}) => {
  const endpoint = openLanguageModel(options)
  const logged: LogEntry[] = []
  const model = createModel(endpoint.config, {
    ...{ fetch: endpoint.fetch, now: () => new Date(0), timeoutMs: 40 },
    log: (entry) => logged.push(entry),
  })
  return { ...endpoint, ...model, logged }
}

describe('asking a language model', () => {
  it('sends the task, the sentence as data, the schema and the key, and gives back what was said', async () => {
    const m = open()
    m.answers({ says: '{"frame":{"intent":"list"}}' })
    expect(await m.ask(question)).toBe('{"frame":{"intent":"list"}}')
    const [sent] = m.asked
    expect(sent).toMatchObject({
      ...{ model: 'office-7b', auth: 'Bearer secret' },
      messages: [
        { role: 'system', content: '归类' },
        { role: 'user', content: '{"sentence":"三号那件事妥了"}' },
      ],
      response_format: { type: 'json_schema', json_schema: { schema: { type: 'object' } } },
    })
    expect(await m.probe()).toMatchObject({ text: expect.any(String) })
  })

  it('says the schema in words where the endpoint takes none, and remembers that', async () => {
    const m = open({ takes: ['json_object'] })
    m.answers({ says: '{}' })
    expect(await m.ask(question)).toBe('{}')
    expect(await m.ask(question)).toBe('{}')
    expect(m.asked.map((one) => one.response_format.type)).toEqual(['json_schema', 'json_object', 'json_object'])
    expect(m.asked[1]?.messages[0]?.content).toContain('JSON Schema：{"type":"object"}')
  })

  const bad: [string, Manner, string][] = [
    ['is silent', 'never', 'late'],
    ['stops in the middle', 'stalls', 'late'],
    ['never ends', 'endless', 'too-large'],
    ['answers more than 64 kB', { says: 'x'.repeat(70_000) }, 'too-large'],
    ['redirects', { redirect: 'http://10.0.0.1/v1/chat/completions' }, 'redirected'],
    ['fails', { status: 500, body: 'boom' }, 'failed'],
    ['has no such model', { status: 404 }, 'failed'],
    ['answers with a page', { body: '<html>ok</html>', type: 'text/html' }, 'unreadable'],
    ['answers no JSON', { body: '{"choices":' }, 'unreadable'],
    ['answers another shape', { body: '{"choices":[{"message":{"content":null}}]}' }, 'unreadable'],
    ['chooses nothing', { body: '{"choices":[]}' }, 'unreadable'],
  ]
  it.each(bad)(
    'an endpoint that %s is no answer, and said in one word without any of people’s',
    async (_, manner, outcome) => {
      const m = open()
      m.answers(manner)
      expect(await m.ask(question)).toBeUndefined()
      expect(m.logged).toHaveLength(1)
      expect(m.logged[0]).toMatchObject({ event: 'model', outcome })
      expect(JSON.stringify(m.logged)).not.toMatch(/三号|boom|10\.0\.0\.1|secret/)
    },
  )

  it('what cannot be reached, and a key that is refused, are told', async () => {
    const down = createModel(open().config, {
      ...{ now: () => new Date(0), log: () => undefined },
      fetch: () => Promise.reject(new TypeError('fetch failed')),
    })
    expect(await down.probe()).toEqual({ why: 'unreachable' })
    const m = open()
    const stranger = createModel(
      { ...m.config, key: 'other' },
      { fetch: m.fetch, now: () => new Date(0), log: () => undefined },
    )
    expect(await stranger.probe()).toEqual({ why: 'failed', status: 401 })
  })

  it('all tries together take no longer than one may, and no more than eight wait at once', async () => {
    const m = open({ takes: [] })
    const from = performance.now()
    expect(await m.ask(question)).toBeUndefined()
    m.answers('never')
    const slow = open()
    slow.answers('never')
    const all = await Promise.all(Array.from({ length: 20 }, () => slow.ask(question)))
    expect(all.every((answer) => answer === undefined)).toBe(true)
    expect(slow.asked).toHaveLength(8)
    expect(slow.logged.filter(({ outcome }) => outcome === 'busy')).toHaveLength(12)
    expect(performance.now() - from).toBeLessThan(1000)
  })
})
