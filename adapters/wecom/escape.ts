import { widened, widenedLines } from '../wide.ts'

/** Somebody's words inside Markdown: no tag (`<think>`, `<@userid>`, `<font>`), no link with a false name, no heading. */
export const escapeMarkdown = (text: string): string => widenedLines(text, /[<>[\]`*\\]/g)

/** Somebody's words in a plain text, where `<@userid>` and `<a href>` still mean something. */
export const escapeText = (text: string): string => widened(text, /[<>]/g)
