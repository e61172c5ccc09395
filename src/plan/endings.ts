/** Whether a text ends as one asks. */
interface Ending {
  test(text: string): boolean
}

/**
 * What tells whether a text ends in one of `words` (patterns between bars, each ending in a plain character), with or
 * without `brackets` behind it: of so many words only those with the text's last character are tried.
 */
export function ending(words: string, brackets = ''): Ending {
  const whole = atEnd(words, brackets)
  const byLast = new Map<string, string[]>()
  for (const word of alternatives(words)) {
    const last = word.at(-1) ?? ''
    const same = byLast.get(last)
    if (same) same.push(word)
    else byLast.set(last, [word])
  }
  const known = new Map([...byLast].map(([last, same]) => [last, oneOf(same)]))
  return {
    test(text) {
      const last = text[text.length - 1] ?? ''
      return '）)〕'.includes(last) ? whole.test(text) : known.get(last)?.test(text) === true
    },
  }
}

/** Read from the end, where alone the words count. */
const atEnd = (words: string, brackets = ''): RegExp => new RegExp(`$(?<=(?:${words})${brackets})`)

/** Plain words before patterns. */
function oneOf(words: string[]): Ending {
  const isPlain = (word: string): boolean => !/[[\](){}?*+\\.|]/.test(word)
  const plain = words.filter(isPlain)
  const patterns = words.filter((word) => !isPlain(word))
  const pattern = patterns.length > 0 ? atEnd(patterns.join('|')) : undefined
  return { test: (text) => plain.some((word) => text.endsWith(word)) || pattern?.test(text) === true }
}

/** The patterns between the bars that stand in no brackets. */
function alternatives(words: string): string[] {
  const out: string[] = []
  let word = ''
  let depth = 0
  for (const [i, c] of [...words].entries()) {
    const escaped = words[i - 1] === '\\'
    if (c === '(' && !escaped) depth++
    if (c === ')' && !escaped) depth--
    if (c === '|' && depth === 0) {
      out.push(word)
      word = ''
    } else word += c
  }
  return [...out, word]
}
