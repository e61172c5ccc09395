const BEGIN = 0x13
const SEPARATOR = 0x14
const END = 0x15
/** A table of contents repeats the headings. */
const CONTENTS = /^\s*TOC\b/i

/**
 * Where a story's fields hide text: the first position of each hidden stretch → its last. Of a field only the result is
 * shown; marks without their partner hide nothing. Linear in the text.
 */
export function hiddenByFields(text: string, from: number, to: number): Map<number, number> {
  const hidden = new Map<number, number>()
  const open: { begin: number; separator: number | undefined }[] = []
  for (let i = from; i < to; i++) {
    const c = text.charCodeAt(i)
    const last = open.at(-1)
    if (c === BEGIN) open.push({ begin: i, separator: undefined })
    else if (c === SEPARATOR && last) last.separator ??= i
    else if (c === END && last) {
      open.pop()
      const contents = CONTENTS.test(text.slice(last.begin + 1, last.begin + 12))
      hidden.set(last.begin, contents ? i : (last.separator ?? i))
    }
  }
  return hidden
}
