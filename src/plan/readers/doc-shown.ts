import { CONCEALED } from './doc-marks.ts'

/** Special characters that are shown: breaks of a line, page or column, and the hyphen that does not break. */
const SHOWN: Record<string, string> = { '\t': '\t', '\v': '\n', '\f': '\n', '\u000e': '\n', '\u001e': '-' }

/** The text of a stretch as it is shown, without what `marks` conceals and without marks of the layout. */
export function shownText(text: string, marks: Uint8Array, from: number, to: number): string {
  const out: string[] = []
  let start = from
  for (let i = from; i < to; i++) {
    const special = text.charCodeAt(i) < 0x20
    const concealed = ((marks[i] ?? 0) & CONCEALED) !== 0
    if (!concealed && !special) continue
    if (i > start) out.push(text.slice(start, i))
    if (!concealed) out.push(SHOWN[text[i] ?? ''] ?? '')
    start = i + 1
  }
  out.push(text.slice(start, to))
  return out.join('')
}
