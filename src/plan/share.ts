import type { TaskDraft } from '../model/plan.ts'
import type { Roster, Unit } from '../model/unit.ts'
import { addresseesOf, type ClassOf, type Names, sentenceAround, sentencesOf } from './addressees.ts'
import { sectorsAmong, sectorWords } from './sector.ts'

/** Who has a task: which units, by which role, at once or only when they claim it (待认领). */

export interface Share {
  /** A unit's id, or a class's own where it is not said who its members are. */
  unit: string
  role: 'lead' | 'support'
  /** At once the unit's own; unclaimed until it answers; or a class's line at the office. */
  hold: 'own' | 'unclaimed' | 'class'
  /** Named by name, not through a class. */
  named: boolean
}

export interface People {
  classOf: ClassOf
  roster: Roster
  units: ReadonlyMap<string, Unit>
  /** Units that lead a task of this plan by name (有牵头任务的部门). */
  leads: readonly string[]
}

/** Names of a task that the roster does not know, and classes of which it is not said who they are. */
export interface Unsaid {
  unknown: string[]
  classes: { name: string; some: boolean; heirs?: string[] }[]
}

/** What of a task says who has it. */
type Cell = Pick<TaskDraft, 'lead' | 'support' | 'divided' | 'text'>

type Meaning = ReturnType<ClassOf>

/** 有牵头任务的部门, 各牵头单位: the units that lead a task of the same plan. */
export const meansLeads = (name: string): boolean => /^(?:各?有.{0,6}牵头任务的?各?|各牵头)(?:部门|单位)$/.test(name)

function meaningOf(name: string, people: People): Meaning {
  if (meansLeads(name)) return { kind: 'class', id: name, members: [...people.leads], whole: true }
  return people.classOf(name)
}

/** Every way in which the text may write the units: as listed, as on the roster, short, without the level; classes as listed. */
function namesOf(task: Cell, people: People): Names {
  const forms = new Map<string, string>()
  const learn = (form: string, id: string) => {
    if (form.length >= 2 && !forms.has(form)) forms.set(form, id)
  }
  for (const name of task.lead) {
    const meant = meaningOf(name, people)
    if (meant?.kind !== 'unit') continue
    const unit = people.units.get(meant.id)
    for (const form of [name, unit?.name ?? name, ...(unit?.short ?? [])]) {
      learn(form, meant.id)
      // Without its level a short name (市国资 → 国资) is a common word.
      if (unit?.level && form.startsWith(unit.level) && form.length > 3) learn(form.slice(unit.level.length), meant.id)
    }
  }
  return { units: forms, classes: task.lead.filter((name) => meaningOf(name, people)?.kind === 'class') }
}

const eachItsOwn = /本部门|本单位|各自|本系统|本行业/

/** Units to which the text itself gives a part by name (由市财政局……；由市发展改革委……). */
function partsByName(text: string, names: Names): Set<string> {
  const parts = new Set<string>()
  for (const sentence of sentencesOf(text)) {
    for (const unit of addresseesOf(sentence, names, () => undefined).units) parts.add(unit)
  }
  return parts
}

function merge(shares: readonly Share[]): Share[] {
  const merged = new Map<string, Share>()
  for (const share of shares) {
    const before = merged.get(share.unit)
    if (!before) merged.set(share.unit, share)
    else if (before.role === 'lead' || share.role === 'support') {
      if (share.role !== before.role) continue
      const hold = before.hold === 'own' || share.hold === 'own' ? 'own' : before.hold
      merged.set(share.unit, { ...before, hold, named: before.named || share.named })
    }
  }
  return [...merged.values()]
}

function sharesOfName(name: string, role: Share['role'], hold: Share['hold'], people: People, unsaid: Unsaid): Share[] {
  const meant = meaningOf(name, people)
  if (!meant) unsaid.unknown.push(name)
  if (!meant) return []
  if (meant.kind === 'unit') return [{ unit: meant.id, role, hold, named: true }]
  const { members } = meant
  if (meant.whole && members && members.length > 0)
    return members.map((unit) => ({ unit, role, hold: 'own', named: false }))
  unsaid.classes.push({ name, some: !meant.whole, ...(meant.heirs && { heirs: meant.heirs }) })
  return [{ unit: meant.id, role, hold: 'class', named: false }]
}

