import { strToU8, zipSync } from 'fflate'
import { expect, it } from 'vitest'
import { whyNot } from '../../src/flow/evidence/taking.ts'
import { typeOf } from '../../src/flow/keep-file.ts'

const zip = (...names: string[]) => zipSync(Object.fromEntries(names.map((name) => [name, strToU8(`<x>${name}</x>`)])))
const bytesOf = {
  pdf: strToU8('%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF'),
  png: Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1),
  old: Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...Array(600).fill(0)),
  text: strToU8('7月的已公开，见市政府网站。'),
  ofd: zip('OFD.xml', 'Doc_0/Document.xml'),
  docx: zip('[Content_Types].xml', 'word/document.xml'),
  macros: zip('[Content_Types].xml', 'word/document.xml', 'word/vbaProject.bin'),
  zip: zip('报表.xlsx', '安装.exe'),
  program: Uint8Array.of(0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0, ...Array(64).fill(0)),
  page: strToU8('<!doctype html><script>alert(1)</script>'),
  unknown: Uint8Array.of(1, 2, 3, 0, 255, 254, 7, 8),
}

it.each([
  ['情况.pdf', 'pdf'],
  ['截图.PNG', 'png'],
  ['', 'png'],
  ['公开目录2017.7月', 'pdf'],
  ['汇总表.xls', 'old'],
  ['汇总表.et', 'old'],
  ['说明.txt', 'text'],
  ['公文.ofd', 'ofd'],
  ['材料.docx', 'docx'],
] as const)('“%s” of %s is kept', async (name, kind) => {
  const bytes = bytesOf[kind]
  expect(whyNot(name)).toBeUndefined()
  expect(whyNot(name, { type: await typeOf(bytes), bytes })).toBeUndefined()
})

it.each(
  '安装.exe 表.pdf.scr 脚本.ps1 页.html 图.svg 包.zip 包.7z 表.xlsm 磁盘.iso 表.pdf.lnk 程序.exe. 程序.ｅｘｅ 新.xyz'.split(
    ' ',
  ),
)('“%s” is not kept, whatever it holds', (name) => {
  expect(whyNot(name)).toMatch(/^只保存图片/)
})

it.each([
  ['表.docx', 'macros'],
  ['表.docx', 'zip'],
  ['', 'zip'],
  ['表.pdf', 'program'],
  ['表.pdf', 'page'],
  ['表.pdf', 'unknown'],
] as const)('what calls itself “%s” and is %s is not kept', async (name, kind) => {
  const bytes = bytesOf[kind]
  expect(whyNot(name, { type: await typeOf(bytes), bytes })).toMatch(/^只保存图片/)
})
