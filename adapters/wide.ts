import { clean } from './escape.ts'

/** Where a platform documents no way to escape its Markdown, what opens markup is shown in full width. */
const WIDE: Record<string, string> = {
  ...{ '<': '＜', '>': '＞', '[': '［', ']': '］', '`': '｀', '*': '＊', '\\': '＼', '@': '＠' },
  ...{ '#': '＃', '-': '－', '+': '＋', '=': '＝' },
}

const wide = (sign: string): string => WIDE[sign] ?? sign

/** Somebody's words with those signs in full width. */
export const widened = (text: string, signs: RegExp): string => clean(text).replace(signs, wide)

/** The same where a line's start may make a heading, a list, a rule or an underlined heading of it. */
export const widenedLines = (text: string, signs: RegExp): string =>
  widened(text, signs).replace(/^([ \t]*)([-#+=])/gm, (_, space: string, sign: string) => space + wide(sign))
