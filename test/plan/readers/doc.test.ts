import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BadInput } from '../../../src/model/problem.ts'
import { readFile } from '../../../src/plan/readers/index.ts'
import {
  bytes16,
  bytes32,
  type DocOf,
  deleted,
  doc,
  docStreams,
  hidden,
  inList,
  inTable,
  type LevelOf,
  para,
  row,
  sprm,
} from './doc-make.ts'
import { ole } from './ole-make.ts'

const shown = async (bytes: Uint8Array) =>
  (await readFile(bytes)).blocks.map((b) => (b.kind === 'line' ? b.text : b.rows.map((each) => each.cells)))
const lines = (parts: DocOf) => shown(doc(parts))

describe('numbers that Word generates', () => {
  const outline: LevelOf[] = [
    { nfc: 39, text: '%1、', follow: 2 },
    { nfc: 37, text: '（%2）', follow: 2 },
    { nfc: 0, text: '%3.' },
  ]

  it('stand in front of their paragraphs, and begin again under each heading', async () => {
    const paragraphs = [
      para('总体要求', inList(1)),
      para('重点任务', inList(1)),
      para('优化服务', inList(1, 1)),
      para('开展帮办', inList(1, 2)),
      para('公布清单', inList(1, 2)),
      para('规范监管', inList(1, 1)),
      para('联合检查', inList(1, 2)),
    ]
    expect(await lines({ paragraphs, lists: [outline], uses: [{ list: 0 }] })).toEqual([
      '一、总体要求',
      '二、重点任务',
      '（一）优化服务',
      '1. 开展帮办',
      '2. 公布清单',
      '（二）规范监管',
      '1. 联合检查',
    ])
  })

  it.each([
    [0, '%1', '1. 事'],
    [1, '%1.', 'I. 事'],
    [4, '%1)', 'a)事'],
    [10, '%1、', '一、事'],
    [11, '%1、', '一、事'],
    [14, '%1．', '1． 事'],
    [18, '%1', '① 事'],
    [22, '%1.', '01. 事'],
    [23, '', '事'],
    [27, '%1', '（1）事'],
    [29, '%1', '（一）事'],
    [30, '%1、', '甲、事'],
    [33, '%1、', '一、事'],
    [37, '（%1）', '（一）事'],
    [38, '第%1条', '第一条 事'],
    [39, '%1、', '一、事'],
    [40, '%1', '一、事'],
    [255, '', '事'],
  ])('nfc %i with %s', async (nfc, text, words) => {
    const paragraphs = [para('事', inList(1))]
    expect(await lines({ paragraphs, lists: [[{ nfc, text }]], uses: [{ list: 0 }] })).toEqual([words])
  })

  const plain: LevelOf[] = [{ nfc: 0, text: '%1.' }]
  const legal: LevelOf[] = [
    { nfc: 37, text: '第%1章' },
    { nfc: 0, text: '%1.%2', flags: 4 },
  ]
  const never: LevelOf[] = [
    { nfc: 37, text: '%1、' },
    { nfc: 0, text: '%2.', flags: 8, restart: 0 },
  ]
  const again = { list: 0, overrides: [{ at: 0, start: 1 }] }
  const other = { list: 0, overrides: [{ at: 0, level: { nfc: 0, text: '任务%1：' } }] }
  const fifth = { list: 0, overrides: [{ at: 0, start: 9, level: { nfc: 0, text: '%1.', start: 5 } }] }
  it.each<[string, Omit<DocOf, 'paragraphs'>, number[][], string[]]>([
    ['go on over uses of one list', { lists: [plain], uses: [{ list: 0 }, { list: 0 }] }, [[1], [2]], ['1. ', '2. ']],
    [
      'start where a use says so',
      { lists: [plain], uses: [{ list: 0 }, again] },
      [[1], [2], [2]],
      ['1. ', '1. ', '2. '],
    ],
    ['take a level that a use replaces', { lists: [plain], uses: [other] }, [[1]], ['任务1：']],
    ['start as the replaced level does', { lists: [plain], uses: [fifth] }, [[1], [1]], ['5. ', '6. ']],
    ['are decimal where legal', { lists: [legal], uses: [{ list: 0 }] }, [[1], [1, 1]], ['第一章 ', '1.1 ']],
    [
      'never begin again where said',
      { lists: [never], uses: [{ list: 0 }] },
      [[1], [1, 1], [1], [1, 1]],
      ['一、', '1. ', '二、', '2. '],
    ],
    [
      'count on behind a negated list',
      { lists: [plain], uses: [{ list: 0 }] },
      [[1], [0xffff], [0xf801]],
      ['1. ', '2. ', ''],
    ],
    ['are none for a list that is not there', { lists: [plain], uses: [{ list: 7 }] }, [[1], [5]], ['', '']],
  ])('%s', async (_, parts, used, labels) => {
    const paragraphs = used.map(([use = 0, at = 0]) => para('事', inList(use, at)))
    expect(await lines({ ...parts, paragraphs })).toEqual(labels.map((label) => `${label}事`))
  })

  it('come from the style and its base, and from a paragraph over it', async () => {
    const styles = [{ known: 0 }, { known: 1, base: 0, paragraph: inList(1) }, { known: 0xffe, base: 1 }]
    const paragraphs = [para('甲', [], 1), para('乙', [], 2), para('丙', inList(0), 1), para('丁')]
    expect(await lines({ paragraphs, styles, lists: [plain], uses: [{ list: 0 }] })).toEqual([
      '1. 甲',
      '2. 乙',
      '丙',
      '丁',
    ])
  })
})

