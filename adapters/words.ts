import type { Block, Card, Chart } from '../src/model/card.ts'
import { lineText } from './lights.ts'
import { type TableBlock, tableLines } from './table.ts'

/** How one kind of text says what a card is made of. */
export interface Dialect {
  /** Somebody's words, so that they mean nothing but themselves. */
  safe(text: string): string
  /** A list's title. */
  strong(text: string): string
  /** Before the colon of a field; as `safe` where absent. */
  label?(text: string): string
  /** A note; as `safe` where absent. */
  quiet?(text: string): string
  /** A line a row where absent. */
  table?(block: TableBlock): string
  /** Label and address as they are where absent: clients make what looks like an address one to press. */
  link?(label: string, url: string): string
  /** Between two parts; nothing where absent. */
  rule?: string
  /** Nothing where absent: a card's words stand without it. */
  chart?(chart: Chart): string
}

function blockWords(block: Block, as: Dialect): string | undefined {
  const { safe, strong, label = safe, quiet = safe } = as
  switch (block.kind) {
    case 'text':
      return safe(block.text)
    case 'note':
      return quiet(block.text)
    case 'fields':
      return block.fields.map(([name, value]) => `${label(name)}：${safe(value)}`).join('\n')
    case 'list':
      return [...(block.title ? [strong(block.title)] : []), ...block.lines.map((line) => lineText(line, safe))].join(
        '\n',
      )
    case 'table':
      return as.table ? as.table(block) : tableLines(block).map(safe).join('\n')
    case 'divider':
      return as.rule
    case 'link':
      return as.link?.(block.label, block.url) ?? `${safe(block.label)}：${block.url}`
    case 'chart':
      return as.chart?.(block.chart)
  }
}

/** What the blocks of a card come to in words, one text each; its title, form and buttons are not in it. */
export const blocksInWords = ({ blocks }: Card, as: Dialect): string[] =>
  blocks.flatMap((block) => blockWords(block, as) ?? [])
