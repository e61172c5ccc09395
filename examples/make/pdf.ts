import type { Page } from './page.ts'

export interface PdfOptions {
  /**
   * `gb`: the reader's own Song font, codes by the predefined map UniGB-UCS2-H (any viewer shows it).
   * `identity`: codes without a predefined map, words only through ToUnicode.
   */
  font?: 'gb' | 'identity'
  /** Degrees by which a viewer turns the pages. */
  rotate?: 0 | 90 | 180 | 270
}

const HALVES = '500 '.repeat(95)
const WIDTHS = { gb: `[1 [${HALVES}]]`, identity: `[32 [${HALVES}]]` }
const TO_UNICODE = `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CMapName /Same def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
1 beginbfrange
<0000> <FFFF> <0000>
endbfrange
endcmap
end
end
`

/** Pages as a PDF file (ISO 32000-1) with a text layer, no compression and no dates: the same pages give the same bytes. */
export function writePdf(pages: Page[], options: PdfOptions = {}): Uint8Array {
  const font = options.font ?? 'gb'
  const objects: string[] = []
  const add = (body: string): number => objects.push(body)
  add('<< /Type /Catalog /Pages 2 0 R >>')
  const kids = pages.map((_, i) => `${6 + 2 * i} 0 R`).join(' ')
  add(`<< /Type /Pages /Count ${pages.length} /Kids [${kids}] >>`)
  const map = font === 'gb' ? '/UniGB-UCS2-H' : '/Identity-H /ToUnicode 5 0 R'
  add(`<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding ${map} /DescendantFonts [4 0 R] >>`)
  const collection = font === 'gb' ? '(GB1) /Supplement 4' : '(Identity) /Supplement 0'
  add(
    `<< /Type /Font /Subtype /${font === 'gb' ? 'CIDFontType0' : 'CIDFontType2'} /BaseFont /STSong-Light ` +
      `/CIDSystemInfo << /Registry (Adobe) /Ordering ${collection} >> /DW 1000 /W ${WIDTHS[font]} ` +
      '/FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] ' +
      '/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >> >>',
  )
  add(stream(TO_UNICODE))
  for (const page of pages) {
    add(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${n(page.width)} ${n(page.height)}] /Rotate ${options.rotate ?? 0} ` +
        `/Resources << /Font << /F1 3 0 R >> >> /Contents ${objects.length + 2} 0 R >>`,
    )
    add(stream(contentOf(page)))
  }
  return fileOf(objects)
}

const n = (value: number): string => String(Math.round(value * 100) / 100)
const stream = (body: string): string => `<< /Length ${body.length} >>\nstream\n${body}\nendstream`

function contentOf(page: Page): string {
  const texts = page.texts.map(({ x, y, size, text }) => {
    const codes = Array.from({ length: text.length }, (_, i) => text.charCodeAt(i).toString(16).padStart(4, '0'))
    return `BT /F1 ${n(size)} Tf 1 0 0 1 ${n(x)} ${n(page.height - y)} Tm <${codes.join('')}> Tj ET`
  })
  const rules = page.rules.map(
    ({ x1, y1, x2, y2 }) => `${n(x1)} ${n(page.height - y1)} m ${n(x2)} ${n(page.height - y2)} l S`,
  )
  return ['0.5 w', ...rules, ...texts].join('\n')
}

function fileOf(objects: string[]): Uint8Array {
  let body = '%PDF-1.4\n'
  const at = objects.map((object, i) => {
    const start = body.length
    body += `${i + 1} 0 obj\n${object}\nendobj\n`
    return start
  })
  const table = at.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const size = objects.length + 1
  const trailer = `xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`
  return new TextEncoder().encode(body + trailer)
}
