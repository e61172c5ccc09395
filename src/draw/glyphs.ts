/** A stretch of characters that a font maps to glyphs. */
export type Range = [from: number, to: number]

const tag = (view: DataView, at: number): string =>
  String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3))

/** Where the table `cmap` of the file's first face begins. */
const cmapOf = (view: DataView): number | undefined => {
  const face = tag(view, 0) === 'ttcf' ? view.getUint32(12) : 0
  for (let i = 0, at = face + 12; i < view.getUint16(face + 4); i++, at += 16)
    if (tag(view, at) === 'cmap') return view.getUint32(at + 8)
  return undefined
}

/** Format 12: groups of all of Unicode. */
const groups = (view: DataView, at: number): Range[] =>
  Array.from({ length: view.getUint32(at + 12) }, (_, i) => {
    const group = at + 16 + 12 * i
    return [view.getUint32(group), view.getUint32(group + 4)]
  })

/** Format 4: segments of the first 65,536 characters; the last one (U+FFFF) is none. */
const segments = (view: DataView, at: number): Range[] => {
  const count = view.getUint16(at + 6) / 2
  return Array.from({ length: count }, (_, i): Range => {
    const end = view.getUint16(at + 14 + 2 * i)
    return [view.getUint16(at + 16 + 2 * (count + i)), end]
  }).filter(([from]) => from < 0xffff)
}

const readers: Record<number, (view: DataView, at: number) => Range[]> = { 4: segments, 12: groups }

const read = (view: DataView): Range[] => {
  const cmap = cmapOf(view)
  if (cmap === undefined) return []
  const tables = Array.from({ length: view.getUint16(cmap + 2) }, (_, i) => cmap + view.getUint32(cmap + 8 + 8 * i))
  return tables.flatMap((at) => readers[view.getUint16(at)]?.(view, at) ?? [])
}

/** Every character that a font file has a glyph for (TrueType, OpenType, a collection's first face); none of no such file. */
export const glyphsOf = (font: Uint8Array): Range[] => {
  try {
    return read(new DataView(font.buffer, font.byteOffset, font.byteLength))
  } catch (error) {
    // Shorter than it says it is.
    if (error instanceof RangeError) return []
    throw error
  }
}

/** Is there a glyph for every character? What lacks one would be drawn as an empty box. */
export const covers = (glyphs: readonly Range[], text: string): boolean =>
  [...new Set(text)].every((sign) => {
    const code = sign.codePointAt(0) ?? 0
    return /\s/.test(sign) || glyphs.some(([from, to]) => code >= from && code <= to)
  })
