/** What benches make of many measurements: none of these looks at a clock. */

const inOrder = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b)

/** The value below which the share `q` of all lies; NaN of nothing. */
export const quantile = (values: readonly number[], q: number): number => {
  const sorted = inOrder(values)
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN
}

export const median = (values: readonly number[]): number => {
  const sorted = inOrder(values)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN
}

/** Noise: how far apart the middle half of the rounds lies, as a share of their median. */
export const spread = (values: readonly number[]): number =>
  (quantile(values, 0.75) - quantile(values, 0.25)) / median(values)

/** How a cost grows with a size: 0 does not, 1 in step with it. The slope of its logarithm over the size's, by least squares. */
export const slope = (points: readonly { size: number; cost: number }[]): number => {
  const logs = points.map(({ size, cost }): [number, number] => [Math.log(size), Math.log(cost)])
  const mean = (at: 0 | 1) => logs.reduce((sum, point) => sum + point[at], 0) / logs.length
  const [x, y] = [mean(0), mean(1)]
  const [over, under] = logs.reduce(
    ([all, own], point) => [all + (point[0] - x) * (point[1] - y), own + (point[0] - x) ** 2],
    [0, 0],
  )
  return under === 0 ? 0 : over / under
}

/** One line of what was measured. */
export interface Figure {
  what: string
  figure: string
  /** Of the rounds that the figure is the median of, in %; of what was measured once nothing. */
  spread?: number
  /** Cost at the largest size over cost at the smallest, and the slope, where there are sizes. */
  growth?: string
  /** Prints this line alone. */
  command: string
}

/** A line of the median of rounds, with their noise. */
export const figureOf = (
  what: string,
  rounds: readonly number[],
  words: (value: number) => string,
  command: string,
): Figure => ({ what, figure: words(median(rounds)), spread: spread(rounds), command })

export const percent = (share: number): string => `${Math.round(share * 100)} %`

const head = ['what', 'figure', 'noise', 'growth', 'command']

/** Lines of text under a head, each column as wide as it needs to be. */
export const columns = (rows: readonly (readonly string[])[]): string => {
  const wide = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)))
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(wide[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

export const table = (figures: readonly Figure[]): string =>
  columns([
    head,
    ...figures.map(({ what, figure, spread: noise, growth, command }) => [
      what,
      figure,
      noise === undefined || Number.isNaN(noise) ? '' : percent(noise),
      growth ?? '',
      command,
    ]),
  ])
