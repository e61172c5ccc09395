import { BadInput } from '../../model/problem.ts'
import type { Block, Sheet } from '../sheet.ts'
import { withoutFeet } from './pdf-feet.ts'
import { gapTablesOf } from './pdf-gaps.ts'
import { gridsOf } from './pdf-grid.ts'
import { leftOf, linesOf, textOf, type VisualLine } from './pdf-lines.ts'
import { openPdf, type PdfFile } from './pdf-open.ts'
import { type PdfPage, readPage } from './pdf-page.ts'
import { goesOn, joinRows, type PageTable, withoutEmpty } from './pdf-tables.ts'

const MOST_CHARACTERS = 2_000_000

/**
 * Reads the text layer of a PDF file: one line of the sheet a printed line, an indent as full-width spaces; ruled tables
 * (and those parted by gaps under a row of heads) as tables, over page breaks too. Lines and rows are numbered in their
 * order. Throws BadInput for a file that is locked, broken, scanned without text, garbled or too large.
 */
export async function readPdf(bytes: Uint8Array): Promise<Sheet> {
  const file = await openPdf(bytes)
  try {
    return sheetOf(withoutFeet(await pagesOf(file)))
  } finally {
    await file.destroy()
  }
}

async function pagesOf(file: PdfFile): Promise<PdfPage[]> {
  const pages: PdfPage[] = []
  let [characters, garbled] = [0, 0]
  for (let number = 1; number <= file.numPages; number++) {
    const page = await readPage(file, number).catch((error: unknown) => {
      if (error instanceof BadInput) throw error
      throw new BadInput(`PDF 文件第${number}页已损坏，读不出来：请重新导出或下载后再导入`)
    })
    pages.push(page)
    for (const run of page.runs) {
      characters += run.text.length
      garbled += run.text.match(/[\p{Co}\p{Cc}\ufffd]/gu)?.length ?? 0
    }
    if (characters > MOST_CHARACTERS) throw new BadInput('PDF 文件的文字太多：请只导出工作方案的页再导入')
  }
  if (characters < 10)
    throw new BadInput('扫描件没有文字层，读不出内容：请先识别文字（OCR），或换用可以复制文字的 PDF、Word 文件')
  if (garbled > characters * 0.3)
    throw new BadInput('PDF 文件的文字层是乱码（字体没有编码表）：请换用 Word 文件，或先识别文字（OCR）再导入')
  return pages
}

type Item = { top: number; line: VisualLine } | { top: number; table: PageTable }

function sheetOf(pages: PdfPage[]): Sheet {
  const blocks: Block[] = []
  let line = 0
  let open: PageTable | undefined
  const close = (): void => {
    if (open) blocks.push({ kind: 'table', rows: withoutEmpty(open.rows).map((cells) => ({ line: ++line, cells })) })
    open = undefined
  }
  for (const page of pages) {
    const items = itemsOf(page)
    const left = leftMargin(items.flatMap((item) => ('line' in item ? [item.line] : [])))
    items.forEach((item, i) => {
      if ('table' in item) {
        if (open && i === 0 && goesOn(open, item.table))
          open = { ...item.table, rows: joinRows(open.rows, item.table.rows) }
        else {
          close()
          open = item.table
        }
        return
      }
      close()
      blocks.push({ kind: 'line', line: ++line, text: indented(item.line, left) })
    })
  }
  close()
  return { name: '', blocks }
}

/** What stands on a page, from the top down. */
function itemsOf(page: PdfPage): Item[] {
  const { tables, rest } = gridsOf(page)
  const gaps = gapTablesOf(linesOf(rest))
  const all = [...tables, ...gaps.tables]
  const items: Item[] = [
    ...all.map(({ top, edges, rows }) => ({ top, table: { edges, rows } })),
    ...gaps.rest.map((visual) => ({ top: visual.y - visual.size, line: visual })),
  ]
  return items.sort((a, b) => a.top - b.top)
}

/** The left edge of a page's text: where its long lines begin. */
function leftMargin(lines: VisualLine[]): number {
  const long = lines.filter((l) => textOf(l).length > 10)
  return Math.min(...(long.length > 0 ? long : lines).map(leftOf))
}

function indented(line: VisualLine, left: number): string {
  const indent = Math.round((leftOf(line) - left) / line.size)
  return '\u3000'.repeat(Math.max(0, Math.min(2, indent))) + textOf(line)
}
