import { Parser } from 'htmlparser2'
import { BadInput } from '../../model/problem.ts'

/** An element of a web page with what it holds. */
export interface Element {
  tag: string
  attributes: Record<string, string>
  children: (Element | string)[]
}

/** Browsers nest no deeper than 512; each further level makes every tag dearer. */
const DEEPEST = 512
const MOST_TAGS = 250_000
const DROPPED = new Set(
  'script style noscript template iframe object embed applet svg math canvas video audio select option button textarea datalist xml rt rp title del'.split(
    ' ',
  ),
)
const VOID = new Set('area base basefont br col embed frame hr img input link meta param source track wbr'.split(' '))
const TABLE_PARTS = new Set('td th tr tbody thead tfoot'.split(' '))

/**
 * A page's elements, without what nobody reads on it: scripts, styles, comments, form controls, hidden elements.
 * Throws BadInput where tags are nested deeper than any page's.
 */
export function readTree(html: string): Element {
  // Each end tag looks for its beginning through all that is open, and each angle parts the text anew.
  if (hasMore(html, '</', MOST_TAGS) || hasMore(html, '<', 2 * MOST_TAGS)) throw tooMany()
  const root: Element = { tag: 'body', attributes: {}, children: [] }
  const open: Element[] = [root]
  let dropping = 0
  let depth = 0
  let tags = 0
  const parser = new Parser({
    onopentagname(tag) {
      if (++tags > MOST_TAGS) throw tooMany()
      if (!VOID.has(tag) && ++depth > DEEPEST)
        throw new BadInput('网页的标签嵌套太深，读不了：请在浏览器中打开后另存为“网页，仅 HTML”，或复制正文另存为文本')
    },
    onopentag(tag, attributes) {
      if (dropping > 0 || (isDropped(tag, attributes) && !VOID.has(tag))) {
        if (!VOID.has(tag)) dropping++
        return
      }
      const element: Element = { tag, attributes, children: [] }
      placeFor(tag, open).children.push(element)
      if (!VOID.has(tag)) open.push(element)
    },
    ontext(text) {
      if (dropping === 0) open.at(-1)?.children.push(text)
    },
    onclosetag(tag) {
      if (VOID.has(tag)) return
      depth--
      if (dropping > 0) dropping--
      else if (open.length > 1) open.pop()
    },
  })
  parser.end(html)
  return root
}

const tooMany = (): BadInput => new BadInput('网页里的标签太多，读不了：请复制正文另存为文本再导入')

function hasMore(html: string, words: string, most: number): boolean {
  let n = 0
  for (let at = html.indexOf(words); at >= 0 && n <= most; at = html.indexOf(words, at + words.length)) n++
  return n > most
}

const UNSEEN =
  /display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|mso-element\s*:\s*(?:footnote|endnote|comment|header|footer)/i

function isDropped(tag: string, attributes: Record<string, string>): boolean {
  if (DROPPED.has(tag) || 'hidden' in attributes) return true
  const style = attributes.style
  return style !== undefined && UNSEEN.test(style)
}

/** Cells and rows whose predecessors were left unclosed stand beside them, not inside. */
function placeFor(tag: string, open: Element[]): Element {
  const top = open.at(-1) as Element
  if (!TABLE_PARTS.has(tag)) return top
  const outer =
    tag === 'td' || tag === 'th' ? /^(?:tr|table)$/ : tag === 'tr' ? /^(?:t(?:body|head|foot)|table)$/ : /^table$/
  for (let i = open.length - 1; i >= 0; i--) {
    const element = open[i] as Element
    if (outer.test(element.tag)) return element
    if (element.tag === 'table') break
  }
  return top
}
