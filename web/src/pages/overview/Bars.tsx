import { BarChart } from 'echarts/charts'
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { type EChartsCoreOption, init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import type { Counts } from '../../../../src/http/shapes/overview.ts'

use([BarChart, GridComponent, LegendComponent, TooltipComponent, AriaComponent, SVGRenderer])

/** What was due, in parts that add up; colours that differ in brightness too, and each has a pattern. */
const parts: { name: string; colour: string; of(counts: Counts): number }[] = [
  { name: '按时办结', colour: '#237804', of: ({ done, doneLate }) => done - doneLate },
  { name: '逾期办结', colour: '#95de64', of: ({ doneLate }) => doneLate },
  { name: '待审核', colour: '#0b5cab', of: ({ review }) => review },
  { name: '在办', colour: '#d9d9d9', of: ({ open, overdue }) => open - overdue },
  { name: '逾期未办', colour: '#cf1322', of: ({ overdue }) => overdue },
]

export interface Bar extends Counts {
  label: string
}

const optionOf = (title: string, bars: readonly Bar[], fontFamily: string): EChartsCoreOption => ({
  animation: false,
  textStyle: { fontFamily },
  aria: {
    enabled: true,
    decal: { show: true },
    label: { description: `${title}：${bars.length}条，每条由办结、待审核、在办、逾期未办组成；数字见表。` },
  },
  legend: { top: 0, itemWidth: 18, textStyle: { color: '#1f1f1f' } },
  tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, renderMode: 'richText', confine: true },
  grid: { top: 56, left: 8, right: 24, bottom: 8, containLabel: true },
  xAxis: { type: 'value', minInterval: 1, axisLabel: { color: '#434343' } },
  yAxis: {
    type: 'category',
    inverse: true,
    data: bars.map(({ label }) => label),
    axisLabel: { color: '#1f1f1f', width: 148, overflow: 'truncate' },
    axisTick: { show: false },
  },
  series: parts.map(({ name, colour, of }) => ({
    ...{ name, type: 'bar', stack: 'due', barMaxWidth: 18, color: colour },
    data: bars.map(of),
  })),
})

/** Stacked bars of what was due. Loaded by itself, since it brings the charts' library. */
export default function Bars({
  title,
  bars,
  onPress,
}: {
  title: string
  bars: readonly Bar[]
  onPress: (i: number) => void
}) {
  const place = useRef<HTMLDivElement>(null)
  const press = useRef(onPress)
  press.current = onPress
  useEffect(() => {
    if (!place.current) return undefined
    const chart = init(place.current, undefined, { renderer: 'svg' })
    // Text is measured before it is drawn: by the page's own font, which no word like `inherit` tells.
    chart.setOption(optionOf(title, bars, getComputedStyle(place.current).fontFamily))
    chart.on('click', ({ dataIndex }) => press.current(dataIndex))
    const resized = new ResizeObserver(() => chart.resize())
    resized.observe(place.current)
    return () => {
      resized.disconnect()
      chart.dispose()
    }
  }, [title, bars])
  return <div ref={place} role="img" aria-label={title} style={{ height: 72 + bars.length * 28 }} />
}
