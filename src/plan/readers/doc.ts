import type { Sheet } from '../sheet.ts'
import { sheetOf } from './blocks.ts'
import { readDocBody } from './doc-body.ts'
import { openDoc } from './doc-file.ts'
import { readLists } from './doc-lists.ts'
import { readDocStyles } from './doc-styles.ts'
import { numberLines } from './docx-items.ts'
import type { OleStream } from './ole.ts'

/**
 * Reads a Word 97–2003 document ([MS-DOC]; WPS writes the same) as `readDocx` reads a docx: paragraphs with the numbers
 * that Word generates, tables, text boxes, and what it leaves out. `line` is the ordinal of the paragraph or table row,
 * from 1, blank ones counted. Throws BadInput where the document is locked, older or broken.
 */
export function readDoc(streams: OleStream[], name = ''): Sheet {
  const file = openDoc(streams)
  return sheetOf(name, numberLines(readDocBody(file, readLists(file), readDocStyles(file))))
}
