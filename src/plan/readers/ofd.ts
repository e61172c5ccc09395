import { BadInput } from '../../model/problem.ts'
import type { Sheet } from '../sheet.ts'
import { sheetOf } from './blocks.ts'
import { numbersOf, readOfdPage } from './ofd-page.ts'
import { sheetOfPages } from './pages.ts'
import { pathFrom } from './parts.ts'
import type { PdfPage } from './pdf-page.ts'
import { attr, readXml } from './xml.ts'
import { broken, huge, type Zip } from './zip.ts'

const MOST_PAGES = 2000
const MOST_CHARACTERS = 2_000_000
const A4: [number, number] = [210, 297]

/**
 * Reads an OFD document (GB/T 33190): the text of its pages in reading order, ruled tables and those parted by gaps as
 * tables. Lines and rows are numbered in their order, from 1. Throws BadInput where it is broken or has no text.
 */
export function readOfd(zip: Zip, name = ''): Sheet {
  const root = rootOf(zip)
  const { parts, box } = pagesOf(zip, root)
  if (parts.length === 0) throw broken()
  if (parts.length > MOST_PAGES) throw huge()
  let characters = 0
  const pages: PdfPage[] = parts.map((part) => {
    const page = readOfdPage(zip, part, box)
    for (const run of page.runs) characters += run.text.length
    if (characters > MOST_CHARACTERS) throw new BadInput('OFD 文件的文字太多：请只导出工作方案的页再导入')
    return page
  })
  if (characters === 0)
    throw new BadInput('OFD 文件是扫描件，没有文字层，读不出内容：请先识别文字（OCR），或换用 Word 文件')
  return sheetOf(name, sheetOfPages(pages).blocks)
}

/** The first document of the package. */
function rootOf(zip: Zip): string {
  let root = ''
  let inside = false
  readXml(zip, 'OFD.xml', {
    open(name) {
      inside = name === 'DocRoot' && root === ''
    },
    text(text) {
      if (inside) root += text
    },
    close() {
      inside = false
    },
  })
  const part = pathFrom('', root.trim())
  if (!zip.has(part)) throw broken()
  return part
}

/** The pages of a document in their order, and the size in millimetres that they share unless they say their own. */
function pagesOf(zip: Zip, root: string): { parts: string[]; box: [number, number] } {
  const folder = root.slice(0, root.lastIndexOf('/') + 1)
  const parts: string[] = []
  let box = A4
  let words = ''
  readXml(zip, root, {
    open(name, attributes) {
      words = ''
      if (name === 'Page') parts.push(pathFrom(folder, attr(attributes, 'BaseLoc') ?? ''))
    },
    text(text) {
      words += text
    },
    close(name) {
      const [, , width = 0, height = 0] = name === 'PhysicalBox' ? numbersOf(words) : []
      if (width > 0 && height > 0) box = [width, height]
    },
  })
  return { parts, box }
}
