import { readFile } from 'node:fs/promises'
import type { Chart } from '../model/card.ts'
import { fontPaths } from './font.ts'
import { covers } from './glyphs.ts'

/** Every character that is not the chart's own: rates, counts. */
const ALWAYS = '0123456789.%—'

const wordsOf = ({ title, asOf, parts, rows }: Chart): string =>
  [title, asOf, ...parts.map(({ name }) => name), ...rows.flatMap(({ label, end }) => [label, end]), ALWAYS].join('')

/** The first font that has every character of the text; undefined where none has. */
const fontFor = async (dataDir: string, text: string): Promise<{ path: string; bytes: Uint8Array } | undefined> => {
  for (const path of await fontPaths(dataDir)) {
    const bytes = await readFile(path).catch(() => undefined)
    if (bytes && covers(bytes, text)) return { path, bytes }
  }
  return undefined
}

/** Which font pictures are drawn with on this machine; undefined where there is none for Chinese. */
export const pictureFont = async (dataDir: string): Promise<string | undefined> =>
  (await fontFor(dataDir, `督办完成情况已结待审核在逾期截至其余家${ALWAYS}`))?.path

/**
 * Draws a chart as a PNG of 1,440 pixels' width; undefined where no font on this machine has all its characters. What
 * draws is large and is loaded by the first picture; the font is read for each, so that it does not stay in memory.
 */
export const createDraw =
  (dataDir: string) =>
  async (chart: Chart): Promise<Uint8Array | undefined> => {
    const font = await fontFor(dataDir, wordsOf(chart))
    if (!font) return undefined
    const [{ svgOf }, { pngOf }] = await Promise.all([import('./picture.ts'), import('./png.ts')])
    return pngOf(svgOf(chart), font.bytes)
  }
