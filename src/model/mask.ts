import type { Block, Card } from './card.ts'

const link = /(https?:\/\/[^\s，。；、（）()]+)/
const identity = /(?<!\d)(\d{6})(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(\d{3}[\dXx])(?![\dXx])/g
const mobile = /(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)/g

/** 13812345678 → 138****5678, and so an identity card's number; what stands in a link stays, or it would lead nowhere. */
export const masked = (text: string): string =>
  text
    .split(link)
    .map((part, i) => (i % 2 === 1 ? part : part.replace(identity, '$1********$2').replace(mobile, '$1****$2')))
    .join('')

const maskedBlock = (block: Block): Block => {
  switch (block.kind) {
    case 'text':
    case 'note':
      return { ...block, text: masked(block.text) }
    case 'fields':
      return { ...block, fields: block.fields.map(([label, value]) => [masked(label), masked(value)]) }
    case 'list':
      return {
        ...block,
        ...(block.title !== undefined && { title: masked(block.title) }),
        lines: block.lines.map((line) => ({ ...line, text: masked(line.text) })),
      }
    case 'table':
      return { ...block, columns: block.columns.map(masked), rows: block.rows.map((row) => row.map(masked)) }
    default:
      return block
  }
}

/** A card as it may be said where others read along: without whole identity-card and mobile numbers. */
export const maskedCard = (card: Card): Card => ({
  ...card,
  title: masked(card.title),
  blocks: card.blocks.map(maskedBlock),
})
