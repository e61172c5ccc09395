import { strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { BadInput } from '../../../src/model/problem.ts'
import { parseFile } from '../../../src/plan/parse-file.ts'
import { docx, docxParts, ofd, p, tbl, tr, xlsx, zipOf } from './make.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const HEAD = ['序号', '工作任务', '责任单位', '密级']
const plan = docx({ body: tbl(tr('序号', '工作任务', '责任单位'), tr('1', '做好甲事', '市教育局')) })

/** An OLE compound file of one stream that is not small. */
const compound = (name: string, flags = 0): Uint8Array => {
  const file = new Uint8Array(512 * 12)
  const view = new DataView(file.buffer)
  file.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
  view.setUint16(30, 9, true)
  view.setUint32(44, 1, true)
  view.setUint32(48, 1, true)
  view.setUint32(60, 0xfffffffe, true)
  view.setUint32(68, 0xfffffffe, true)
  for (let i = 0; i < 109; i++) view.setUint32(76 + 4 * i, i === 0 ? 0 : 0xffffffff, true)
  for (let i = 0; i < 128; i++) view.setUint32(512 + 4 * i, 0xffffffff, true)
  view.setUint32(512, 0xfffffffd, true)
  view.setUint32(512 + 4, 0xfffffffe, true)
  for (let s = 2; s < 10; s++) view.setUint32(512 + 4 * s, s === 9 ? 0xfffffffe : s + 1, true)
  for (const [i, c] of [...name].entries()) view.setUint16(1024 + 2 * i, c.charCodeAt(0), true)
  view.setUint16(1024 + 64, 2 * name.length + 2, true)
  file[1024 + 66] = 2
  view.setUint32(1024 + 116, 2, true)
  view.setUint32(1024 + 120, 4096, true)
  file.set([0xec, 0xa5, 0xc1, 0], 1536)
  view.setUint16(1536 + 10, flags, true)
  return file
}

/** Marks every entry of a zip as locked with a password. */
const locked = (bytes: Uint8Array): Uint8Array => {
  const out = bytes.slice()
  for (let i = 0; i < out.length - 10; i++)
    if (out[i] === 0x50 && out[i + 1] === 0x4b && out[i + 2] === 1 && out[i + 3] === 2)
      out[i + 8] = (out[i + 8] ?? 0) | 1
  return out
}

const damaged = (bytes: Uint8Array): Uint8Array => {
  const out = bytes.slice()
  const at = new TextDecoder('latin1').decode(out).indexOf('word/document.xml') + 60
  for (let i = at; i < at + 40; i++) out[i] = (out[i] ?? 0) ^ 0x5a
  return out
}

/** A circle in the table of sectors. */
const circle = (): Uint8Array => {
  const file = compound('WordDocument')
  new DataView(file.buffer).setUint32(512 + 4 * 9, 3, true)
  return file
}

const marks = (cells: string[]) => docx({ body: tbl(tr(...HEAD), tr(...cells)) })
const bomb = (body: string) =>
  zipSync({
    ...Object.fromEntries(Object.entries(docxParts({ body: '' })).map(([n, t]) => [n, strToU8(t)])),
    'word/document.xml': strToU8(body),
  })

const cases: [what: string, bytes: () => Uint8Array, says: RegExp][] = [
  ['a zip cut short', () => plan.subarray(0, plan.length - 30), /已损坏/],
  ['a zip cut in half', () => plan.subarray(0, plan.length >> 1), /已损坏/],
  ['a zip with bytes changed', () => damaged(plan), /已损坏/],
  ['only the first bytes of a zip', () => utf8('PK\u0003\u0004'), /已损坏/],
  ['a zip with a password', () => locked(plan), /^文件有密码，请去掉密码后再导入$/],
  ['a locked package', () => compound('EncryptedPackage'), /^文件有密码/],
  ['a locked doc', () => compound('WordDocument', 0x0100), /^文件有密码/],
  ['a doc that holds nothing', () => compound('WordDocument'), /已损坏|没有文字/],
  ['an old workbook', () => compound('Workbook'), /另存为 xlsx/],
  ['an OLE file of another kind', () => compound('PowerPoint Document'), /这不是 Word 或 Excel 文件/],
  ['an OLE file in a circle', circle, /已损坏/],
  ['an OLE file cut short', () => compound('WordDocument').subarray(0, 700), /已损坏/],
  ['rtf', () => utf8('{\\rtf1\\ansi 方案}'), /另存为 docx/],
  ['a picture', () => Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10), /图片/],
  ['an archive', () => zipOf({ '方案.txt': '方案' }), /请解压后导入/],
  [
    'an odt',
    () => zipOf({ mimetype: 'application/vnd.oasis.opendocument.text', 'content.xml': '<a/>' }),
    /另存为 docx/,
  ],
  ['a presentation', () => zipOf({ 'ppt/presentation.xml': '<a/>' }), /演示文稿/],
  ['a docx without words', () => docx({ body: p('') }), /没有文字/],
  ['a docx without tasks', () => docx({ body: p('今天开会。') }), /没有读到任务/],
  ['an empty table', () => docx({ body: tbl(tr('序号', '工作任务', '责任单位'), tr('', '', '')) }), /没有读到任务/],
  ['a workbook without a table', () => xlsx([{ name: 'a', rows: [['今天'], ['开会', '在二楼']] }]), /没有读到任务/],
  ['a workbook without words', () => xlsx([{ name: 'a', rows: [] }]), /没有文字/],
  [
    'a workbook of 2,000 columns',
    () => xlsx([{ name: 'a', rows: [HEAD, Array.from({ length: 2000 }, () => '甲')] }]),
    /^第2行超过256列/,
  ],
  ['a docx of 2,000 columns', () => docx({ body: tbl(tr(...Array.from({ length: 2000 }, () => '甲'))) }), /超过256列/],
  ['a csv of 2,000 columns', () => utf8(`序号,工作任务,责任单位\n${'甲,'.repeat(2000)}`), /超过256列|没有读到任务/],
  ['a text of 2,000 columns', () => utf8(`${'甲\t'.repeat(2000)}\n`), /^第1行超过256列/],
  ['NUL bytes', () => utf8('方案\0一'), /NUL/],
  ['a mark of secrecy in a cell', () => marks(['1', '甲事', '市教育局', '秘密']), /密级标志/],
  ['a mark of secrecy in the head', () => docx({ body: p('机密★1年') + p('某市方案') }), /^第1行有密级标志/],
  [
    'a mark of secrecy in a sheet',
    () => xlsx([{ name: 'a', rows: [['密级：机密', '填报：甲'], HEAD] }]),
    /^第1行有密级标志/,
  ],
  ['a mark of secrecy in an ofd', () => ofd([{ words: [{ x: 20, y: 20, text: '秘密★3年' }] }]), /密级标志/],
  ['an ofd without words', () => ofd([{ words: [] }]), /扫描件/],
  [
    'an ofd without its document',
    () => zipOf({ 'OFD.xml': '<OFD><DocBody><DocRoot>a.xml</DocRoot></DocBody></OFD>' }),
    /已损坏/,
  ],
]

