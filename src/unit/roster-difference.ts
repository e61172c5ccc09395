import type { Roster, Unit } from '../model/unit.ts'
import { clean } from './parts.ts'
import type { RosterDraft, UnitDraft } from './roster-draft.ts'

/** What a roster file would change: names of units and classes, and lines for the terminal. */
export interface RosterChange {
  added: string[]
  changed: string[]
  gone: string[]
  lines: string[]
}

interface Known {
  people: { name: string; units: string[]; post: string }[]
}

const say = (what: string, from: string, to: string): string[] =>
  from === to ? [] : [`${what} ${from || '（空）'} → ${to || '（空）'}`]

function unitChanges(unit: Unit, draft: UnitDraft, people: Known['people']): string[] {
  const now = people.filter((p) => p.post !== '' && p.units.includes(unit.id)).map((p) => `${p.post}岗${p.name}`)
  const then = draft.liaisons.map((l) => `${l.post}岗${l.name}`)
  return [
    ...say('简称', [...unit.short].sort().join('、'), [...draft.short].sort().join('、')),
    ...say('层级', unit.level, draft.level),
    ...say('分管领导（市）', unit.leader, draft.leader),
    ...say('分管领导', unit.head, draft.head),
    ...say('联络员', now.sort().join('、'), then.sort().join('、')),
    ...(unit.origin === 'plan' ? ['由方案录入 → 列入通讯录'] : []),
  ]
}

function classChanges(unit: Unit, members: string[], names: Map<string, string>): string[] {
  const now = (unit.members ?? []).map((id) => names.get(id) ?? id)
  return say('成员', [...now].sort().join('、'), [...members].sort().join('、'))
}

/** Compares a roster with a file. Units that only a plan named are not `gone` when the file leaves them out. */
export function rosterDifference(now: Roster & Known, draft: RosterDraft): RosterChange {
  const change: RosterChange = { added: [], changed: [], gone: [], lines: [] }
  const byName = new Map(now.units.map((unit) => [clean(unit.name), unit]))
  const names = new Map(now.units.map((unit) => [unit.id, unit.name]))
  const note = (name: string, unit: Unit | undefined, differs: (unit: Unit) => string[]): void => {
    // Whom a file still lists under a unit that others have succeeded moved on with its work.
    const what = unit && !unit.succession ? differs(unit) : []
    if (!unit) change.added.push(name)
    else if (what.length) change.changed.push(name)
    if (!unit) change.lines.push(`新增 ${name}`)
    else if (what.length) change.lines.push(`变更 ${name}：${what.join('；')}`)
  }
  for (const unit of draft.units) note(unit.name, byName.get(clean(unit.name)), (u) => unitChanges(u, unit, now.people))
  for (const { name, members } of draft.classes) {
    note(name, byName.get(clean(name)), (u) => classChanges(u, members, names))
  }
  const kept = new Set([...draft.units, ...draft.classes].map(({ name }) => clean(name)))
  for (const unit of now.units) {
    if (kept.has(clean(unit.name)) || unit.origin === 'plan' || unit.succession) continue
    change.gone.push(unit.name)
    change.lines.push(`文件中没有 ${unit.name}`)
  }
  if (!change.lines.length) change.lines.push('通讯录没有变化')
  return change
}
