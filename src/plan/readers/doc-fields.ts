const BEGIN = 0x13
const SEPARATOR = 0x14
const END = 0x15
/** A table of contents repeats the headings. */
const CONTENTS = /^\s*TOC\b/i
/** Signs set over each other, the last of them the text: Word keeps phonetic guides so. */
const OVERSTRIKE = /^\s*EQ\b.*\\o.*\(/i
const LONGEST_OVERSTRIKE = 200

/**
 * Calls `hide` for the stretches that the fields of a story do not show, those within another left out: of a field only
 * the result is shown; marks without their partner hide nothing. Linear in the text.
 */
export function hideFields(text: string, from: number, to: number, hide: (from: number, end: number) => void): void {
  const ends = endsOfHidden(text, from, to)
  for (let i = from; i < to; i++) {
    const end = ends[i - from] ?? 0
    if (end <= i) continue
    hide(i, end)
    i = end - 1
  }
}

/** At each position where a hidden stretch begins, the position behind it; else 0. */
function endsOfHidden(text: string, from: number, to: number): Int32Array {
  const ends = new Int32Array(to - from)
  const begins: number[] = []
  const separators: number[] = []
  for (let i = from; i < to; i++) {
    const c = text.charCodeAt(i)
    if (c === BEGIN) {
      begins.push(i)
      separators.push(-1)
    } else if (c === SEPARATOR && separators.at(-1) === -1) separators[separators.length - 1] = i
    else if (c === END) {
      const begin = begins.pop()
      const separator = separators.pop() ?? -1
      if (begin === undefined) continue
      ends[begin - from] = 1 + (separator < 0 || CONTENTS.test(text.slice(begin + 1, begin + 12)) ? i : separator)
      const kept = separator < 0 ? lastArgument(text, begin, i) : undefined
      if (!kept) continue
      ends[begin - from] = kept.from
      ends[kept.to - from] = i + 1
    }
  }
  return ends
}

/** Where the last argument of an overstrike stands in its instruction. */
function lastArgument(text: string, begin: number, end: number): { from: number; to: number } | undefined {
  const instruction = end - begin > LONGEST_OVERSTRIKE ? '' : text.slice(begin + 1, end)
  if (!OVERSTRIKE.test(instruction)) return undefined
  const [comma, bracket] = [instruction.lastIndexOf(','), instruction.lastIndexOf(')')]
  return comma > 0 && bracket > comma ? { from: begin + comma + 2, to: begin + bracket + 1 } : undefined
}
