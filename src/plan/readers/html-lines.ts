import { type List, listOf, markOf } from './html-marks.ts'
import type { Element } from './html-tree.ts'

const BLOCK = new Set(
  'address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
)
/** What a browser shows as one blank; full-width ones stay, they are the indent of a paragraph. */
const BLANKS = /[ \t\r\n\u00a0\u200b\ufeff]+/g

/** Blanks that a page puts before a paragraph instead of an indent. */
const BLANK_INDENT = /^[ \t\r\n]*\u00a0[ \u00a0]*\u00a0 */
const INDENT = '\u3000\u3000'
/** A label of a site's own line (发布时间： 来源：), which its style sheet parts from the one before. */
const LABEL = /^\s*[【[]?[\u4e00-\u9fff]{2,5}[:：]/

/** What a walk over elements meets: lines of text, and tables that the walk does not enter. */
export interface Walk {
  line(text: string): void
  /** Whether the element is passed over. */
  skips(element: Element): boolean
  /** Takes a table as a whole; false where its cells are to be read as paragraphs. */
  table(element: Element): boolean
  /** Whether the number of an item without words counts, as in a column of numbers. */
  bareMarks: boolean
}

/** An element that is being walked; `indents` where its paragraphs begin with an indent. */
interface Frame extends List {
  at: number
  indents: boolean
}

/** The paragraphs of an element in their order, parted by its block elements and line breaks; without recursion. */
export function walkLines(root: Element, walk: Walk): void {
  let parts: string[] = []
  // The number of an item stands before its first words, which may be a paragraph of their own.
  let mark = ''
  let pre = 0
  let begins = false
  const flush = (): void => {
    if (parts.length === 0) return
    const text = parts.join('')
    parts = []
    for (const piece of pre > 0 ? text.split('\n') : [text]) {
      const clean = piece.replace(BLANK_INDENT, INDENT).replace(BLANKS, ' ').trimEnd()
      if (clean === '') continue
      const words = clean.startsWith(' ') ? clean.slice(1) : clean
      const indent = mark === '' && begins && stack.at(-1)?.indents && !/^\s/.test(words) ? INDENT : ''
      walk.line(indent + mark + words)
      mark = ''
      begins = false
    }
  }
  const bareMark = (): void => {
    if (walk.bareMarks && mark !== '') walk.line(mark.trim())
    mark = ''
  }
  const stack: Frame[] = [{ ...listOf(root, 0), at: 0, indents: indentsOf(root) ?? false }]
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const child = top.element.children[top.at++]
    if (child === undefined) {
      if (BLOCK.has(top.element.tag)) flush()
      if (top.element.tag === 'li') bareMark()
      if (top.element.tag === 'pre') pre--
      stack.pop()
    } else if (typeof child === 'string') {
      if (top.at === 1 && parts.length > 0 && LABEL.test(child)) parts.push(' ')
      parts.push(child)
    } else if (walk.skips(child)) flush()
    else if (child.tag === 'br' || child.tag === 'hr') flush()
    else {
      if (BLOCK.has(child.tag)) {
        flush()
        begins = true
      }
      if (child.tag === 'table' && walk.table(child)) continue
      if (child.tag === 'pre') pre++
      if (child.tag === 'li') mark = markOf(child, top)
      const depth = top.depth + (top.element.tag === 'ol' ? 1 : 0)
      stack.push({ ...listOf(child, depth), at: 0, indents: indentsOf(child) ?? top.indents })
    }
  }
  flush()
}

/** Whether an element's own style moves first lines in; undefined where it does not speak of them. */
function indentsOf({ attributes }: Element): boolean | undefined {
  const by = /text-indent\s*:\s*(-?[\d.]+)/i.exec(attributes.style ?? '')?.[1]
  return by === undefined ? undefined : Number.parseFloat(by) > 0
}

/** All words of an element in one line; its paragraphs have a space between them. */
export function textOf(element: Element): string {
  const lines: string[] = []
  walkLines(element, {
    line: (text) => lines.push(text.trim()),
    skips: () => false,
    table: () => false,
    bareMarks: true,
  })
  return lines.join(' ')
}
