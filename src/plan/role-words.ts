import { isLikely } from './names.ts'
import { ADVERB, DO, ETC, HELP, LEAD, SHARE, take, WITH } from './roles.ts'

/** The marks between the units of a list. */
export const SEPARATORS = '、，,；;。 \u3000\t/|'

interface RoleWord {
  kind: 'etc' | 'share' | 'adverb' | 'lead' | 'help' | 'with'
  words: string
}
const WORDS: [RoleWord['kind'], RegExp][] = [
  ['etc', ETC],
  ['share', SHARE],
  ['with', WITH],
  ['lead', LEAD],
  ['help', HELP],
  ['lead', DO],
  ['adverb', ADVERB],
]

/** The role word at a place: after a unit any; after words that name none only one that ends its part of the list. */
export function roleAfter(name: string, text: string, at: number): RoleWord | undefined {
  const word = roleAt(text, at)
  if (!word || name === '' || isLikely(name)) return word
  const next = text[at + word.words.length]
  const ends = next === undefined || SEPARATORS.includes(next)
  return ends && word.words.length >= 2 && (word.kind === 'lead' || word.kind === 'help') ? word : undefined
}

function roleAt(text: string, at: number): RoleWord | undefined {
  for (const [kind, pattern] of WORDS) {
    const words = take(pattern, text, at)
    if (words) return { kind, words }
  }
  return undefined
}