function leadShares(task: Cell, people: People, unsaid: Unsaid): Share[] {
  const shares = merge(task.lead.flatMap((name) => sharesOfName(name, 'lead', 'own', people, unsaid)))
  if (!task.divided || shares.length < 2 || eachItsOwn.test(task.text)) return shares
  const parts = partsByName(task.text, namesOf(task, people))
  const throughClass = new Set(
    task.lead.flatMap((name) => {
      const meant = meaningOf(name, people)
      return meant?.kind === 'class' && meant.whole ? (meant.members ?? []) : []
    }),
  )
  return shares.map((share) =>
    share.hold !== 'own' || parts.has(share.unit) || throughClass.has(share.unit)
      ? share
      : { ...share, hold: 'unclaimed' },
  )
}

/** The shares of a task: leads in the plan's order, then the units that only support. A unit that is both leads. */
export function sharesOf(task: Cell, people: People): { shares: Share[]; unsaid: Unsaid } {
  const unsaid: Unsaid = { unknown: [], classes: [] }
  const leads = leadShares(task, people, unsaid)
  const support = task.support.flatMap((name) => sharesOfName(name, 'support', 'own', people, unsaid))
  return { shares: merge([...leads, ...support]), unsaid }
}

/** The units to which a demand's own words narrow the task; the rest of the cell has to claim it. */
export interface Circle {
  own: ReadonlySet<string>
  /** The words that name them. */
  by: 'sectors' | 'units' | 'classes'
}

function sectorCircle(text: string, shares: readonly Share[], people: People): Circle | undefined {
  const words = sectorWords(text)
  if (words.length < 2) return undefined
  const throughClass = shares.filter(({ role, named, hold }) => role === 'lead' && !named && hold === 'own')
  const find = sectorsAmong(
    throughClass.map(({ unit }) => unit),
    people.roster,
  )
  const found = words.map(find)
  const known = found.filter((units) => units.length > 0)
  // Matters that a sentence lists (医疗、环保等事项) hold a sector word here and there; a list of departments is all of them.
  const isDepartments = (found[0]?.length ?? 0) > 0 && known.length >= 2 && known.length * 3 >= words.length * 2
  return isDepartments ? { own: new Set(known.flat()), by: 'sectors' } : undefined
}

function subjectCircle(sentence: string, task: Cell, shares: readonly Share[], people: People): Circle | undefined {
  const { units, members, some } = addresseesOf(sentence, namesOf(task, people), (name) => meaningOf(name, people))
  const leads = new Set(shares.filter(({ role }) => role === 'lead').map(({ unit }) => unit))
  const named = [...units].filter((unit) => leads.has(unit))
  const own = new Set([...named, ...[...members].filter((unit) => leads.has(unit))])
  if (own.size === 0 && !some) return undefined
  return { own, by: named.length > 0 ? 'units' : 'classes' }
}

/**
 * Whom a demand speaks to where that is narrower than the unit cell: sector words (教育、公安等部门要……), or the subject
 * of the sentence in which its time stands. A demand of the column or without a time is judged by the whole text, and by
 * sector words only.
 */
export function circleOf(
  task: Cell,
  raw: string | undefined,
  shares: readonly Share[],
  people: People,
): Circle | undefined {
  if (shares.length < 2) return undefined
  const sentence = raw === undefined ? undefined : sentenceAround(task.text, raw)
  const circle =
    sectorCircle(sentence ?? task.text, shares, people) ??
    (sentence === undefined ? undefined : subjectCircle(sentence, task, shares, people))
  const narrows = circle && shares.some((share) => share.role === 'lead' && narrowed(share, circle).hold !== share.hold)
  return narrows ? circle : undefined
}

/** The share under a circle: those whom it names have it at once, the others through a class have to claim it. */
export function narrowed(share: Share, circle: Circle | undefined): Share {
  if (!circle || share.role === 'support' || share.hold === 'class') return share
  if (circle.own.has(share.unit)) return { ...share, hold: 'own' }
  return share.named && circle.by !== 'units' ? share : { ...share, hold: 'unclaimed' }
}
