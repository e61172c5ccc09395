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

/** What speaks of the words (tasks, or duties by their task's text): all that hold most of them, and only the best where one stands out. */
export const matching = <T extends { text: string }>(all: readonly T[], words: string): T[] => {
  const wanted = pairs(words)
  const scored = all
    .map((one) => ({ one, score: likeness(wanted, one.text) }))
    .filter(({ score }) => score >= 0.5)
    .sort((a, b) => b.score - a.score)
  const best = scored[0]?.score ?? 0
  return scored.filter(({ score }) => score >= best - 0.15).map(({ one }) => one)
}
