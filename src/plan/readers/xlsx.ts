import { BadInput } from '../../model/problem.ts'
import type { Block, Sheet } from '../sheet.ts'
import { sheetOf } from './blocks.ts'
import { relationsOf } from './parts.ts'
import { readCellStyles } from './xlsx-dates.ts'
import { readSheet, type Shared, type SheetRow, unescaped } from './xlsx-sheet.ts'
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
  return sheetsOf(openZip(bytes))
}

/**
 * Reads an office's ledger: each visible sheet a table, what stands over its head and under its last row as lines.
 * `line` is the row's number in its sheet, from 1.
 */
export function readXlsx(zip: Zip, name = ''): Sheet {
  const blocks = sheetsOf(zip).flatMap(({ name: sheet, rows }): Block[] =>
    rows.length === 0 ? [] : [{ kind: 'table', sheet, rows: rows.map(oneLine) }],
  )
  return sheetOf(name, blocks)
}

const oneLine = ({ cells, ...row }: SheetRow): SheetRow => ({
  ...row,
  cells: cells.map((cell) => cell.replace(/[\s\u2028]+/g, ' ').trim()),
})

function sheetsOf(zip: Zip): WorkbookSheet[] {
  const main = relationsOf(zip, '').byKind.get('officeDocument') ?? 'xl/workbook.xml'
  const relations = relationsOf(zip, main)
  const sheets: { name: string; id: string }[] = []
  let from1904 = false
  readXml(zip, main, {
    open(name, attributes) {
      if (name === 'workbookPr') from1904 = /^(?:1|true)$/.test(attr(attributes, 'date1904') ?? '')
      else if (name === 'sheet' && !/hidden/i.test(attr(attributes, 'state') ?? ''))
        sheets.push({ name: attr(attributes, 'name') ?? '', id: attr(attributes, 'id') ?? '' })
    },
  })
  const shared: Shared = {
    strings: readStrings(zip, relations.byKind.get('sharedStrings') ?? 'xl/sharedStrings.xml'),
    styles: readCellStyles(zip, relations.byKind.get('styles') ?? 'xl/styles.xml'),
    from1904,
  }
  const found = sheets.map(({ name, id }) => ({ name, part: relations.byId.get(id) ?? '' }))
  return found.map(({ name, part }) => ({ name, rows: readSheet(zip, part, shared) }))
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
