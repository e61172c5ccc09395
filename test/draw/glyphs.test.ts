import { describe, expect, it } from 'vitest'
import { covers, glyphsOf } from '../../src/draw/glyphs.ts'
import { fontOf, format4, format12 } from './font-make.ts'

const glyphs = (...font: Parameters<typeof fontOf>) => glyphsOf(fontOf(...font))
const latin: [number, number] = [0x20, 0x7e]
const common: [number, number] = [0x4e00, 0x9fff]
const rare: [number, number] = [0x20000, 0x2a6df]

describe('a font covers a text', () => {
  const fonts: [what: string, font: ReturnType<typeof glyphs>][] = [
    ['of format 12', glyphs(format12([latin, common, rare]))],
    ['of format 4', glyphs(format4([latin, common]))],
    ['that is a collection', glyphs(format12([latin, common]), true)],
  ]
  it.each(fonts)('%s', (_, font) => {
    expect(covers(font, '市财政局 50%\n')).toBe(true)
    expect(covers(font, '市财政局（50%）')).toBe(false)
    expect(covers(font, '')).toBe(true)
  })

  it('beyond the first 65,536 characters only where it says so', () => {
    expect(covers(glyphs(format12([latin, common, rare])), '𠮷')).toBe(true)
    expect(covers(glyphs(format12([latin, common])), '𠮷')).toBe(false)
    expect(covers(glyphs(format4([common])), '\uffff')).toBe(false)
  })

  it('never where the file is none, or is cut off anywhere', () => {
    const whole = fontOf(format12([latin, common]))
    for (let length = 0; length < whole.length - 4; length++)
      expect(covers(glyphsOf(whole.subarray(0, length)), '市'), `${length}`).toBe(false)
    expect(glyphsOf(new TextEncoder().encode('<html>这不是字体</html>'.repeat(9)))).toEqual([])
  })
})
