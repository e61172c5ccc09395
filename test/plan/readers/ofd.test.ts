import { describe, expect, it } from 'vitest'
import { readFile } from '../../../src/plan/readers/index.ts'
import { ofd, ofdParts, zipOf } from './make.ts'

const CONTENT = 'Doc_0/Pages/Page_0/Content.xml'
const page = (objects: string) =>
  zipOf({ ...ofdParts([{ words: [] }]), [CONTENT]: `<Page><Content><Layer>${objects}</Layer></Content></Page>` })
const text = (boundary: string, code: string, more = '') =>
  `<TextObject Boundary="${boundary}" Size="5" ${more}>${code}</TextObject>`
const lines = async (bytes: Uint8Array) =>
  (await readFile(bytes)).blocks.map((b) => (b.kind === 'line' ? b.text : b.rows.map((r) => r.cells)))

describe('text of a page', () => {
  it.each([
    [
      'in reading order, whatever the order of its objects',
      text('40 60 100 6', '<TextCode X="0" Y="5">下行</TextCode>') +
        text('60 40 100 6', '<TextCode X="0" Y="5">右</TextCode>') +
        text('40 40 100 6', '<TextCode X="0" Y="5">左</TextCode>'),
      ['左 右', '下行'],
    ],
    [
      'with its ways from character to character',
      text('40 40 100 6', '<TextCode X="0" Y="5" DeltaX="g 2 5 20">甲乙丙丁</TextCode>'),
      ['甲乙丙 丁'],
    ],
    [
      'of several codes in one object',
      text('40 40 100 20', '<TextCode X="0" Y="5">甲</TextCode><TextCode X="0" Y="15">乙</TextCode>'),
      ['甲', '乙'],
    ],
    [
      'turned and moved by a matrix',
      text('40 40 100 20', '<TextCode X="0" Y="5">甲</TextCode>', 'CTM="1 0 0 1 0 40"') +
        text('40 50 100 20', '<TextCode X="0" Y="5">乙</TextCode>') +
        text('40 60 9 9', '<TextCode X="0" Y="5">竖排</TextCode>', 'CTM="0 1 -1 0 0 0"'),
      ['乙', '甲'],
    ],
    [
      'that shows',
      text('40 40 9 9', '<TextCode X="0" Y="5">显</TextCode>') +
        text('40 60 9 9', '<TextCode X="0" Y="5">隐</TextCode>', 'Visible="false"'),
      ['显'],
    ],
  ])('%s', async (_, objects, shown) => {
    expect(await lines(page(objects))).toEqual(shown)
  })

  it('leaves out page numbers and running heads', async () => {
    const words = (body: string, n: number) => [
      { x: 20, y: 12, text: '某市人民政府公报' },
      { x: 20, y: 100, text: body },
      { x: 100, y: 288, text: `- ${n} -` },
    ]
    expect(await lines(ofd([{ words: words('甲段。', 1) }, { words: words('乙段。', 2) }]))).toEqual([
      '甲段。',
      '乙段。',
    ])
  })

  it('knows a table by its gaps where no lines are ruled', async () => {
    const row = (y: number, ...cells: string[]) => cells.map((cell, i) => ({ x: 20 + 45 * i, y, text: cell }))
    const words = [
      ...row(40, '序号', '工作任务', '责任单位'),
      ...row(50, '1', '甲事', '市教育局'),
      ...row(60, '2', '乙事', '市科技局'),
    ]
    expect(await lines(ofd([{ words }]))).toEqual([
      [
        ['序号', '工作任务', '责任单位'],
        ['1', '甲事', '市教育局'],
        ['2', '乙事', '市科技局'],
      ],
    ])
  })
})
