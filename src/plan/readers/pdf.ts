import { BadInput } from '../../model/problem.ts'
import type { Sheet, Unread } from '../sheet.ts'
import { sheetOf } from './blocks.ts'
import { sheetOfPages } from './pages.ts'
import { openPdf, type PdfFile } from './pdf-open.ts'
import { type PdfPage, readPage } from './pdf-page.ts'

const MOST_CHARACTERS = 2_000_000

/**
 * Reads the text layer of a PDF file: one line of the sheet a printed line, an indent as full-width spaces; ruled tables
 * (and those parted by gaps under a row of heads) as tables, over page breaks too. Lines and rows are numbered in their
 * order. Throws BadInput for a file that is locked, broken, scanned without text, garbled or too large.
 */
export async function readPdf(bytes: Uint8Array): Promise<Sheet> {
  const file = await openPdf(bytes)
  try {
    const pages = await pagesOf(file)
    const unread = wordless(pages)
    return { ...sheetOf('', sheetOfPages(pages).blocks), ...(unread.length > 0 && { unread }) }
  } finally {
    await file.destroy()
  }
}

/** Pages without words between others: a page scanned and put in is told, since its picture cannot be read. */
const wordless = (pages: PdfPage[]): Unread[] =>
  pages.flatMap(({ runs }, i) =>
    runs.length > 0 ? [] : [{ line: 1, text: `第${i + 1}页没有文字：如果是扫描的图片，其中的内容没有读入` }],
  )

/**
 * What stands in no office's Chinese. Where a font does not say which character each sign is, PDF.js gives the number of
 * the sign as a character: rare ones of Unicode's every corner.
 */
const STRANGE =
  /[^\u0020-\u007e\u00a0-\u00bf\u00d7\u00f7\u0391-\u03c9\u2000-\u22ff\u2460-\u27bf\u3000-\u303f\u3105-\u312f\u3200-\u33ff\u4e00-\u9fff\ufe30-\ufe6f\uff00-\uffef]/g

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
      garbled += run.text.match(STRANGE)?.length ?? 0
    }
    if (characters > MOST_CHARACTERS) throw new BadInput('PDF 文件的文字太多：请只导出工作方案的页再导入')
  }
  if (characters < 10)
    throw new BadInput('扫描件没有文字层，读不出内容：请先识别文字（OCR），或换用可以复制文字的 PDF、Word 文件')
  if (garbled > characters * 0.1)
    throw new BadInput('PDF 文件的文字层是乱码（字体没有编码表）：请换用 Word 文件，或先识别文字（OCR）再导入')
  return pages
}