it.each(cases)('%s is told in one line', async (_, bytes, says) => {
  const told = await parseFile(bytes()).then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(told).toBeInstanceOf(BadInput)
  expect((told as BadInput).message).toMatch(says)
  expect((told as BadInput).message).not.toContain('\n')
})

it('content wins over the name', async () => {
  expect((await parseFile(plan, { name: '方案.txt' })).tasks).toHaveLength(1)
  const text = utf8('序号\t工作任务\t责任单位\n1\t做好甲事\t市教育局\n')
  expect((await parseFile(text, { name: '方案.docx' })).tasks).toHaveLength(1)
})

describe('hostile files end within two seconds', () => {
  const times = (text: string, bytes: number) => text.repeat(Math.floor(bytes / text.length))
  const wide = 64_000_000
  const hostile: [string, () => Uint8Array, RegExp][] = [
    ['a bomb of one letter', () => bomb(times(' ', 100_000_000)), /太大/],
    ['a bomb within the ratio', () => bomb(`<w:document><w:body>${times('<w:p/>', 30_000_000)}`), /太大|没有文字/],
    ['elements nested without end', () => bomb(times('<a>', 9_000_000)), /已损坏/],
    ['tables nested without end', () => bomb(times('<w:tbl><w:tr><w:tc>', 9_000_000)), /已损坏/],
    ['one paragraph without end', () => docx({ body: p(times('（', 9_000_000)) }), /./],
    [
      'ten thousand parts',
      () => zipOf(Object.fromEntries(Array.from({ length: 10_001 }, (_, i) => [`a${i}`, '']))),
      /太大/,
    ],
    [
      'a span without end',
      () => docx({ body: tbl(`<w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr></w:tc></w:tr>`) }),
      /超过256列/,
    ],
    [
      'merged cells over each other',
      () =>
        xlsx([
          {
            name: 'a',
            rows: Array.from({ length: 3000 }, () => ['甲', '乙', '丙']),
            merged: Array.from({ length: 20_000 }, () => 'A1:XFD1048576'),
          },
        ]),
      /太大/,
    ],
    ['an attribute without end', () => bomb(`<w:document><w:p w:x="${times('a', wide / 8)}`), /./],
    ['quotes without end', () => utf8(`序号,工作任务,责任单位\n1,甲,乙\n${times(',"甲', 10_000_000)}`), /./],
    ['tabs without end', () => utf8(times('\t', 10_000_000)), /./],
  ]
  it.each(hostile)('%s', async (_, make, says) => {
    const bytes = make()
    const start = performance.now()
    const told = await parseFile(bytes).then(
      () => undefined,
      (error: unknown) => error,
    )
    expect(performance.now() - start).toBeLessThan(4000)
    expect(told).toBeInstanceOf(BadInput)
    expect((told as BadInput).message).toMatch(says)
  })
})
