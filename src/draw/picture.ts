import { BarChart, type BarSeriesOption } from 'echarts/charts'
import {
  GridComponent,
  type GridComponentOption,
  LegendComponent,
  type LegendComponentOption,
  TitleComponent,
  type TitleComponentOption,
} from 'echarts/components'
import { type ComposeOption, init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import type { Chart, Tone } from '../model/card.ts'

type Option = ComposeOption<BarSeriesOption | GridComponentOption | LegendComponentOption | TitleComponentOption>

use([BarChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer])

/** Subdued, and apart for those who do not tell red from green: they differ in lightness too. */
const colour: Record<Tone, string> = { done: '#4a9d78', review: '#e9bd4e', open: '#b9c6d6', late: '#c8493f' }
const ink = { title: '#1f2a37', label: '#374151', quiet: '#6b7280', line: '#e5e7eb' }
/** On pale colours dark, on strong ones white. */
const inkOn: Record<Tone, string> = { done: '#ffffff', review: '#4a3a08', open: '#374151', late: '#ffffff' }

/** Resvg takes the first of these that the font file has; with none of them its first face. */
const FAMILY = 'Noto Sans CJK SC, Noto Sans SC, Source Han Sans SC, WenQuanYi Micro Hei, WenQuanYi Zen Hei, sans-serif'

/** In units of the picture; it is drawn twice as large. */
const WIDTH = 720
const [TOP, BOTTOM, EDGE, GAP] = [92, 20, 24, 12]
const [ROW, LINE, SIZE] = [36, 18, 14]
/** Characters in one line of a unit's name, and lines of one; a name longer than they hold is cut. */
const MOST_SIGNS = 14
const MOST_LINES = 3

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)

const wrap = (name: string): string[] => {
  // Signs that steer a terminal make no XML.
  const all = [...name.replace(/\p{Cc}/gu, ' ')]
  const most = MOST_SIGNS * MOST_LINES
  const signs = all.length > most ? [...all.slice(0, most - 1), '…'] : all
  const lines = Math.max(1, Math.ceil(signs.length / MOST_SIGNS))
  const length = Math.ceil(signs.length / lines)
  return Array.from({ length: lines }, (_, i) => signs.slice(i * length, (i + 1) * length).join(''))
}

const textWidth = (text: string): number =>
  [...text].reduce((width, sign) => width + (sign < '\u0100' ? 0.6 : 1) * SIZE, 0)

/** How wide and high everything is: names as wide as the longest line, rows as high as the most lines. */
const layout = ({ rows }: Chart) => {
  const labels = rows.map(({ label }) => wrap(label))
  const widest = (texts: readonly string[]) => Math.max(0, ...texts.map(textWidth))
  const row = Math.max(ROW, Math.max(1, ...labels.map(({ length }) => length)) * LINE + 10)
  const left = EDGE + widest(labels.flat()) + GAP
  const right = EDGE + widest(rows.map(({ end }) => end)) + GAP
  return { labels, left, right, bars: WIDTH - left - right, height: TOP + rows.length * row + BOTTOM }
}
type Layout = ReturnType<typeof layout>

/** Parts as shares of their row, so that a unit of two tasks is read as easily as one of sixty; each with its count. */
const seriesOf = ({ parts, rows }: Chart, { bars }: Layout): BarSeriesOption[] => {
  const base: BarSeriesOption = { type: 'bar', stack: 'all', barWidth: 20, silent: true }
  const shareOf = (values: readonly number[], i: number) => (values[i] ?? 0) / Math.max(1, sum(values))
  // A number stands in its part only where there is room for it.
  const room = (share: number, n: number) => share * bars > 4 + 7.5 * String(n).length
  const ofPart = parts.map(
    ({ name, tone }, i): BarSeriesOption => ({
      ...{ ...base, name, color: colour[tone] },
      data: rows.map(({ values }) => {
        const [n, share] = [values[i] ?? 0, shareOf(values, i)]
        const label = { show: n > 0 && room(share, n), formatter: String(n), color: inkOn[tone], fontSize: 12 }
        return { value: share, label }
      }),
    }),
  )
  const ends: BarSeriesOption = {
    ...base,
    data: rows.map(({ end }) => ({
      value: 0,
      label: { show: true, position: 'right', formatter: end, color: ink.label, fontSize: SIZE },
    })),
  }
  return [...ofPart, ends]
}

const optionOf = (chart: Chart, laid: Layout): Option => {
  const { title, asOf, parts } = chart
  const { labels, left, right } = laid
  return {
    animation: false,
    backgroundColor: '#ffffff',
    textStyle: { fontFamily: FAMILY, fontSize: SIZE },
    title: {
      ...{ text: title, subtext: asOf, left: EDGE - 5, top: 16, itemGap: 10 },
      textStyle: { fontFamily: FAMILY, fontSize: 20, fontWeight: 'normal', color: ink.title },
      subtextStyle: { fontFamily: FAMILY, fontSize: 13, color: ink.quiet },
    },
    legend: {
      ...{ right: EDGE - 5, top: 50, itemWidth: 12, itemHeight: 12, itemGap: 16, selectedMode: false },
      data: parts.map(({ name }) => name),
      textStyle: { fontFamily: FAMILY, fontSize: 13, color: ink.label },
    },
    grid: { left, right, top: TOP, bottom: BOTTOM },
    xAxis: { type: 'value', max: 1, show: false },
    yAxis: {
      ...{ type: 'category', inverse: true, data: labels.map((each) => each.join('\n')) },
      axisLine: { lineStyle: { color: ink.line } },
      axisTick: { show: false },
      axisLabel: { interval: 0, margin: GAP, fontSize: SIZE, lineHeight: LINE, color: ink.label },
    },
    series: seriesOf(chart, laid),
  }
}

/** The chart as an SVG of 720 units' width, its height by its rows; texts are texts, in `FAMILY`. */
export const svgOf = (chart: Chart): string => {
  const laid = layout(chart)
  const drawn = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height: laid.height })
  drawn.setOption(optionOf(chart, laid))
  const svg = drawn.renderToSVGString()
  drawn.dispose()
  return svg
}
