import type { Element } from './html-tree.ts'

/** What an element holds: characters of text, those inside links, links, and whether there are paragraphs. */
export interface Weight {
  text: number
  linked: number
  links: number
  paragraphs: boolean
}

const PARAGRAPH = /^(?:p|h[1-6]|table|li|pre|blockquote)$/
const PAGE_PART = new Set(['nav', 'aside', 'footer', 'form', 'menu'])
/** Words of class names and ids that stand for parts of a site, not of a document. */
const PART_NAME =
  /^(?:nav|navi|navbar|navigation|menu|menus|topbar|toolbar|crumb|crumbs|breadcrumb|breadcrumbs|bread|dqwz|wzdh|location|weizhi|side|sidebar|aside|leftnav|rightnav|foot|footer|footers|dibu|bottom|copyright|banner|header|logo|share|fx|bdsharebuttonbox|bshare|jiathis|print|printer|dayin|qrcode|erweima|ewm|related|relate|xgwj|xgwz|xgwd|xgjd|xgyd|syp|sxp|recommend|pager|pagination|page|prev|next|comment|comments|login|search|sousuo|fontsize|tools|toolbox|function|gn|ad|ads|adv|friendlink|links|yqlj|sitemap|hot|rank|tags|accessibility|wza|scan|gotop|backtop|popup|dialog|modal|tips)$/
const CONTENT_NAME =
  /^(?:content|contents|article|trs|ucap|editor|zoom|detail|main|text|txt|body|print|document|news|xxgk|wz|zw|zhengwen)$/
const DENSE = 0.85

/**
 * The part of a page that holds the document: from the whole page down while one child holds nearly all the text that is
 * no link, and nothing beside it looks like paragraphs of the document (its title, its table of 索引号 and 文号).
 */
export function contentOf(root: Element, weights: Map<Element, Weight>): Element {
  let at = root
  for (;;) {
    const all = plain(weights.get(at))
    const elements = at.children.filter((c) => typeof c !== 'string')
    const inside = elements.filter((c) => !isPart(c, weights, all))
    const site = elements.reduce((sum, c) => sum + (isPart(c, weights, all) ? plain(weights.get(c)) : 0), 0)
    const heaviest = inside.reduce<Element | undefined>(
      (best, c) => (plain(weights.get(c)) > plain(best && weights.get(best)) ? c : best),
      undefined,
    )
    if (!heaviest || !isBox(heaviest) || plain(weights.get(heaviest)) < Math.max(1, (all - site) * DENSE)) return at
    if (inside.some((c) => c !== heaviest && belongs(c, weights.get(c)))) return at
    at = heaviest
  }
}

const plain = (weight: Weight | undefined): number => (weight ? weight.text - weight.linked : -1)
const isBox = (element: Element): boolean => !/^(?:p|table|ol|ul|li|h[1-6]|pre|blockquote|tr|td)$/.test(element.tag)

/** Whether something beside the block of the text is of the document: a heading, paragraphs, a title, its metadata. */
function belongs(element: Element, weight: Weight | undefined): boolean {
  if (plain(weight) < 4) return false
  return (
    weight?.paragraphs === true || PARAGRAPH.test(element.tag) || namesOf(element).some((n) => /title|biaoti/.test(n))
  )
}

/** Whether an element is a part of the site: by its tag, by its name, or because it is a list of links. */
export function isPart(element: Element, weights: Map<Element, Weight>, all: number): boolean {
  const weight = weights.get(element)
  if (!weight) return false
  const own = plain(weight)
  if (own > all * 0.3) return false
  if (PAGE_PART.has(element.tag) || (element.tag === 'header' && weight.links > 2)) return true
  if (weight.links >= 3 && weight.linked > weight.text * 0.6) return true
  if (/^(?:li|p)$/.test(element.tag) && weight.linked > 6 && own <= 20 && isOnlyLink(element)) return true
  const names = namesOf(element)
  return names.some((n) => PART_NAME.test(n)) && !names.some((n) => CONTENT_NAME.test(n))
}

const MOST_INSIDE = 40

/** Whether an element is a link to another page or a file and nothing else, but for a day and a number. */
function isOnlyLink(element: Element): boolean {
  let [words, inside] = ['', 0]
  const gather = (at: Element): void => {
    for (const child of at.children) {
      if (typeof child === 'string') words += child
      else if (++inside < MOST_INSIDE && !isLink(child)) gather(child)
    }
  }
  gather(element)
  return inside < MOST_INSIDE && /^(?:附件|[\s\d.、：:年月日/[\]（）()·>-])*$/.test(words)
}

const namesOf = (element: Element): string[] =>
  `${element.attributes.class ?? ''} ${element.attributes.id ?? ''}`
    .slice(0, 200)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[\s_\-\d]+/)
    .filter(Boolean)

/** The weight of every element, from the innermost out (without recursion, whatever the depth). */
export function weigh(root: Element): Map<Element, Weight> {
  const weights = new Map<Element, Weight>()
  const stack: { element: Element; at: number; weight: Weight }[] = []
  const enter = (element: Element): void => {
    const weight = { text: 0, linked: 0, links: isLink(element) ? 1 : 0, paragraphs: PARAGRAPH.test(element.tag) }
    weights.set(element, weight)
    stack.push({ element, at: 0, weight })
  }
  enter(root)
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const child = top.element.children[top.at++]
    if (typeof child === 'string') top.weight.text += lengthOf(child)
    else if (child) enter(child)
    else {
      stack.pop()
      if (isLink(top.element)) top.weight.linked = top.weight.text
      const above = stack.at(-1)?.weight
      if (!above) break
      above.text += top.weight.text
      above.linked += top.weight.linked
      above.links += top.weight.links
      above.paragraphs ||= top.weight.paragraphs && top.weight.text - top.weight.linked > 3
    }
  }
  return weights
}

/** An `a` without an address is a place that others lead to: a heading, often. */
const isLink = ({ tag, attributes }: Element): boolean =>
  tag === 'a' && attributes.href !== undefined && !/^(?:#|$)/.test(attributes.href)

function lengthOf(text: string): number {
  let n = 0
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c > 0x20 && c !== 0xa0 && c !== 0x3000) n++
  }
  return n
}
