import { BadInput } from '../../model/problem.ts'
import type { Block, Sheet } from '../sheet.ts'
import { sheetOf } from './blocks.ts'
import { contentOf, isPart, type Weight, weigh } from './html-content.ts'
import { walkLines } from './html-lines.ts'
import { gridOf, rowsOf } from './html-table.ts'
import { type Element, readTree } from './html-tree.ts'

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
    line: (text) => {
      line++
      if (!isSiteLine(text)) blocks.push({ kind: 'line', line, text })
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

const SITE_LINES = [
  /^(?:您?(?:当前|现在)(?:的)?位置|所在位置|您现在(?:的位置|所在)|当前位置)\s*[:：]?/,
  /^(?:字号|字体|文字大小|【?字体)\s*[:：]?.{0,30}$/,
  /^[【[]?\s*(?:打\s*印|关\s*闭|返\s*回|收\s*藏|分\s*享|下\s*载|纠\s*错)(?:本页|窗口|顶部|到)?.{0,30}$/,
  /^(?:扫一扫|微信扫|分享到|来源\s*[:：]|信息来源\s*[:：]|浏览(?:次数|量)|点击(?:数|次数|率|量)|阅读(?:次数|量)?\s*[:：]|访问量|责任编辑\s*[:：]|上一[篇条]|下一[篇条]|版权所有|网站标识码|备案序?号|公安备案|技术支持\s*[:：]|建议使用|Copyright)/i,
  /^(?:相关(?:链接|文章|解读|信息|阅读|稿件)|网站地图|联系我们|关于我们|首页)\s*[:：]?$/,
  /^(?:主办|承办)(?:单位)?\s*[:：].{2,60}(?:版权|备案|技术支持|电话|邮编|网站|承办)/,
  /^.{0,12}ICP备\s*\d+号.{0,20}$/,
]

/** A line that a site puts around its documents, by its words. */
function isSiteLine(text: string): boolean {
  const line = text.trim()
  return line.length <= 120 && SITE_LINES.some((pattern) => pattern.test(line))
}
