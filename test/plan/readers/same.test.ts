import { describe, expect, it } from 'vitest'
import { parseFile } from '../../../src/plan/parse-file.ts'
import { across, docx, down, list, lvl, num, ofd, p, type Stroke, tbl, tc, tr, use, type Words, xlsx } from './make.ts'

const read = async (bytes: Uint8Array) => {
  const { document, tasks } = await parseFile(bytes)
  return {
    document,
    tasks: tasks.map(({ id, section, text, lead, support, deadlines }) => ({
      id,
      section,
      text,
      lead,
      support,
      deadlines,
    })),
  }
}
const utf8 = (text: string) => new TextEncoder().encode(text)

describe('a plan in a table reads the same from', () => {
  const title = '石泉区2026年为民办实事任务分解表'
  const issuer = '石泉区人民政府办公室'
  const day = '2026年3月6日'
  const head = ['序号', '工作任务', '具体内容', '牵头单位', '配合单位', '完成时限']
  const rows = [
    ['一、办好教育', '', '', '', '', ''],
    ['1', '扩充学位', '新建幼儿园2所，新增学位600个', '区教育局', '区财政局、区住房城乡建设局', '2026年8月底前'],
    ['2', '', '改造义务教育学校食堂9个', '区教育局', '区市场监管局', '2026年10月15日前'],
    ['二、便利出行', '', '', '', '', ''],
    ['3', '整修道路', '每季度公布道路整修进度', '区交通运输局', '', '每季度'],
    ['4', '', '新增停车泊位1500个', '区城市管理局、区公安分局', '', '年底前'],
  ]
  const full = [head, ...rows]
  const text = [title, issuer, day, ...full.map((row) => row.join('\t'))].join('\n')
  const quoted = full.map((row) => row.map((c) => (c.includes('，') ? `"${c}"` : c)).join(','))

  const wordTable = tbl(
    tr(...head),
    tr(tc('一、办好教育', across(6))),
    tr('1', tc('扩充学位', down(true)), ...(rows[1]?.slice(2) ?? [])),
    tr('2', tc('', down(false)), ...(rows[2]?.slice(2) ?? [])),
    tr(tc('二、便利出行', across(6))),
    tr('3', tc('整修道路', down(true)), ...(rows[4]?.slice(2) ?? [])),
    tr('4', tc('', down(false)), ...(rows[5]?.slice(2) ?? [])),
  )

  /** Cells of two lines at most, ruled; columns as wide as their words need. */
  const page = (): { words: Words[]; strokes: Stroke[] } => {
    const words: Words[] = [
      { x: 60, y: 20, text: title, size: 6 },
      { x: 85, y: 30, text: issuer },
      { x: 90, y: 38, text: day },
      { x: 100, y: 285, text: '— 1 —', size: 3 },
    ]
    const xs = [10, 22, 45, 95, 125, 160, 200]
    const strokes: Stroke[] = []
    const last = 50 + full.length * 14
    full.forEach((row, i) => {
      const top = 50 + i * 14
      const heading = row[0]?.includes('、')
      const under = row[1] === '' && !heading
      strokes.push([10, top, 22, top], [under ? 45 : 22, top, 200, top])
      const wide = (k: number): number => Math.floor(((xs[k + 1] ?? 0) - (xs[k] ?? 0) - 2) / 3)
      row.forEach((cell, k) => {
        const fits = heading ? 60 : wide(k)
        for (let at = 0; at < cell.length; at += fits)
          words.push({ x: (xs[k] ?? 0) + 1, y: top + 5 + (at / fits) * 4, text: cell.slice(at, at + fits), size: 3 })
      })
      xs.forEach((x, k) => {
        if (!heading || k === 0 || k === 6) strokes.push([x, top, x, top + 14])
      })
    })
    strokes.push([10, last, 200, last])
    return { words, strokes }
  }

  it.each<[string, () => Uint8Array]>([
    ['docx', () => docx({ body: p(title) + p(issuer) + p(day) + wordTable })],
    [
      'xlsx',
      () =>
        xlsx([
          {
            name: 'Sheet1',
            rows: [[title], [issuer], [day], ...full],
            merged: ['A1:F1', 'A2:F2', 'A3:F3', 'A5:F5', 'B6:B7', 'A8:F8', 'B9:B10'],
          },
        ]),
    ],
    ['csv', () => utf8([title, issuer, day, ...quoted].join('\r\n'))],
    ['ofd', () => ofd([page()])],
    [
      'docx whose table is continued with its head repeated',
      () =>
        docx({
          body:
            p(title) +
            p(issuer) +
            p(day) +
            wordTable.replace(
              tr(tc('二、便利出行', across(6))),
              `</w:tbl>${p('')}<w:tbl>${tr(...head)}${tr(tc('二、便利出行', across(6)))}`,
            ),
        }),
    ],
  ])('%s', async (_, bytes) => {
    const wanted = await read(utf8(text))
    expect(wanted.tasks).toHaveLength(4)
    expect(wanted.document).toMatchObject({ title, issuer, issuedOn: '2026-03-06', year: 2026 })
    expect(await read(bytes())).toEqual(wanted)
  })
})

