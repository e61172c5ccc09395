import { alignStream, type Placed } from './align.ts'
import { type Column, headOf, meaningOf } from './columns.ts'
import { NUMBER } from './row-heads.ts'
import type { Block, Row, Table } from './sheet.ts'
import { squeeze } from './words.ts'

/** Tables of which only the order of their cells is left: one cell a line, or all cells of a row parted by single spaces. */

interface Cell {
  text: string
  line: number
}

const LONGEST_HEAD = 12
const MOST_HEADS = 12
const PAGE_NUMBER = /^\s*[—–-]+\s*\d{1,4}\s*[—–-]+\s*$|^\s*第\s*\d{1,4}\s*页.{0,10}$/
const HEAD_NOUN =
  /(?:序号|编号|项次|行动|任务|内容|要求|措施|举措|事项|实事|目标|项目|单位|部门|科室|股室|处室|机构|主体|分工|领导|责任人|负责人|联系人|时限|时间|期限|节点|进度|安排|频次|备注|电话|类别|问题|清单)(?:[（(].{1,8}[）)])?$/

/** A word that may be a head. */
interface HeadWord {
  words: string
  /** It ends as heads of such tables do. */
  noun: boolean
  /** It may say what is to be done. */
  task: boolean
}

/** What gives such a table where its heads begin at a block, with the block after it. */
export function streamsOf(blocks: Block[]): (from: number) => { table: Table; next: number } | undefined {
  /** Of each line, once it was asked for; null where it is no head. */
  const known: (HeadWord | null | undefined)[] = []
  return streamAt

  function streamAt(from: number): { table: Table; next: number } | undefined {
    const first = blocks[from]
    if (first?.kind !== 'line' || first.text.length > 120) return undefined
    const spaced = headsOf(wordsIn(first.text))
    const heads = spaced.length > 0 ? spaced : headsOf(wordsBelow(from))
    if (heads.length === 0) return undefined
    const cells: Cell[] = []
    let at = from + (spaced.length > 0 ? 1 : heads.length)
    for (; at < blocks.length; at++) {
      const block = blocks[at]
      if (block?.kind !== 'line' || begins(at)) break
      const words = block.text.trim()
      if (PAGE_NUMBER.test(words)) continue
      for (const text of spaced.length > 0 ? words.split(/\s+/) : [words]) cells.push({ text, line: block.line })
    }
    const read = tableOf(heads, first.line, cells)
    if (!read) return undefined
    let next = from + 1
    while (next < at && !isBelow(blocks[next], read.last)) next++
    return { table: read.table, next }
  }

  /** Whether heads begin at a block, the same again or those of another table. */
  function begins(at: number): boolean {
    const block = blocks[at]
    if (block?.kind !== 'line' || block.text.length > 120) return false
    return headsOf(wordsIn(block.text)).length > 0 || headsOf(wordsBelow(at)).length > 0
  }

  /** The lines from one on that may be heads. */
  function wordsBelow(from: number): HeadWord[] {
    const words: HeadWord[] = []
    for (let i = from; i < from + MOST_HEADS; i++) {
      const block = blocks[i]
      if (block?.kind !== 'line') break
      const word = known[i] === undefined ? headWord(block.text.trim()) : known[i]
      known[i] = word ?? null
      if (!word) break
      words.push(word)
    }
    return words
  }
}

const isBelow = (block: Block | undefined, line: number): boolean => block?.kind === 'line' && block.line > line

function headWord(words: string): HeadWord | undefined {
  if (/[。；，：:]/.test(words)) return undefined
  const close = squeeze(words)
  if (close.length > LONGEST_HEAD || NUMBER.test(words)) return undefined
  return { words, noun: HEAD_NOUN.test(close), task: meaningOf(close) === 'text' }
}

/** The words of a line between spaces, up to the first that is no head. */
function wordsIn(line: string): HeadWord[] {
  const trimmed = line.trim()
  if (!/\s/.test(trimmed)) return []
  const out: HeadWord[] = []
  for (const words of trimmed.split(/\s+/)) {
    const word = headWord(words)
    if (!word) break
    out.push(word)
  }
  return out
}

/** How many of the words are heads of a table of tasks: the first of them, as many as may be; none where they are none. */
function headsOf(words: HeadWord[]): string[] {
  const text = words.findIndex((w) => w.task)
  if (text < 0) return []
  let nouns = words.filter((w) => w.noun).length
  for (let n = words.length; n > Math.max(2, text); n--) {
    const enough = nouns >= n * 0.6
    if (!words[n - 1]?.noun) continue
    nouns--
    if (!enough) continue
    const heads = words.slice(0, n).map((w) => w.words)
    if (headOf({ line: 0, cells: heads })) return heads
  }
  return []
}

function tableOf(heads: string[], line: number, cells: Cell[]): { table: Table; last: number } | undefined {
  const columns = headOf({ line, cells: heads }) ?? []
  const words = cells.map((c) => c.text)
  const kinds = unheaded(columns, words)
  const placed = withoutSignature(alignStream(words, kinds))
  const rows = rowsOf(placed, cells, kinds)
  const [only] = rows
  if (!only || (rows.length === 1 && only.cells.includes(''))) return undefined
  const at = kinds.length > columns.length ? kinds.indexOf('number') : -1
  const named = at < 0 ? heads : [...heads.slice(0, at), '序号', ...heads.slice(at)]
  const last = cells[placed.length - 1]?.line ?? line
  return { table: { kind: 'table', rows: [{ line, cells: named }, ...rows] }, last }
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

/** Cells that were given their places, as rows; several in one place are one cell. */
function rowsOf(placed: Placed[], cells: Cell[], columns: Column[]): Row[] {
  const rows: { line: number; parts: Cell[][] }[] = []
  placed.forEach(({ row, column }, i) => {
    const cell = cells[i]
    if (!cell) return
    rows[row] ??= { line: cell.line, parts: columns.map(() => []) }
    rows[row].parts[column]?.push(cell)
  })
  return rows
    .filter((row) => row !== undefined)
    .map(({ line, parts }) => ({
      line,
      cells: parts.map((part, c) => joined(part, columns[c])),
      lines: parts.map((part) => part[0]?.line ?? line),
    }))
}

/** The paragraphs of one cell: those of units with a mark between them where they have none. */
function joined(parts: Cell[], kind: Column | undefined): string {
  const units = kind === 'lead' || kind === 'support'
  return parts
    .map(({ text }, i) => (units && i < parts.length - 1 && !/[、，,；;]$/.test(text) ? `${text}、` : text))
    .join('')
}
