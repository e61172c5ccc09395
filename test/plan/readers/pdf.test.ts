import { zlibSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import type { Page } from '../../../examples/make/page.ts'
import { writePdf } from '../../../examples/make/pdf.ts'
import { BadInput } from '../../../src/model/problem.ts'
import { readPdf } from '../../../src/plan/readers/pdf.ts'
import { CharacterMaps } from '../../../src/plan/readers/pdf-cmaps.ts'
import type { Block } from '../../../src/plan/sheet.ts'

/** A page of words at their places, with the lines of a table's grid. */
function pageOf(texts: [x: number, y: number, text: string][], rules: Page['rules'] = []): Page {
  return { width: 595, height: 842, texts: texts.map(([x, y, text]) => ({ x, y, size: 10, text })), rules }
}

/** The ruled lines of a whole grid. */
function gridOf(xs: number[], ys: number[]): Page['rules'] {
  const [left = 0, right = 0, top = 0, bottom = 0] = [xs[0], xs.at(-1), ys[0], ys.at(-1)]
  return [
    ...ys.map((y) => ({ x1: left, y1: y, x2: right, y2: y })),
    ...xs.map((x) => ({ x1: x, y1: top, x2: x, y2: bottom })),
  ]
}

const shown = (blocks: Block[]): unknown[] =>
  blocks.map((b) => (b.kind === 'line' ? b.text : b.rows.map((r) => r.cells.join('|'))))
const read = async (...pages: Page[]): Promise<unknown[]> => shown((await readPdf(writePdf(pages))).blocks)

describe('the lines of a page', () => {
  const page = pageOf([
    [100, 140, '本方案自印发之日起施行，2026年12月止。'],
    [80, 155, '各单位按照职责分工抓好落实并报送情况。'],
    [80, 120, '第二季度工作要点'],
  ])
  const lines = [
    '第二季度工作要点',
    '　　本方案自印发之日起施行，2026年12月止。',
    '各单位按照职责分工抓好落实并报送情况。',
  ]

  it.each(['gb', 'identity'] as const)('are read from the top down, indents kept (font %s)', async (font) => {
    expect(shown((await readPdf(writePdf([page], { font }))).blocks)).toEqual(lines)
  })

  it.each([90, 180, 270] as const)('are read where the page is turned by %i degrees', async (rotate) => {
    expect(shown((await readPdf(writePdf([page], { rotate }))).blocks)).toEqual(lines)
  })

  it('join what stands on one baseline, a wide gap as a space, and words printed twice once', async () => {
    const doubled: [number, number, string][] = [
      [80, 100, '加强领导'],
      [80.4, 100, '加强领导'],
      [200, 101, '2026年5月1日印发'],
    ]
    expect(await read(pageOf(doubled))).toEqual(['加强领导 2026年5月1日印发'])
  })

  it('count on through the pages', async () => {
    const { blocks } = await readPdf(writePdf([page, page]))
    expect(blocks.map((b) => (b.kind === 'line' ? b.line : 0))).toEqual([1, 2, 3, 4, 5, 6])
  })
})

describe('two columns', () => {
  const LEFT = [
    '二、健全工作推进机制',
    '各牵头单位每月末报送进展情况并说明',
    '存在问题，县政府办公室汇总后通报各',
    '单位，对进度滞后的事项开展督促检查',
  ]
  const RIGHT = [
    '三、加强经费保障力度',
    '县财政局统筹安排年度预算资金，专款',
    '专用，及时拨付，全程接受审计监督和',
    '社会监督，确保每一笔钱用在刀刃上面',
  ]
  const column = (lines: string[], x: number, from: number): [number, number, string][] => {
    const all = [...lines, ...lines]
    return all.map((text, i) => [x, from + 18 * i, text])
  }
  const bothWays = (shift: number) =>
    pageOf([
      [190, 80, '临江县乡村建设行动实施方案要点'],
      ...column(LEFT, 80, 120),
      ...column(RIGHT, 310, 120 + shift),
      [80, 320, '本方案由县政府办公室负责解释，自印发之日起施行，各乡镇人民政府参照执行'],
    ])
  const text = ['临江县乡村建设行动实施方案要点', ...LEFT, ...LEFT, ...RIGHT, ...RIGHT]

  it.each([0, 7])('are read one after the other between lines over both (lines %i points apart)', async (shift) => {
    const found = await read(bothWays(shift))
    expect(found.map((line) => String(line).trim()).slice(0, -1)).toEqual(text)
    expect(found.at(-1)).toBe('本方案由县政府办公室负责解释，自印发之日起施行，各乡镇人民政府参照执行')
  })

  it('are told by the page before where the last page has few lines', async () => {
    const last = pageOf([...column(LEFT.slice(1, 3), 80, 120).slice(0, 3), ...column(RIGHT.slice(1, 2), 310, 120)])
    const found = (await read(bothWays(0), last)).slice(text.length + 1)
    expect(found.map((line) => String(line).trim())).toEqual([...LEFT.slice(1, 3), LEFT[1], RIGHT[1], RIGHT[1]])
  })

  it('are not seen in short words beside each other', async () => {
    const rows = Array.from({ length: 8 }, (_, i): [number, number, string][] => [
      [80, 120 + 18 * i, `第${i}项`],
      [310, 120 + 18 * i, `负责人${i}`],
    ])
    expect((await read(pageOf(rows.flat())))[0]).toBe('第0项 负责人0')
  })
})

describe('what printers make of words', () => {
  it.each([
    ['radicals that stand for characters', '⼀、市⺠政局⽉底前公开⼾数', '一、市民政局月底前公开户数'],
    ['blanks beside figures', '推进第 12 批试点，2026 年 3 月 5 日前完成', '推进第12批试点，2026年3月5日前完成'],
    ['a heading spaced wide', '临 江 县 人 民 政 府 办 公 室 文 件', '临江县人民政府办公室文件'],
    ['a number keeps its blank', '1. 推进改革试点工作 2 项', '1. 推进改革试点工作2项'],
    ['a bare number keeps its blank', '3 推进改革试点工作方案', '3 推进改革试点工作方案'],
  ])('%s', async (_, printed, words) => {
    expect(await read(pageOf([[80, 100, printed]]))).toEqual([words])
  })
})

describe('what stands at the edges of pages', () => {
  it.each(['— 3 —', '第3页', '第 3 页 共 12 页', '3/12', '-3-', '3'])(
    'the page number %s is left out',
    async (number) => {
      const page = pageOf([
        [80, 400, '一项工作由市教育局负责到底'],
        [280, 800, number],
      ])
      expect(await read(page)).toEqual(['一项工作由市教育局负责到底'])
    },
  )

  it('heads and feet that come back on each page are left out, the same words inside a page are not', async () => {
    const page = (n: number) =>
      pageOf([
        [80, 40, '清河市政务公开工作要点'],
        [80, 300, '清河市政务公开工作要点'],
        [80, 400, `第${n}项工作由市教育局负责到底`],
        [80, 810, `清河市人民政府办公室编印 第${n}页`],
      ])
    expect(await read(page(1), page(2), page(3))).toEqual(
      [1, 2, 3].flatMap((n) => ['清河市政务公开工作要点', `第${n}项工作由市教育局负责到底`]),
    )
  })
})

const HEADS: [number, number, string][] = [
  [65, 115, '序号'],
  [120, 115, '工作任务'],
  [320, 115, '责任单位'],
  [450, 115, '完成时限'],
]
const EDGES = [60, 100, 300, 430, 540]

describe('ruled tables', () => {
  it('are read by their cells, words broken in a cell joined, offices below each other parted', async () => {
    const page = pageOf(
      [
        [80, 80, '任务表'],
        ...HEADS,
        [65, 145, '1'],
        [105, 135, '编制市级年度重大行政决策事项目录并向'],
        [105, 150, '社会公布'],
        [305, 135, '市司法局'],
        [305, 150, '市教育局'],
        [440, 145, '3月底前'],
        [80, 190, '表后的话'],
      ],
      gridOf(EDGES, [100, 120, 160]),
    )
    expect(await read(page)).toEqual([
      '任务表',
      ['序号|工作任务|责任单位|完成时限', '1|编制市级年度重大行政决策事项目录并向社会公布|市司法局 市教育局|3月底前'],
      '表后的话',
    ])
  })

  it('leave empty what a merged cell covers, down and across', async () => {
    const rules = [
      ...gridOf([60, 200, 300, 400], [100, 120]),
      ...gridOf([60, 200], [120, 160]),
      ...gridOf([200, 300, 400], [120, 140]),
      { x1: 200, y1: 140, x2: 200, y2: 160 },
      { x1: 400, y1: 140, x2: 400, y2: 160 },
      { x1: 200, y1: 160, x2: 400, y2: 160 },
    ]
    const page = pageOf(
      [
        [70, 115, '甲类工作'],
        [210, 115, '乙类工作'],
        [310, 115, '丙'],
        [70, 145, '高'],
        [210, 135, '丁'],
        [310, 135, '戊'],
        [280, 155, '横跨两栏'],
      ],
      rules,
    )
    expect(await read(page)).toEqual([['甲类工作|乙类工作|丙', '高|丁|戊', '|横跨两栏|']])
  })

  it('go on over the page: heads once, a row cut by the page whole', async () => {
    const first = pageOf(
      [...HEADS, [65, 745, '1'], [105, 745, '开展专项检查，'], [305, 745, '市司法局'], [440, 745, '年底前']],
      gridOf(EDGES, [100, 120, 760]),
    )
    const second = pageOf(
      [...HEADS, [105, 135, '公布检查结果'], [65, 155, '2'], [105, 155, '抓好整改'], [305, 155, '市财政局']],
      gridOf(EDGES, [100, 120, 140, 160]),
    )
    expect(await read(first, second)).toEqual([
      ['序号|工作任务|责任单位|完成时限', '1|开展专项检查，公布检查结果|市司法局|年底前', '2|抓好整改|市财政局|'],
    ])
  })

  it('go on over the page under headings over all columns too', async () => {
    const [left, right, over] = [60, 540, [100, 120, 140]]
    const heading = [140, 160].map((y) => ({ x1: left, y1: y, x2: right, y2: y }))
    const sides = [left, right].map((x) => ({ x1: x, y1: 140, x2: x, y2: 160 }))
    const first = pageOf(
      [
        ...HEADS,
        [65, 135, '1'],
        [105, 135, '甲事'],
        [305, 135, '市司法局'],
        [65, 155, '一、道路工程'],
        [65, 745, '2'],
        [105, 745, '开展专项检查，'],
        [305, 745, '市司法局'],
      ],
      [...gridOf(EDGES, over), ...heading, ...sides, ...gridOf(EDGES, [160, 760])],
    )
    const second = pageOf([...HEADS, [105, 135, '公布检查结果']], gridOf(EDGES, over))
    expect((await read(first, second))[0]).toEqual([
      '序号|工作任务|责任单位|完成时限',
      '1|甲事|市司法局|',
      '一、道路工程|||',
      '2|开展专项检查，公布检查结果|市司法局|',
    ])
  })

  it('a frame around a paragraph is no table', async () => {
    const page = pageOf([[80, 115, '框里的一段话不是表格']], gridOf([60, 500], [100, 130]))
    expect(await read(page)).toEqual(['框里的一段话不是表格'])
  })
})

describe('tables without ruled lines', () => {
  it('are read under a row of heads, lines that go on joined to their row', async () => {
    const page = pageOf([
      ...HEADS,
      [65, 140, '1'],
      [105, 140, '编制年度重大行政决策事项目录并向'],
      [305, 140, '市司法局'],
      [440, 140, '3月底前'],
      [105, 155, '社会公布'],
      [65, 170, '2'],
      [105, 170, '抓好整改'],
      [305, 170, '市财政局'],
      [60, 230, '以上各项工作请对照分工抓紧办理，办理情况于年底前书面报送市政府办公室'],
    ])
    expect(await read(page)).toEqual([
      [
        '序号|工作任务|责任单位|完成时限',
        '1|编制年度重大行政决策事项目录并向社会公布|市司法局|3月底前',
        '2|抓好整改|市财政局|',
      ],
      '以上各项工作请对照分工抓紧办理，办理情况于年底前书面报送市政府办公室',
    ])
  })
})

describe('what cannot be read', () => {
  const whole = writePdf([pageOf([[80, 100, '一份没有问题的工作方案正文']])])
  const text = new TextDecoder('latin1').decode(whole)
  const bytes = (words: string): Uint8Array => new TextEncoder().encode(words)
  const locked = `/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <${'00'.repeat(32)}> /U <${'11'.repeat(32)}> >> /ID [<00> <00>] /Root`
  const bomb = zlibSync(new Uint8Array(50_000_000).fill(32))
  const bombed = new Uint8Array([
    ...bytes(`%PDF-1.4\n1 0 obj\n<< /Filter /FlateDecode /Length ${bomb.length} >>\nstream\n`),
    ...bomb,
    ...bytes('\nendstream\nendobj\n'),
  ])

  it.each([
    ['a scan', writePdf([pageOf([])]), '扫描件没有文字层'],
    ['a file with a password', bytes(text.replace('/Root', locked)), '有密码'],
    ['half a file', whole.subarray(0, 200), '已损坏'],
    ['noise', Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) & 255), '已损坏'],
    ['objects never closed', bytes(`%PDF-1.4\n${'1 0 obj <<'.repeat(100_000)}`), '已损坏'],
    ['a stream that unfolds to 50 MB', bombed, '展开后太大'],
    ['signs for characters', writePdf([pageOf([[80, 100, '一份工作方案㐄㐅㡀䀁ⱶ╬ꀀ䈮']])]), '乱码'],
    ['501 pages', writePdf(Array.from({ length: 501 }, () => pageOf([]))), '501页'],
  ])('%s is told so', async (_, input, words) => {
    const failed = readPdf(input)
    await expect(failed).rejects.toThrow(BadInput)
    await expect(failed).rejects.toThrow(words)
  })

  it('tells a page without words among others', async () => {
    const sheet = await readPdf(writePdf([pageOf([[80, 100, '一份没有问题的工作方案正文']]), pageOf([])]))
    expect(sheet.unread).toEqual([{ line: 1, text: '第2页没有文字：如果是扫描的图片，其中的内容没有读入' }])
  })

  it('reads what Node hands over, and leaves the bytes as they are', async () => {
    const buffer = Buffer.from(whole)
    await readPdf(buffer)
    expect(buffer.equals(whole)).toBe(true)
  })
})

