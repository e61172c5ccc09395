import { readDeadlines } from '../time/deadline.ts'
import type { Moment } from './closing.ts'
import type { Column, Page } from './columns.ts'
import { markerOf } from './marker.ts'
import type { Passage, Row } from './sheet.ts'
import { type ListRules, readUnits, type UnitList } from './units.ts'
import { squeeze } from './words.ts'

export interface UnitCell {
  passage: Passage
  list: UnitList
}

export interface Theme {
  text: string
  depth: number
}

/** A row with each cell known for what it holds, by its column or, where columns slipped, by its words. */
export interface ReadRow {
  line: number
  number: string
  /** What it names of the parts it belongs to, with the depth of each from 0. */
  themes: Theme[]
  text?: Passage
  /** The column that the text stands in. */
  column: number
  units: UnitCell[]
  time?: Passage
  /** A heading over the whole table's width. */
  heading: string
}

export interface ReadPage {
  rows: ReadRow[]
  /** The cells stand in the columns of their heads; else they were told by their words. */
  square: boolean
}

const NUMBER = /^(?:\d{1,3}(?:[.-]\d{1,2}){0,2}|[（(]\d{1,3}[）)]|[一二三四五六七八九十]{1,3})[.、．]?$/
const SHORT = 30

/** Reads a page's rows by its heads where every cell agrees with them, else by what the cells say. */
export function readRows(page: Page, rules: ListRules, moment: Moment): ReadPage {
  const byHead = page.rows.map((row) => byColumns(row, page.columns, rules))
  if (byHead.every((row) => row !== undefined)) {
    const rows = byHead as ReadRow[]
    if (rows.every((r) => r.text || r.heading !== '' || r.number === '')) return { rows, square: true }
  }
  return { rows: byWords(page, rules, moment), square: false }
}

/** Offices that stand one below the other in a cell came out with a space between them. */
const STACKED = /(局|委|办|室|中心|院|政府|部门|公司|支行|会|部|队|单位)[ \u3000]+(?=[市县州省区各])/g

