import type { Chart } from '../src/model/card.ts'

/** What a chart shows, in words: title（截至…）：市财政局 已办结1、逾期3，25.0%（1/4）；… */
export const chartWords = ({ title, asOf, parts, rows }: Chart): string => {
  const lines = rows.map(({ label, values, end }) => {
    const counts = values.flatMap((n, i) => (n > 0 ? [`${parts[i]?.name}${n}`] : []))
    return `${label} ${[counts.join('、'), end].filter(Boolean).join('，')}`
  })
  return `${title}（${asOf}）：${lines.join('；')}`
}
