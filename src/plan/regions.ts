import { groupsOf } from './groups.ts'
import type { Marker } from './marker.ts'
import { chapterOf, type Node } from './outline.ts'
import { ownersOf } from './owners.ts'
import type { ListRules } from './units.ts'

export interface Regions {
  /** The nodes whose groups of units make tasks. */
  work: Node[]
  /** The numbers of those among them whose stretches without units are looked at, too. */
  open: Set<Marker>
  /** The nodes of closing chapters: only demands with a time. */
  closing: Node[]
}

const CLOSING =
  /(?:工作|有关|相关|几点)要求|保障|组织(?:领导|实施|推进)|督查|督促|监督检查|考核(?:评价|评估|问责)?$|加强领导|抓好落实|狠抓落实/
/**
 * Parts a plan into its working chapters and its closing ones. A chapter with groups of units is work; one without,
 * before the first of them, is introduction; after the last of them it closes. Where a table holds the tasks,
 * only chapters that close by their headings ask; where no group of units stands at all, the sentences' own subjects tell.
 */
export function regionsOf(nodes: Node[], inTables: boolean, rules: ListRules): Regions {
  const own = new Set([...ownersOf(nodes, rules).keys(), ...nodes.filter((node) => hasGroup(node, rules))])
  for (const node of [...own]) for (let n = node.parent; n; n = n.parent) own.add(n)
  const chapters = [...new Set(nodes.map(chapterOf))]
  const grouped = chapters.map((c) => own.has(c))
  const [first, last] = [grouped.indexOf(true), grouped.lastIndexOf(true)]
  const place = new Map(chapters.map((c, i) => [c, i]))
  const told = first < 0 && !inTables
  const tail = chapters.length - [...chapters].reverse().findIndex((c) => !CLOSING.test(c.heading))
  const regions: Regions = { work: [], open: new Set(), closing: [] }
  for (const node of nodes) {
    const chapter = chapterOf(node)
    const at = place.get(chapter) ?? 0
    const named = CLOSING.test(chapter.heading)
    const closes =
      first < 0 ? (told ? at >= tail && at > 0 : named) : at > last || (at > first && named && !own.has(node))
    if (closes) {
      regions.closing.push(node)
      continue
    }
    const within = told || (first >= 0 && at >= first && at <= last)
    if (within && node.marker) regions.open.add(node.marker)
    if (own.has(chapter) || (within && node.marker)) regions.work.push(node)
  }
  return regions
}

function hasGroup(node: Node, rules: ListRules): boolean {
  return node.body.some((p) => groupsOf(p, rules).some((g) => g.units.lead.length + g.units.support.length > 0))
}
