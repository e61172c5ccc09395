import { heightAt, MERGED, type Paragraph } from './source.ts'
import { escaped, XML, zip } from './zip.ts'

const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const SHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** An Excel workbook (ECMA-376) of one sheet: title and lines over the whole width, the head, the rows with merged cells. */
export function writeXlsx(paragraphs: Paragraph[], rows: string[][]): Uint8Array {
  const words: string[] = []
  const shared = (text: string): number => {
    const at = words.indexOf(text)
    return at >= 0 ? at : words.push(text) - 1
  }
  const width = rows[0]?.length ?? 1
  const lines = [...paragraphs.map((p) => [p.text]), ...rows]
  const data = lines.map((line, r) => {
    const cells = line.map((text, c) => {
      const at = `${letter(c)}${r + 1}`
      if (text === '') return ''
      return /^\d+$/.test(text) ? `<c r="${at}"><v>${text}</v></c>` : `<c r="${at}" t="s"><v>${shared(text)}</v></c>`
    })
    return `<row r="${r + 1}">${cells.join('')}</row>`
  })
  const offset = paragraphs.length
  const wide = paragraphs.map((_, r) => `A${r + 1}:${letter(width - 1)}${r + 1}`)
  const high = rows.flatMap((_, r) =>
    MERGED.flatMap((c) => {
      const height = heightAt(rows, r, c, MERGED)
      return height > 1 ? [`${letter(c)}${r + offset + 1}:${letter(c)}${r + offset + height}`] : []
    }),
  )
  const merges = [...wide, ...high].map((ref) => `<mergeCell ref="${ref}"/>`)
  return zip({
    '[Content_Types].xml': `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${SHEET}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${SHEET}.worksheet+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="${SHEET}.sharedStrings+xml"/><Override PartName="/xl/styles.xml" ContentType="${SHEET}.styles+xml"/></Types>`,
    '_rels/.rels': `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${XML}<workbook ${MAIN} xmlns:r="${OFFICE}"><sheets><sheet name="任务分工表" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `${XML}<worksheet ${MAIN}><sheetData>${data.join('')}</sheetData><mergeCells count="${merges.length}">${merges.join('')}</mergeCells></worksheet>`,
    'xl/sharedStrings.xml': `${XML}<sst ${MAIN} count="${words.length}" uniqueCount="${words.length}">${words.map((w) => `<si><t xml:space="preserve">${escaped(w)}</t></si>`).join('')}</sst>`,
    'xl/styles.xml': `${XML}<styleSheet ${MAIN}><fonts count="1"><font><sz val="11"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="1"><xf xfId="0"/></cellXfs></styleSheet>`,
  })
}

const letter = (column: number): string => String.fromCharCode(65 + column)
