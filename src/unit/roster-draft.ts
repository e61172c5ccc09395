import type { Day } from '../model/deadline.ts'
import { BadInput } from '../model/problem.ts'
import type { Roster, Unit } from '../model/unit.ts'
import { unitId } from './id.ts'
import { clean } from './parts.ts'

/** One unit as a roster file has it. What the file does not say is empty. */
export interface UnitDraft {
  name: string
  short: string[]
  level: string
  leader: string
  head: string
  liaisons: { name: string; post: 'A' | 'B'; mobile: string }[]
  rooms: string[]
}

/** A unit whose work others take over from a day on: one (更名、并入) or several (拆分). */
export interface SuccessionDraft {
  old: string
  heirs: string[]
  from: Day
  reason: string
}

/** A roster file as read: units, and classes with the names of their members. */
export interface RosterDraft {
  level: string
  units: UnitDraft[]
  classes: { name: string; members: string[] }[]
  successions: SuccessionDraft[]
}

const LEVELS = ['市', '县', '州', '省', '区', '盟', '旗']

/** The level prefix that most names begin with (市财政局, 市审计局 → 市). */
export function usualLevel(names: string[]): string {
  const count = (level: string): number =>
    names.filter((name) => name.startsWith(level) && !/^[市县州省区盟旗]$/.test(name)).length
  const best = LEVELS.map((level) => ({ level, n: count(level) })).sort((a, b) => b.n - a.n)[0]
  return best && best.n * 3 >= names.length && best.n > 0 ? best.level : ''
}

/** The level prefix of a unit: the office's own, where its name begins with it (市场监管局 does not). */
export const levelOf = (name: string, level: string): string =>
  level !== '' && name.startsWith(level) && !name.startsWith(`${level}场`) ? level : ''

/** An empty draft of a unit. */
export const bareUnit = (name: string, level: string): UnitDraft => ({
  name,
  short: [],
  level: levelOf(name, level),
  leader: '',
  head: '',
  liaisons: [],
  rooms: [],
})

/** Throws where the draft cannot be a roster: no unit, a name twice, a class member that is no unit. */
export function checkDraft(draft: RosterDraft): RosterDraft {
  if (!draft.units.length) throw new BadInput('通讯录里没有单位：至少要有一个单位名称，例如“市财政局”')
  const seen = new Set<string>()
  for (const { name } of draft.units) {
    if (seen.has(clean(name))) throw new BadInput(`单位“${name}”在通讯录里出现了两次：请只留一条`)
    seen.add(clean(name))
  }
  for (const { name, members } of draft.classes) {
    const lost = members.find((member) => !seen.has(clean(member)))
    if (lost) throw new BadInput(`单位组“${name}”里的“${lost}”不在单位名单中：请先把它列为单位，或改正名称`)
  }
  return draft
}

/** The roster of a draft, with the ids of new units. */
export function rosterOf(draft: RosterDraft): Roster {
  const units = draft.units.map(
    (unit): Unit => ({
      id: unitId(unit.name),
      name: unit.name,
      short: unit.short,
      level: unit.level,
      kind: 'unit',
      members: null,
      origin: 'roster',
      leader: unit.leader,
      head: unit.head,
    }),
  )
  const classes = draft.classes.map(
    ({ name, members }): Unit => ({
      id: unitId(name),
      name,
      short: [],
      level: '',
      kind: 'class',
      members: members.map(unitId),
      origin: 'roster',
      leader: '',
      head: '',
    }),
  )
  return { level: draft.level, units: [...units, ...classes] }
}
