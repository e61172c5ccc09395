import { type CaseRow, caseNumbered } from '../db/queries/cases.ts'
import { dayHappened } from '../src/chat/happened.ts'
import type { CaseKind } from '../src/model/case.ts'
import { BadInput } from '../src/model/problem.ts'
import type { Context, Outcome } from './command.ts'
import { problem } from './problem.ts'
import { runsOf } from './said.ts'

/** Web addresses in a message; Chinese words and marks end one. */
export const LINK = /https?:\/\/[^\s\u3400-\u9fff，。、；！）)】》"'<>]+/gi

/** What is wrong and one example of the right form; nothing is stored. @throws whatever else went wrong */
export const notTaken = (error: unknown, example: string): Outcome => {
  if (!(error instanceof BadInput)) throw error
  return { reply: problem('没有登记', `${error.message}。`.replace('。。', '。'), example) }
}

/** The case of a number as it is said: without its year this year's, or, early in the year, last year's. */
export const caseSaid = async (
  c: Context,
  kind: CaseKind,
  [, year, ord]: RegExpExecArray,
): Promise<CaseRow | undefined> => {
  const found = (of: number) => caseNumbered(c.db, kind, of, Number(ord))
  const now = Number(c.today.slice(0, 4))
  return year ? found(Number(year)) : ((await found(now)) ?? (await found(now - 1)))
}

/** What a message says of a case, taken apart. */
export interface Said {
  links: string[]
  day?: string
  /** Id of a unit that stands by itself. */
  unit?: string
  /** The words that are none of these, in their order. */
  words: string[]
}

const DAY =
  /^(?:(?:\d{4}[-年/.])?\d{1,2}[-月/.]\d{1,2}[日号]?|今[天日]|昨[天日]|前天)(?:印发|制发|出台|审查?|公开|发布|解读|举行|召开|举办|开)?$/

/** The unit that the whole word names: 市教育局, 市教育局起草. */
const unitIn = (c: Context, word: string): string | undefined => {
  const name = word.replace(/(?:起草|举办|主办|承办)$/, '')
  const [run] = runsOf(c, name)
  return run?.start === 0 && run.end >= name.length && run.units.length === 1 ? run.units[0] : undefined
}

/** Takes links, the day and a unit out of words that blanks or commas part; what stands inside of other words stays there. */
export const takeApart = (c: Context, text: string): Said => {
  const links = text.match(LINK) ?? []
  const said: Said = { links, words: [] }
  for (const word of text.replace(LINK, ' ').split(/[\s,，;；。]+/)) {
    if (word === '') continue
    const unit = unitIn(c, word)
    // A day that no calendar has stays as it was said, and is refused.
    const day = DAY.test(word) ? (dayHappened(word, c.today) ?? word) : undefined
    if (day && said.day === undefined) said.day = day
    else if (unit !== undefined && said.unit === undefined) said.unit = unit
    else said.words.push(word)
  }
  return said
}

/** Takes the first word that the pattern fits out of the words. */
export const takeWord = (said: Said, pattern: RegExp): RegExpExecArray | undefined => {
  for (const [i, word] of said.words.entries()) {
    const found = pattern.exec(word)
    if (!found) continue
    said.words.splice(i, 1)
    return found
  }
  return undefined
}

/** The value of the first of the words that the text holds. */
export const valueIn = <T>(table: readonly (readonly [RegExp, T])[], text: string): T | undefined =>
  table.find(([pattern]) => pattern.test(text))?.[1]

/** What stands behind a colon: 办结：不再公开. */
export const behindColon = (text: string): string | undefined =>
  /[:：]\s*([^:：]+)$/.exec(text)?.[1]?.trim() || undefined

/** Only what was said: an empty field is asked for. */
export const given = (input: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined && value !== ''))

/** The year in whose register a case of that day stands; this year's where there is no such day. */
export const yearOf = (c: Context, day: unknown): number =>
  Number(/^\d{4}/.exec(String(day ?? ''))?.[0] ?? c.today.slice(0, 4))
