import { type Counted, countOf } from './count.ts'
import type { CellSpec, Form } from './form.ts'
import { form2014 } from './form2014.ts'
import { form2021 } from './form2021.ts'
import type { AnnualInputs } from './inputs.ts'

/** Where a number comes from: cases or tallies (with their ids), what people entered, or nowhere yet. */
export type Source = { from: 'cases' | 'tallies'; ids: readonly string[] } | { from: 'entered' } | { from: 'missing' }

/** One cell of the report as it stands. */
export interface Figure extends CellSpec {
  value: number | null
  source: Source
  /** The same of the year before, and whether its report or somebody said so. */
  last: number | null
  lastFrom: 'report' | 'entered' | null
  /** What somebody entered and the registers contradict. */
  overruled?: number
}
export type Figures = ReadonlyMap<string, Figure>

/** The form that a year's report is made in, with the office's own rows. */
export const formOf = ({ form, content }: Pick<AnnualInputs, 'form' | 'content'>): Form =>
  form === '2021' ? form2021 : form2014(content.rows ?? {})

const standing = (counted: Counted | undefined, entered: number | undefined): Pick<Figure, 'value' | 'source'> => {
  if (counted) return { value: counted.value, source: { from: counted.from, ids: counted.ids } }
  if (entered !== undefined) return { value: entered, source: { from: 'entered' } }
  return { value: null, source: { from: 'missing' } }
}

/** Every cell of the year's form: what is counted stands before what was entered. */
export const figuresOf = (inputs: AnnualInputs): Figures => {
  const { content, before } = inputs
  return new Map(
    formOf(inputs).cells.map((spec) => {
      const counted = spec.count && countOf(spec.count, inputs)
      const entered = content.cells[spec.cell]
      const known = before?.get(spec.cell)
      const last = known ?? content.last[spec.cell] ?? null
      const figure: Figure = {
        ...{ ...spec, ...standing(counted, entered), last },
        lastFrom: known !== undefined ? 'report' : last === null ? null : 'entered',
        ...(counted && entered !== undefined && entered !== counted.value && { overruled: entered }),
      }
      return [spec.cell, figure]
    }),
  )
}

/** The numbers alone, as the next year's report looks back on them. */
export const valuesOf = (figures: Figures): ReadonlyMap<string, number> =>
  new Map([...figures].flatMap(([cell, { value }]) => (value === null ? [] : [[cell, value] as const])))

/** How a figure differs from the year before: by how much, and by what share of it in tenths of a percent (null: from zero). */
export const differenceOf = ({ value, last }: Pick<Figure, 'value' | 'last'>) =>
  value === null || last === null
    ? null
    : { by: round(value - last), permille: last === 0 ? null : Math.round(((value - last) / last) * 1000) }

/** Sums of money are told to the cent. */
const round = (value: number): number => Math.round(value * 100) / 100
