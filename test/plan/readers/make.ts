import { strToU8, zipSync } from 'fflate'

/** Office files put together in code, with the parts and names that Word, Excel and OFD writers give them. */

export const zipOf = (parts: Record<string, string>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])))

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships'
const W =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')

const relations = (list: [id: string, kind: string, target: string][]): string =>
  `${HEAD}<Relationships xmlns="${PACKAGE}">${list
    .map(([id, kind, target]) => `<Relationship Id="${id}" Type="${OFFICE}/${kind}" Target="${target}"/>`)
    .join('')}</Relationships>`

/** The types of a package's parts. */
const types = (list: [part: string, type: string][]): string =>
  `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${list
    .map(
      ([part, type]) =>
        `<Override PartName="${part}" ContentType="application/vnd.openxmlformats-officedocument.${type}+xml"/>`,
    )
    .join('')}</Types>`

export interface Docx {
  body: string
  numbering?: string
  styles?: string
}

export const docxParts = ({ body, numbering = '', styles = '' }: Docx): Record<string, string> => ({
  '[Content_Types].xml': types([
    ['/word/document.xml', 'wordprocessingml.document.main'],
    ['/word/numbering.xml', 'wordprocessingml.numbering'],
    ['/word/styles.xml', 'wordprocessingml.styles'],
    ['/word/header1.xml', 'wordprocessingml.header'],
  ]),
  '_rels/.rels': relations([['rId1', 'officeDocument', 'word/document.xml']]),
  'word/_rels/document.xml.rels': relations([
    ['rId1', 'numbering', 'numbering.xml'],
    ['rId2', 'styles', 'styles.xml'],
  ]),
  'word/document.xml': `${HEAD}<w:document ${W}><w:body>${body}<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>`,
  'word/numbering.xml': `${HEAD}<w:numbering ${W}>${numbering}</w:numbering>`,
  'word/styles.xml': `${HEAD}<w:styles ${W}><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>${styles}</w:styles>`,
  'word/header1.xml': `${HEAD}<w:hdr ${W}><w:p><w:r><w:t>页眉不读</w:t></w:r></w:p></w:hdr>`,
})
export const docx = (parts: Docx): Uint8Array => zipOf(docxParts(parts))

/** A run, and a paragraph with its properties. */
export const r = (text: string, properties = ''): string =>
  `<w:r>${properties ? `<w:rPr>${properties}</w:rPr>` : ''}<w:t xml:space="preserve">${escaped(text)}</w:t></w:r>`
export const p = (runs: string, properties = ''): string =>
  `<w:p>${properties ? `<w:pPr>${properties}</w:pPr>` : ''}${runs.startsWith('<') || runs === '' ? runs : r(runs)}</w:p>`
export const num = (id: number, level = 0): string =>
  `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${id}"/></w:numPr>`
export const lvl = (at: number, format: string, text: string, more = ''): string =>
  `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="${format}"/>${more}<w:lvlText w:val="${text}"/></w:lvl>`
export const list = (id: number, levels: string): string =>
  `<w:abstractNum w:abstractNumId="${id}">${levels}</w:abstractNum>`
export const use = (id: number, of: number, more = ''): string =>
  `<w:num w:numId="${id}"><w:abstractNumId w:val="${of}"/>${more}</w:num>`
export const tc = (content: string, properties = ''): string =>
  `<w:tc><w:tcPr>${properties}</w:tcPr>${content.startsWith('<') ? content : p(content)}</w:tc>`
export const tr = (...cells: string[]): string =>
  `<w:tr>${cells.map((c) => (c.startsWith('<w:tc>') ? c : tc(c))).join('')}</w:tr>`
export const tbl = (...rows: string[]): string => `<w:tbl><w:tblPr/><w:tblGrid/>${rows.join('')}</w:tbl>`
export const down = (start: boolean): string => (start ? '<w:vMerge w:val="restart"/>' : '<w:vMerge/>')
export const across = (n: number): string => `<w:gridSpan w:val="${n}"/>`

export interface SheetPart {
  name: string
  state?: string
  /** Rows of `<sheetData>`; a text becomes an inline string in its place. */
  rows: (string | undefined)[][] | string
  merged?: string[]
  more?: string
  /** `<cols>`, which stands before the data. */
  columns?: string
}

const letters = (n: number): string =>
  n < 26 ? String.fromCharCode(65 + n) : letters(Math.floor(n / 26) - 1) + letters(n % 26)
const inline = (text: string, reference: string): string =>
  `<c r="${reference}" t="inlineStr"><is><t>${escaped(text)}</t></is></c>`

