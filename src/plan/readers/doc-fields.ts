const BEGIN = 0x13
const SEPARATOR = 0x14
const END = 0x15
/** A table of contents repeats the headings. */
const CONTENTS = /^\s*TOC\b/i
/** Signs set over each other, the last of them the text: Word keeps phonetic guides so. */
const OVERSTRIKE = /^\s*EQ\b.*\\o.*\(/i
const LONGEST_OVERSTRIKE = 200

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
      const { begin, separator } = last
      const contents = CONTENTS.test(text.slice(begin + 1, begin + 12))
      hidden.set(begin, contents ? i : (separator ?? i))
      const kept = separator === undefined ? lastArgument(text, begin, i) : undefined
      if (kept) hidden.set(begin, kept.from - 1).set(kept.to, i)
    }
  }
  return hidden
}

/** Where the last argument of an overstrike stands in its instruction. */
function lastArgument(text: string, begin: number, end: number): { from: number; to: number } | undefined {
  const instruction = end - begin > LONGEST_OVERSTRIKE ? '' : text.slice(begin, end)
  const [comma, bracket] = [instruction.lastIndexOf(','), instruction.lastIndexOf(')')]
  return OVERSTRIKE.test(instruction.slice(1)) && comma > 0 && bracket > comma
    ? { from: begin + comma + 1, to: begin + bracket }
    : undefined
}
