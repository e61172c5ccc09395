import type { Block, Card } from '../../src/model/card.ts'
import { utf8Length } from '../crypto.ts'
import { withoutForm } from '../degrade.ts'
import { fitCard } from '../fit.ts'
import { lineText } from '../lights.ts'
import { tableLines } from '../table.ts'
import { escapeMarkdown } from './escape.ts'

const bold = (text: string) => `**${escapeMarkdown(text).replaceAll('\n', ' ')}**`

const quoted = (text: string) =>
  escapeMarkdown(text)
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n')

function blockText(block: Exclude<Block, { kind: 'chart' }>): string {
  switch (block.kind) {
    case 'text':
      return escapeMarkdown(block.text)
    case 'note':
      return quoted(block.text)
    case 'fields':
      return block.fields.map(([label, value]) => `${bold(label)}：${escapeMarkdown(value)}`).join('\n')
    case 'list':
      return [
        ...(block.title ? [bold(block.title)] : []),
        ...block.lines.map((line) => lineText(line, escapeMarkdown)),
      ].join('\n')
    case 'table':
      return tableLines(block).map(escapeMarkdown).join('\n')
    case 'divider':
      return '---'
  }
}

/** A whole card: blocks with an empty line between them; without one, `---` would make a heading of the line above. */
export const drawMarkdown = (card: Card): string =>
  [
    bold(card.title),
    ...withoutForm(card).blocks.flatMap((block) => (block.kind === 'chart' ? [] : blockText(block))),
  ].join('\n\n')

/** A card as WeCom's Markdown of at most `limit` UTF-8 bytes; buttons are not in it. */
export const markdown = (card: Card, limit: number): string =>
  drawMarkdown(fitCard(card, (each) => utf8Length(drawMarkdown(each)) <= limit))