const sheetXml = ({ rows, merged = [], more = '', columns = '' }: SheetPart): string => {
  const data =
    typeof rows === 'string'
      ? rows
      : rows
          .map(
            (cells, i) =>
              `<row r="${i + 1}">${cells.map((c, k) => (c === undefined ? '' : inline(c, letters(k) + (i + 1)))).join('')}</row>`,
          )
          .join('')
  const merges = merged.length
    ? `<mergeCells count="${merged.length}">${merged.map((m) => `<mergeCell ref="${m}"/>`).join('')}</mergeCells>`
    : ''
  return `${HEAD}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${columns}<sheetData>${data}</sheetData>${more}${merges}</worksheet>`
}

const xlsxParts = (
  sheets: SheetPart[],
  { strings = '', styles = '', date1904 = false } = {},
): Record<string, string> => ({
  '[Content_Types].xml': types([
    ['/xl/workbook.xml', 'spreadsheetml.sheet.main'],
    ['/xl/sharedStrings.xml', 'spreadsheetml.sharedStrings'],
    ['/xl/styles.xml', 'spreadsheetml.styles'],
    ...sheets.map((_, i): [string, string] => [`/xl/worksheets/sheet${i + 1}.xml`, 'spreadsheetml.worksheet']),
  ]),
  '_rels/.rels': relations([['rId1', 'officeDocument', 'xl/workbook.xml']]),
  'xl/workbook.xml': `${HEAD}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${OFFICE}"><workbookPr${date1904 ? ' date1904="1"' : ''}/><sheets>${sheets
    .map(
      ({ name, state }, i) =>
        `<sheet name="${name}" sheetId="${i + 1}"${state ? ` state="${state}"` : ''} r:id="s${i + 1}"/>`,
    )
    .join('')}</sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': relations([
    ...sheets.map((_, i): [string, string, string] => [`s${i + 1}`, 'worksheet', `worksheets/sheet${i + 1}.xml`]),
    ['x', 'sharedStrings', 'sharedStrings.xml'],
    ['y', 'styles', 'styles.xml'],
  ]),
  'xl/sharedStrings.xml': `${HEAD}<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${strings}</sst>`,
  'xl/styles.xml': `${HEAD}<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${styles}</styleSheet>`,
  ...Object.fromEntries(sheets.map((sheet, i) => [`xl/worksheets/sheet${i + 1}.xml`, sheetXml(sheet)])),
})
export const xlsx = (sheets: SheetPart[], shared = {}): Uint8Array => zipOf(xlsxParts(sheets, shared))

/** Words at a place of a page, in millimetres from its upper left corner; `y` is the baseline. */
export interface Words {
  x: number
  y: number
  text: string
  size?: number
}
export type Stroke = [x1: number, y1: number, x2: number, y2: number]

const textObject = ({ x, y, text, size = 4 }: Words): string => {
  const delta = text.length > 1 ? ` DeltaX="g ${[...text].length - 1} ${size}"` : ''
  return `<ofd:TextObject ID="1" Boundary="${x} ${y - size} ${size * text.length} ${size * 1.2}" Font="3" Size="${size}"><ofd:TextCode X="0" Y="${size}"${delta}>${escaped(text)}</ofd:TextCode></ofd:TextObject>`
}
const pathObject = ([x1, y1, x2, y2]: Stroke): string =>
  `<ofd:PathObject ID="2" Boundary="${x1} ${y1} ${x2 - x1 + 0.1} ${y2 - y1 + 0.1}" LineWidth="0.2"><ofd:AbbreviatedData>M 0 0 L ${x2 - x1} ${y2 - y1}</ofd:AbbreviatedData></ofd:PathObject>`

const OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'
export const ofdParts = (pages: { words: Words[]; strokes?: Stroke[] }[]): Record<string, string> => ({
  'OFD.xml': `${HEAD}<ofd:OFD ${OFD} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>1</ofd:DocID></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>`,
  'Doc_0/Document.xml': `${HEAD}<ofd:Document ${OFD}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>${pages
    .map((_, i) => `<ofd:Page ID="${i}" BaseLoc="Pages/Page_${i}/Content.xml"/>`)
    .join('')}</ofd:Pages></ofd:Document>`,
  ...Object.fromEntries(
    pages.map(({ words, strokes = [] }, i) => [
      `Doc_0/Pages/Page_${i}/Content.xml`,
      `${HEAD}<ofd:Page ${OFD}><ofd:Content><ofd:Layer ID="9" Type="Body">${strokes.map(pathObject).join('')}${words
        .map(textObject)
        .join('')}</ofd:Layer></ofd:Content></ofd:Page>`,
    ]),
  ),
})
export const ofd = (pages: { words: Words[]; strokes?: Stroke[] }[]): Uint8Array => zipOf(ofdParts(pages))
