import { BadInput } from '../../model/problem.ts'
import type { Sheet } from '../sheet.ts'
import { sheetOf } from './blocks.ts'
import { readBody } from './docx-body.ts'
import { type Item, numberLines } from './docx-items.ts'
import { readNumbering } from './docx-numbering.ts'
import { readStyles } from './docx-styles.ts'
import { pageText, readHtml } from './html.ts'
import { relationsOf } from './parts.ts'
import type { Zip } from './zip.ts'

/**
 * Reads a Word document (ECMA-376; WPS writes the same): paragraphs with the numbers that Word generates in front of
 * them, tables, text boxes. Headers, footers, notes, comments, deletions, hidden text and tables of contents are left
 * out. `line` is the ordinal of the paragraph or table row in the file, from 1, blank ones counted.
 */
export function readDocx(zip: Zip, name = ''): Sheet {
  const main = relationsOf(zip, '').byKind.get('officeDocument') ?? 'word/document.xml'
  const { byKind: parts, byId } = relationsOf(zip, main)
  const numbering = readNumbering(zip, parts.get('numbering') ?? 'word/numbering.xml')
  const styles = readStyles(zip, parts.get('styles') ?? 'word/styles.xml')
  return sheetOf(
    name,
    numberLines(readBody(zip, main, { numbering, styles, chunk: (id) => embedded(zip, byId.get(id) ?? '') })),
  )
}

/** A page that a program put into the document as a whole (`altChunk`); Word shows it as the document's own text. */
function embedded(zip: Zip, part: string): Item[] {
  if (!/\.x?html?$/i.test(part)) throw new BadInput(EMBEDDED)
  const pieces: Uint8Array[] = []
  zip.each(part, (piece) => pieces.push(piece.slice()))
  return readHtml(pageText(joined(pieces))).blocks.map(
    (block): Item =>
      block.kind === 'line'
        ? { kind: 'paragraph', text: block.text }
        : { kind: 'table', rows: block.rows.map((r) => r.cells), covered: block.rows.map((r) => r.covered ?? []) },
  )
}

const EMBEDDED = '文档里嵌入了另一份文件，读不出其中的内容：请在 Word 或 WPS 里打开，另存为 docx 后再导入'

function joined(pieces: Uint8Array[]): Uint8Array {
  const out = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    out.set(piece, at)
    at += piece.length
  }
  return out
}
