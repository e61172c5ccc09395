import { type Figures, formOf } from './figures.ts'
import { rowsWith } from './form2014.ts'
import type { AnnualInputs } from './inputs.ts'

const grouped = (number: number): string => String(number).replace(/\B(?=(\d{3})+$)/g, ',')

const overruled = (figures: Figures): string[] =>
  [...figures.values()].flatMap(({ words, value, overruled: entered, unit, source }) =>
    entered === undefined
      ? []
      : [
          `${words}：填的是${grouped(entered)}${unit}，${source.from === 'cases' ? '登记的' : '报数'}是${grouped(value ?? 0)}${unit}，已按${source.from === 'cases' ? '登记的' : '报数'}算`,
        ],
  )

const unconfirmed = ({ form, content }: AnnualInputs): string[] => {
  if (form !== '2014') return []
  const rows = rowsWith(content.rows ?? {}).filter(({ confirmed }) => !confirmed)
  return rows.length === 0
    ? []
    : [`统计表有${rows.length}行没有核对过出处（标‡），请按当年印发的表核对，可以改、加、去掉`]
}

const missing = (inputs: AnnualInputs, figures: Figures): string[] => {
  const cells = formOf(inputs).cells.filter(({ cell, aside }) => !aside && figures.get(cell)?.value == null)
  return cells.length === 0 ? [] : [`还有${cells.length}个数没有：没有发生的填0`]
}

/** What the office has to look at before the report goes out; none of it is printed in it. */
export const questionsOf = (inputs: AnnualInputs, figures: Figures): string[] => [
  ...inputs.questions,
  ...overruled(figures),
  ...missing(inputs, figures),
  ...unconfirmed(inputs),
]
