import type { Card } from '../model/card.ts'

const wordsOf = (card: Card): string =>
  card.blocks
    .flatMap((block) => {
      if (block.kind === 'list') return block.lines.map((line) => line.text)
      if (block.kind === 'fields') return block.fields.map((field) => field[1])
      if (block.kind === 'table') return block.rows.flat()
      return 'text' in block ? [block.text] : []
    })
    .concat(card.title)
    .join('\n')

/** Behind a code: it goes on, so that it is another one. */
const GOES_ON = /[-.]?\d/y

const holds = (words: string, code: string): boolean => {
  for (let at = words.indexOf(code); at >= 0; at = words.indexOf(code, at + 1)) {
    GOES_ON.lastIndex = at + code.length
    if (!GOES_ON.test(words)) return true
  }
  return false
}

/** The tasks that the card shows: what it cut off nobody has seen, so whoever quotes it does not mean that. */
export const codesIn = (card: Card, codes: readonly string[]): string[] => {
  const words = wordsOf(card)
  return [...new Set(codes)].filter((code) => holds(words, code))
}

/** A number, and those that follow it with the plan's name said once: 12、15、R-2; a month or a count after it is none. */
const NUMBERS = /^[\dR][\d.R-]*(?:、[\dR][\d.R-]*(?![\d.R-]|[年月日季个项家次条]))*/

/** The numbers of a plan's tasks that a text shows with the plan's short name: 公开17-12, 公开17-12、15. */
export const numbersAfter = (text: string, plan: string): string[] =>
  text
    .split(`${plan}-`)
    .slice(1)
    .flatMap(
      (rest) =>
        NUMBERS.exec(rest)?.[0]
          ?.split('、')
          .map((number) => number.replace(/[.-]+$/, '')) ?? [],
    )

/** Codes of all tasks that a card shows, by the short names of the plans. */
export const codesOn = (card: Card, plans: readonly string[]): string[] => {
  const words = wordsOf(card)
  return [...new Set(plans.flatMap((plan) => numbersAfter(words, plan).map((number) => `${plan}-${number}`)))]
}
