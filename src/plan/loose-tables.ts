import { headOf } from './columns.ts'
import type { Block, Line, Row, Table } from './sheet.ts'

/** Tables that lost their marks: columns kept apart by spaces only, or every cell on a line of its own. */

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u2014\u2018-\u201d\u2460-\u2473]/
const GAP = / {2,}|\u3000+|\t/
const PAGE_NUMBER = /^\s*[—–-]*\s*(?:第\s*)?\d{1,4}\s*(?:页)?\s*[—–-]*\s*$/
const NUMBER = /^\d{1,3}[.、．]?$/

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
  for (const c of text) n += c === '\u3000' || WIDE.test(c) ? 2 : 1
  return n
}

/** Finds such tables among the lines of a document and gives them as tables. */
export function looseTables(blocks: Block[]): Block[] {
  const out: Block[] = []
  for (let i = 0; i < blocks.length; ) {
    const taken = aligned(blocks, i) ?? stacked(blocks, i)
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
    if (tokens.length < 2 && start < (heads[1]?.at ?? 0) - 2) break
    rows.push({ line: line.line, cells: inColumns(tokens, heads) })
  }
  return rows.length > 1 ? { table: { kind: 'table', rows }, next } : undefined
}

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

const LONGEST_HEAD = 10

/** Heads one below the other, then each row's number and its cells one below the other. */
function stacked(blocks: Block[], from: number): { table: Table; next: number } | undefined {
  const first = lineOf(blocks[from])
  if (!first || !/^\s*(?:序\s*号|编\s*号)\s*$/.test(first.text)) return undefined
  const heads: string[] = []
  let at = from
  for (; at < from + 12; at++) {
    const line = lineOf(blocks[at])
    const text = line?.text.trim() ?? ''
    if (!line || text.length > LONGEST_HEAD || NUMBER.test(text)) break
    heads.push(text)
  }
  if (heads.length < 3 || !headOf({ line: first.line, cells: heads })) return undefined
  const rows: Row[] = [{ line: first.line, cells: heads }]
  let expected = Number.parseInt(lineOf(blocks[at])?.text ?? '', 10)
  while (
    Number.parseInt(lineOf(blocks[at])?.text ?? '', 10) === expected &&
    NUMBER.test(lineOf(blocks[at])?.text.trim() ?? '')
  ) {
    const begin = at
    const cells: { text: string; line: number }[] = []
    for (at++; at < blocks.length && cells.length < heads.length - 1; at++) {
      const line = lineOf(blocks[at])
      if (!line || line.text.trim() === String(expected + 1)) break
      cells.push({ text: line.text.trim(), line: line.line })
    }
    const number = lineOf(blocks[begin])
    // Cells that a merged one above covers are missing from the left.
    const missing = heads.length - 1 - cells.length
    rows.push({
      line: number?.line ?? first.line,
      cells: [String(expected), ...Array<string>(missing).fill(''), ...cells.map((c) => c.text)],
      lines: [...Array<number>(missing + 1).fill(number?.line ?? first.line), ...cells.map((c) => c.line)],
    })
    expected++
  }
  return rows.length > 1 ? { table: { kind: 'table', rows }, next: at } : undefined
}
