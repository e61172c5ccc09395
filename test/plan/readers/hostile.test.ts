import { strToU8 } from 'fflate'
import { expect, it } from 'vitest'
import { BadInput } from '../../../src/model/problem.ts'
import { parseFile } from '../../../src/plan/parse-file.ts'
import { docx, docxParts, ofdParts, p, xlsx, zipOf } from './make.ts'

/** Files that are small and ask for much: by entities, by sharing, by circles, by what they declare. */

const UNITS = '一、做好甲事（县教育局）。'
const withDocument = (xml: string): Uint8Array => zipOf({ ...docxParts({ body: '' }), 'word/document.xml': xml })

/** A document whose type declares entities that unfold tenfold at each step, and one that names a file. */
const laughs = (): Uint8Array => {
  const steps = Array.from({ length: 12 }, (_, i) => `<!ENTITY a${i + 1} "${`&a${i};`.repeat(10)}">`).join('')
  const type = `<!DOCTYPE a [<!ENTITY a0 "甲"><!ENTITY file SYSTEM "file:///etc/hostname">${steps}]>`
  const said = '<w:p><w:r><w:t>&a12;&file;</w:t></w:r></w:p>'
  return withDocument(`${type}<w:document><w:body>${said}</w:body></w:document>`)
}

const head = '<row><c t="str"><v>序号</v></c><c t="str"><v>工作任务</v></c><c t="str"><v>责任单位</v></c></row>'
const shared = (): Uint8Array =>
  xlsx([{ name: 'a', rows: head + '<row><c t="s"><v>0</v></c><c t="s"><v>0</v></c></row>'.repeat(20_000) }], {
    strings: `<si><t>${'甲'.repeat(30_000)}</t></si>`,
  })

const labels = (): Uint8Array => {
  const level = `<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="${'%1'.repeat(50_000)}"/></w:lvl>`
  const numbering = `<w:abstractNum w:abstractNumId="1">${level}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>`
  const one = '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>'
  return docx({ body: one.repeat(10_000), numbering })
}

/** An OFD file of one page with a part of its text replaced. */
const ofdWith = (part: string, from: RegExp, to: (found: string) => string): Uint8Array => {
  const parts = ofdParts([{ words: [{ x: 20, y: 20, text: '县教育局工作方案' }] }])
  return zipOf({ ...parts, [part]: (parts[part] ?? '').replace(from, to) })
}

/** A PDF file of objects in their order, the first its root. */
const pdf = (...objects: string[]): Uint8Array => {
  const body = objects.map((object, i) => `${i + 1} 0 obj\n${object}\nendobj\n`)
  return strToU8(`%PDF-1.4\n${body.join('')}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\n%%EOF`, true)
}
const ROOT = '<< /Type /Catalog /Pages 2 0 R >>'
const repeated = (): Uint8Array => {
  const words = 'BT /F 12 Tf 10 10 Td (abc) Tj ET\n'.repeat(500)
  const font = '<< /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>'
  return pdf(
    ROOT,
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents [${'4 0 R '.repeat(2000)}] /Resources ${font} >>`,
    `<< /Length ${words.length} >>\nstream\n${words}endstream`,
  )
}

/** A sound document whose directory declares another size for each of its parts; `at` is the field's place in an entry. */
const lying = (at: number, size: number): Uint8Array => {
  const bytes = docx({ body: p(UNITS) }).slice()
  const view = new DataView(bytes.buffer)
  for (let i = 0; i < bytes.length - 46; i++)
    if (view.getUint32(i, true) === 0x02014b50) view.setUint32(i + at, size, true)
  return bytes
}

it.each([
  ['entities that unfold', laughs, /没有读到任务/],
  ['elements nested 100,000 deep', () => withDocument('<w:sdt>'.repeat(100_000)), /已损坏/],
  ['a million paragraphs', () => docx({ body: '<w:p/>'.repeat(1_000_000) }), /太大/],
  ['one long string in every cell', shared, /太大/],
  ['a label of a hundred thousand characters on every paragraph', labels, /没有读到任务/],
  [
    'a document outside its package',
    () => ofdWith('OFD.xml', /Doc_0\/Document\.xml/, () => '../../../etc/passwd'),
    /已损坏/,
  ],
  [
    'a page outside its package',
    () => ofdWith('Doc_0/Document.xml', /Pages\/[^"]*/, () => '../../etc/passwd'),
    /扫描件/,
  ],
  [
    'one page two thousand times',
    () => ofdWith('Doc_0/Document.xml', /<ofd:Page ID[^>]*>/, (page) => page.repeat(2001)),
    /太大/,
  ],
  [
    'steps without end between characters',
    () => ofdWith('Doc_0/Pages/Page_0/Content.xml', /g \d+/, () => 'g 999999999'),
    /没有读到任务/,
  ],
  ['a part that declares to unfold to 4 GB', () => lying(24, 0xfffffff0), /太大/],
  ['a part that declares to fill 4 GB', () => lying(20, 0xfffffff0), /已损坏/],
  ['pages in a circle', () => pdf(ROOT, '<< /Type /Pages /Kids [2 0 R] /Count 5 >>'), /已损坏|扫描件/],
  ['a drawing two thousand times on a page', repeated, /太大/],
  ['arrays nested 100,000 deep', () => pdf(ROOT, '['.repeat(100_000)), /已损坏/],
])('%s', async (_, make, says) => {
  const bytes = make()
  const start = performance.now()
  const told = await parseFile(bytes).then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(performance.now() - start).toBeLessThan(4000)
  expect(told).toBeInstanceOf(BadInput)
  expect((told as BadInput).message).toMatch(says)
  expect((told as BadInput).message).not.toContain('\n')
})

it('a size declared too small changes nothing', async () => {
  expect((await parseFile(lying(24, 1))).tasks).toHaveLength(1)
})

it('rows that are empty to the last of a sheet leave its one task', async () => {
  const last =
    '<c r="A1048576"><v>1</v></c><c r="B1048576" t="str"><v>做好甲事</v></c><c r="C1048576" t="str"><v>县教育局</v></c>'
  const rows = `${head}${'<row/>'.repeat(300_000)}<row r="1048576">${last}</row>`
  expect((await parseFile(xlsx([{ name: 'a', rows }]))).tasks.map((task) => task.source.line)).toEqual([1_048_576])
})
