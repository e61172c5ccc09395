import type { Column } from './columns.ts'
import { markerOf } from './marker.ts'
import type { Row } from './sheet.ts'
import { squeeze } from './words.ts'

/** What a cell for numbers holds: 3, （3）, 1-2, 二, ③, ★3. */
export const NUMBER =
  /^(?:第?\d{1,5}(?:[.\-—]\d{1,3}){0,2}[项条号]?|[（(]\d{1,5}[）)]|[A-Z]?\d{1,5}|[（(]?[一二三四五六七八九十]{1,3}[）)]?|[\u2460-\u2473]|[★*☆]\d{1,3})[.、．]?$/
const TOTAL = /^(?:合计|总计|小计|共计|总数|合\s*计)/
const REMARK = /^(?:注|备注|说明|附注|填表说明)\d?[:：]|^(?:填表人|审核人|联系人|联系电话|填报单位|填报时间|制表)/

/** For each row the heading that it is for the rows below it (a numbered heading, one cell over the whole width); '' for rows of their own. */
export function headingsOf(rows: Row[], columns: Column[]): string[] {
  const at = columns.indexOf('number')
  const text = columns.indexOf('text')
  const figures = rows.filter((r) => /^\d/.test(squeeze(r.cells[at] ?? ''))).length
  return rows.map((row) => {
    const heading = headingOf(row)
    if (heading !== '' || figures < 2) return heading
    const cells = row.cells.map((c) => squeeze(c))
    const filled = differing(cells, 3)
    const [only, second] = filled
    if (!only || filled.length === 3) return ''
    const first = cells.indexOf(only)
    const wide = cells.filter((c) => c === only).length > 2
    const alone = filled.length === 1 && !/[。；]/.test(only) && only.length <= 40 && !NUMBER.test(only)
    if (alone && (wide || (first <= at && text !== first))) return only
    const numeral = filled.length === 2 && first === at && /^[（(]?[一二三四五六七八九十]{1,3}[）)]?[、.]?$/.test(only)
    return numeral && second && second.length <= 40 ? `${only.replace(/[、.]$/, '')}、${second}` : ''
  })
}

/** The numbered heading that is all a row says; '' where it says more. */
export function headingOf(row: Row): string {
  const filled = differing(row.cells, 2)
  const [only] = filled
  if (filled.length !== 1 || !only || only.length > 45) return ''
  const marker = markerOf(only)
  return marker && marker.rank <= 2 && !only.includes('。') ? only : ''
}

/** Sums and remarks below a table are no rows of it. */
export function isFurniture(row: Row): boolean {
  const [first] = differing(row.cells, 1)
  return first === undefined || TOTAL.test(first) || (REMARK.test(first) && differing(row.cells, 3).length <= 2)
}

/** What cells say that differ, without their spaces: the first so many. */
function differing(cells: string[], most: number): string[] {
  const out: string[] = []
  for (const cell of cells) {
    const words = squeeze(cell)
    if (words !== '' && !out.includes(words) && out.push(words) === most) break
  }
  return out
}
