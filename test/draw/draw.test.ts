import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDraw, pictureFont } from '../../src/draw/draw.ts'
import { svgOf } from '../../src/draw/picture.ts'
import type { Chart } from '../../src/model/card.ts'
import { goldenChart } from '../contract/cards.ts'

let dir: string
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'duban-draw-'))
})
afterAll(() => rm(dir, { recursive: true }))

const font = await pictureFont('/nowhere')
const sizeOf = (png: Uint8Array) => {
  const view = new DataView(png.buffer, png.byteOffset)
  return [view.getUint32(16), view.getUint32(20)]
}

describe('the picture before it is painted', () => {
  const texts = (chart: Chart) =>
    [...svgOf(chart).matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text ?? '')

  it('has every word of the chart, and a long name whole on two lines', () => {
    const all = texts(goldenChart)
    for (const word of [goldenChart.title, goldenChart.asOf, '已办结', '待审核', '逾期', '市财政局', '33.3%（1/3）'])
      expect(all).toContain(word)
    expect(all.join('')).toContain('市住房和城乡建设局（市人民防空办公室）')
    expect(all).not.toContain('市住房和城乡建设局（市人民防空办公室）')
  })

  it('takes no name for markup, none with signs that no XML holds, and none longer than three lines', () => {
    const labelled = (label: string) => texts({ ...goldenChart, rows: [{ label, values: [1], end: '1' }] }).join('')
    expect(labelled('<b>甲&乙</b>')).toContain('&lt;b')
    expect(svgOf({ ...goldenChart, rows: [{ label: '甲\u0000\u000b乙', values: [1], end: '1' }] })).not.toMatch(
      /[^\P{Cc}\n]/u,
    )
    const long = svgOf({ ...goldenChart, rows: [{ label: '长'.repeat(5000), values: [1], end: '1' }] })
    expect(Number(/height="(\d+)"/.exec(long)?.[1])).toBeLessThan(300)
  })

  it('shows each count where there is room, and none for nothing', () => {
    const counts = (values: number[]) =>
      texts({ ...goldenChart, rows: [{ label: '甲', values, end: '' }] }).filter((text) => /^\d+$/.test(text))
    expect(counts([3, 0, 2])).toEqual(['3', '2'])
    expect(counts([400, 1, 0])).toEqual(['400'])
    expect(counts([0, 0, 0])).toEqual([])
  })

  it('writes names as text, whatever stands in them', () => {
    const label = '<script>&"一'
    expect(svgOf({ ...goldenChart, rows: [{ label, values: [1, 0, 0], end: '' }] })).not.toContain('<script>')
  })
})

describe.skipIf(!font)(
  `a picture${font ? '' : ' (skipped: no Chinese font on this machine, see fonts-noto-cjk)'}`,
  () => {
    it('is a PNG of twice the size, higher with more rows', async () => {
      const draw = createDraw(dir)
      const small = (await draw(goldenChart)) ?? new Uint8Array()
      expect([...small.subarray(1, 4)]).toEqual([...'PNG'].map((sign) => sign.charCodeAt(0)))
      const rows = Array.from({ length: 12 }, (_, i) => ({ label: `第${i + 1}家`, values: [i, 1, 2], end: '' }))
      const large = (await draw({ ...goldenChart, rows })) ?? new Uint8Array()
      expect([sizeOf(small), sizeOf(large)]).toEqual([
        [1440, 408],
        [1440, 1088],
      ])
      expect(large.length).toBeLessThan(300_000)
    })

    it('is none where the font lacks a character', async () => {
      const draw = createDraw(dir)
      expect(await draw({ ...goldenChart, title: '私造的字\u{10fffd}' })).toBeUndefined()
    })
  },
)

describe('fonts of an office', () => {
  it('that are no fonts, or have no Chinese, are passed over', async () => {
    const own = await mkdtemp(join(dir, 'own-'))
    await mkdir(join(own, 'fonts'))
    await writeFile(join(own, 'fonts', 'broken.ttf'), 'no font')
    await writeFile(join(own, 'fonts', '说明.txt'), '把字体放在这里')
    expect(await pictureFont(own)).toBe(font)
  })
})
