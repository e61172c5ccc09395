import type { Day, Deadline } from '../model/deadline.ts'

type WithoutRaw<D> = D extends Deadline ? Omit<D, 'raw'> : never

/** A deadline without its words, and where in the plain text they stand. */
export interface Found {
  start: number
  end: number
  deadline: WithoutRaw<Deadline>
}

/** What a recogniser makes of the place it was asked about: how far it read, and what it found there (maybe nothing). */
export interface Reading {
  end: number
  found: Found[]
}

/** What the recognisers may know of the place they read at. */
export interface Scene {
  text: string
  asOf: Day
  year: number
  /** The year that the same sentence stated before. */
  carried: number | undefined
  /** The place lies in a time-limit column or after its label. */
  column: boolean
  /** The event of the clock before it in the same sentence. */
  event: string
  /** Where the sentence begins. */
  sentence: number
}

/** Which rules to try at a place, in their order: each is given with the characters that its words may begin with. */
export function byFirst<T>(rules: readonly (readonly [first: string, rule: T])[]): (char: string) => readonly T[] {
  const chars = [...new Set(rules.flatMap(([first]) => [...first]))]
  const known = new Map(chars.map((c) => [c, rules.filter(([first]) => first.includes(c)).map(([, rule]) => rule)]))
  return (char) => known.get(char) ?? []
}

export const DIGITS = '0123456789'

export function matchAt(pattern: RegExp, text: string, index: number): RegExpExecArray | null {
  pattern.lastIndex = index
  return pattern.exec(text)
}

/** The words of the clause from there on, at most `limit` characters, commas passed over where `across` says so. */
export function clauseFrom(text: string, index: number, limit: number, across = false): string {
  const cut = text.slice(index, index + limit)
  const stop = cut.search(across ? /[。；\n]/ : /[，。；\n]/)
  return stop < 0 ? cut : cut.slice(0, stop)
}
