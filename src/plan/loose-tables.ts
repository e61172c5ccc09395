import { alignStream, type Placed } from './align.ts'
import { type Column, headOf } from './columns.ts'
import { markerOf } from './marker.ts'
import type { Block, Line, Row, Table } from './sheet.ts'
import { squeeze } from './words.ts'

/** Tables that lost their marks: columns kept apart by spaces only, or every cell on a line of its own. */

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u2014\u2018-\u201d\u2460-\u2473]/
const GAP = / {2,}|\u3000+|\t/
const PAGE_NUMBER = /^\s*[—–-]*\s*(?:第\s*)?\d{1,4}\s*(?:页)?\s*[—–-]*\s*$/
const NUMBER = /^\d{1,4}[.、．]?$/

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

const LONGEST_HEAD = 12
const MOST_HEADS = 12
const HEAD_NOUN =
  /(?:序号|编号|项次|行动|任务|内容|要求|措施|举措|事项|实事|目标|项目|单位|部门|科室|股室|处室|机构|主体|分工|领导|责任人|负责人|联系人|时限|时间|期限|节点|进度|安排|频次|备注|电话|类别|问题|清单)(?:[（(].{1,8}[）)])?$/

/** Heads one below the other, then the cells of all rows one below the other. */
function stacked(blocks: Block[], from: number): { table: Table; next: number } | undefined {
  const lines: Line[] = []
  const heads = headsAt(blocks, from)
  if (heads.length === 0) return undefined
  const columns = headOf({ line: 0, cells: heads }) ?? []
  for (let i = from + heads.length; i < blocks.length; i++) {
    const line = lineOf(blocks[i])
    if (!line) break
    lines.push(line)
  }
  const kept = lines.filter((l) => !PAGE_NUMBER.test(l.text) || NUMBER.test(l.text.trim()))
  const bare = kept.map((l) => l.text.trim())
  const kinds = unheaded(columns, bare)
  const placed = withoutSignature(alignStream(bare, kinds))
  const rows = rowsOf(placed, kept, kinds)
  if (rows.length < 2) return undefined
  const first = lineOf(blocks[from])?.line ?? 0
  const added = kinds.length > columns.length
  const at = added ? kinds.indexOf('number') : -1
  const named = added ? [...heads.slice(0, at), '序号', ...heads.slice(at)] : heads
  const last = kept[placed.length - 1]
  const next = blocks.findIndex((b, i) => i > from && b === last) + 1
  return { table: { kind: 'table', rows: [{ line: first, cells: named }, ...rows] }, next }
}

/** The heads that a line begins, one a line; none where it begins no table. */
function headsAt(blocks: Block[], from: number): string[] {
  const words: string[] = []
  for (let i = from; i < from + MOST_HEADS; i++) {
    const text = lineOf(blocks[i])?.text.trim() ?? ''
    if (text === '' || squeeze(text).length > LONGEST_HEAD || NUMBER.test(text) || /[。；，：:]/.test(text)) break
    words.push(text)
  }
  for (let n = words.length; n > 2; n--) {
    const heads = words.slice(0, n)
    const known = heads.map((h) => HEAD_NOUN.test(squeeze(h)))
    if (!known[n - 1] || known.filter((k) => k).length < n * 0.6) continue
    if (headOf({ line: 0, cells: heads })) return heads
  }
  return []
}

/** Numbers without a head of their own stand before the text. */
function unheaded(columns: Column[], cells: string[]): Column[] {
  const numbers = cells.filter((c) => NUMBER.test(c)).length
  const text = columns.indexOf('text')
  if (columns.includes('number') || numbers < 3 || numbers * (columns.length + 1) < cells.length * 0.7) return columns
  return [...columns.slice(0, text), 'number', ...columns.slice(text)]
}

/** A second paragraph at the very end, where no other cell has one, is the signature below the table. */
function withoutSignature(placed: Placed[]): Placed[] {
  const second = (p: Placed, i: number): boolean => {
    const before = placed[i - 1]
    return before !== undefined && before.row === p.row && before.column === p.column
  }
  const seconds = placed.filter(second)
  return seconds.length === 1 && seconds[0] === placed.at(-1) ? placed.slice(0, -1) : placed
}

/** Lines that were given their places, as rows; several in one place are one cell. */
function rowsOf(placed: Placed[], lines: Line[], columns: Column[]): Row[] {
  const rows: Row[] = []
  placed.forEach(({ row, column }, i) => {
    const line = lines[i]
    if (!line) return
    let to = rows[row]
    if (!to) {
      to = { line: line.line, cells: columns.map(() => ''), lines: columns.map(() => line.line) }
      rows[row] = to
    }
    const [before, words] = [to.cells[column] ?? '', line.text.trim()]
    const units = columns[column] === 'lead' || columns[column] === 'support'
    const joint = before === '' || !units || /[、，,；;]$/.test(before) ? '' : '、'
    to.cells[column] = before + joint + words
    if (before === '' && to.lines) to.lines[column] = line.line
  })
  return rows.filter((row) => row !== undefined)
}