describe('text', () => {
  it.each<[string, DocOf, unknown[]]>([
    ['of one byte a character', { paragraphs: [para('a \u0093b\u0094')], narrow: true }, ['a “b”']],
    ['with breaks and hyphens', { paragraphs: [para('甲\v乙\f丙\u001e丁\u001f戊')] }, ['甲', '乙', '丙-丁戊']],
    ['parted by a section', { paragraphs: [para([['甲\f', []]]), para('乙')], sections: [2, 4] }, ['甲', '乙']],
    ['without a last mark', { paragraphs: [para([['甲', []]])] }, ['甲']],
    ['indented', { paragraphs: [para('甲', sprm(0x8460, ...bytes16(640)))] }, ['　　甲']],
    ['with a hanging first line', { paragraphs: [para('甲', sprm(0x8411, ...bytes16(-640)))] }, ['甲']],
    [
      'hidden',
      {
        paragraphs: [
          para([
            ['甲', []],
            ['乙', hidden],
            ['丙\r', []],
          ]),
        ],
      },
      ['甲丙'],
    ],
    [
      'deleted',
      {
        paragraphs: [
          para([
            ['甲', deleted],
            ['乙\r', []],
          ]),
        ],
      },
      ['乙'],
    ],
    [
      'whose mark was deleted',
      {
        paragraphs: [
          para([
            ['甲', []],
            ['\r', deleted],
          ]),
          para('乙'),
        ],
      },
      ['甲乙'],
    ],
    [
      'of a symbol font',
      {
        paragraphs: [
          para([
            ['(', [...sprm(0x0855, 1), ...sprm(0x6a09, 0, 0, 0xb7, 0xf0)]],
            ['乙\r', []],
          ]),
        ],
      },
      ['乙'],
    ],
    [
      'hidden by its style, and shown against it',
      {
        paragraphs: [
          para([
            ['甲', sprm(0x4a30, 1, 0)],
            ['乙', [...sprm(0x4a30, 1, 0), ...sprm(0x083c, 0x81)]],
            ['丙\r', []],
          ]),
        ],
        styles: [{ known: 0 }, { known: 0xffe, kind: 2, characters: hidden }],
      },
      ['乙丙'],
    ],
    [
      'hidden by its paragraph’s style, and shown against it',
      {
        paragraphs: [
          para(
            [
              ['甲', []],
              ['乙', sprm(0x083c, 0x81)],
              ['丙', sprm(0x083c, 0)],
              ['丁\r', hidden],
            ],
            [],
            1,
          ),
        ],
        styles: [{ known: 0 }, { known: 0xffe, base: 0, characters: hidden }],
      },
      ['乙丙'],
    ],
    ['hidden by a quick save', { paragraphs: [para('甲')], prm: 0x01b8, boxes: [] }, []],
    [
      'numbered by a quick save',
      {
        paragraphs: [para('甲')],
        prm: 1,
        changes: [inList(1)],
        lists: [[{ nfc: 0, text: '%1.' }]],
        uses: [{ list: 0 }],
      },
      ['1. 甲'],
    ],
    [
      'of a table of contents',
      { paragraphs: [para('目', [], 1), para('甲')], styles: [{ known: 0 }, { known: 19 }] },
      ['甲'],
    ],
    [
      'whose properties stand elsewhere',
      {
        paragraphs: [para('甲', sprm(0x6646, ...bytes32(2)))],
        data: [0, 0, ...bytes16(7), ...inList(1)],
        lists: [[{ nfc: 0, text: '%1.' }]],
        uses: [{ list: 0 }],
      },
      ['1. 甲'],
    ],
    [
      'in boxes behind their paragraph',
      {
        paragraphs: [para('甲\b'), para('乙')],
        boxes: [
          { text: '盒', anchor: 1 },
          { text: '散', anchor: 99 },
        ],
      },
      ['甲', '盒', '乙', '散'],
    ],
  ])('%s', async (_, parts, expected) => {
    if (expected.length === 0) await expect(lines(parts)).rejects.toThrow('没有文字')
    else expect(await lines(parts)).toEqual(expected)
  })
})

