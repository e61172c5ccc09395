import { isLikely } from './names.ts'
import { ADVERB, DO, ETC, HELP, LEAD, SHARE, take, WITH } from './roles.ts'

/** The marks between the units of a list. */
export const SEPARATORS = '、，,；;。 \u3000\t/|'

interface RoleWord {
  kind: 'etc' | 'share' | 'adverb' | 'lead' | 'help' | 'with'
  words: string
}
/** Each kind of words with the characters that they may begin with. */
const WORDS: [RoleWord['kind'], first: string, RegExp][] = [
  ['etc', '等', ETC],
  ['share', '要按根依结', SHARE],
  ['with', '并会商联', WITH],
  ['lead', '牵负主承指督组抓贯', LEAD],
  ['help', '积密协做配参支', HELP],
  ['lead', '具落实办推抓组执承', DO],
  ['adverb', '分各共具联主总一积予给结按', ADVERB],
]
/** The characters that role words begin with: nothing is tried anywhere else. */
export const ROLE_START = [...new Set(WORDS.flatMap(([, first]) => [...first]))].join('')
const BY_FIRST = new Map([...ROLE_START].map((c) => [c, WORDS.filter(([, first]) => first.includes(c))]))

/** The role word at a place: after a unit any; after words that name none only one that ends its part of the list. */
export function roleAfter(name: string, text: string, at: number): RoleWord | undefined {
  const word = roleAt(text, at)
  if (!word || name === '' || isLikely(name)) return word
  const next = text[at + word.words.length]
  const ends = next === undefined || SEPARATORS.includes(next)
  return ends && word.words.length >= 2 && (word.kind === 'lead' || word.kind === 'help') ? word : undefined
}

function roleAt(text: string, at: number): RoleWord | undefined {
  for (const [kind, , pattern] of BY_FIRST.get(text[at] ?? '') ?? []) {
    const words = take(pattern, text, at)
    if (words) return { kind, words }
  }
  return undefined
}
