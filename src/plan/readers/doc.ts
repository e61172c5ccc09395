import { readLines } from '../lines.ts'
import type { Sheet } from '../sheet.ts'
import { broken } from './zip.ts'

/**
 * Reads a Word 97–2003 document: its paragraphs, table rows with tabs between cells, text boxes behind. Numbers that
 * Word generates are not in such a file's text, so they are missing. `line` is the ordinal of the line, from 1. Runs on
 * Node only. The chains of the file were checked by `oleStreams`. Throws BadInput where it cannot be read.
 */
export async function readDoc(bytes: Uint8Array, name = ''): Promise<Sheet> {
  const { default: Extractor } = await import('word-extractor')
  let text: string
  try {
    const document = await new Extractor().extract(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
    const { getBody, getTextboxes } = document as unknown as Readings
    text = `${getBody.call(document, AS_WRITTEN)}\n${getTextboxes.call(document, AS_WRITTEN)}`
  } catch {
    throw broken()
  }
  return readLines(withoutRests(text), name)
}

/** Without it “ ” and — become the signs of a typewriter; the package's types leave it out. */
const AS_WRITTEN = { filterUnicode: false, includeHeadersAndFooters: false }
type Readings = Record<'getBody' | 'getTextboxes', (options: typeof AS_WRITTEN) => string>

/** Drops what fields and pictures leave behind, and the tab behind a row's last cell. */
function withoutRests(text: string): string {
  const kept = [...text].filter((c) => c >= ' ' || '\t\n\v\f\r'.includes(c)).join('')
  return wholeRows(kept.split('\n'))
    .map((line) => (line.trim() === '' ? '' : line.endsWith('\t') ? line.slice(0, -1) : line))
    .join('\n')
}

/** Each cell ends in a tab, so a line within a row that does not is a paragraph of a cell: the next one goes on with it. */
function wholeRows(lines: string[]): string[] {
  const out: string[] = []
  let columns = 0
  for (let i = 0; i < lines.length; i++) {
    let row = lines[i] ?? ''
    const opens = columns > 0 && row.includes('\t') && !row.endsWith('\t')
    let end = i
    while (opens && end + 1 < lines.length && end - i < LONGEST_CELL && !row.endsWith('\t'))
      row += ` ${lines[++end] ?? ''}`
    if (end > i && row.endsWith('\t') && tabs(row) === columns) i = end
    else row = lines[i] ?? ''
    columns = row.endsWith('\t') ? Math.max(columns, tabs(row)) : 0
    out.push(row)
  }
  return out
}

/** Paragraphs in one row. */
const LONGEST_CELL = 40
const tabs = (text: string): number => text.split('\t').length - 1
