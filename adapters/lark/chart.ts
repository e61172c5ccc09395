import type { Chart, Tone } from '../../src/model/card.ts'
import { clip } from '../escape.ts'
import type { ChartElement } from './elements.ts'
import { escapePlain } from './escape.ts'

/** Subdued, and apart for those who do not tell red from green: they differ in lightness too. */
const COLOUR: Record<Tone, string> = { done: '#4a9d78', review: '#e9bd4e', open: '#b9c6d6', late: '#c8493f' }
const MOST_SIGNS = 16
const MOST_WORDS = 60

/** What stands in a chart is drawn as it is; a tag is broken all the same. */
const word = (text: string, most = MOST_WORDS): string => {
  const line = escapePlain(text).replaceAll('\n', ' ').trim()
  return line.length > most ? `${clip(line, most - 1)}…` : line
}

const ratioOf = (rows: number): ChartElement['aspect_ratio'] => (rows <= 4 ? '2:1' : rows <= 8 ? '16:9' : '4:3')

/** Names of bars and what stands at their ends; two that are cut alike stay two bars. */
const namesOf = ({ rows }: Chart): string[] => {
  const seen = new Map<string, number>()
  return rows.map(({ label, end }) => {
    const name = `${word(label, MOST_SIGNS)} ${word(end, MOST_SIGNS)}`.trim()
    const before = seen.get(name) ?? 0
    seen.set(name, before + 1)
    return before === 0 ? name : `${name}（${before + 1}）`
  })
}

/**
 * The platform draws it itself, from a VChart spec (visactor.io, type bar): bars lie and are stacked, each as long as the
 * others, so that a unit of two tasks is read as easily as one of sixty, with its counts. Undefined where there is nothing
 * to draw.
 */
export const chartElement = (chart: Chart): ChartElement | undefined => {
  const names = namesOf(chart)
  const values = chart.rows.flatMap((row, r) =>
    chart.parts.flatMap(({ name }, i) => {
      const n = row.values[i] ?? 0
      return n > 0 ? [{ unit: names[r], part: word(name), n }] : []
    }),
  )
  if (values.length === 0) return undefined
  return {
    tag: 'chart',
    aspect_ratio: ratioOf(chart.rows.length),
    preview: true,
    chart_spec: {
      type: 'bar',
      direction: 'horizontal',
      stack: true,
      percent: true,
      title: { visible: true, text: word(chart.title), subtext: word(chart.asOf) },
      data: { values },
      xField: 'n',
      yField: 'unit',
      seriesField: 'part',
      color: {
        type: 'ordinal',
        domain: chart.parts.map(({ name }) => word(name)),
        range: chart.parts.map(({ tone }) => COLOUR[tone]),
      },
      label: { visible: true },
      legends: { visible: true, orient: 'bottom' },
      axes: [
        { orient: 'left', type: 'band', maxWidth: '45%' },
        { orient: 'bottom', type: 'linear', visible: false },
      ],
    },
  }
}
