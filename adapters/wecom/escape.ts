import { clean } from '../escape.ts'

/** WeCom documents no way to escape its Markdown, so what opens markup is shown in full width. */
const WIDE: Record<string, string> = { '<': '＜', '>': '＞', '[': '［', ']': '］', '`': '｀', '*': '＊', '\\': '＼' }

/** What makes a heading, a list, a rule or an underlined heading at a line's start. */
const WIDE_START: Record<string, string> = { '#': '＃', '-': '－', '+': '＋', '=': '＝' }

const wide = (c: string): string => WIDE[c] ?? c

/** Somebody's words inside Markdown: no tag (`<think>`, `<@userid>`, `<font>`), no link with a false name, no heading. */
export const escapeMarkdown = (text: string): string =>
  clean(text)
    .replace(/[<>[\]`*\\]/g, wide)
    .replace(/^([ \t]*)([-#+=])/gm, (_, space: string, c: string) => space + (WIDE_START[c] ?? c))

/** Somebody's words in a plain text, where `<@userid>` and `<a href>` still mean something. */
export const escapeText = (text: string): string => clean(text).replace(/[<>]/g, wide)
