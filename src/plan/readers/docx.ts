import type { Sheet } from '../sheet.ts'
import { sheetOf } from './blocks.ts'
import { readBody } from './docx-body.ts'
import { numberLines } from './docx-items.ts'
import { readNumbering } from './docx-numbering.ts'
import { readStyles } from './docx-styles.ts'
import { relationsOf } from './parts.ts'
import type { Zip } from './zip.ts'

/**
 * Reads a Word document (ECMA-376; WPS writes the same): paragraphs with the numbers that Word generates in front of
 * them, tables, text boxes. Headers, footers, notes, comments, deletions, hidden text and tables of contents are left
 * out. `line` is the ordinal of the paragraph or table row in the file, from 1, blank ones counted.
 */
export function readDocx(zip: Zip, name = ''): Sheet {
  const main = relationsOf(zip, '').byKind.get('officeDocument') ?? 'word/document.xml'
  const parts = relationsOf(zip, main).byKind
  const numbering = readNumbering(zip, parts.get('numbering') ?? 'word/numbering.xml')
  const styles = readStyles(zip, parts.get('styles') ?? 'word/styles.xml')
  return sheetOf(name, numberLines(readBody(zip, main, numbering, styles)))
}
