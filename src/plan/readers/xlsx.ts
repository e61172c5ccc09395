import { BadInput } from '../../model/problem.ts'
import type { Block, Sheet, Unread } from '../sheet.ts'
import { sheetOf } from './blocks.ts'
import { relationsOf } from './parts.ts'
import { readCellStyles } from './xlsx-dates.ts'
import { readSheet, type Shared, type SheetRow, type Shown, unescaped } from './xlsx-sheet.ts'
import { attr, readXml } from './xml.ts'
import { openZip, type Zip } from './zip.ts'

/** A sheet of a workbook that is not hidden, its rows as text; line breaks in a cell stay. */
export interface WorkbookSheet {
  name: string
  rows: SheetRow[]
}

/** The visible sheets of a workbook (.xlsx, .xlsm), in their order. Throws BadInput where the file is broken or locked. */
export function readWorkbook(bytes: Uint8Array): WorkbookSheet[] {
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf)
    throw new BadInput('文件有密码，或是旧版 Excel 文件（.xls）：请去掉密码，另存为 xlsx 后再导入')
  return sheetsOf(openZip(bytes)).shown
}

/**
 * Reads an office's ledger: each visible sheet a table, what stands over its head and under its last row as lines.
 * Hidden sheets, rows and columns are left out and told. `line` is the row's number in its sheet, from 1.
 */
export function readXlsx(zip: Zip, name = ''): Sheet {
  const { shown, hidden } = sheetsOf(zip)
  const blocks = shown.flatMap(({ name: sheet, rows, hiddenColumns }): Block[] =>
    rows.length === 0
      ? []
      : [{ kind: 'table', sheet, rows: rows.map((row) => oneLine(withoutColumns(row, hiddenColumns))) }],
  )
  const unread = [...hidden.map(hiddenSheet), ...shown.flatMap(hiddenParts)]
  return { ...sheetOf(name, blocks), ...(unread.length > 0 && { unread }) }
}

const hiddenSheet = (name: string): Unread => ({ line: 1, text: `工作表“${name}”是隐藏的，没有读入` })

function hiddenParts({ name, hiddenRows, hiddenColumns }: ReadSheet): Unread[] {
  const out: Unread[] = []
  const at = hiddenRows[0] ?? 1
  if (hiddenRows.length > 0)
    out.push({ line: at, text: `工作表“${name}”有隐藏的行，没有读入：${listed(hiddenRows.map((n) => `第${n}行`))}` })
  if (hiddenColumns.length > 0)
    out.push({
      line: 1,
      text: `工作表“${name}”有隐藏的列，没有读入：${listed(hiddenColumns.map((n) => `${letters(n)}列`))}`,
    })
  return out
}

const listed = (names: string[]): string =>
  names.slice(0, 5).join('、') + (names.length > 5 ? `等${names.length}处` : '')

/** 28 → AB. */
const letters = (n: number): string =>
  (n > 26 ? letters(Math.floor((n - 1) / 26)) : '') + String.fromCharCode(65 + ((n - 1) % 26))

const withoutColumns = (row: SheetRow, columns: number[]): SheetRow =>
  columns.length === 0
    ? row
    : {
        ...row,
        cells: row.cells.filter((_, i) => !columns.includes(i + 1)),
        ...(row.covered && {
          covered: Array.from(row.covered, (c) => c ?? false).filter((_, i) => !columns.includes(i + 1)),
        }),
      }

const oneLine = ({ cells, ...row }: SheetRow): SheetRow => ({
  ...row,
  cells: cells.map((cell) => cell.replace(/[\s\u2028]+/g, ' ').trim()),
})

interface ReadSheet extends Shown {
  name: string
}

/** The sheets that are shown, and the names of those that somebody hid; what a program hides from all is no one's. */
function sheetsOf(zip: Zip): { shown: ReadSheet[]; hidden: string[] } {
  const main = relationsOf(zip, '').byKind.get('officeDocument') ?? 'xl/workbook.xml'
  const relations = relationsOf(zip, main)
  const sheets: { name: string; id: string }[] = []
  const hidden: string[] = []
  let from1904 = false
  readXml(zip, main, {
    open(name, attributes) {
      if (name === 'workbookPr') from1904 = /^(?:1|true)$/.test(attr(attributes, 'date1904') ?? '')
      else if (name === 'sheet') {
        const state = attr(attributes, 'state') ?? ''
        if (state === 'hidden') hidden.push(attr(attributes, 'name') ?? '')
        else if (state !== 'veryHidden')
          sheets.push({ name: attr(attributes, 'name') ?? '', id: attr(attributes, 'id') ?? '' })
      }
    },
  })
  const shared: Shared = {
    strings: readStrings(zip, relations.byKind.get('sharedStrings') ?? 'xl/sharedStrings.xml'),
    styles: readCellStyles(zip, relations.byKind.get('styles') ?? 'xl/styles.xml'),
    from1904,
  }
  const found = sheets.map(({ name, id }) => ({ name, part: relations.byId.get(id) ?? '' }))
  return { shown: found.map(({ name, part }) => ({ name, ...readSheet(zip, part, shared) })), hidden }
}

/** The strings that cells refer to by number: runs of rich text joined, readings in kana or pinyin left out. */
function readStrings(zip: Zip, part: string): string[] {
  const strings: string[] = []
  let words = ''
  let reading = false
  let phonetic = false
  readXml(zip, part, {
    open(name) {
      if (name === 'si') words = ''
      else if (name === 't') reading = true
      else if (name === 'rPh') phonetic = true
    },
    text(text) {
      if (reading && !phonetic) words += text
    },
    close(name) {
      if (name === 'si') strings.push(unescaped(words))
      else if (name === 't') reading = false
      else if (name === 'rPh') phonetic = false
    },
  })
  return strings
}
