import { Unstorable } from '../errors.ts'

/** JSON.stringify escapes U+0000 and lone surrogates so; an even run of backslashes before it keeps it an escape. */
const badEscape = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/

/** Compact JSON of a value. @throws Unstorable for U+0000 and halves of a surrogate pair (a text cut in the middle), which jsonb refuses */
export const storableJson = (value: unknown): string => {
  const text = JSON.stringify(value)
  if (text.includes('\\u') && badEscape.test(text)) throw new Unstorable('JSON holds U+0000 or half a surrogate pair')
  return text
}

/** @throws Unstorable for what PostgreSQL's integer (32 bits) cannot hold */
export const storableInteger = (value: number): number => {
  if ((value | 0) !== value) throw new Unstorable(`not a 32-bit integer: ${value}`)
  return value
}

const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate()

/** @throws Unstorable for what is no day of the calendar (2017-02-30), or not written YYYY-MM-DD */
export const storableDay = (day: string): string => {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day) ?? []
  const known = Number(year) > 0 && Number(month) >= 1 && Number(month) <= 12 && Number(date) >= 1
  if (!known || Number(date) > daysIn(Number(year), Number(month))) throw new Unstorable(`no such day: ${day}`)
  return day
}

/** Texts among a statement's parameters hold no U+0000. @throws Unstorable */
export const storableParams = <P extends readonly unknown[]>(params: P): P => {
  for (const param of params)
    if (typeof param === 'string' && param.includes('\u0000')) throw new Unstorable('text holds U+0000')
  return params
}
