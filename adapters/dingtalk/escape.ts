import { clean } from '../escape.ts'

/**
 * DingTalk documents no way to escape its Markdown, so what opens markup is shown in full width; `@` too, which would name
 * somebody to ping.
 */
const WIDE: Record<string, string> = {
  '<': '＜',
  '>': '＞',
  '[': '［',
  ']': '］',
  '`': '｀',
  '*': '＊',
  '\\': '＼',
  '@': '＠',
}

/** What makes a heading, a list, a rule or an underlined heading at a line's start. */
const WIDE_START: Record<string, string> = { '#': '＃', '-': '－', '+': '＋', '=': '＝' }

/** Somebody's words inside Markdown: no mention, no picture, no link with a false name, no tag, no heading. */
export const escapeMarkdown = (text: string): string =>
  clean(text)
    .replace(/[<>[\]`*\\@]/g, (c) => WIDE[c] ?? c)
    .replace(/^([ \t]*)([-#+=])/gm, (_, space: string, c: string) => space + (WIDE_START[c] ?? c))

/** Can an id be named behind an `@` in Markdown? One that could open markup cannot. */
export const isNameable = (id: string): boolean => /^[\w.-]{1,64}$/.test(id)
