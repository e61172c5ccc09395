import { clean } from '../escape.ts'

const ENTITY: Record<string, string> = {
  '<': '&#60;',
  '>': '&#62;',
  '*': '&#42;',
  _: '&#95;',
  '[': '&#91;',
  ']': '&#93;',
  '(': '&#40;',
  ')': '&#41;',
  '`': '&#96;',
  '#': '&#35;',
  '!': '&#33;',
  '-': '&#45;',
  '+': '&#43;',
  '\\': '&#92;',
  $: '&#36;',
  '~': '&sim;',
  '&': '＆',
}

/** Somebody's words inside a card's markdown element, as the platform's table of entities asks (Card JSON 2.0). */
export const escapeMarkdown = (text: string): string =>
  clean(text).replace(/[<>*_[\]()`#!\-+\\$~&]/g, (c) => ENTITY[c] ?? c)

/** Somebody's words in a plain_text element, which knows no markup; a tag is broken all the same. */
export const escapePlain = (text: string): string => clean(text).replace(/<(?=[a-z/])/gi, '＜')

/** A bare address that touches Chinese characters makes the platform refuse a markdown element, and so the whole card. */
export const mayHoldLink = (text: string): boolean => /:\/\/|www\./i.test(text)
