import { widenedLines } from '../wide.ts'

/** Somebody's words inside Markdown: no mention (`@` names somebody to ping), no picture, no link with a false name, no tag, no heading. */
export const escapeMarkdown = (text: string): string => widenedLines(text, /[<>[\]`*\\@]/g)

/** Can an id be named behind an `@` in Markdown? One that could open markup cannot. */
export const isNameable = (id: string): boolean => /^[\w.-]{1,64}$/.test(id)
