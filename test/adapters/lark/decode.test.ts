import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decode, eventOf, heardEvents, needsSelf } from '../../../adapters/lark/decode.ts'
import { filePath, readReplyHandle, replyHandle } from '../../../adapters/lark/handle.ts'
import { Refused } from '../../../src/model/problem.ts'
import { recorded } from '../recorded.ts'

const received = new Date(1_700_000_000_000)
const self = { route: 'cli_1', openId: 'ou_bot_itself' }

/** The messages, or 400; anything else that it throws is a bug. */
const outcome = (body: unknown) => {
  try {
    const event = eventOf(body)
    if (!event) return []
    needsSelf(event)
    return decode(event, self, received)
  } catch (error) {
    if (error instanceof Refused) return error.status
    throw error
  }
}

/** Every place in a value, with what stands there put in its stead. */
const replaced = (value: unknown, path: readonly string[], by: unknown): unknown => {
  const [key, ...rest] = path
  if (key === undefined) return by
  const copy = Array.isArray(value) ? [...value] : { ...(value as object) }
  const holder = copy as Record<string, unknown>
  holder[key] = replaced(holder[key], rest, by)
  return copy
}
const places = (value: unknown, at: readonly string[] = []): string[][] =>
  typeof value === 'object' && value !== null
    ? [[...at], ...Object.entries(value).flatMap(([key, each]) => places(each, [...at, key]))]
    : [[...at]]

const bodies = recorded(new URL('./recorded/', import.meta.url)).map(([, { plain }]) => JSON.parse(plain) as unknown)

describe('events of Lark with anything in them', () => {
  it('are read or refused, and nothing else', () => {
    fc.assert(
      fc.property(fc.constantFrom(...heardEvents), fc.jsonValue(), (event_type, event) => {
        const result = outcome({ schema: '2.0', header: { event_id: 'e', event_type, create_time: '1' }, event })
        expect(Array.isArray(result) || result === 400).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  it('also where one thing of a real one is another', () => {
    fc.assert(
      fc.property(fc.constantFrom(...bodies), fc.nat(), fc.jsonValue(), (body, n, by) => {
        const all = places(body)
        const changed = replaced(body, all[n % all.length] ?? [], by)
        const result = outcome(changed)
        if (!Array.isArray(result)) expect(result).toBe(400)
        for (const message of Array.isArray(result) ? result : [])
          expect(message).toMatchObject({ platform: 'lark', route: 'cli_1' })
      }),
      { numRuns: 5000 },
    )
  })

  it('come at some time, whatever they say of it', () => {
    const asked = ['application.bot.menu_v6', 'card.action.trigger']
    const bodiesAsked = bodies.filter((body) => asked.some((type) => JSON.stringify(body).includes(type)))
    expect(bodiesAsked).toHaveLength(3)
    for (const body of bodiesAsked)
      for (const create_time of ['', '-1', '1e3', '9'.repeat(40), 'soon']) {
        const [message] = outcome(replaced(body, ['header', 'create_time'], create_time)) as { at: Date }[]
        expect(message?.at).toEqual(received)
      }
  })
})

describe('handles of Lark', () => {
  it('come back as they went', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^om_[\w-]{1,30}$/), fc.boolean(), (message, inThread) => {
        expect(readReplyHandle(replyHandle(message, inThread))).toEqual({ message, inThread })
      }),
    )
  })

  it('lead to files of messages and nowhere else', () => {
    fc.assert(
      fc.property(fc.string(), (handle) => {
        const path = filePath(handle)
        if (path !== undefined)
          expect(new URL(`http://h/open-apis${path}`).pathname).toMatch(/^\/open-apis\/im\/v1\/messages\//)
      }),
    )
    for (const handle of ['a/../file', '../b/file', './b/file', 'a/b/c/file', 'a/b/other', 'a//file', '/b/file'])
      expect(filePath(handle)).toBeUndefined()
  })
})
