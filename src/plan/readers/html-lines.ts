import type { Element } from './html-tree.ts'

const BLOCK = new Set(
  'address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
)
const MARKED =
  /^\s*(?:[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[）)、.．]|第[一二三四五六七八九十\d]{1,3}[章条项]|[\u2460-\u2473])/

/** What a browser shows as one blank; full-width ones stay, they are the indent of a paragraph. */
const BLANKS = /[ \t\r\n\u00a0\u200b\ufeff]+/g

/** What a walk over elements meets: lines of text, and tables that the walk does not enter. */
export interface Walk {
  line(text: string): void
  /** Whether the element is passed over. */
  skips(element: Element): boolean
  /** Takes a table as a whole; false where its cells are to be read as paragraphs. */
  table(element: Element): boolean
}

/** The paragraphs of an element in their order, parted by its block elements and line breaks; without recursion. */
export function walkLines(root: Element, walk: Walk): void {
  let parts: string[] = []
  // The number of an item stands before its first words, which may be a paragraph of their own.
  let mark = ''
  let pre = 0
  const flush = (): void => {
    if (parts.length === 0) return
    const text = parts.join('')
    parts = []
    for (const piece of pre > 0 ? text.split('\n') : [text]) {
      const clean = piece.replace(BLANKS, ' ').trimEnd()
      if (clean === '') continue
      walk.line(mark + (clean.startsWith(' ') ? clean.slice(1) : clean))
      mark = ''
    }
  }
  const stack: { element: Element; at: number; item: number }[] = [{ element: root, at: 0, item: startOf(root) }]
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const child = top.element.children[top.at++]
    if (child === undefined) {
      if (BLOCK.has(top.element.tag)) flush()
      if (top.element.tag === 'pre') pre--
      stack.pop()
    } else if (typeof child === 'string') parts.push(child)
    else if (walk.skips(child)) flush()
    else if (child.tag === 'br' || child.tag === 'hr') flush()
    else {
      if (BLOCK.has(child.tag)) flush()
      if (child.tag === 'table' && walk.table(child)) continue
      if (child.tag === 'pre') pre++
      if (child.tag === 'li') mark = markOf(child, top)
      stack.push({ element: child, at: 0, item: startOf(child) })
    }
  }
  flush()
}

/** All words of an element in one line; its paragraphs have a space between them. */
export function textOf(element: Element): string {
  const lines: string[] = []
  walkLines(element, { line: (text) => lines.push(text.trim()), skips: () => false, table: () => false })
  return lines.join(' ')
}

function startOf(element: Element): number {
  const start = Number.parseInt(element.attributes.start ?? '', 10)
  return Number.isNaN(start) ? 1 : start
}

/** The number that a browser shows before an item of an ordered list; '' for other lists and for items that bear one. */
function markOf(item: Element, list: { element: Element; item: number }): string {
  if (list.element.tag !== 'ol') return ''
  const value = Number.parseInt(item.attributes.value ?? '', 10)
  const n = Number.isNaN(value) ? list.item : value
  list.item = n + 1
  const style = /list-style(?:-type)?\s*:\s*([a-z-]+)/i.exec(
    `${item.attributes.style ?? ''};${list.element.attributes.style ?? ''}`,
  )?.[1]
  if (style === 'none' || MARKED.test(firstWords(item))) return ''
  const type = item.attributes.type ?? list.element.attributes.type ?? ''
  if (/^(?:cjk|simp-chinese|trad-chinese)/.test(style ?? '')) return `${han(n)}、`
  if (type === 'a' || /lower-(?:alpha|latin)/.test(style ?? '')) return `${letter(n)}. `
  if (type === 'A' || /upper-(?:alpha|latin)/.test(style ?? '')) return `${letter(n).toUpperCase()}. `
  return `${n}. `
}

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

const letter = (n: number): string => String.fromCharCode(96 + Math.min(26, Math.max(1, n)))

function han(n: number): string {
  const digits = '零一二三四五六七八九'
  if (n < 1 || n > 99) return String(n)
  const [tens, ones] = [Math.floor(n / 10), n % 10]
  return `${tens > 1 ? digits[tens] : ''}${tens > 0 ? '十' : ''}${ones > 0 || tens === 0 ? digits[ones] : ''}`
}
