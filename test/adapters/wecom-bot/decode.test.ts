import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decode } from '../../../adapters/wecom/bot/decode.ts'
import { Refused } from '../../../src/model/problem.ts'
import { recorded } from '../recorded.ts'

const received = new Date(1_700_000_000_000)
const self = { route: 'AIB001', botName: '督办助手' }
const plain = recorded(new URL('./recorded/', import.meta.url)).map(([, { plain }]) => JSON.parse(plain))

const read = (json: unknown) => {
  try {
    return decode(json, self, received)
  } catch (error) {
    if (error instanceof Refused) return undefined
    throw error
  }
}

/** All places of a body, as paths. */
const places = (value: unknown, path: string[] = []): string[][] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => [[...path, key], ...places(inner, [...path, key])])
    : []

const changed = (body: unknown, [key, ...rest]: string[], to: unknown): unknown => {
  if (key === undefined) return to
  const inner = (body as Record<string, unknown>)[key]
  return { ...(body as object), [key]: changed(inner, rest, to) }
}

const bodies = plain.map((body) => fc.constantFrom(...places(body)).map((path) => ({ body, path })))

describe('a body of the smart bot', () => {
  it('that is anything at all is read or refused', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        read(json)
      }),
      { numRuns: 500 },
    )
  })

  it('with anything in the place of a part is read as a whole message or refused', () => {
    fc.assert(
      fc.property(fc.oneof(...bodies), fc.oneof(fc.jsonValue(), fc.double()), ({ body, path }, to) => {
        const message = read(changed(body, path, to))?.message
        if (!message) return
        expect(message.id).not.toBe('')
        expect(Number.isNaN(message.at.getTime())).toBe(false)
        expect(typeof message.text).toBe('string')
      }),
      { numRuns: 3000 },
    )
  })

  it.each([
    ['a time beyond all time', { create_time: 1e300 }],
    ['a time of nobody', { create_time: -5 }],
    ['no time', { create_time: 'now' }],
  ])('with %s was said when it came', (_, more) => {
    expect(read({ ...plain[0], ...more })?.message.at).toEqual(received)
  })

  it.each([
    ['an id that no database holds', { msgid: 'm\0' }],
    ['an id without end', { msgid: 'm'.repeat(600) }],
    ['a sender without a name', { from: { userid: '' } }],
  ])('with %s is refused', (_, more) => {
    expect(() => decode({ ...plain[0], ...more }, self, received)).toThrow(Refused)
  })
})
