import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readFile } from '../../../src/plan/readers/index.ts'

/** Files that LibreOffice 7.4 wrote from words of ours. */
const blocks = async (name: string) => {
  const sheet = await readFile(readFileSync(new URL(`files/${name}`, import.meta.url)), { name })
  return sheet.blocks.map((b) => (b.kind === 'line' ? b.text : b.rows.map((row) => row.cells)))
}

const TASK =
  '整治生活污水。2026年6月底前完成12个行政村污水管网建设（县住房城乡建设局牵头，县生态环境局、县水利局配合）。'
const TABLE = [
  ['序号', '工作任务', '责任单位', '完成时限'],
  ['1', '甲事', '县教育局', '6月底前'],
  ['2', '乙事', '', '年底前'],
]

describe('another producer’s', () => {
  it.each(['libreoffice.docx', 'libreoffice.doc'])('%s keeps its generated numbers and merged cells', async (name) => {
    expect(await blocks(name)).toEqual([
      '临江县2026年乡村建设工作要点',
      '一、总体要求',
      '围绕“急难愁盼”——一件接着一件办。',
      '二、重点任务',
      '（一）改善人居环境',
      `1. ${TASK}`,
      '2. 推进垃圾分类。每月5日前通报上月垃圾清运情况（县城市管理局）。',
      [...TABLE, ['二、强基础', '', '', ''], ['3', '丙事', '县民政局 县司法局', '8月15日']],
      '临江县人民政府办公室',
      '2026年2月10日',
    ])
  })

  it('pdf is read column by column, its ruled table over pages without heads and feet', async () => {
    const found = await blocks('libreoffice.pdf')
    const lines = found.slice(0, -1).map((line) => String(line))
    expect(lines[0]?.trim()).toBe('2026年管网改造工作任务')
    const task = (n: number) =>
      `${n}. 推进第${n}个片区的管网改造。完成入户调查和协议签订，做好交通疏导，2026年${n}月底前完成。（县水利局牵头，县财政局配合）`
    const text = lines
      .slice(1)
      .map((line) => line.trim())
      .join('')
    expect(text).toBe(Array.from({ length: 8 }, (_, i) => task(i + 1)).join(''))
    const row = (n: number) => [
      String(n),
      `推进第${n}个片区的管网改造，完成入户调查和协议签订，做好交通疏导。`,
      n % 3 === 1 ? (n % 6 === 1 ? '县水利局' : '县财政局') : '',
      '县水利局、县财政局',
    ]
    const rows = Array.from({ length: 36 }, (_, i) => row(i + 1))
    expect(found.at(-1)).toEqual([['序号', '工作任务', '牵头单位', '配合单位'], ...rows])
  })

  it('xlsx keeps days, and leaves out a hidden sheet', async () => {
    expect(await blocks('libreoffice.xlsx')).toEqual([
      '云山县2026年台账',
      [
        ['序号', '工作任务', '责任单位', '完成时限'],
        ['1', '甲事', '县教育局', '2026年8月15日'],
        ['2', '乙事', '', '2026年9月1日'],
      ],
    ])
  })
})
