import type { DutyView } from '../db/queries/duties.ts'

const pairs = (text: string): Set<string> => {
  const chars = [...text.replace(/[^\p{L}\p{N}]/gu, '')]
  return new Set(chars.slice(1).map((char, i) => `${chars[i]}${char}`))
}

/** The share of the words' pairs of characters that the task's text holds, 0 to 1. */
const likeness = (words: Set<string>, text: string): number => {
  if (words.size === 0) return 0
  const held = pairs(text)
  let both = 0
  for (const pair of words) if (held.has(pair)) both++
  return both / words.size
}

/** Duties whose task speaks of the words: all that hold most of them, and only the best where one stands out. */
export const matching = (duties: readonly DutyView[], words: string): DutyView[] => {
  const wanted = pairs(words)
  const scored = duties
    .map((duty) => ({ duty, score: likeness(wanted, duty.text) }))
    .filter(({ score }) => score >= 0.5)
    .sort((a, b) => b.score - a.score)
  const best = scored[0]?.score ?? 0
  return scored.filter(({ score }) => score >= best - 0.15).map(({ duty }) => duty)
}
