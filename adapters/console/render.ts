import type { Block, Card, Chart, Line, Tone } from '../../src/model/card.ts'
import { withoutForm } from '../degrade.ts'
import { clean } from '../escape.ts'
import { aligned } from './table.ts'

const lights = { green: '🟢', yellow: '🟡', red: '🔴' } as const

const line = ({ text, light }: Line): string => (light ? `${lights[light]} ${text}` : text)

const fill: Record<Tone, string> = { done: '█', review: '▓', open: '▒', late: '░' }
/** Signs that the longest bar takes. */
const LONGEST = 30

/** `██████▓▓░ 市财政局 已办结6 待审核2 逾期1 66.7%`, to one scale. */
const bars = ({ title, parts, rows }: Chart): string => {
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)
  const scale = Math.min(1, LONGEST / Math.max(1, ...rows.map(({ values }) => sum(values))))
  const lines = rows.map(({ label, values, end }) => {
    const bar = values.map((n, i) => fill[parts[i]?.tone ?? 'open'].repeat(Math.ceil(n * scale))).join('')
    const words = values.flatMap((n, i) => (n > 0 ? [`${parts[i]?.name}${n}`] : []))
    return [bar, label, ...words, end].filter((part) => part !== '').join(' ')
  })
  return [`【${title}】`, ...lines].join('\n')
}

const block = (one: Block): string => {
  switch (one.kind) {
    case 'text':
      return one.text
    case 'note':
      return `（${one.text}）`
    case 'divider':
      return '────'
    case 'fields':
      return one.fields.map(([label, value]) => `${label}：${value}`).join('\n')
    case 'list':
      return [...(one.title ? [`【${one.title}】`] : []), ...one.lines.map(line)].join('\n')
    case 'table':
      return aligned(one).join('\n')
    case 'chart':
      return bars(one.chart)
  }
}

/** A card as plain text for a terminal, without what would steer it: people's words stand in cards. */
export const renderText = (card: Card): string =>
  clean(
    [
      card.title,
      ...withoutForm(card)
        .blocks.map(block)
        .filter((text) => text !== ''),
    ].join('\n'),
  )
