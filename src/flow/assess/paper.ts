import type { Assessed } from '../../../commands/assessed.ts'
import type { Day } from '../../model/deadline.ts'
import type { Paper, PaperBlock } from '../../model/paper.ts'
import { pointWords } from '../../score/points.ts'
import { ruleWords } from '../../score/score.ts'

const count = (points: number | null | undefined): string =>
  points === null || points === undefined ? '—' : pointWords(points)

const summary = (all: readonly Assessed[], nameOf: (unit: string) => string): PaperBlock => ({
  kind: 'table',
  columns: [
    { title: '责任单位', width: 4 },
    ...['得分', '满分', '折合百分', '计入绩效'].map((title) => ({ title, width: 2, align: 'center' as const })),
  ],
  rows: all.map(({ result }) => [
    nameOf(result.unit),
    ...(result.percent === null ? ['—', '—'] : [count(result.total), count(result.full)]),
    count(result.percent?.value),
    count(result.contributes?.value),
  ]),
})

const linesOf = ({ result, ledger }: Assessed, name: string): PaperBlock[] => [
  { kind: 'heading', level: 1, text: name },
  {
    kind: 'table',
    title: '各项指标',
    columns: [
      { title: '指标', width: 4 },
      { title: '满分', width: 1.5, align: 'center' },
      { title: '得分', width: 1.5, align: 'center' },
      { title: '说明', width: 5 },
    ],
    rows: result.indicators.map(({ indicator, result: points, how }) => [
      `${indicator.number} ${indicator.name}`,
      ...[pointWords(indicator.points), count(points), how],
    ]),
  },
  ...(ledger && ledger.score !== null
    ? [
        {
          kind: 'table' as const,
          title: `台账计分：${pointWords(ledger.score)}分，计${ledger.counted}项`,
          columns: [
            { title: '事项', width: 3 },
            { title: '规则', width: 2.5 },
            { title: '分', width: 1.5, align: 'center' as const },
            { title: '说明', width: 6 },
          ],
          rows: ledger.lines.map(({ code, round, rule, points, why }) => [
            [code, round].filter(Boolean).join(' '),
            ...[ruleWords[rule], pointWords(points), why],
          ]),
        },
      ]
    : []),
  ...(ledger && ledger.left.length > 0
    ? [
        {
          kind: 'note' as const,
          text: `不计${ledger.left.length}项：${ledger.left.map(({ code, round, why }) => `${code} ${round}（${why}）`).join('；')}`,
        },
      ]
    : []),
]

/** Points as a paper for the house: a table of units, and each unit line by line. */
export const scoresPaper = (
  all: readonly Assessed[],
  { title, asOf, issuer, nameOf }: { title: string; asOf: Day; issuer: string; nameOf(unit: string): string },
): Paper => ({
  ...{ v: 1, kind: 'scores', title, to: '', asOf, issuer },
  blocks: [summary(all, nameOf), ...all.flatMap((one) => linesOf(one, nameOf(one.result.unit)))],
  units: all.map(({ result }) => result.unit),
  duties: [],
  remarks: [],
})
