import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OutboxRow } from '../../db/queries/outbox.ts'
import { afterError, ended, held, later, repeatable } from '../../src/flow/deliver/endings.ts'
import { turnOf } from '../../src/flow/deliver/judge.ts'
import { DeliveryError } from '../../src/model/problem.ts'

const at = new Date('2017-08-21T01:00:00Z')
const inMinutes = (minutes: number): Date => new Date(at.getTime() + minutes * 60_000)
const row: OutboxRow = {
  ...{
    office: 'a',
    id: 'n',
    batch: '',
    origin: 'tick',
    units: [],
    asks: false,
    lane: 'push',
    room: 'lark:a:1',
    ord: '1',
  },
  address: { platform: 'lark', route: 'a', kind: 'room', id: '1' },
  ...{ card: null, recipe: null, replyHandle: null, replyUntil: null, dueAt: at, validUntil: inMinutes(600) },
  ...{ state: 'waiting', leaseOwner: 'w', leaseUntil: inMinutes(1), attempts: 1, triedAt: null, lapsed: 0 },
  ...{ error: null, ref: null, edit: null, edits: null, tasks: [], settledAt: null },
}
const minutesUntil = (one: { dueAt: Date }): number => (one.dueAt.getTime() - at.getTime()) / 60_000
const once = 55 * 60_000

describe('waiting for another try', () => {
  it('grows from half a minute to an hour', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 8, 9, 50].map((attempts) =>
      minutesUntil(later({ ...row, attempts }, { at, chance: 0 }, '503')),
    )
    expect(waits).toEqual([0.5, 1, 2, 4, 8, 16, 32, 60, 60, 60])
  })

  it('of an answer grows from two seconds to a minute', () => {
    const waits = [1, 2, 3, 6, 50].map(
      (attempts) => minutesUntil(later({ ...row, lane: 'answer', attempts }, { at, chance: 0 }, '503')) * 60,
    )
    expect(waits).toEqual([2, 4, 8, 60, 60])
    expect(minutesUntil(later({ ...row, lane: 'answer' }, { at, chance: 0 }, '429', 90_000))).toBe(1.5)
  })

  it('is never longer than that by chance, nor shorter than half of it; what a platform asks for is never cut short', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        fc.integer({ min: 1, max: 90 }),
        (attempts, chance, asked) => {
          const whole = minutesUntil(later({ ...row, attempts }, { at, chance: 0 }, ''))
          const some = minutesUntil(later({ ...row, attempts }, { at, chance }, ''))
          expect(some).toBeGreaterThanOrEqual(whole / 2 - 1e-3)
          expect(some).toBeLessThanOrEqual(whole)
          const told = minutesUntil(later({ ...row, attempts }, { at, chance }, '', asked * 60_000))
          expect(told).toBeGreaterThanOrEqual(asked)
          expect(told).toBeLessThanOrEqual(asked * 1.1)
        },
      ),
    )
  })

  it('for its hour is no try', () => {
    expect(held({ ...row, attempts: 4 }, inMinutes(30), '')).toMatchObject({
      state: 'waiting',
      attempts: 0,
      dueAt: inMinutes(30),
    })
  })
})

describe('whose turn it is', () => {
  const taken = (...lapses: number[]) => lapses.map((lapsed, i) => ({ ...row, id: `${i}`, lapsed }))
  it.each([
    ['those over which no process has ended come all together', [...Array(50).fill(0)], 20, 50, false],
    ['after one end still in a large company', [...Array(50).fill(1)], 0, 32, true],
    ['after several in a small one', [4, 4, 4, 4, 4, 4], 0, 4, true],
    ['the most suspected decides for all', [3, 5, 0, 0, 0], 0, 2, true],
    ['at last alone', [7, 0, 0], 0, 1, true],
    ['not beside what is under way', [7, 0, 0], 3, 0, true],
    ['the others go before it', [0, 0, 0, 7], 0, 3, false],
  ] as const)('%s', (_, lapses, beside, count, wary) => {
    const rows = taken(...lapses)
    expect(turnOf(rows, beside)).toEqual({ turn: rows.slice(0, count), wary })
  })
})

describe('what an error means', () => {
  const tried = { ...row, triedAt: at }
  const doubted = { ...row, triedAt: inMinutes(-10) }
  it.each([
    ['refused for now', row, 'later', undefined, { state: 'waiting', triedAt: null }],
    ['refused for good', row, 'gone', once, { state: 'dead', triedAt: null }],
    ['no answer, no key', row, 'unsure', undefined, { state: 'unsure' }],
    ['no answer, a key', row, 'unsure', once, { state: 'waiting', triedAt: at }],
    [
      'refused for now after a try that may have arrived',
      doubted,
      'later',
      once,
      { state: 'waiting', triedAt: inMinutes(-10) },
    ],
    [
      'refused for good after one',
      doubted,
      'forbidden',
      once,
      { state: 'unsure', error: '可能已发出：forbidden: said so' },
    ],
  ] as const)('%s', (_, before, reason, key, expected) => {
    const handed = before.triedAt ? before : tried
    const error = new DeliveryError(reason, 'said so')
    const adapter = key === undefined ? {} : { once: key }
    expect(afterError(before, handed, error, { at, chance: 0 }, adapter)).toMatchObject(expected)
  })

  it('the last try with a key comes a minute before the platform forgets it', () => {
    const error = new DeliveryError('unsure', 'timed out')
    const waited = (minutes: number, attempts: number) => {
      const before = { ...row, attempts, triedAt: inMinutes(-minutes) }
      return afterError(before, before, error, { at, chance: 0 }, { once })
    }
    expect(minutesUntil(waited(31, 7))).toBe(23)
    expect(waited(53, 8)).toMatchObject({ state: 'unsure', error: 'timed out' })
  })
})

describe('what may have arrived', () => {
  it.each([
    ['never tried', null, undefined, true],
    ['tried without a key', inMinutes(-1), undefined, false],
    ['tried with a key that is remembered', inMinutes(-54), once, true],
    ['tried with a key that is forgotten', inMinutes(-55), once, false],
    ['tried in the future of this clock', inMinutes(30), once, false],
  ] as const)('%s', (_, triedAt, key, expected) => {
    expect(repeatable({ ...row, triedAt }, at, key)).toBe(expected)
  })

  it('is not repeated by another way than the first', () => {
    const reply = { ...row, replyHandle: 'om_1', triedAt: inMinutes(-20) }
    expect(repeatable({ ...reply, replyUntil: inMinutes(5) }, at, once)).toBe(true)
    expect(repeatable({ ...reply, replyUntil: inMinutes(-5) }, at, once)).toBe(false)
    expect(repeatable({ ...reply, replyUntil: inMinutes(-30) }, at, once)).toBe(true)
  })

  it('is never called undelivered', () => {
    expect(ended(row, 'dropped', at, '发送时已无内容')).toMatchObject({ state: 'dropped' })
    expect(ended({ ...row, triedAt: at }, 'dropped', at, '发送时已无内容')).toMatchObject({
      ...{ state: 'unsure', error: '可能已发出：发送时已无内容' },
    })
  })
})
