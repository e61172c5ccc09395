import { type Block, type Card, numberedButtons } from '../src/model/card.ts'

/** One line more at a card's end. */
export const withNote = (card: Card, text: string): Card => ({
  ...card,
  blocks: [...card.blocks, { kind: 'note', text } satisfies Block],
})

/** A form where there are none: its line of how to say the same in words. */
export const withoutForm = ({ form, ...card }: Card): Card =>
  form && form.usage !== '' ? withNote(card, form.usage) : card

/**
 * Buttons where there are none: numbers to answer with, in the buttons' order. The adapter says so of itself (`numbered`),
 * so that flow takes a bare number for the press. “更多” gets none: its card says what to answer, and a list that numbers its
 * own lines would have two of each.
 */
export const numbered = (card: Card): Card => {
  const { buttons: _, ...plain } = card
  const choices = numberedButtons(card)
  return choices.length === 0
    ? plain
    : withNote(plain, `回复数字办理：${choices.map(({ label }, i) => `${i + 1} ${label}`).join('　')}`)
}
