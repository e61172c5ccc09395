import { headOf } from './columns.ts'
import { markerOf } from './marker.ts'
import type { Block, Line, Row, Table } from './sheet.ts'
import { streamsOf } from './streams.ts'
import { isHan } from './words.ts'

/** Tables that lost their marks: columns kept apart by spaces only, or every cell on a line of its own. */

/** Characters that are as wide as two letters, but for those of Han. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u4dff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u2014\u2018-\u201d\u2460-\u2473]/
const GAP = / {2,}|\u3000+|\t/
const PAGE_NUMBER = /^\s*[—–-]*\s*(?:第\s*)?\d{1,4}\s*(?:页)?\s*[—–-]*\s*$/

interface Token {
  at: number
  text: string
}

/** The words of a line between gaps of two spaces and more, with the screen column each begins at. */
function tokensOf(line: string): Token[] {
  const out: Token[] = []
  let column = 0
  let rest = line
  while (rest !== '') {
    const gap = GAP.exec(rest)
    const words = gap ? rest.slice(0, gap.index) : rest
    if (words.trim() !== '') out.push({ at: column + (words.length - words.trimStart().length), text: words.trim() })
    column += widthOf(words) + widthOf(gap?.[0] ?? '')
    rest = gap ? rest.slice(gap.index + gap[0].length) : ''
  }
  return out
}

function widthOf(text: string): number {
  let n = 0
  for (const c of text) {
    const code = c.charCodeAt(0)
    n += isHan(code) || (code > 0xff && WIDE.test(c)) ? 2 : 1
  }
  return n
}

/** Finds such tables among the lines of a document and gives them as tables. */
export function looseTables(blocks: Block[]): Block[] {
  const out: Block[] = []
  const streamAt = streamsOf(blocks)
  for (let i = 0; i < blocks.length; ) {
    const taken = aligned(blocks, i) ?? streamAt(i)
    if (taken) {
      out.push(taken.table)
      i = taken.next
    } else {
      out.push(blocks[i] as Block)
      i++
    }
  }
  return out
}

const lineOf = (block: Block | undefined): Line | undefined => (block?.kind === 'line' ? block : undefined)
const HEAD_WORDS = /单位|部门|科室|时限|时间|期限/

function aligned(blocks: Block[], from: number): { table: Table; next: number } | undefined {
  const first = lineOf(blocks[from])
  if (!first || !HEAD_WORDS.test(first.text) || !GAP.test(first.text.trim())) return undefined
  const heads = tokensOf(first.text)
  if (heads.length < 3 || !headOf({ line: first.line, cells: heads.map((h) => h.text) })) return undefined
  const rows: Row[] = [{ line: first.line, cells: heads.map((h) => h.text) }]
  let next = from + 1
  for (; next < blocks.length; next++) {
    const line = lineOf(blocks[next])
    if (!line) break
    if (PAGE_NUMBER.test(line.text)) continue
    const tokens = tokensOf(line.text)
    const start = tokens[0]?.at ?? 0
    if (tokens.length < 2 && start < (heads[1]?.at ?? 0) - 2) {
      if (!isHeading(line.text)) break
      rows.push({ line: line.line, cells: [line.text.trim()] })
      continue
    }
    rows.push({ line: line.line, cells: inColumns(tokens, heads) })
  }
  return rows.length > 1 ? { table: { kind: 'table', rows }, next } : undefined
}

/** A numbered heading between the rows. */
const isHeading = (text: string): boolean =>
  text.trim().length <= 45 && (markerOf(text)?.rank ?? 9) <= 2 && !/[。；]/.test(text)

/** Each word under the head that begins nearest to it; two under one head are one cell. */
function inColumns(tokens: Token[], heads: Token[]): string[] {
  const cells = heads.map(() => '')
  if (tokens.length === heads.length) return tokens.map((t) => t.text)
  for (const token of tokens) {
    let best = 0
    heads.forEach((head, i) => {
      if (Math.abs(head.at - token.at) < Math.abs((heads[best]?.at ?? 0) - token.at)) best = i
    })
    cells[best] = cells[best] ? `${cells[best]} ${token.text}` : token.text
  }
  return cells
}
