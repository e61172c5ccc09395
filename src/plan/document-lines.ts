import type { DocumentLine } from '../model/plan.ts'
import type { Sheet } from './sheet.ts'

/** A sheet's lines in the order of their numbers; cells of one row stand side by side, what has the same number below each other. */
export function documentLines(sheet: Sheet): DocumentLine[] {
  const found = new Map<number, string[]>()
  const put = (line: number, text: string): void => {
    if (text.trim() !== '') found.set(line, [...(found.get(line) ?? []), text])
  }
  for (const block of sheet.blocks) {
    if (block.kind === 'line') put(block.line, block.text)
    else
      for (const { line, cells, lines } of block.rows) {
        const own = new Map<number, string[]>()
        for (const [i, cell] of cells.entries()) {
          const at = lines?.[i] ?? line
          own.set(at, [...(own.get(at) ?? []), cell])
        }
        for (const [at, texts] of own) put(at, texts.join('\t'))
      }
  }
  return [...found].map(([line, texts]) => ({ line, text: texts.join('\n') })).sort((a, b) => a.line - b.line)
}
