/** A paragraph of an example, with what its place in the document makes of it. */
export interface Paragraph {
  kind: 'title' | 'centre' | 'right' | 'left' | 'body'
  /** Depth of its number (0: 一、, 1: （一）, 2: 1.), where it has one, and the words after it. */
  level?: number
  text: string
  words: string
}

const MARKS = [/^[一二三四五六七八九十]+、/, /^（[一二三四五六七八九十]+）/, /^\d+\. ?/]
const TITLE = /(?:通知|方案|分工表)$/
const OFFICE = /^[\u4e00-\u9fff]{4,20}办公室$/
const DAY = /^\d{4}年\d{1,2}月\d{1,2}日$/

/** The paragraphs of an example's text, told apart by their words. */
export function paragraphsOf(text: string): Paragraph[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.includes('\t'))
  return lines.map((line, i) => {
    const level = MARKS.findIndex((mark) => mark.test(line))
    if (level >= 0) return { kind: 'body', level, text: line, words: line.replace(MARKS[level] as RegExp, '') }
    return { kind: kindOf(line, lines[i + 1] ?? ''), text: line, words: line }
  })
}

function kindOf(line: string, next: string): Paragraph['kind'] {
  if (line.length < 45 && (TITLE.test(line) || (OFFICE.test(line) && next.startsWith('关于')))) return 'title'
  if (/文件$/.test(line) || /^\S+〔\d{4}〕\d+号$/.test(line)) return 'centre'
  if (DAY.test(line) || (OFFICE.test(line) && DAY.test(next))) return 'right'
  return /[:：]$/.test(line) || /印发$/.test(line) ? 'left' : 'body'
}

/** The rows of an example's table, with its head. */
export const rowsOf = (text: string): string[][] =>
  text.split('\n').flatMap((line) => (line.includes('\t') ? [line.split('\t')] : []))

/** How many rows the cell at a place covers where empty cells of the columns `merged` belong to the one above. */
export function heightAt(rows: string[][], row: number, column: number, merged: readonly number[]): number {
  if (!merged.includes(column)) return 1
  if (row > 0 && rows[row]?.[column] === '') return 0
  let height = 1
  while (row > 0 && rows[row + height]?.[column] === '') height++
  return height
}

/** The column of themes: its cells cover the rows below that have none. */
export const MERGED = [1] as const
