import type { Block, Card } from '../model/card.ts'

const isMark = (block: Block): boolean => block.kind === 'note' && block.text === '演示'

/** A card of a demonstration says so, wherever it is shown: once, at its end. */
export const markDemo = (office: { demo: boolean }, card: Card): Card =>
  office.demo
    ? { ...card, blocks: [...card.blocks.filter((block) => !isMark(block)), { kind: 'note', text: '演示' }] }
    : card
