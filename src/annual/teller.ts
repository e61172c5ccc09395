import { differenceOf, type Figures } from './figures.ts'
import type { AnnualInputs } from './inputs.ts'

/** What the sentences of a report are made with: every number comes out of a figure. */
export interface Teller {
  year: number
  themes: AnnualInputs['themes']
  /** 131件: number and unit; undefined while nobody knows it. */
  told(cell: string): string | undefined
  value(cell: string): number | undefined
  /** ，比上年增加12件（10.0%）; empty where the year before is not known. */
  against(cell: string): string
}

const shareOf = (permille: number): string => `${(Math.abs(permille) / 10).toFixed(1)}%`

export const tellerOf = ({ year, themes }: Pick<AnnualInputs, 'year' | 'themes'>, figures: Figures): Teller => {
  const value = (cell: string): number | undefined => figures.get(cell)?.value ?? undefined
  return {
    ...{ year, themes, value },
    told: (cell) => {
      const number = value(cell)
      return number === undefined ? undefined : `${number}${figures.get(cell)?.unit ?? ''}`
    },
    against: (cell) => {
      const figure = figures.get(cell)
      const moved = figure && differenceOf(figure)
      if (!moved) return ''
      if (moved.by === 0) return '，与上年持平'
      const share = moved.permille === null ? '' : `（${shareOf(moved.permille)}）`
      return `，比上年${moved.by > 0 ? '增加' : '减少'}${Math.abs(moved.by)}${figure.unit}${share}`
    },
  }
}

/** A sentence of what is known of it; nothing where nothing is. `before` stands in front of the first piece. */
export const sentence = (before: string, pieces: readonly (string | undefined)[]): string[] => {
  const known = pieces.filter((piece): piece is string => piece !== undefined && piece !== '')
  return known.length === 0 ? [] : [`${before}${known.join('，')}。`]
}

/** 其中当面申请3件、网络申请5件: those that are known and not zero. */
export const ofWhich = (t: Teller, pieces: readonly (readonly [words: string, cell: string])[]): string | undefined => {
  const known = pieces.flatMap(([words, cell]) => ((t.value(cell) ?? 0) > 0 ? [`${words}${t.told(cell)}`] : []))
  return known.length === 0 ? undefined : `其中${known.join('、')}`
}

/** A name with its number behind it; one that ends in a digit is quoted. */
export const named = (words: string, number: string): string =>
  /\d$/.test(words) ? `“${words}”${number}` : `${words}${number}`

/** 财政收支23条；审计33条: the year's themes. */
export const themesTold = ({ themes }: Teller): string[] =>
  themes.length === 0
    ? []
    : [`按主题统计：${themes.map(({ words, count }) => named(words, `${count}条`)).join('；')}。`]
