import { findGroups } from './groups.ts'
import { chapterOf, type Node } from './outline.ts'
import type { ListRules } from './units.ts'

export interface Regions {
  /** The nodes whose groups of units make tasks. */
  work: Node[]
  /** Those among them whose stretches without units are looked at, too. */
  open: Set<Node>
  /** The nodes of closing chapters: only demands with a time. */
  closing: Node[]
}

const CLOSING =
  /(?:工作|有关|相关|几点)要求|保障|组织(?:领导|实施|推进)|督查|督促|监督检查|考核(?:评价|评估|问责)?$|加强领导|抓好落实|狠抓落实/
const FOOT = /^(?:抄送|附件|主送)|印发$/

/**
 * Parts a plan into its working chapters and its closing ones. A chapter with groups of units is work; one without,
 * before the first of them, is introduction; after the last of them it closes. Where a table holds the tasks,
 * only chapters that close by their headings ask.
 */
export function regionsOf(nodes: Node[], inTables: boolean, rules: ListRules): Regions {
  const grouped = new Set<Node>()
  for (const node of nodes) if (hasGroup(node, rules)) grouped.add(chapterOf(node))
  const chapters = [...new Set(nodes.map(chapterOf))]
  const first = chapters.findIndex((c) => grouped.has(c))
  const last = chapters.length - 1 - [...chapters].reverse().findIndex((c) => grouped.has(c))
  const place = new Map(chapters.map((c, i) => [c, i]))
  const regions: Regions = { work: [], open: new Set(), closing: [] }
  for (const node of nodes) {
    const chapter = chapterOf(node)
    const at = place.get(chapter) ?? 0
    const closes =
      first < 0 ? inTables && CLOSING.test(chapter.heading) : at > last || (at > first && CLOSING.test(chapter.heading))
    if (closes) regions.closing.push(withoutFoot(node))
    if (grouped.has(chapter)) regions.work.push(node)
    if (!closes && first >= 0 && at >= first && at <= last && node.marker) regions.open.add(node)
    if (!grouped.has(chapter) && regions.open.has(node)) regions.work.push(node)
  }
  return regions
}

function hasGroup(node: Node, rules: ListRules): boolean {
  return node.body.some((p) => findGroups(p.text, rules).some((g) => g.units.lead.length + g.units.support.length > 0))
}

const withoutFoot = (node: Node): Node => ({ ...node, body: node.body.filter((p) => !FOOT.test(p.text)) })
