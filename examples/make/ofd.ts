import { type Page, widthOf } from './page.ts'
import { escaped, XML, zip } from './zip.ts'

const NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
const mm = (points: number): string => String(Math.round(points * 35.2778) / 100)

/** Pages as an OFD file (GB/T 33190-2016): text objects with the way to each next character, ruled lines as paths. */
export function writeOfd(pages: Page[]): Uint8Array {
  const [first] = pages
  const parts: Record<string, string> = {
    'OFD.xml': `${XML}<ofd:OFD ${NAMESPACE} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>00000000000000000000000000000000</ofd:DocID></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>`,
    'Doc_0/Document.xml': `${XML}<ofd:Document ${NAMESPACE}><ofd:CommonData><ofd:MaxUnitID>100000</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 ${mm(first?.width ?? 0)} ${mm(first?.height ?? 0)}</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData><ofd:Pages>${pages.map((_, i) => `<ofd:Page ID="${10 + i}" BaseLoc="Pages/Page_${i}/Content.xml"/>`).join('')}</ofd:Pages></ofd:Document>`,
    'Doc_0/PublicRes.xml': `${XML}<ofd:Res ${NAMESPACE} BaseLoc="Res"><ofd:Fonts><ofd:Font ID="2" FontName="宋体" FamilyName="宋体"/></ofd:Fonts></ofd:Res>`,
  }
  let id = 1000
  pages.forEach((page, i) => {
    const texts = page.texts.map(({ x, y, size, text }) => {
      const deltas = [...text].slice(0, -1).map((c) => mm(widthOf(c, size)))
      const box = `${mm(x)} ${mm(y - size)} ${mm(widthOf(text, size))} ${mm(size * 1.2)}`
      return `<ofd:TextObject ID="${++id}" Boundary="${box}" Font="2" Size="${mm(size)}"><ofd:TextCode X="0" Y="${mm(size)}" DeltaX="${deltas.join(' ')}">${escaped(text)}</ofd:TextCode></ofd:TextObject>`
    })
    const rules = page.rules.map(({ x1, y1, x2, y2 }) => {
      const box = `${mm(x1)} ${mm(y1)} ${mm(x2 - x1 || 0.5)} ${mm(y2 - y1 || 0.5)}`
      return `<ofd:PathObject ID="${++id}" Boundary="${box}" LineWidth="0.18"><ofd:AbbreviatedData>M 0 0 L ${mm(x2 - x1)} ${mm(y2 - y1)}</ofd:AbbreviatedData></ofd:PathObject>`
    })
    parts[`Doc_0/Pages/Page_${i}/Content.xml`] =
      `${XML}<ofd:Page ${NAMESPACE}><ofd:Area><ofd:PhysicalBox>0 0 ${mm(page.width)} ${mm(page.height)}</ofd:PhysicalBox></ofd:Area><ofd:Content><ofd:Layer ID="${++id}">${rules.join('')}${texts.join('')}</ofd:Layer></ofd:Content></ofd:Page>`
  })
  return zip(parts)
}
