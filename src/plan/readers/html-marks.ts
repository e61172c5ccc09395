import type { Element } from './html-tree.ts'
import { numberAs } from './labels.ts'

const MARKED =
  /^\s*(?:[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[）)、.．]|第[一二三四五六七八九十\d]{1,3}[章条项]|[\u2460-\u2473])/

/** A list that is being walked: the number of its next item, and how many numbered lists it stands in. */
export interface List {
  element: Element
  item: number
  depth: number
}

/** A list before its first item. */
export function listOf(element: Element, depth: number): List {
  const start = Number.parseInt(element.attributes.start ?? '', 10)
  const first = 'reversed' in element.attributes ? element.children.filter((c) => isItem(c)).length : 1
  return { element, item: Number.isNaN(start) ? first : start, depth }
}

const isItem = (child: Element | string): boolean => typeof child !== 'string' && child.tag === 'li'

/** Formats by the keyword of CSS or the letter of the `type` attribute; the mark behind the number tells them apart. */
const FORMATS: [keyword: RegExp, format: string, after: string][] = [
  [/^(?:cjk|simp-chinese|trad-chinese)/, 'chineseCounting', '、'],
  [/^(?:a|lower-(?:alpha|latin))$/, 'lowerLetter', '. '],
  [/^(?:A|upper-(?:alpha|latin))$/, 'upperLetter', '. '],
  [/^(?:i|lower-roman)$/, 'lowerRoman', '. '],
  [/^(?:I|upper-roman)$/, 'upperRoman', '. '],
  [/^decimal-leading-zero$/, 'decimalZero', '. '],
]

/**
 * The number that a browser shows before an item; '' for lists without numbers and for items that bear one. A browser
 * tells levels by indents alone: here the second level of plain figures is （1）, the third ①.
 */
export function markOf(item: Element, list: List): string {
  const style = styleOf(item) ?? styleOf(list.element)
  if (list.element.tag !== 'ol' && !NUMBERED.test(style ?? '')) return ''
  const value = Number.parseInt(item.attributes.value ?? '', 10)
  const n = Number.isNaN(value) ? list.item : value
  list.item = n + ('reversed' in list.element.attributes ? -1 : 1)
  if (/^(?:none|disc|circle|square)$/.test(style ?? '') || MARKED.test(firstWords(item))) return ''
  const keyword = style ?? item.attributes.type ?? list.element.attributes.type ?? ''
  const [, format = 'decimal', after = '. '] = FORMATS.find(([pattern]) => pattern.test(keyword)) ?? []
  if (format !== 'decimal' || list.depth === 0) return numberAs(format, n) + after
  return numberAs(list.depth === 1 ? 'decimalEnclosedParen' : 'decimalEnclosedCircle', n)
}

const NUMBERED = /^(?:decimal|cjk|simp|trad|lower|upper)/
const styleOf = (element: Element): string | undefined =>
  /list-style(?:-type)?\s*:\s*([a-z-]+)/i.exec(element.attributes.style ?? '')?.[1]

/** The first text in an element, looked for only a few elements deep. */
function firstWords(element: Element): string {
  let at: Element = element
  for (let depth = 0; depth < 6; depth++) {
    const first = at.children.find((c) => typeof c !== 'string' || c.trim() !== '')
    if (first === undefined || typeof first === 'string') return first ?? ''
    at = first
  }
  return ''
}
