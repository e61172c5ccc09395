/** A page that is laid out: what PDF and OFD both say, in points from its upper left corner. */
export interface Page {
  width: number
  height: number
  texts: PlacedText[]
  /** Ruled lines: from, to. */
  rules: { x1: number; y1: number; x2: number; y2: number }[]
}

/** Words with the left end of their baseline. */
export interface PlacedText {
  x: number
  y: number
  size: number
  text: string
}

/** Width of words in points: Latin letters and figures take half an em, all else an em. */
export const widthOf = (text: string, size: number): number =>
  [...text].reduce((sum, c) => sum + (c < '\u0080' ? size / 2 : size), 0)

const NOT_FIRST = '，。、；：！？）》”’〕】'

/** Words broken into lines no wider than `width`; a mark that may not begin a line hangs at the end of the one before. */
export function wrap(text: string, size: number, width: number, indent = 0): string[] {
  const lines: string[] = []
  let line = ''
  let used = indent
  for (const c of text) {
    const own = widthOf(c, size)
    if (used + own > width + 0.01 && line !== '' && !NOT_FIRST.includes(c)) {
      lines.push(line)
      line = ''
      used = 0
    }
    line += c
    used += own
  }
  if (line !== '') lines.push(line)
  return lines
}
