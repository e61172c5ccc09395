import { groupsOf } from './groups.ts'
import { labelsIn } from './labels.ts'
import type { Node } from './outline.ts'
import { type Passage, slice, trim } from './sheet.ts'
import type { ListRules } from './units.ts'

/** How the paragraphs under a number stand to each other: what is heading, what is text, what names units. */

const WORDS = '(?:主要|具体|重点)?(?:工作|任务|整改|建设|项目|实施|落实)?(?:内容|任务|措施|举措|要求|目标|事项|描述)'
const TEXT_LABEL = new RegExp(`^(?:${WORDS}[：:]|[【[［]${WORDS}[】\\]］][：:]?)`)

/** A stretch without the label that opens it (工作内容：, 【工作任务】); labels further on belong to its words. */
export function withoutTextLabel(text: Passage): Passage {
  const from = text.text.search(/[^。；;，,、]|$/)
  const label = TEXT_LABEL.exec(text.text.slice(from))?.[0] ?? ''
  return trim(slice(text, from + label.length))
}

/** A paragraph without the dot or dash that a list puts before it. */
export function withoutBullet(text: Passage): Passage {
  const bullet = /^(?:[●○◆◇■□▪•·➢▶]|[—―–]{1,2}|-{1,2}(?=[\u4e00-\u9fff]))/.exec(text.text)?.[0]
  return bullet ? slice(text, bullet.length) : text
}

const namesUnits = (passage: Passage): boolean => labelsIn(passage.text.slice(0, 40))[0]?.at === 0

/** Paragraphs with the text before the lines that name its units, where an item names them first. */
export function textFirst(body: Passage[], rules: ListRules): Passage[] {
  const from = body.findIndex((p) => !namesUnits(p))
  if (from <= 0) return body
  const rest = body.slice(from)
  const answered = rest.some((p) => groupsOf(p, rules).some((g) => g.units.lead.length > 0))
  return answered ? body : [...rest, ...body.slice(0, from)]
}

/** A short paragraph that ends in no stop: a heading without a number. */
export const isBareHeading = (passage: Passage, rules: ListRules): boolean =>
  passage.text.length <= 24 &&
  /[\u4e00-\u9fff”）)]$/.test(passage.text) &&
  !/[。；：:，,]/.test(passage.text) &&
  !namesUnits(passage) &&
  groupsOf(passage, rules).length === 0

/**
 * The items whose first paragraph is a heading with its units and whose text stands in the paragraphs below:
 * the heading and the text with the group behind it. Only where two items of a plan are such; one alone is the last
 * item before the plan's closing words.
 */
export function titledNodes(
  nodes: Node[],
  parents: ReadonlyMap<Node, unknown>,
  rules: ListRules,
): Map<Node, { text: string; body: Passage[] }> {
  const out = new Map<Node, { text: string; body: Passage[] }>()
  for (const node of nodes) {
    const [first, ...rest] = node.body
    if (!node.marker || parents.has(node) || node.heading !== '' || !first || rest.length === 0) continue
    if (first.text.length > 400 || rest.some((p) => namesUnits(p) || groupsOf(p, rules).length > 0)) continue
    const [group] = groupsOf(first, rules)
    if (!group || group.start === 0 || group.start > 45 || first.text.length > group.end + 1) continue
    const title = first.text.slice(0, group.start)
    if (!/[。；]/.test(title)) out.set(node, { text: title, body: [...rest, slice(first, group.start)] })
  }
  return out.size >= 2 ? out : new Map()
}
