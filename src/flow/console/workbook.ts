import { strToU8, Zip, ZipDeflate } from 'fflate'
import { cellText, LONGEST_CELL } from '../../plan/cell-text.ts'

/** A day (`2026-04-20`) or a number that is to be one, or text that stays text whatever it begins with. */
export type Cell = string | { day: string } | { number: number }

export interface SheetOut {
  /** Made legal and unique; see `sheetNames`. */
  name: string
  columns: readonly { title: string; width: number }[]
  /** How many rows come, so that the filter's range is known. */
  count: number
  /** The rows, some at a time. */
  rows(): AsyncIterable<Cell[][]>
}

const xml = (text: string): string => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`)

/** 28 → AB. */
const letters = (n: number): string =>
  (n > 26 ? letters(Math.floor((n - 1) / 26)) : '') + String.fromCharCode(65 + ((n - 1) % 26))

const NAME = 31

/** Names as Excel takes them: at most 31 characters, none of []:*?/\, no quote at an end, no two alike. */
export const sheetNames = (wanted: readonly string[]): string[] => {
  const taken = new Set<string>(['history'])
  return wanted.map((name) => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what may not stand in a name
    const legal = name.replace(/[[\]:*?/\\\u0000-\u001f]/g, ' ').replace(/^[\s']+|[\s']+$/g, '') || '工作表'
    for (let n = 1; ; n++) {
      const ending = n === 1 ? '' : `(${n})`
      // By UTF-16 as Excel counts; half a pair at the cut is left out with its other half.
      const cut = legal.slice(0, NAME - ending.length).replace(/[\ud800-\udbff]$/, '')
      const made = `${cut.replace(/[\s']+$/, '')}${ending}`
      if (taken.has(made.toLowerCase())) continue
      taken.add(made.toLowerCase())
      return made
    }
  })
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

const border = ['left', 'right', 'top', 'bottom']
  .map((side) => `<${side} style="thin"><color rgb="FFD0D0D0"/></${side}>`)
  .join('')

/** Places in the list of cell formats below. */
const TEXT = 1
const TITLE = 2
const DAY = 3
const NUMBER = 4

/** Text is formatted as text (`@`), so that what begins with = + - @ stays so when somebody edits it. */
const styles = `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts><fonts count="2"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="宋体"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE8EEF4"/><bgColor indexed="64"/></patternFill></fill></fills><borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>${border}<diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyBorder="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf><xf numFmtId="49" fontId="1" fillId="2" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf><xf numFmtId="164" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyBorder="1" applyAlignment="1"><alignment horizontal="left" vertical="top"/></xf><xf numFmtId="0" fontId="0" fillId="0" borderId="1" xfId="0" applyBorder="1" applyAlignment="1"><alignment vertical="top"/></xf></cellXfs></styleSheet>`

/** The day as Excel counts it, from 1900 on. */
const serial = (day: string): number => Math.round((Date.parse(day) - Date.UTC(1899, 11, 30)) / 86_400_000)

const cut = (text: string): string => (text.length > LONGEST_CELL ? `${text.slice(0, LONGEST_CELL - 1)}…` : text)

const cellXml = (cell: Cell, at: string, style = TEXT): string => {
  if (typeof cell !== 'string' && 'number' in cell) return `<c r="${at}" s="${NUMBER}"><v>${cell.number}</v></c>`
  if (typeof cell !== 'string') return `<c r="${at}" s="${DAY}"><v>${serial(cell.day)}</v></c>`
  if (cell === '') return `<c r="${at}" s="${style}"/>`
  return `<c r="${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xml(cellText(cut(cell)))}</t></is></c>`
}

const rowXml = (cells: readonly Cell[], line: number, columns: readonly string[], style?: number): string =>
  `<row r="${line}">${cells.map((cell, i) => cellXml(cell, `${columns[i]}${line}`, style)).join('')}</row>`

const rangeOf = ({ columns, count }: SheetOut): string => `A1:${letters(columns.length)}${count + 1}`

