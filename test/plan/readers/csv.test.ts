import { describe, expect, it } from 'vitest'
import { readFile } from '../../../src/plan/readers/index.ts'

const blocks = async (text: string) => (await readFile(new TextEncoder().encode(text))).blocks
const rows = async (text: string) => (await blocks(text)).flatMap((b) => (b.kind === 'table' ? b.rows : []))

describe('separated values', () => {
  it.each([',', ';', '\t'])('are read with %j between them', async (mark) => {
    const text = [
      ['序号', '工作任务', '责任单位', '完成时限'],
      ['1', '"甲事，又""乙""事"', '"市教育局\n市科技局"', '6月底前'],
      ['2', '丙事', '', '年底前'],
    ]
    expect(await rows(text.map((r) => r.join(mark)).join('\r\n'))).toEqual([
      { line: 1, cells: ['序号', '工作任务', '责任单位', '完成时限'] },
      { line: 2, cells: ['1', '甲事，又"乙"事', '市教育局 市科技局', '6月底前'] },
      { line: 4, cells: ['2', '丙事', '', '年底前'] },
    ])
  })

  it('are read without the line that names the separator and the signs that keep figures as they are', async () => {
    const text = 'sep=;\n序号;工作任务;责任单位\n="01";甲事;市教育局\n'
    expect(await blocks(text)).toEqual([
      {
        kind: 'table',
        rows: [
          { line: 2, cells: ['序号', '工作任务', '责任单位'] },
          { line: 3, cells: ['01', '甲事', '市教育局'] },
        ],
      },
    ])
  })

  it('take the title over the head as a line', async () => {
    const text = '某市2026年任务清单,,,\n序号,工作任务,责任单位,时限\n1,甲事,市教育局,年底前\n'
    expect((await blocks(text))[0]).toEqual({ kind: 'line', line: 1, text: '某市2026年任务清单' })
  })

  it('keep a quote that is not closed before a separator', async () => {
    const text = '序号,工作任务,责任单位\n1,"一网通办"改革,市教育局\n2,"未完,市科技局\n3,丙,市民政局\n'
    expect((await rows(text)).map((r) => r.cells[1])).toEqual(['工作任务', '"一网通办"改革', '"未完', '丙'])
  })

  it('are not what a sentence with commas is', async () => {
    const text = '某县2026年工作要点\n要细化工作举措,责任单位,完成时限\n一、做好甲事（县教育局）。\n'
    expect((await blocks(text)).every((b) => b.kind === 'line')).toBe(true)
  })

  it('leaves text with bare tabs to its own reader', async () => {
    const text = '序号\t工作任务\t责任单位\n1\t甲\t市教育局\n'
    expect(await rows(text)).toHaveLength(2)
  })
})
