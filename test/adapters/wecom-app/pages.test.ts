import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pages } from '../../../adapters/wecom/pages.ts'

const bytes = (text: string) => Buffer.byteLength(text)

describe('a text in pages', () => {
  it.each<[text: string, limit: number, pages: string[]]>([
    ['一\n二', 100, ['一\n二']],
    ['一\n二', 6, ['一', '二']],
    ['一\n二', 7, ['一\n二']],
    ['', 10, []],
    ['\n\n一\n\n', 10, ['一']],
    ['一\n\n二', 5, ['一', '二']],
    ['一二三四', 9, ['一…', '…二…', '…三…', '…四']],
    ['😀😀😀', 10, ['😀…', '…😀…', '…😀']],
  ])('%j of %i bytes', (text, limit, wanted) => {
    expect(pages(text, limit)).toEqual(wanted)
  })

  it('keeps to the limit, and every word', () => {
    const line = fc.string({ unit: fc.constantFrom('督', 'a', ' ', '😀', 'é'), maxLength: 60 })
    fc.assert(
      fc.property(fc.array(line), fc.integer({ min: 12, max: 90 }), (lines, limit) => {
        const made = pages(lines.join('\n'), limit)
        for (const page of made) expect(bytes(page)).toBeLessThanOrEqual(limit)
        const bare = (text: string) => text.replace(/[…\s]/g, '')
        expect(bare(made.join(''))).toBe(bare(lines.join('')))
      }),
    )
  })
})
