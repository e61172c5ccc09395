import type { Day } from '../model/deadline.ts'
import type { PaperBlock, Printed } from '../model/paper.ts'
import { type Figures, formOf } from './figures.ts'
import { rowsWith } from './form2014.ts'
import type { AnnualInputs } from './inputs.ts'
import { partsOf } from './parts.ts'
import { type FormGrid, grid2, grid3, grid4, grid2014 } from './tables.ts'

const dayWords = (day: Day): string => {
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month}月${date}日`
}

/** Tables by the part of the form of 2021 that they stand in. */
const tables2021: Readonly<Record<string, (figures: Figures) => FormGrid>> = {
  二: grid2,
  三: grid3,
  四: grid4,
}

/** What of a grid is printed. */
const printed = ({ cells: _, ...grid }: FormGrid): PaperBlock => grid

const ends = ({ year, asOf }: AnnualInputs): string => (asOf === `${year}-12-31` ? '' : '，本稿截至当日')

const preface = (inputs: AnnualInputs): PaperBlock[] => {
  const { year, asOf, content } = inputs
  const own = (content.texts['0'] ?? '').trim()
  const text = `本报告根据《中华人民共和国政府信息公开条例》，按照${formOf(inputs).source}的格式编制。数据统计期限为${dayWords(`${year}-01-01`)}至${dayWords(asOf)}${ends(inputs)}。`
  return [{ kind: 'text', text }, ...(own === '' ? [] : [{ kind: 'text' as const, text: own }])]
}

const body = (inputs: AnnualInputs, figures: Figures): PaperBlock[] =>
  partsOf(inputs, figures).flatMap(({ title, sections }) => {
    const table = inputs.form === '2021' ? tables2021[title.slice(0, 1)] : undefined
    return [
      { kind: 'heading' as const, level: 1 as const, text: title },
      ...(table ? [printed(table(figures))] : []),
      ...sections.flatMap((section): PaperBlock[] => [
        ...(section.title === '' ? [] : [{ kind: 'heading' as const, level: 2 as const, text: section.title }]),
        ...section.said.map((text) => ({ kind: 'text' as const, text })),
        ...(section.own === '' ? [] : [{ kind: 'text' as const, text: section.own }]),
        ...(section.blank === '' ? [] : [{ kind: 'blank' as const, text: section.blank }]),
      ]),
    ]
  })

/** The report as a paper. `issuer`: whose report it is, or empty. */
export const annualPaper = (inputs: AnnualInputs, figures: Figures, issuer: string): Printed => ({
  kind: 'annual',
  title: `${issuer}${inputs.year}年政府信息公开工作年度报告`,
  to: '',
  asOf: inputs.asOf,
  issuer,
  blocks: [
    ...preface(inputs),
    ...body(inputs, figures),
    ...(inputs.form === '2014'
      ? [
          { kind: 'annex' as const, title: '政府信息公开情况统计表' },
          printed(grid2014(rowsWith(inputs.content.rows ?? {}), figures)),
        ]
      : []),
  ],
})
