import type { Card } from '../src/model/card.ts'

/** A card that says what is wrong and gives one example of the right form. */
export const problem = (title: string, text: string, example?: string): Card => ({
  title,
  tone: 'warn',
  blocks: [{ kind: 'text', text }, ...(example ? [{ kind: 'note' as const, text: example }] : [])],
})
