import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checks2021, checksOf } from '../../src/annual/checks.ts'
import type { Figure, Figures } from '../../src/annual/figures.ts'
import { form2021 } from '../../src/annual/form2021.ts'

const applicants = ['natural', 'enterprise', 'research', 'welfare', 'legal', 'other']
const results = [
  ...['3-1', '3-2', '3-3-1', '3-3-2', '3-3-3', '3-3-4', '3-3-5', '3-3-6', '3-3-7', '3-3-8'],
  ...['3-4-1', '3-4-2', '3-4-3', '3-5-1', '3-5-2', '3-5-3', '3-5-4', '3-5-5', '3-6-1', '3-6-2', '3-6-3'],
]
const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)

/** Numbers of a large city's report: 14,069 + 560 = 13,810 + 819; how they spread over columns and rows is made up. */
const filledTable3 = (): Record<string, number> => {
  const cells: Record<string, number> = {}
  const put = (row: string, others: readonly number[], total: number) => {
    const [, ...rest] = applicants
    rest.forEach((column, i) => {
      cells[`t3.${row}.${column}`] = others[i] ?? 0
    })
    cells[`t3.${row}.natural`] = total - sum(others)
    cells[`t3.${row}.total`] = total
  }
  put('1', [1200, 30, 60, 90, 40], 14069)
  put('2', [50, 1, 2, 3, 4], 560)
  const ends = results.map(
    (row, i) => [row, i === 0 ? 13810 - sum(results.slice(1).map((_, n) => 100 + n)) : 99 + i] as const,
  )
  // Firms and the others end as they came in: what is left of them is carried out.
  for (const [row, total] of ends) put(row, row === '3-1' ? [1200, 30, 60, 90, 40] : [0, 0, 0, 0, 0], total)
  put('3-7', [1200, 30, 60, 90, 40], 13810)
  put('4', [50, 1, 2, 3, 4], 819)
  return cells
}

const five = (prefix: string, numbers: readonly number[]): Record<string, number> =>
  Object.fromEntries(
    ['upheld', 'corrected', 'other', 'pending', 'total'].map((id, i) => [`${prefix}.${id}`, numbers[i] ?? 0]),
  )

const table3 = filledTable3()
const values: Record<string, number> = {
  ...table3,
  ...five('t4.review', [376, 97, 196, 121, 790]),
  ...five('t4.direct', [16, 1, 12, 27, 56]),
  ...five('t4.after-review', [74, 1, 30, 51, 156]),
  ...{ 't2.rules.made': 2, 't2.rules.repealed': 1, 't2.rules.valid': 31 },
  ...{ 't2.normative.made': 40, 't2.normative.repealed': 12, 't2.normative.valid': 428 },
}
const last: Record<string, number> = {
  ...Object.fromEntries([...applicants, 'total'].map((column) => [`t3.4.${column}`, table3[`t3.2.${column}`] ?? 0])),
  ...{ 't2.rules.valid': 30, 't2.normative.valid': 400 },
}
const texts: Record<string, string> = {
  '1.request':
    '全年新收政府信息公开申请14,069件，上年结转560件，办结13810件，结转下年度继续办理819件。办结的申请中予以公开的最多。',
  '1.oversight': '受理政府信息公开行政复议790件，行政诉讼212件，其中复议后起诉156件。',
  ...{ '5': '解读不够及时，下一步提前准备。', '6': '没有其他需要报告的事项。' },
}

const filled = new Map(
  form2021.cells.map((spec): [string, Figure] => [
    spec.cell,
    {
      ...{ ...spec, source: { from: 'entered' }, lastFrom: 'entered' },
      ...{ value: values[spec.cell] ?? 0, last: last[spec.cell] ?? 0 },
    },
  ]),
)
/** The filled report with one cell, or one of the year before, that says something else. */
const figuresWith = (changed: { cell: string; value?: number | null; last?: number }): Figures => {
  const { cell, ...other } = changed
  const figure = filled.get(cell)
  return figure ? new Map(filled).set(cell, { ...figure, ...other }) : filled
}
const firedOf = (figures: Figures, own = texts): string[] =>
  checksOf('2021', { figures, texts: own })
    .filter(({ state }) => state === 'fired')
    .map(({ id }) => id)
    .sort()

