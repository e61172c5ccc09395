import { BadInput } from '../../model/problem.ts'
import { readText } from '../read.ts'
import type { Block, Sheet } from '../sheet.ts'
import { sheetOf } from './blocks.ts'
import { charsetOf } from './charset.ts'
import { contentOf, isPart, type Weight, weigh } from './html-content.ts'
import { walkLines } from './html-lines.ts'
import { withoutSite } from './html-site.ts'
import { gridOf, rowsOf } from './html-table.ts'
import { type Element, readTree } from './html-tree.ts'
import { plainHan } from './radicals.ts'

/**
 * Reads a saved web page: the document on it, without the site around it. Lines and rows are numbered in their order.
 * Throws BadInput for a web archive (.mht), for tags nested too deep and for tables too large.
 */
export function readHtml(html: string): Sheet {
  if (/^\s*(?:From|MIME-Version|Snapshot-Content-Location|Subject|Content-Type):/i.test(html.slice(0, 300)))
    throw new BadInput('这是单个文件的网页存档（.mht、.mhtml）：请在浏览器中另存为“网页，仅 HTML”再导入')
  const root = readTree(html)
  const weights = weigh(root)
  const content = contentOf(root, weights)
  const all = weights.get(content)?.text ?? 0
  const blocks: Block[] = []
  let line = 0
  walkLines(content, {
    bareMarks: false,
    line: (text) => {
      line++
      const words = withoutSite(text)
      if (words.trim() !== '') blocks.push({ kind: 'line', line, text: words })
    },
    skips: (element) => element !== content && isPart(element, weights, all),
    table: (element) => {
      if (isLayout(element, weights)) return false
      const rows = gridOf(element)
        .filter(({ cells }) => cells.some((c) => c !== ''))
        .map((row) => ({ line: ++line, ...row }))
      if (rows.length > 0) blocks.push({ kind: 'table', rows })
      return true
    },
  })
  return sheetOf('', blocks)
}

/** A saved page's text: it says its own encoding; one that does not is told like any text. */
export function pageText(bytes: Uint8Array): string {
  const charset = charsetOf(bytes)
  return plainHan(readText(charset === undefined ? bytes : new TextDecoder(charset).decode(bytes)))
}

/** Tables that only place things: one column, one filled cell, or one cell that holds nearly everything and is long. */
function isLayout(table: Element, weights: Map<Element, Weight>): boolean {
  const rows = rowsOf(table)
  const text = (cell: Element): number => weights.get(cell)?.text ?? 0
  if (rows.every((cells) => cells.length <= 1)) return true
  const filled = rows.flatMap((cells) => cells.filter((c) => text(c) > 0))
  const largest = filled.reduce((most, c) => (text(c) > text(most) ? c : most), filled[0] as Element)
  if (filled.length <= 1) return true
  return rows.length <= 5 && text(largest) > 300 && text(largest) > (weights.get(table)?.text ?? 0) * 0.8
}
