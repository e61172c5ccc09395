import { readFile } from 'node:fs/promises'
import type { Chart } from '../model/card.ts'
import { fontPaths } from './font.ts'
import { covers, glyphsOf, type Range } from './glyphs.ts'

/** Every character that is not the chart's own: rates, counts. */
const ALWAYS = '0123456789.%—'

const wordsOf = ({ title, asOf, parts, rows }: Chart): string =>
  [title, asOf, ...parts.map(({ name }) => name), ...rows.flatMap(({ label, end }) => [label, end]), ALWAYS].join('')

/** Read once: a font of all of China's characters has 20 MB. */
const known = new Map<string, Range[]>()

const glyphsAt = async (path: string): Promise<Range[]> => {
  const glyphs = known.get(path)
  if (glyphs) return glyphs
  const bytes = await readFile(path).catch(() => undefined)
  if (!bytes) return []
  const read = glyphsOf(bytes)
  known.set(path, read)
  return read
}

/** The path of the first font that has every character of the text; undefined where none has. */
const fontFor = async (dataDir: string, text: string): Promise<string | undefined> => {
  for (const path of await fontPaths(dataDir)) if (covers(await glyphsAt(path), text)) return path
  return undefined
}

/** Which font pictures are drawn with on this machine; undefined where there is none for Chinese. */
export const pictureFont = (dataDir: string): Promise<string | undefined> =>
  fontFor(dataDir, `督办完成情况已结待审核在逾期截至其余家${ALWAYS}`)

/**
 * Draws a chart as a PNG of 1,440 pixels' width; undefined where no font on this machine has all its characters. What
 * draws is large and is loaded by the first picture.
 */
export const createDraw =
  (dataDir: string) =>
  async (chart: Chart): Promise<Uint8Array | undefined> => {
    const font = await fontFor(dataDir, wordsOf(chart))
    if (!font) return undefined
    const [{ svgOf }, { pngOf }] = await Promise.all([import('./picture.ts'), import('./png.ts')])
    return pngOf(svgOf(chart), font)
  }
