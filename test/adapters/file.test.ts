import { describe, expect, it } from 'vitest'
import { fileName } from '../../adapters/file.ts'

describe('the name in a content-disposition', () => {
  it.each([
    [null, ''],
    ['attachment', ''],
    ['attachment; filename="MEDIA_ID.jpg"', 'MEDIA_ID.jpg'],
    ['attachment; filename="a b.docx"', 'a b.docx'],
    ['attachment; filename=a.txt; size=3', 'a.txt'],
    ['attachment; filename="x"; filename*=UTF-8\'\'%E6%8A%A5%E8%A1%A8.xlsx', '报表.xlsx'],
    ['attachment; filename="x"; filename*=utf-8\'\'%E8%A6%81.md', '要.md'],
    ["attachment; filename*=UTF-8''%E8%A", '%E8%A'],
    ['attachment; filename="%E6%8A%A5%E8%A1%A8.xlsx"', '报表.xlsx'],
    [`attachment; filename="${Buffer.from('报表.xlsx').toString('latin1')}"`, '报表.xlsx'],
    ['attachment; filename="../../etc/passwd"', 'passwd'],
    ['attachment; filename="100%.txt"', '100%.txt'],
  ])('%j: %j', (header, name) => {
    expect(fileName(header)).toBe(name)
  })
})