describe('a plan in chapters reads the same from', () => {
  const paragraphs: [level: number, label: string, text: string][] = [
    [-1, '', '临江县2026年乡村建设工作要点'],
    [0, '一、', '总体要求'],
    [-2, '', '围绕农民急难愁盼，一件接着一件办。'],
    [0, '二、', '重点任务'],
    [1, '（一）', '改善人居环境'],
    [
      2,
      '1. ',
      '整治生活污水。2026年6月底前完成12个行政村污水管网建设（县住房城乡建设局牵头，县生态环境局、县水利局配合）。',
    ],
    [2, '2. ', '推进垃圾分类。每月5日前通报上月垃圾清运情况（县城市管理局）。'],
    [1, '（二）', '办好公共服务'],
    [2, '1. ', '建好村级卫生室。2026年三季度前补齐36个村卫生室设备（县卫生健康局、各乡镇人民政府）。'],
    [0, '三、', '保障措施'],
    [-2, '', '各乡镇、各部门要在每季度末向县政府办公室报送进展。'],
    [-1, '', '临江县人民政府办公室'],
    [-1, '', '2026年2月10日'],
  ]
  const shown = paragraphs.map(([level, label, text]) => (level === -1 ? '' : '　　') + label + text)
  const numbering =
    list(
      1,
      lvl(0, 'chineseCountingThousand', '%1、') + lvl(1, 'chineseCounting', '（%2）') + lvl(2, 'decimal', '%3.'),
    ) + use(1, 1)
  const indent = '<w:ind w:firstLineChars="200"/>'
  const body = paragraphs
    .map(([level, , text]) => p(text, level === -1 ? '' : (level >= 0 ? num(1, level) : '') + indent))
    .join('')

  /** Lines of 40 characters, 26 to a page, as a printer of OFD lays them out. */
  const printed = (): { words: Words[] }[] => {
    const lines = shown.flatMap((text) => {
      const out: string[] = []
      for (let at = 0; at < text.length; at += 40) out.push(text.slice(at, at + 40))
      return out
    })
    const pages: { words: Words[] }[] = []
    lines.forEach((line, i) => {
      if (i % 10 === 0) pages.push({ words: [{ x: 100, y: 285, text: `— ${pages.length + 1} —` }] })
      const indentation = line.length - line.trimStart().length
      pages.at(-1)?.words.push({ x: 25 + indentation * 4, y: 40 + (i % 10) * 8, text: line.trimStart() })
    })
    return pages
  }

  it.each<[string, () => Uint8Array]>([
    ['docx with generated numbers', () => docx({ body, numbering })],
    ['docx with typed numbers', () => docx({ body: shown.map((text) => p(text)).join('') })],
    ['ofd over two pages', () => ofd(printed())],
  ])('%s', async (_, bytes) => {
    const wanted = await read(utf8(shown.join('\n')))
    expect(wanted.tasks.map((t) => t.id)).toEqual(['1.1-1', '1.2-1', '2.1-1', 'R-1'])
    expect(await read(bytes())).toEqual(wanted)
  })
})
