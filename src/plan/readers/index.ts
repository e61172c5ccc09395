import { BadInput } from '../../model/problem.ts'
import { readLines } from '../lines.ts'
import { readText } from '../read.ts'
import type { Sheet } from '../sheet.ts'
import { refuseEndless, refuseEndlessSheet } from '../size.ts'
import { MOST_COLUMNS, tooWide } from './blocks.ts'
import { foreign } from './foreign.ts'
import { plainHan } from './radicals.ts'

/**
 * Reads any file that an office hands over as lines and tables. What it is, is told by its content, never by its name;
 * each reader is loaded when first used. `line` is the line of a text, the ordinal of a paragraph, row or printed line in
 * docx, doc, ofd, pdf and html, and the row's number in xlsx. Throws BadInput, one line in Chinese, for what it cannot read.
 */
export async function readFile(bytes: Uint8Array, options: { name?: string } = {}): Promise<Sheet> {
  const name = options.name ?? ''
  const sheet = { ...(await readAny(bytes, name)), name }
  checkSheet(sheet)
  refuseEndlessSheet(sheet)
  return sheet
}

const ZIP = ['PK\u0003\u0004', 'PK\u0005\u0006', 'PK\u0007\u0008']
const COMPOUND = '\u00d0\u00cf\u0011\u00e0'
const PAGE =
  /^[\s\u00ef\u00bb\u00bf\u00fe\u00ff]*(?:<\?xml[^>]*>\s*)?(?:<!--[^>]*>\s*)*<(?:!doctype\s+html|html|head|body|meta|title|style|script|table|div|section|article|center|font|span|p|h[1-6]|ol|ul)[\s>]|^(?:MIME-Version|From|Snapshot-Content-Location|Subject|Content-Type): /i

async function readAny(bytes: Uint8Array, name: string): Promise<Sheet> {
  const start = String.fromCharCode(...bytes.subarray(0, 1024))
  if (ZIP.some((signature) => start.startsWith(signature)))
    return (await import('./office.ts')).readPackage(bytes, name)
  if (start.startsWith(COMPOUND)) return (await import('./office.ts')).readCompound(bytes, name)
  if (start.includes('%PDF-')) return (await import('./pdf.ts')).readPdf(bytes)
  const words = foreign(start)
  if (words !== undefined) throw new BadInput(words)
  if (PAGE.test(start.replaceAll('\0', ''))) return readPage(bytes)
  const text = plainHan(readText(bytes))
  refuseEndless(text)
  return (await import('./csv.ts')).readCsv(text, name) ?? readLines(text, name)
}

async function readPage(bytes: Uint8Array): Promise<Sheet> {
  const { pageText, readHtml } = await import('./html.ts')
  return readHtml(pageText(bytes))
}

/** What no plan has, whichever reader it came through. */
function checkSheet(sheet: Sheet): void {
  let filled = false
  for (const block of sheet.blocks) {
    const rows = block.kind === 'line' ? [{ line: block.line, cells: [block.text] }] : block.rows
    for (const { line, cells } of rows) {
      filled ||= cells.some((c) => c.trim() !== '')
      if (cells.length > MOST_COLUMNS) throw tooWide(line)
      if (cells.some((c) => c.includes('\0')))
        throw new BadInput(`第${line}行有 NUL 字节：文件已损坏，请重新另存后再导入`)
    }
  }
  if (!filled) throw new BadInput('文件里没有文字：请给出工作方案的全文')
}
