import { readDeadlines } from '../time/deadline.ts'
import type { Moment } from './closing.ts'
import type { Column } from './columns.ts'
import { partLabels } from './labels.ts'
import { isNamed, levelOf } from './names.ts'
import { isPerson } from './people.ts'
import { headingOf, headingsOf, isFurniture, NUMBER } from './row-heads.ts'
import type { Passage, Row } from './sheet.ts'
import { stacked } from './stacked.ts'
import type { Page } from './table-pages.ts'
import { type ListRules, readUnits, type UnitList } from './units.ts'
import { numberOf, squeeze } from './words.ts'

export interface UnitCell {
  /** The column that it stands in; -1 where it was told by its words. */
  column: number
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
  /** Its columns for units and times that are empty and that no merged cell covers: nothing is meant there. */
  bare: number[]
  /** Its columns that a merged cell above covers, as far as the file tells. */
  covered: number[]
  /** A heading over the whole table's width. */
  heading: string
}

export interface ReadPage {
  rows: ReadRow[]
  columns: Column[]
  /** The cells stand in the columns of their heads; else they were told by their words. */
  square: boolean
}

const SHORT = 30
const LONGEST_THEME = 60
const NOTHING = /^(?:[-—–/\\]+|无|暂无)$/
/** Of a page's numbered rows these many may lack a text where the columns still stand. */
const TEXTLESS = 0.1

/** Reads a page's rows by its heads where the cells agree with them, else by what the cells say. */
export function readRows(page: Page, rules: ListRules, moment: Moment): ReadPage {
  const rows = page.rows.filter((row) => !isFurniture(row))
  const parts = headingsOf(rows, page.columns)
  const read = untilSlipped(rows, (row, i) => headed(row, parts[i]) ?? byColumns(row, page.columns, rules, moment))
  if (read) {
    const numbered = read.filter((r) => r.number !== '')
    const bare = numbered.filter((r) => !r.text)
    if (bare.length === 0 || (bare.length <= numbered.length * TEXTLESS && bare.every((r) => r.themes.length > 0)))
      return { rows: read.map(withTheme), columns: page.columns, square: true }
  }
  return { rows: byWords({ ...page, rows }, rules, moment), columns: page.columns, square: false }
}

/** Every row as `of` reads it; undefined, and no row further, where one cannot be read so. */
function untilSlipped(rows: Row[], of: (row: Row, i: number) => ReadRow | undefined): ReadRow[] | undefined {
  const read: ReadRow[] = []
  for (const [i, row] of rows.entries()) {
    const one = of(row, i)
    if (!one) return undefined
    read.push(one)
  }
  return read
}

/** A row whose cell for the text is empty says in its theme what is to be done. */
function withTheme(row: ReadRow): ReadRow {
  const own = row.themes.at(-1)
  if (row.text || row.number === '' || !own) return row
  return {
    ...row,
    themes: row.themes.slice(0, -1),
    text: { kind: 'passage', text: own.text, starts: [{ at: 0, line: row.line }] },
  }
}

const cell = (row: Row, i: number): Passage => ({
  kind: 'passage',
  text: squeeze(stacked(partLabels(row.cells[i] ?? ''))),
  starts: [{ at: 0, line: row.lines?.[i] ?? row.line }],
})
const blank = (line: number): ReadRow => ({
  line,
  number: '',
  themes: [],
  column: -1,
  units: [],
  bare: [],
  covered: [],
  heading: '',
})
const headed = (row: Row, heading = ''): ReadRow | undefined =>
  heading === '' ? undefined : { ...blank(row.line), heading }
const cleanNumber = (text: string): string => {
  const bare = text.replace(/[（()）.、．项条号★☆*]+$|^[（(第★☆*]+/g, '')
  return /^[\u2460-\u2473一二三四五六七八九十]+$/.test(bare) ? String(numberOf(bare)) : bare
}

/** Undefined where a cell surely does not hold what its head says: the cells slipped. */
function byColumns(row: Row, columns: Column[], rules: ListRules, moment: Moment): ReadRow | undefined {
  const out = blank(row.line)
  out.bare = bareOf(row, columns)
  out.covered = columns.flatMap((_, c) => (row.covered?.[c] ? [c] : []))
  for (let i = 0; i < row.cells.length; i++) {
    const value = cell(row, i)
    if (value.text === '') continue
    const kind = columns[i]
    if (kind === undefined) return undefined
    if (NOTHING.test(value.text)) continue
    if (kind === 'number') {
      if (!NUMBER.test(value.text)) return undefined
      out.number = cleanNumber(value.text)
    } else if (kind === 'theme') {
      if (value.text.length > LONGEST_THEME && squeeze(row.cells[columns.indexOf('text')] ?? '') === '')
        return undefined
      out.themes.push({ text: value.text, depth: columns.slice(0, i).filter((c) => c === 'theme').length })
    } else if (kind === 'text') {
      if (isSureList(readUnits(value.text, { ...rules, whole: true }))) return undefined
      out.text = value
      out.column = i
    } else if (kind === 'lead' || kind === 'support') {
      const list = readUnits(value.text, { ...rules, role: kind, trusted: true })
      const count = list.lead.length + list.support.length
      if (count === 0 && value.text.length > 6 && list.stray.some((w) => !isPerson(w))) return undefined
      if (isSentence(value.text, list) || (count === 0 && isTime(value.text, true, moment))) return undefined
      if (count > 0) out.units.push({ column: i, passage: value, list })
    } else if (kind === 'time') {
      if (!isTimely(value.text, moment, rules)) return undefined
      out.time = value
    }
  }
  return out
}

/**
 * Empty cells for units and times of which the file says that nothing covers them. Where the row names no theme of its own
 * either, they were written once for several rows.
 */
function bareOf(row: Row, columns: Column[]): number[] {
  const { covered, cells } = row
  if (!covered) return []
  const empty = (c: number): boolean => !covered[c] && squeeze(cells[c] ?? '') === ''
  const themes = columns.flatMap((kind, c) => (kind === 'theme' ? [c] : []))
  if (themes.length > 0 && themes.every(empty)) return []
  return columns.flatMap((kind, c) =>
    (kind === 'lead' || kind === 'support' || kind === 'time') && empty(c) ? [c] : [],
  )
}

/** Words in a column for units that are no list: long, and mostly no unit. */
function isSentence(text: string, list: UnitList): boolean {
  if (text.length <= 20) return false
  const named = [...list.lead, ...list.support].reduce((n, u) => n + u.raw.length, 0)
  return list.stray.some((s) => s.length > 16) && named < text.length / 2
}

/** Whether a cell may stand in a column for times: not a list of units, nor a long text without any time. */
function isTimely(text: string, moment: Moment, rules: ListRules): boolean {
  if (text.length <= 12) return /[年月日季度底前]/.test(text) || !isList(readUnits(text, { ...rules, whole: true }))
  if (isList(readUnits(text, { ...rules, whole: true }))) return false
  return text.length <= 24 || readDeadlines(text, { ...moment, column: true }).length > 0
}

/** A list that can be nothing else: with a role, of several units, or of one with its level. */
const isSureList = (list: UnitList): boolean => {
  const all = [...list.lead, ...list.support]
  return isList(list) && (list.roles || all.length > 1 || all.every((u) => isNamed(u.raw) && levelOf(u.raw) !== ''))
}

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
  const heading = headed(row, headingOf(row))
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
    const list = readUnits(value.text, { ...rules, whole: true })
    if (isList(list) && (list.roles || value.text.length > 3)) read.units.push({ column: -1, passage: value, list })
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
