import { hideFields } from './doc-fields.ts'
import { type DocFile, PARTS } from './doc-file.ts'
import { type Look, lookOf } from './doc-looks.ts'
import type { Piece } from './doc-pieces.ts'
import { characterProperties, runsOf } from './doc-runs.ts'
import type { Styles } from './docx-styles.ts'

/** Why a character is not shown, as bits; `FIXED` tells that being hidden is its own matter, whatever its paragraph's style says. */
export const DELETED = 1
const HIDDEN = 2
const NO_TEXT = 4
const FIXED = 8
export const CONCEALED = DELETED | HIDDEN | NO_TEXT

/** A byte for each character of the document: why it is not shown, in paragraphs whose style hides nothing. */
export function hiddenMarks(
  file: DocFile,
  text: string,
  pieces: Piece[],
  styles: Styles,
  stories: { from: number; to: number }[],
): Uint8Array {
  const marks = new Uint8Array(text.length)
  const runAt = runsOf(file, PARTS.characterPages, 1)
  for (const piece of pieces) {
    const end = piece.at + (piece.to - piece.from) * piece.width
    for (let fc = piece.at; fc < end; ) {
      const run = runAt(fc)
      const to = Math.min(end, run.to)
      const own = run.at === 0 ? [] : [characterProperties(file.main, run.at)]
      const mark = own.length + piece.changes.length === 0 ? 0 : markOf(lookOf(file, ...own, piece.changes), styles)
      // A run that ends within a character of two bytes ends behind it.
      const cp = (at: number): number => piece.from + Math.ceil((at - piece.at) / piece.width)
      if (mark !== 0) marks.fill(mark, cp(fc), cp(to))
      fc = to
    }
  }
  for (const { from, to } of stories)
    hideFields(text, from, to, (first, end) => {
      for (let i = first; i < end; i++) marks[i] = (marks[i] ?? 0) | NO_TEXT
    })
  return marks
}

function markOf(look: Look, styles: Styles): number {
  const byStyle = look.style !== undefined && styles.of(String(look.style))?.hidden === true
  const said = look.hidden ?? 0x80
  const fixed = said < 0x80
  const hidden = fixed ? said === 1 : (said & 1) === 1 ? !byStyle : byStyle
  return (look.deleted ? DELETED : 0) | (hidden ? HIDDEN : 0) | (look.symbol ? NO_TEXT : 0) | (fixed ? FIXED : 0)
}

/** Turns over what the paragraph's own style hides. */
export function hideByStyle(marks: Uint8Array, from: number, to: number): void {
  for (let i = from; i < to; i++) if (((marks[i] ?? 0) & FIXED) === 0) marks[i] = (marks[i] ?? 0) ^ HIDDEN
}
