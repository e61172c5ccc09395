import type { Card } from '../model/card.ts'

/** A card of a demonstration says so, wherever it is shown. */
export const markDemo = (office: { demo: boolean }, card: Card): Card =>
  office.demo ? { ...card, blocks: [...card.blocks, { kind: 'note', text: '演示' }] } : card
