import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clean, clip } from '../../adapters/escape.ts'
import { fitCard } from '../../adapters/fit.ts'
import type { Card } from '../../src/model/card.ts'

const size = (card: Card) => JSON.stringify(card).length
const lines = (count: number) => Array.from({ length: count }, (_, i) => ({ text: `第${i + 1}项` }))
const within = (limit: number) => (card: Card) => size(card) <= limit
const base: Card = { title: '到期', tone: 'plain', blocks: [] }

describe('a card that is too large', () => {
  it('is left alone while it fits', () => {
    const card: Card = { ...base, blocks: [{ kind: 'list', lines: lines(12) }] }
    expect(fitCard(card, within(10_000))).toBe(card)
  })

  it('loses lines from its end and says how many', () => {
    const card: Card = {
      ...base,
      blocks: [
        { kind: 'list', lines: lines(30) },
        { kind: 'list', lines: lines(5) },
      ],
    }
    const [first, second] = fitCard(card, within(400)).blocks
    if (first?.kind !== 'list' || second?.kind !== 'list') throw new Error('no lists')
    const shown = first.lines.length - 1
    expect(shown).toBeGreaterThan(5)
    expect(first.lines.at(-1)?.text).toBe(`（另有${30 - shown}行未显示，请缩小范围再问）`)
    expect(second.lines).toEqual([{ text: '（另有5行未显示，请缩小范围再问）' }])
  })

  it('cuts a very long text before it gives up lines', () => {
    const card: Card = {
      ...base,
      blocks: [
        { kind: 'text', text: '长'.repeat(50_000) },
        { kind: 'list', lines: lines(12) },
      ],
    }
    const [text, list] = fitCard(card, within(5000)).blocks
    if (text?.kind !== 'text' || list?.kind !== 'list') throw new Error('lost blocks')
    expect(text.text).toMatch(/^长{3000}…（余47000字未显示）$/)
    expect(list.lines).toHaveLength(12)
  })

  it('says how many parts and loses buttons last', () => {
    const buttons = [{ label: '帮助', intent: { intent: 'help' as const } }]
    const card: Card = { ...base, blocks: Array.from({ length: 900 }, () => ({ kind: 'divider' })), buttons }
    const fitted = fitCard(card, within(300))
    expect(fitted.blocks.at(-1)).toEqual({ kind: 'note', text: `（另有${900 - fitted.blocks.length + 1}段未显示）` })
    expect(fitted.buttons).toEqual(buttons)
  })

  it('always ends within a limit that a title and a note can keep', () => {
    const text = fc.string({ maxLength: 300 })
    const block = fc.oneof(
      fc.record({ kind: fc.constant('text' as const), text }),
      fc.record({ kind: fc.constant('list' as const), lines: fc.array(fc.record({ text })) }),
      fc.record({ kind: fc.constant('fields' as const), fields: fc.array(fc.tuple(text, text)) }),
    )
    fc.assert(
      fc.property(text, fc.array(block), (title, blocks) => {
        expect(size(fitCard({ title, tone: 'plain', blocks }, within(250)))).toBeLessThanOrEqual(250)
      }),
    )
  })
})

describe('words', () => {
  it.each([
    ['a\r\nb\rc', 'a\nb\nc'],
    ['\u202eabc\u0000\ufeff', 'abc'],
    ['😀\ud83d|\udc00', '😀|'],
    ['列\t一', '列\t一'],
  ])('are cleaned: %j', (text, cleaned) => {
    expect(clean(text)).toBe(cleaned)
  })

  it('are clipped between characters', () => {
    expect([clip('a😀b', 1), clip('a😀b', 2), clip('a😀b', 3), clip('a😀b', 9)]).toEqual(['a', 'a', 'a😀', 'a😀b'])
  })
})
