import { BadInput } from '../model/problem.ts'
import type { Sheet } from './sheet.ts'

const WORD = '(?:绝\\s*密|机\\s*密|秘\\s*密)'
const LASTS = '(?:\\d{1,2}|[一二三四五六七八九十]{1,3})\\s*(?:年|个月)|长期'
// A keyboard has no ★: 机密*1年 and （机密1年） in a sentence are marks too, for they tell a term.
const STAR = new RegExp(
  `${WORD}\\s*[★☆✩]|[★☆]\\s*${WORD}|${WORD}\\s*[*＊]\\s*(?:${LASTS})|[（(【\\[]\\s*${WORD}\\s*(?:${LASTS})\\s*[）)】\\]]`,
)
const TERM = new RegExp(
  `^\\s*${WORD}\\s*(?:[:：]?\\s*(?:\\d{1,2}|[一二三四五六七八九十]{1,3})\\s*(?:年|个月)|长期)\\s*$`,
)
const ALONE = new RegExp(`^[\\s【\\[（(]*${WORD}[\\s】\\]）)]*$`)
const LABELLED = new RegExp(`^[\\s【\\[]*密\\s*级[\\s】\\]]*[:：]?\\s*${WORD}`)
const HEAD_LINES = 25

/**
 * Throws BadInput where a document bears a mark of state secrecy: a 密级 with ★ or a term, alone on a line of the head,
 * or as a column's value. The word inside a sentence is no mark.
 */
export function refuseSecrets(sheet: Sheet): void {
  let seen = 0
  for (const block of sheet.blocks) {
    if (block.kind === 'table') {
      for (const row of block.rows)
        for (const cell of row.cells) if (cell.includes('密') && isValue(cell)) refuse(row.line)
      continue
    }
    seen++
    if (!block.text.includes('密')) continue
    if (STAR.test(block.text)) refuse(block.line)
    if (block.text.length > 60) continue
    if (isMark(block.text) || LABELLED.test(block.text) || (seen <= HEAD_LINES && ALONE.test(block.text)))
      refuse(block.line)
  }
}

const isMark = (text: string): boolean => TERM.test(text) || STAR.test(text)
const isValue = (cell: string): boolean =>
  cell.length <= 20 && (ALONE.test(cell) || isMark(cell) || LABELLED.test(cell))

function refuse(line: number): never {
  throw new BadInput(`第${line}行有密级标志：涉密文件不得导入，请只导入不涉密的方案`)
}
