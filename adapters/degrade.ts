import type { Block, Card } from '../src/model/card.ts'

const withNote = (card: Card, text: string): Card => ({
  ...card,
  blocks: [...card.blocks, { kind: 'note', text } satisfies Block],
})

/** A form where there are none: its line of how to say the same in words. */
export const withoutForm = ({ form, ...card }: Card): Card =>
  form && form.usage !== '' ? withNote(card, form.usage) : card

/**
 * Buttons where there are none: numbers to answer with, in the buttons' order. The adapter says so of itself (`numbered`),
 * so that flow takes a bare number for the press.
 */
export const numbered = ({ buttons = [], ...card }: Card): Card =>
  buttons.length === 0
    ? card
    : withNote(card, `回复数字办理：${buttons.map(({ label }, i) => `${i + 1} ${label}`).join('　')}`)