/** The GBK code of a character in hexadecimal, looked for by decoding. */
function gbkCode(wanted: string): string {
  if (wanted < '\u0080') return wanted.charCodeAt(0).toString(16)
  const decoder = new TextDecoder('gbk')
  for (let code = 0x8140; code <= 0xfefe; code++)
    if (decoder.decode(Uint8Array.of(code >> 8, code & 255)) === wanted) return code.toString(16)
  return ''
}

describe('maps that files name and do not hold', () => {
  it('lead each code to its character', async () => {
    const map = new TextDecoder().decode(await new CharacterMaps().fetch({ kind: 'cMapUrl', filename: 'GBK-EUC-H' }))
    expect(map).toContain(`<b7bd> <b7bd> ${'方'.codePointAt(0)}`)
  })

  it('are read in a whole file', async () => {
    const words = '二〇二六年工作方案，共3项'
    const gbk = [...words].map((c) => gbkCode(c)).join('')
    const ucs = Array.from(words, (c) => c.charCodeAt(0).toString(16).padStart(4, '0')).join('')
    const file = new TextDecoder('latin1').decode(writePdf([pageOf([[80, 100, words]])]))
    const named = file.replace('/UniGB-UCS2-H', '/GBK-EUC-H').replace(`<${ucs}>`, `<${gbk}>`)
    const { blocks } = await readPdf(new TextEncoder().encode(named))
    expect(shown(blocks)).toEqual([words])
  })

  it('are never fetched', async () => {
    const maps = new CharacterMaps()
    await expect(maps.fetch({ kind: 'cMapUrl', filename: 'Adobe-GB1-UCS2' })).rejects.toThrow()
    await expect(maps.fetch({ kind: 'standardFontDataUrl', filename: 'a.pfb' })).rejects.toThrow()
  })
})
