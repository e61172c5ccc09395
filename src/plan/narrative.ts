import { isBareHeading, textFirst, titledNodes, withoutBullet, withoutTextLabel } from './bodies.ts'
import { answering } from './closing.ts'
import { type FoundTask, merge, type PlacedUnits, place } from './found.ts'
import { type Group, groupsOf } from './groups.ts'
import { type Node, numbersOf, sectionOf } from './outline.ts'
import { ownersOf } from './owners.ts'
import { join, type Passage, slice, trim } from './sheet.ts'
import { refuseEndlessTasks } from './size.ts'
import { sentenceSubject } from './subject.ts'
import type { ListRules } from './units.ts'

/** A stretch of an item that no group of units closes. */
export interface Loose {
  node: Node
  text: Passage
}

export type Stretch = { task: FoundTask } | { loose: Loose }

/**
 * The stretches of a chapter's items in their order: a task is what one group of units closes, from the end of the
 * group before (or of the item's heading) up to it; the rest is loose.
 */
export function readStretches(nodes: Node[], rules: ListRules): Stretch[] {
  const out: Stretch[] = []
  const parents = new Map<Node, Node[]>()
  for (const node of nodes) {
    if (!node.parent) continue
    const children = parents.get(node.parent)
    if (children) children.push(node)
    else parents.set(node.parent, [node])
  }
  const handed = ownersOf(nodes, rules)
  const titles = titledNodes(nodes, parents, rules)
  let open: Passage[] = []
  let closed = 0
  let owner: Node | undefined
  let titled: Node | undefined
  const letGo = () => {
    const text = withoutTextLabel(join(open))
    open = []
    if (!owner || text.text === '') return
    const units = inherited(owner, handed)
    if (units) out.push({ task: taskOf(owner, text, units) })
    else out.push({ loose: { node: owner, text } })
  }
  for (const node of nodes) {
    const deeper = (node.marker?.rank ?? 0) >= 4 && trim(join(open)).text !== '' && owner !== undefined
    if (!deeper) {
      letGo()
      owner = node
    } else if (owner && owner.parent === node.parent && owner.parent) {
      open = [withMarker(owner, join(open))]
      owner = owner.parent
    }
    titled = node
    const own = headingGroup(node, rules)
    if (own && parents.has(node) && !(own.title.endsWith('。') && parents.get(node)?.some((n) => answers(n, rules)))) {
      handed.set(node, own.units)
      node.heading = `${node.marker?.raw ?? ''}${own.title}`
      continue
    }
    const leader = parents.has(node) ? leadIn(node) : undefined
    if (leader) handed.set(node, leader)
    const title = titles.get(node)
    if (title) node.heading = `${node.marker?.raw ?? ''}${title.text}`
    if (deeper && node.heading !== '' && node.title) open.push(withMarker(node, node.title))
    for (const [index, whole] of textFirst(title?.body ?? node.body, rules).entries()) {
      if ((index > 0 || !node.marker) && isBareHeading(whole, rules)) {
        letGo()
        continue
      }
      const passage = withoutBullet(whole)
      let cursor = 0
      const marked = deeper && index === 0 && node.heading === ''
      for (const group of groupsOf(passage, rules)) {
        const before = slice(passage, cursor, group.start)
        open.push(marked && cursor === 0 ? withMarker(node, before) : before)
        cursor = group.end
        closeWith(group, passage)
      }
      open.push(marked && cursor === 0 ? withMarker(node, passage) : slice(passage, cursor))
    }
    const answered = (node.marker?.rank ?? 0) >= 3 || inherited(node, handed) !== undefined
    if (node.body.length === 0 && !parents.has(node) && node.title && answered && !deeper) {
      open.push(node.title)
      owner = { ...node, heading: '' }
    }
  }
  letGo()
  return out

  function closeWith(group: Group, passage: Passage): void {
    const units = place(group.units, passage, group.at)
    const limits = group.units.times.map((t) => slice(passage, group.at + t.at, group.at + t.at + t.raw.length))
    const alone = units.lead.length + units.support.length === 0
    // A list that names nobody leaves an open text open; it is not put together for each.
    if (alone && limits.length === 0 && open.some((part) => trim(part).text !== '')) return
    const text = withoutTextLabel(join(open))
    const last = out.at(-1)
    const goesOn =
      text.text === '' &&
      last !== undefined &&
      'task' in last &&
      last.task.numbers.join() === (owner ? numbersOf(owner).join() : '')
    if (goesOn && 'task' in last) {
      last.task.units = merge(last.task.units, units)
      last.task.limits.push(...limits)
      open = []
      return
    }
    const title = text.text === '' && titled?.title ? trim(titled.title) : undefined
    if (!owner || (text.text === '' && !title) || (alone && limits.length === 0)) return
    const node = title && titled ? { ...titled, heading: '' } : owner
    if (group.start === 0) claimSiblings(out, node, units)
    refuseEndlessTasks(++closed)
    out.push({ task: { ...taskOf(node, title ?? text, units), limits } })
    open = []
  }
}

/** Items before, of the same parent and without units, answer to the line of units that follows them all. */
function claimSiblings(out: Stretch[], node: Node, units: PlacedUnits): void {
  for (let i = out.length - 1; i >= 0; i--) {
    const stretch = out[i]
    if (!stretch || !('loose' in stretch) || !node.parent || stretch.loose.node.parent !== node.parent) return
    out[i] = { task: taskOf(stretch.loose.node, stretch.loose.text, units) }
  }
}

const taskOf = (node: Node, text: Passage, units: PlacedUnits): FoundTask => ({
  id: '',
  numbers: numbersOf(node),
  section: sectionOf(node),
  text,
  units,
  limits: [],
  note: '',
})

function withMarker(node: Node, passage: Passage): Passage {
  const raw = node.marker?.raw ?? ''
  const head: Passage = { kind: 'passage', text: raw, starts: [{ at: 0, line: passage.starts[0]?.line ?? node.line }] }
  return join([head, passage])
}

/** The group that stands in an item's heading and holds for the items under it. */
function headingGroup(node: Node, rules: ListRules): { title: string; units: PlacedUnits } | undefined {
  const [body] = node.body
  if (!body || node.heading !== '' || node.body.length > 1 || body.text.length > 400) return undefined
  const [group] = groupsOf(body, rules)
  if (!group || group.start === 0 || group.start > 45 || body.text.length > group.end + 1) return undefined
  return { title: body.text.slice(0, group.start), units: place(group.units, body, group.at) }
}

const answers = (node: Node, rules: ListRules): boolean =>
  node.body.some((p) => groupsOf(p, rules).some((g) => g.units.lead.length > 0))

/** Who answers for the items under a heading that says so: 县人社局牵头做好以下工作： */
function leadIn({ title }: Node): PlacedUnits | undefined {
  if (!title || !/(?:牵头|负责|承担|会同).*[：:]$/.test(title.text)) return undefined
  const subject = sentenceSubject(title.text)
  return subject.named ? answering({ ...subject, said: title }) : undefined
}

function inherited(node: Node, handed: Map<Node, PlacedUnits>): PlacedUnits | undefined {
  for (let n: Node | undefined = node; n; n = n.parent) {
    const units = handed.get(n)
    if (units) return units
  }
  return undefined
}
