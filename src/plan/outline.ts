import { findGroups, groupsOf } from './groups.ts'
import { type Marker, markerOf } from './marker.ts'
import { type Passage, slice } from './sheet.ts'
import { sentenceSubject } from './subject.ts'
import type { ListRules } from './units.ts'
import { isHan } from './words.ts'

/** A numbered part of a document with what stands under it before the next number. */
export interface Node {
  marker?: Marker
  parent?: Node
  /** Its heading with the number, in the document's wording; '' where its words are text. */
  heading: string
  line: number
  /** The words of the heading alone, for an item that has nothing else. */
  title?: Passage
  body: Passage[]
}

const LONGEST_HEADING = 45
const TIME = /\d年|\d月|年底|年内|月底|\d日|工作日|季度(?:末|前)|[至到]少|不少于|每[年月周季日]|按[月季]/
/** The numbered parts of a run of paragraphs, in its order; what stands before the first number is a node without one. */
export function outline(passages: Passage[], rules: ListRules): Node[] {
  const nodes: Node[] = []
  let stack: Node[] = []
  const first = new Map<Node, Passage>()
  for (const passage of passages) {
    const marker = markerOf(passage.text)
    if (!marker) {
      const last = nodes.at(-1)
      if (last) last.body.push(passage)
      else nodes.push({ heading: '', line: passage.starts[0]?.line ?? 1, body: [passage] })
      continue
    }
    stack = stack.filter((n) => (n.marker?.rank ?? -1) < marker.rank)
    const node: Node = {
      ...headed(passage, marker, rules),
      marker,
      parent: stack.at(-1),
      line: passage.starts[0]?.line ?? 1,
    }
    stack.push(node)
    nodes.push(node)
    if (node.heading !== '' && node.body.length === 1) first.set(node, slice(passage, marker.raw.length))
  }
  takeBack(nodes, first)
  return nodes
}

/** A heading that is longer is the first sentence of a text, where the items of its rank have no headings. */
const SURE_HEADING = 20

/** Gives long first sentences back to their texts where most items of the rank begin with their text. */
function takeBack(nodes: Node[], first: Map<Node, Passage>): void {
  const ranks = new Set([...first.keys()].map((n) => n.marker?.rank))
  for (const rank of ranks) {
    const items = nodes.filter((n) => n.marker?.rank === rank && n.body.length > 0)
    const headed = items.filter((n) => n.heading !== '')
    if (headed.length * 2 >= items.length) continue
    for (const node of headed) {
      const whole = first.get(node)
      if (!whole || (node.title?.text.length ?? 0) <= SURE_HEADING) continue
      node.heading = ''
      node.body[0] = whole
      delete node.title
    }
  }
}

/** Parts a numbered paragraph into its heading sentence and its text. */
function headed(passage: Passage, marker: Marker, rules: ListRules): Pick<Node, 'heading' | 'title' | 'body'> {
  const rest = slice(passage, marker.raw.length)
  const stop = endOfSentence(rest.text)
  const first = rest.text.slice(0, stop)
  if (first.length > LONGEST_HEADING || isSentence(rest.text)) return { heading: '', body: [rest] }
  if (findGroups(first, rules, false).length > 0) return { heading: '', body: [rest] }
  if (stop + 1 >= rest.text.length)
    return { heading: (marker.raw + first).replace(/[：:]$/, ''), title: slice(rest, 0, stop), body: [] }
  if (TIME.test(first.replace(/[（(][^）)]*[）)]/g, ''))) return { heading: '', body: [rest] }
  const body = slice(rest, stop + 1)
  if (groupsOf(body, rules)[0]?.start === 0) return { heading: '', body: [rest] }
  return { heading: marker.raw + first, title: slice(rest, 0, stop), body: [body] }
}

/** A numbered paragraph of one short sentence that is a demand, no heading: it says when, or begins with who is to act. */
const isSentence = (text: string): boolean =>
  text.length <= LONGEST_HEADING + 1 &&
  text.indexOf('。') === text.length - 1 &&
  (TIME.test(text) || (/[，,]/.test(text) && sentenceSubject(text).units.length > 0))

function endOfSentence(text: string): number {
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    if (isHan(text.charCodeAt(i))) continue
    const c = text[i] as string
    if ('（(《“'.includes(c)) depth++
    else if ('）)》”'.includes(c)) depth = Math.max(0, depth - 1)
    else if (c === '。' && depth === 0) return i
  }
  return text.length
}

/** Headings from the outermost down to the node's own. */
export function sectionOf(node: Node | undefined): string[] {
  const path: string[] = []
  for (let n = node; n; n = n.parent) if (n.heading) path.unshift(n.heading)
  return path
}

/** Numbers from the outermost down to the item's: （1） and ① under an item 1. are parts of it. */
export function numbersOf(node: Node): number[] {
  const path: number[] = []
  const deep: number[] = []
  for (let n: Node | undefined = node; n; n = n.parent)
    if (n.marker) (n.marker.rank < 4 ? path : deep).unshift(n.marker.n)
  return path.length ? path : deep
}

/** The outermost numbered part that holds the node (itself, if it is outermost). */
export function chapterOf(node: Node): Node {
  let top = node
  while (top.parent) top = top.parent
  return top
}
