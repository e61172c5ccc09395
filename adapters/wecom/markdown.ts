import type { Block, Card } from '../../src/model/card.ts'
import { utf8Length } from '../crypto.ts'
import { withoutForm } from '../degrade.ts'
import { fitCard } from '../fit.ts'
import { lineText } from '../lights.ts'
import { tableLines } from '../table.ts'
import { escapeMarkdown, escapeText } from './escape.ts'

type Table = Extract<Block, { kind: 'table' }>

/** How one kind of WeCom's texts says what a card is made of. */
interface Dialect {
  safe(text: string): string
  strong(text: string): string
  label(text: string): string
  quiet(text: string): string
  table(block: Table): string
  rule: string
  /** Between two blocks. */
  gap: string
}

const oneLine = (text: string) => text.replaceAll('\n', ' ')
const rowsAsLines = (safe: (text: string) => string) => (block: Table) => tableLines(block).map(safe).join('\n')

const plain: Dialect = {
  safe: escapeText,
  strong: (text) => `【${oneLine(escapeText(text))}】`,
  label: escapeText,
  quiet: escapeText,
  table: rowsAsLines(escapeText),
  rule: '────',
  gap: '\n',
}

const bold = (text: string) => `**${oneLine(escapeMarkdown(text))}**`

const marked: Dialect = {
  safe: escapeMarkdown,
  strong: bold,
  label: bold,
  quiet: (text) =>
    escapeMarkdown(text)
      .split('\n')
      .map((line) => `> ${line}`)
      .join('\n'),
  table: rowsAsLines(escapeMarkdown),
  rule: '---',
  // Without an empty line, `---` would make a heading of the line above.
  gap: '\n\n',
}

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
const cell = (text: string) => oneLine(escapeMarkdown(text)).replaceAll('|', '｜').trim()

/** markdown_v2 has tables; everything else that it has besides is not used. */
const tabled: Dialect = {
  ...marked,
  table: ({ columns, rows }) =>
    [
      row(columns.map(cell)),
      row(columns.map(() => ':--')),
      ...rows.map((each) => row(columns.map((_, i) => cell(each[i] ?? '')))),
    ].join('\n'),
}

function blockText(block: Exclude<Block, { kind: 'chart' }>, as: Dialect): string {
  switch (block.kind) {
    case 'text':
      return as.safe(block.text)
    case 'note':
      return as.quiet(block.text)
    case 'fields':
      return block.fields.map(([label, value]) => `${as.label(label)}：${as.safe(value)}`).join('\n')
    case 'list':
      return [
        ...(block.title ? [as.strong(block.title)] : []),
        ...block.lines.map((line) => lineText(line, as.safe)),
      ].join('\n')
    case 'table':
      return as.table(block)
    case 'divider':
      return as.rule
  }
}

const draw =
  (as: Dialect) =>
  (card: Card): string => {
    const { blocks } = withoutForm(card)
    return [
      as.strong(card.title),
      ...blocks.flatMap((block) => (block.kind === 'chart' ? [] : blockText(block, as))),
    ].join(as.gap)
  }

/** A whole card as a plain text; of a form its usage, and buttons and charts are in none of these. */
export const drawText = draw(plain)
/** As Markdown, with a line for each row of a table. */
export const drawMarkdown = draw(marked)
/** As markdown_v2, with tables. */
export const drawTables = draw(tabled)

/** A card as WeCom's Markdown of at most `limit` UTF-8 bytes; buttons are not in it. */
export const markdown = (card: Card, limit: number): string =>
  drawMarkdown(fitCard(card, (each) => utf8Length(drawMarkdown(each)) <= limit))
