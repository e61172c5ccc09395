import { type PlacedUnits, place } from './found.ts'
import { isClass, isNamed, levelOf } from './names.ts'
import type { Node } from './outline.ts'
import { type ListRules, readUnits } from './units.ts'

/**
 * The numbered parts whose headings are nothing but units (一、市教育局), as lists of duties by department have them:
 * what stands under each is its units' work. Only where at least two headings of a rank are such, and half of them.
 */
export function ownersOf(nodes: Node[], rules: ListRules): Map<Node, PlacedUnits> {
  const out = new Map<Node, PlacedUnits>()
  const ranks = new Map<number, { all: number; owned: [Node, PlacedUnits][] }>()
  for (const node of nodes) {
    if (!node.marker || node.marker.rank > 3 || !node.title) continue
    const rank = ranks.get(node.marker.rank) ?? { all: 0, owned: [] }
    ranks.set(node.marker.rank, rank)
    rank.all++
    const list = readUnits(node.title.text.replace(/[。：:]$/, ''), { ...rules, whole: true })
    const units = [...list.lead, ...list.support]
    const sure = units.every((u) => isClass(u.raw) || (isNamed(u.raw) && levelOf(u.name) !== ''))
    if (units.length > 0 && sure && list.stray.length === 0 && list.times.length === 0)
      rank.owned.push([node, place(list, node.title, 0)])
  }
  for (const { all, owned } of ranks.values())
    if (owned.length >= 2 && owned.length * 2 >= all) for (const [node, units] of owned) out.set(node, units)
  return out
}
