import type { Group } from './groups.ts'

/**
 * What every reader (text, docx, xlsx, pdf, html) gives: the document as lines and tables in its order, each value with
 * the line of the input (from 1) that holds it. Blank lines are left out; indentation is kept, since it tells paragraphs.
 */
export interface Sheet {
  name: string
  blocks: Block[]
  /** What the file holds and the reader left out on purpose, in Chinese: it is asked about at import. */
  unread?: Unread[]
}
export interface Unread {
  line: number
  text: string
}
export type Block = Line | Table

export interface Line {
  kind: 'line'
  line: number
  text: string
}

export interface Table {
  kind: 'table'
  rows: Row[]
  /** The sheet of a workbook that it stands in: no table goes on over a sheet's edge. */
  sheet?: string
}

/** The cells of one row; a cell that a merged one covers is empty. */
export interface Row {
  line: number
  cells: string[]
  /** Which cells one that is merged from the rows above covers; absent where the input does not tell (text, csv, pdf). */
  covered?: boolean[]
  /** The line of each cell, where they stand on several. */
  lines?: number[]
}

/** A paragraph put together again from its lines, without spaces; `starts` tells where in it each line begins. */
export interface Passage {
  kind: 'passage'
  text: string
  starts: { at: number; line: number }[]
  /** Its groups of units, once they were asked for; on the passage itself, since a table beside it would cost more than they do. */
  groups?: Group[]
}

/** The input's line that holds the character at `offset`. */
export const lineAt = (passage: Passage, offset: number): number =>
  passage.starts[lineIndex(passage, offset)]?.line ?? 1

function lineIndex(passage: Passage, offset: number): number {
  let low = 0
  let high = passage.starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((passage.starts[middle]?.at ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return low
}

/** The part of a passage from `from` to `to`, its lines still known. */
export function slice(passage: Passage, from: number, to = passage.text.length): Passage {
  const starts = [{ at: 0, line: lineAt(passage, from) }]
  for (let i = lineIndex(passage, from); i < passage.starts.length; i++) {
    const s = passage.starts[i]
    if (!s || s.at >= to) break
    if (s.at > from) starts.push({ at: s.at - from, line: s.line })
  }
  return { kind: 'passage', text: passage.text.slice(from, to), starts }
}

/** Passages as one, in their order. */
export function join(passages: Passage[]): Passage {
  const starts: Passage['starts'] = []
  let at = 0
  for (const passage of passages) {
    for (const s of passage.starts) starts.push({ at: s.at + at, line: s.line })
    at += passage.text.length
  }
  return { kind: 'passage', text: passages.map((p) => p.text).join(''), starts }
}

const EDGE = '。；;，,、：: '

/** A passage without the marks at its ends. */
export function trim(passage: Passage): Passage {
  let from = 0
  let to = passage.text.length
  while (from < to && EDGE.includes(passage.text[from] as string)) from++
  while (to > from && EDGE.includes(passage.text[to - 1] as string)) to--
  return from === 0 && to === passage.text.length ? passage : slice(passage, from, to)
}