/** A sheet's text, some rows at a time: frozen head with a filter, A4 landscape as wide as the page. */
async function* sheetXml(sheet: SheetOut): AsyncGenerator<string> {
  const places = sheet.columns.map((_, i) => letters(i + 1))
  const widths = sheet.columns
    .map(({ width }, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`)
    .join('')
  const pane =
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/>'
  yield `${HEAD}<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="${rangeOf(sheet)}"/><sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>${widths}</cols><sheetData>`
  yield rowXml(
    sheet.columns.map(({ title }) => title),
    1,
    places,
    TITLE,
  )
  let line = 1
  for await (const rows of sheet.rows()) yield rows.map((row) => rowXml(row, ++line, places)).join('')
  yield `</sheetData><autoFilter ref="${rangeOf(sheet)}"/><pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>`
}

/** The range of a filter is a name of the workbook too, and so is the row that is printed on every page. */
const namesOf = (sheets: readonly SheetOut[], names: readonly string[]): string =>
  sheets
    .map((sheet, i) => {
      const own = `'${xml((names[i] ?? '').replace(/'/g, "''"))}'!`
      const range = rangeOf(sheet).replace(/([A-Z]+)(\d+)/g, '$$$1$$$2')
      return `<definedName name="_xlnm._FilterDatabase" localSheetId="${i}" hidden="1">${own}${range}</definedName><definedName name="_xlnm.Print_Titles" localSheetId="${i}">${own}$1:$1</definedName>`
    })
    .join('')

const partsOf = (sheets: readonly SheetOut[]): Record<string, string> => {
  const names = sheetNames(sheets.map(({ name }) => name))
  const each = (made: (n: number) => string) => sheets.map((_, i) => made(i + 1)).join('')
  return {
    '[Content_Types].xml': `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/>${each((n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${TYPE}.worksheet+xml"/>`)}</Types>`,
    '_rels/.rels': `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><bookViews><workbookView/></bookViews><sheets>${each((n) => `<sheet name="${xml(names[n - 1] ?? '')}" sheetId="${n}" r:id="rId${n}"/>`)}</sheets><definedNames>${namesOf(sheets, names)}</definedNames></workbook>`,
    'xl/_rels/workbook.xml.rels': `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${each((n) => `<Relationship Id="rId${n}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${n}.xml"/>`)}<Relationship Id="rId${sheets.length + 1}" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': styles,
  }
}

/** Others have their turn between two pieces of a long file. */
const breathe = (): Promise<void> => new Promise((done) => setTimeout(done, 0))

/**
 * A workbook (.xlsx) of sheets with frozen, filtered heads, in pieces, as its rows are read: neither its cells nor its text are
 * ever all in memory, which for 100,000 rows took write-excel-file 13 s in one go and 640 MB.
 */
export async function* workbookBytes(sheets: readonly SheetOut[]): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = []
  let failed: Error | null = null
  const zip = new Zip((error, piece) => {
    if (error) failed = error
    else if (piece.length > 0) ready.push(piece)
  })
  const taken = () => {
    if (failed) throw failed
    const now = ready
    ready = []
    return now
  }
  const begin = (path: string) => {
    const file = new ZipDeflate(path, { level: 6 })
    zip.add(file)
    return file
  }
  for (const [path, text] of Object.entries(partsOf(sheets))) begin(path).push(strToU8(text), true)
  for (const [i, sheet] of sheets.entries()) {
    const file = begin(`xl/worksheets/sheet${i + 1}.xml`)
    for await (const text of sheetXml(sheet)) {
      file.push(strToU8(text))
      yield* taken()
      await breathe()
    }
    file.push(new Uint8Array(0), true)
  }
  zip.end()
  yield* taken()
}

/** Pieces as a response's body takes them, made as fast as they are fetched. */
export const streamOf = (pieces: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> =>
  new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    async cancel() {
      await pieces.return(undefined)
    },
  })