describe('fields show their result', () => {
  it.each([
    ['甲\u0013PAGE \u00143\u0015乙', '甲3乙'],
    ['甲\u0013XE "a"\u0015乙', '甲乙'],
    ['\u0013IF \u0013PAGE\u00142\u0015 = 2\u0014是\u0013 X\u0014的\u0015\u0015', '是的'],
    ['甲\u0013乙', '甲乙'],
    ['甲\u0015乙\u0014丙', '甲乙丙'],
    ['\u0013\u0013A\u0014甲\u0015', '甲'],
    ['\u0013 EQ \\* jc2 \\o\\ad(\\s\\up 9(yun),云)\u0015山', '云山'],
    ['\u0013TOC \\o\u0014总则1\u0015甲', '甲'],
  ])('%j', async (text, words) => {
    expect(await lines({ paragraphs: [para(text)] })).toEqual([words])
  })
})

describe('tables', () => {
  const head = row(8000, [
    { text: '序号', edge: 0 },
    { text: '工作任务', edge: 1000 },
    { text: '牵头单位', edge: 4000 },
    { text: '配合单位', edge: 6000 },
  ])

  it('leave covered cells empty in both directions, and take edges that all but meet for one', async () => {
    const paragraphs = [
      ...head,
      ...row(8004, [
        { text: '1', edge: -5 },
        { text: '甲事', edge: 1020, down: 3 },
        { text: '市教育局、市科技局', edge: 4000 },
      ]),
      ...row(8000, [
        { text: '2', edge: 0 },
        { text: '', edge: 1000, down: 1 },
        { text: '市民政局', edge: 4000, across: 1 },
        { text: '', edge: 6000, across: 2 },
      ]),
      ...row(8000, [
        { text: '3', edge: 0 },
        { text: '乙事', edge: 1000 },
        { text: '市商务局', edge: 4000, across: 2 },
        { text: '', edge: 6000, across: 1 },
      ]),
      ...row(8000, [
        { text: '丙事', edge: 1000 },
        { text: '市体育局', edge: 4000 },
        { text: '', edge: 6000 },
      ]),
      ...row(
        8000,
        [
          { text: '去', edge: 0 },
          { text: '去', edge: 1000 },
        ],
        deleted,
      ),
      para('以上'),
    ]
    expect(await lines({ paragraphs })).toEqual([
      [
        ['序号', '工作任务', '牵头单位', '配合单位'],
        ['1', '甲事', '市教育局、市科技局', ''],
        ['2', '', '市民政局', ''],
        ['3', '乙事', '市商务局', ''],
        ['', '丙事', '市体育局', ''],
      ],
      '以上',
    ])
  })

  it('keep paragraphs and tables within a cell', async () => {
    const inner = [
      para([['县司法局\r', []]], [...inTable(2), ...sprm(0x244b, 1)]),
      para([['县民政局\r', []]], [...inTable(2), ...sprm(0x244b, 1)]),
      para([['\r', []]], [...inTable(2), ...sprm(0x244b, 1), ...sprm(0x244c, 1)]),
    ]
    const paragraphs = [
      ...head,
      ...row(8000, [
        { text: '1', edge: 0 },
        { text: '甲', edge: 1000 },
        { text: '乙', edge: 4000 },
        { text: '丙', edge: 6000 },
      ]).flatMap((p, i) => (i === 2 ? [para('县教育局', inTable()), ...inner, p] : [p])),
    ]
    expect(await lines({ paragraphs })).toEqual([
      [
        ['序号', '工作任务', '牵头单位', '配合单位'],
        ['1', '甲', '县教育局 县司法局 县民政局 乙', '丙'],
      ],
    ])
  })

  it('keep cells of a row that never ends', async () => {
    const paragraphs = [para([['甲\u0007', []]], inTable()), para([['乙\u0007', []]], inTable()), para('丙')]
    expect(await lines({ paragraphs })).toEqual([[['甲', '乙']], '丙'])
  })
})

