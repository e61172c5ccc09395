import type { Card, Chart, Tone } from '../../src/model/card.ts'
import { withoutForm } from '../degrade.ts'
import { clean } from '../escape.ts'
import { blocksInWords, type Dialect } from '../words.ts'
import { aligned } from './table.ts'

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

const plain: Dialect = {
  safe: (text) => text,
  strong: (text) => `【${text}】`,
  quiet: (text) => `（${text}）`,
  table: (block) => aligned(block).join('\n'),
  rule: '────',
  chart: bars,
}

/** A card as plain text for a terminal, without what would steer it: people's words stand in cards. */
export const renderText = (card: Card): string =>
  clean([card.title, ...blocksInWords(withoutForm(card), plain).filter((text) => text !== '')].join('\n'))