/** Which checks look at a cell, worked out by hand from what each of them says. */
const involved = (cell: string): string[] => {
  const [table = '', row = '', column = ''] = cell.split('.')
  const isTotal = column === 'total'
  if (table === 't3') {
    const inText: Record<string, string> = { '1': 'new', '2': 'carried-in', '3-7': 'concluded', '4': 'carried-out' }
    return [
      ...(['1', '2', '3-7', '4'].includes(row) ? [`t3.balance.${column}`] : []),
      ...(row.startsWith('3-') ? [`t3.results.${column}`] : []),
      `t3.row.${row}`,
      ...(row === '2' ? [`last.carried.${column}`] : []),
      ...(isTotal && inText[row] ? [`text.${inText[row]}`] : []),
    ]
  }
  if (table === 't4') return [`t4.${row}`, ...(isTotal ? [row === 'review' ? 'text.review' : 'text.court'] : [])]
  if (table === 't2') return row === 'rules' || row === 'normative' ? [`last.valid.${row}`] : []
  return cell === 'fee.charged' ? ['text.fee'] : []
}
const involvedBefore = (cell: string): string[] => {
  const [table = '', row = '', column = ''] = cell.split('.')
  if (table === 't3' && row === '4') return [`last.carried.${column}`]
  return table === 't2' && column === 'valid' ? [`last.valid.${row}`] : []
}

describe('the 57 checks of the form of 2021', () => {
  it('are 7 + 7 + 25 + 3 + 6 + 7 + 2', () => {
    const count = (prefix: string) => checks2021.filter(({ id }) => id.startsWith(prefix)).length
    expect(['t3.balance', 't3.results', 't3.row', 't4', 'text', 'last.carried', 'last.valid'].map(count)).toEqual([
      ...[7, 7, 25, 3, 6, 7, 2],
    ])
    expect(checks2021).toHaveLength(57)
  })

  it('all pass on a filled report, and none is open', () => {
    expect((table3['t3.1.total'] ?? 0) + (table3['t3.2.total'] ?? 0)).toBe(14629)
    expect(checksOf('2021', { figures: filled, texts }).filter(({ state }) => state !== 'ok')).toEqual([])
  })

  it('fire by any cell that is changed: those that look at it, and only those', () => {
    const seen = new Set<string>()
    for (const { cell } of form2021.cells) {
      const fired = firedOf(figuresWith({ cell, value: (values[cell] ?? 0) + 1 }))
      expect([cell, fired]).toEqual([cell, involved(cell).sort()])
      for (const id of fired) seen.add(id)
      expect([cell, firedOf(figuresWith({ cell, last: (last[cell] ?? 0) + 1 }))]).toEqual([cell, involvedBefore(cell)])
    }
    expect(checks2021.map(({ id }) => id).filter((id) => !seen.has(id))).toEqual([])
  })

  it('fire by whatever it is changed to', () => {
    const cells = form2021.cells.map(({ cell }) => cell)
    fc.assert(
      fc.property(fc.constantFrom(...cells), fc.integer({ min: 0, max: 20_000 }), (cell, value) => {
        fc.pre(value !== (values[cell] ?? 0))
        expect(firedOf(figuresWith({ cell, value }))).toEqual(involved(cell).sort())
      }),
      { numRuns: 100 },
    )
  })

  it('say what would be right', () => {
    const [found] = checksOf('2021', { figures: figuresWith({ cell: 't4.direct.total', value: 57 }), texts }).filter(
      ({ id }) => id === 't4.direct',
    )
    expect(found).toMatchObject({ state: 'fired', told: '应为56，现在是57' })
  })
})

describe('the rules beside them', () => {
  it('a blank cell is told, and what needs it is left open', () => {
    const found = checksOf('2021', { figures: figuresWith({ cell: 't3.3-1.legal', value: null }), texts })
    expect(found.filter(({ state }) => state === 'fired').map(({ id }) => id)).toEqual(['blank'])
    expect(found.filter(({ state }) => state === 'open').map(({ id }) => id)).toEqual([
      't3.results.legal',
      't3.row.3-1',
    ])
  })

  it('part five says something, and a fee is explained in part six', () => {
    expect(firedOf(filled, { ...texts, '5': ' ' })).toEqual(['text.five'])
    const charged = figuresWith({ cell: 'fee.charged', value: 300 })
    expect(firedOf(charged, { ...texts, '6': '按办法收取信息处理费。' })).toEqual([])
  })

  it.each([
    ['新收政府信息公开申请14070件', ['text.new']],
    ['共收到公民、法人提出的申请 14,070 件', ['text.new']],
    ['收到行政复议通知3件', ['text.review']],
    ['上年度结转561件', ['text.carried-in']],
    ['全年办结13811件，其中延期办结20件', ['text.concluded']],
    ['结转至下年度820件', ['text.carried-out']],
    ['行政复议维持376件、纠正97件', []],
    ['行政诉讼败诉2件', []],
    ['行政诉讼案件213件', ['text.court']],
  ])('hears the numbers of a text: %s', (text, fired) => {
    expect(firedOf(filled, { ...texts, '1.request': text, '1.oversight': '' })).toEqual(fired)
  })
})