describe('what is no document', () => {
  const one = { paragraphs: [para('甲')] }
  const without = (name: string) =>
    ole(Object.fromEntries(Object.entries(docStreams(one)).filter(([each]) => each !== name)))
  it.each<[string, () => Uint8Array, RegExp]>([
    ['a locked one', () => doc({ ...one, flags: 0x0100 }), /^文件有密码/],
    ['one of Word 95', () => doc({ ...one, version: 104 }), /Word 6.0\/95/],
    ['one without its table', () => without('1Table'), /已损坏/],
    ['tables within tables without end', () => doc({ paragraphs: [para('甲', inTable(1000))] }), /已损坏/],
  ])('%s is told in one line', async (_, bytes, says) => {
    await expect(readFile(bytes())).rejects.toThrow(says)
    await expect(readFile(bytes())).rejects.toThrow(BadInput)
  })

  it('names its streams in any case', async () => {
    const streams = Object.entries(docStreams(one)).map(([name, bytes]) => [name.toLowerCase(), bytes])
    expect(await shown(ole(Object.fromEntries(streams)))).toEqual(['甲'])
  })

  it('does not take an embedded document for the document', async () => {
    const inner = Object.entries(docStreams({ paragraphs: [para('乙')] }))
    const both = { ...Object.fromEntries(inner.map(([name, bytes]) => [`Pool/${name}`, bytes])), ...docStreams(one) }
    expect(await shown(ole(both))).toEqual(['甲'])
  })
})

describe('damaged files are read or told as broken', () => {
  const samples = ['plan.doc', 'table.doc'].map((name) =>
    readFileSync(new URL(`../../../examples/${name}`, import.meta.url)),
  )
  const ends = async (bytes: Uint8Array) => {
    const told = await readFile(bytes).then(
      () => undefined,
      (error: unknown) => error,
    )
    if (told !== undefined) expect(told).toBeInstanceOf(BadInput)
  }

  it('cut at every sector', async () => {
    for (const sample of samples)
      for (let end = 512; end < sample.length; end += 512) await ends(sample.subarray(0, end))
  })

  it('with bytes changed', async () => {
    const change = fc.tuple(fc.nat(), fc.nat(255))
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...samples),
        fc.array(change, { minLength: 1, maxLength: 40 }),
        async (sample, changes) => {
          const bytes = Uint8Array.from(sample)
          for (const [at, to] of changes) bytes[at % bytes.length] = to
          await ends(bytes)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('with bytes of its tables changed', async () => {
    const streams = docStreams({
      paragraphs: [
        para('甲', inList(1)),
        ...row(3000, [
          { text: '乙', edge: 0 },
          { text: '丙', edge: 900 },
        ]),
        para('丁\b'),
      ],
      styles: [{ known: 0 }],
      lists: [[{ nfc: 0, text: '%1.' }]],
      uses: [{ list: 0, overrides: [{ at: 0, start: 3 }] }],
      boxes: [{ text: '盒', anchor: 7 }],
    })
    const change = fc.tuple(fc.nat(), fc.nat(255))
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('1Table', 'WordDocument'),
        fc.array(change, { minLength: 1, maxLength: 20 }),
        async (name, changes) => {
          const bytes = Uint8Array.from(streams[name] ?? [])
          for (const [at, to] of changes) bytes[at % bytes.length] = to
          await ends(ole({ ...streams, [name]: bytes }))
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('hostile files end within four seconds', () => {
  /** A document of one text in one piece, under one page of properties. */
  const large = (text: string): Uint8Array => {
    const streams = docStreams({ paragraphs: [para('a')], narrow: true })
    const main = new Uint8Array(4096 + text.length)
    main.set(streams.WordDocument ?? [])
    for (let i = 0; i < text.length; i++) main[4096 + i] = text.charCodeAt(i)
    const view = new DataView(main.buffer)
    view.setUint32(64 + 12, text.length, true)
    const pieces = [...bytes32(0, text.length), 0, 0, ...bytes32((0x40000000 | 8192) >>> 0), 0, 0]
    const clx = [2, ...bytes32(pieces.length), ...pieces]
    view.setUint32(154 + 8 * 33, 0, true)
    view.setUint32(154 + 8 * 33 + 4, clx.length, true)
    for (const index of [12, 13, 40, 56, 73, 74]) view.setUint32(154 + 8 * index + 4, 0, true)
    return ole({ WordDocument: main, '1Table': Uint8Array.from(clx) })
  }
  it.each([
    ['fields that never end', '\u0013'.repeat(4_000_000)],
    ['fields within fields', '\u0013'.repeat(2_000_000) + '\u0015'.repeat(2_000_000)],
    ['fields that end without a beginning', '\u0015'.repeat(4_000_000)],
    ['paragraphs without end', '\r'.repeat(4_000_000)],
    ['cells without end', 'a\u0007'.repeat(2_000_000)],
    ['one paragraph without end', '('.repeat(4_000_000)],
  ])('%s', async (_, text) => {
    const bytes = large(text)
    const start = performance.now()
    await readFile(bytes).catch((error: unknown) => expect(error).toBeInstanceOf(BadInput))
    expect(performance.now() - start).toBeLessThan(4000)
  })
})
