import type { Block, Card, Line } from '../../src/model/card.ts'
import { clean } from '../escape.ts'

const lights = { green: '🟢', yellow: '🟡', red: '🔴' } as const

const line = ({ text, light }: Line): string => (light ? `${lights[light]} ${text}` : text)

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
  }
}

/** A card as plain text for a terminal, without what would steer it: people's words stand in cards. */
export const renderText = (card: Card): string =>
  clean([card.title, ...card.blocks.map(block).filter((text) => text !== '')].join('\n'))