const cell = (row: Row, i: number): Passage => ({
  kind: 'passage',
  text: squeeze((row.cells[i] ?? '').replace(STACKED, '$1、')),
  starts: [{ at: 0, line: row.line }],
})
const blank = (line: number): ReadRow => ({ line, number: '', themes: [], column: -1, units: [], heading: '' })
const cleanNumber = (text: string): string => text.replace(/[（()）.、．]+$|^[（(]/g, '')

function headingRow(row: Row): ReadRow | undefined {
  const filled = [...new Set(row.cells.map((c) => squeeze(c)).filter((c) => c !== ''))]
  const [only] = filled
  if (filled.length !== 1 || !only || only.length > 45) return undefined
  const marker = markerOf(only)
  return marker && marker.rank <= 2 && !only.includes('。') ? { ...blank(row.line), heading: only } : undefined
}

/** Undefined where a cell does not hold what its head says. */
function byColumns(row: Row, columns: Column[], rules: ListRules): ReadRow | undefined {
  const heading = headingRow(row)
  if (heading) return heading
  const out = blank(row.line)
  const texts: Passage[] = []
  for (let i = 0; i < row.cells.length; i++) {
    const value = cell(row, i)
    if (value.text === '') continue
    const kind = columns[i]
    if (kind === undefined) return undefined
    if (kind === 'number') {
      if (!NUMBER.test(value.text)) return undefined
      out.number = cleanNumber(value.text)
    } else if (kind === 'theme')
      out.themes.push({ text: value.text, depth: columns.slice(0, i).filter((c) => c === 'theme').length })
    else if (kind === 'text') {
      if (isList(readUnits(value.text, rules))) return undefined
      texts.push(value)
      out.column = i
    } else if (kind === 'lead' || kind === 'support') {
      const list = readUnits(value.text, { ...rules, role: kind })
      if (list.lead.length + list.support.length === 0) return undefined
      if (list.stray.some((s) => s.length > 12)) return undefined
      out.units.push({ passage: value, list })
    } else if (kind === 'time') {
      if (isList(readUnits(value.text, rules))) return undefined
      out.time = value
    } else if (kind === 'other' && isLoose(columns, i)) return undefined
  }
  const [first] = texts
  if (first) out.text = first
  return out
}

/** A filled cell under no head at all tells that cells slipped; under a head that means nothing here it does not. */
const isLoose = (columns: Column[], i: number): boolean => i >= columns.length

const isList = (list: UnitList): boolean => list.lead.length + list.support.length > 0 && list.stray.length === 0

function byWords(page: Page, rules: ListRules, moment: Moment): ReadRow[] {
  const rows = page.rows.map((row) => told(row, rules, moment))
  const first = rows.find((r) => r.number !== '')
  return rows.map((row) => ({ ...row.read, ...parted(row, row === first, rows) }))
}

interface ToldRow {
  read: ReadRow
  number: string
  words: { value: Passage; column: number }[]
}

function told(row: Row, rules: ListRules, moment: Moment): ToldRow {
  const heading = headingRow(row)
  if (heading) return { read: heading, number: '', words: [] }
  const read = blank(row.line)
  const words: ToldRow['words'] = []
  row.cells.forEach((_, i) => {
    const value = cell(row, i)
    if (value.text === '') return
    if (i === 0 && NUMBER.test(value.text)) {
      read.number = cleanNumber(value.text)
      return
    }
    const list = readUnits(value.text, rules)
    if (isList(list) && (list.roles || value.text.length > 3)) read.units.push({ passage: value, list })
    else if (isTime(value.text, words.length + read.units.length > 0, moment)) read.time = value
    else if (words.every((w) => w.value.text !== value.text)) words.push({ value, column: i })
  })
  return { read, number: read.number, words }
}

const WHOLE = /^(?:全年|长期|常年|持续|即时|及时|实时|适时|定期|每|按|立即|年内|年底|\d|[二三四]〇|国家|省|市)/
const STANDING =
  /^(?:全年(?:工作|任务)?|长期(?:坚持|工作)?|常年(?:工作)?|持续(?:推进|进行)?|常态化(?:推进|工作)?|立即(?:执行|整改)?|即时|及时.{0,8}|实时.{0,6}|适时.{0,6}|定期.{0,6})$/

/** Whether a cell is one of the time column: short, and a time limit from its first word on. */
function isTime(text: string, after: boolean, moment: Moment): boolean {
  if (text.length > 40 || /[。；]/.test(text)) return false
  if (STANDING.test(text)) return true
  if (!WHOLE.test(text) && !/后\d{1,3}个?(?:工作日|日|天)/.test(text)) return false
  const found = readDeadlines(text, { ...moment, column: true })
  const [first] = found
  const end = Math.max(0, ...found.map((f) => f.end))
  return first !== undefined && first.start <= 1 && (after || end >= text.length - 6)
}

/** Which words of a row are its text and which its themes: the last is the text, unless it is a theme without one. */
function parted(row: ToldRow, isFirst: boolean, rows: ToldRow[]): Partial<ReadRow> {
  const last = row.words.at(-1)
  if (!last) return {}
  const bare = isFirst && row.words.length > 1 && isThemeLike(last.value.text) && textsRightOf(rows, row, last.column)
  const texts = bare ? row.words.length : row.words.length - 1
  const themes = row.words.slice(0, texts).map((w, i) => ({ text: w.value.text, depth: isFirst || texts > 1 ? i : 1 }))
  return bare ? { themes } : { themes, text: last.value, column: last.column }
}

const isThemeLike = (text: string): boolean => text.length <= SHORT && !/[。；，]/.test(text)

/** Whether the page's other texts stand to the right of a column, or below rows that have none. */
function textsRightOf(rows: ToldRow[], own: ToldRow, column: number): boolean {
  const others = rows.filter((r) => r !== own && r.words.length > 0)
  const numbers = rows.filter((r) => r.number !== '').length
  return others.length >= numbers || others.some((r) => (r.words.at(-1)?.column ?? 0) > column)
}
