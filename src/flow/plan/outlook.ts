import { bulkInsert } from '../../../db/bulk.ts'
import type { Query, Write } from '../../../db/store.ts'
import type { Day } from '../../model/deadline.ts'
import type { PlanDraft, Question } from '../../model/plan.ts'
import type { Unit } from '../../model/unit.ts'
import { dutiesOf } from '../../plan/duties.ts'
import { openRegistry, type Registry, unitId } from '../../unit/names.ts'
import type { Deps } from '../deps.ts'
import { factRow, type Stamp } from '../ledger.ts'
import type { OfficeNow } from '../office.ts'

/** What a draft comes to on the roster as it stands: the units that it brings, and what everybody would owe. */

type Draft = Pick<PlanDraft, 'document' | 'tasks' | 'common'>

const LEVELS = ['省', '市', '州', '盟', '区', '县', '旗'] as const

/** The prefix that most of the plan's unit names begin with. */
const levelOf = (names: readonly string[]): string =>
  LEVELS.map((level) => ({ level, n: names.filter((name) => name.startsWith(level)).length })).sort(
    (a, b) => b.n - a.n,
  )[0]?.level ?? ''

/** 各园区管委会, 有关企业: several, of whom the roster says nothing yet. */
const meansSeveral = (name: string): boolean => /^(?:各|全体|所有)|有关|相关/.test(name)

const entered = (name: string, level: string): Unit => ({
  id: unitId(name),
  name,
  short: [],
  level: level !== '' && name.startsWith(level) ? level : '',
  kind: meansSeveral(name) ? 'class' : 'unit',
  members: null,
  origin: 'plan',
  leader: '',
  head: '',
})

interface Named {
  name: string
  task: string
  line: number
}

const namesOf = (draft: Draft): Named[] =>
  draft.tasks.flatMap((task) =>
    (['lead', 'support'] as const).flatMap((role) =>
      task[role].map((name, i) => ({ name, task: task.id, line: task.sources[role][i]?.line ?? task.source.line })),
    ),
  )

interface Strangers {
  units: Unit[]
  questions: Question[]
}

/** Two names in one task's list are two units, however alike they are (云岭学院 beside 云岭职业技术学院). */
const listedTogether = (draft: Draft, a: string, b: string): boolean =>
  draft.tasks.some(({ lead, support }) => {
    const listed = [...lead, ...support]
    return listed.includes(a) && listed.includes(b)
  })

/**
 * Units, not classes, that the roster does not know yet, in the plan's order. A name that the rules of short forms read
 * as one entered before is that unit, and is asked; so is every name that a roster of the office's own lacks.
 */
const strangersOf = (draft: Draft, { registry }: OfficeNow, level: string, apart: readonly string[]): Strangers => {
  const found: Strangers = { units: [], questions: [] }
  const rostered = registry.roster.units.some(({ origin }) => origin === 'roster')
  const ask = ({ name: _, ...place }: Named, text: string, proposal: string) =>
    found.questions.push({ kind: 'unknown-unit', ...place, text, proposal })
  const seen = new Set<string>()
  let soFar = registry
  const names = namesOf(draft)
  // The fullest spelling first, so that a unit is entered by its whole name and the short forms are found to be it.
  for (const named of [...names].sort((a, b) => b.name.length - a.name.length)) {
    const { name } = named
    if (seen.has(name)) continue
    seen.add(name)
    const ownName = registry.roster.units.some((unit) => unit.name === name)
    const isApart = apart.includes(name) && !ownName
    if (!isApart && registry.classOf(name) !== undefined) continue
    const known = isApart ? { kind: 'none' as const } : soFar.resolve(name)
    if (known.kind === 'one' && !listedTogether(draft, name, known.unit.name)) {
      ask(named, `“${name}”与“${known.unit.name}”是同一单位？`, '按同一单位')
      continue
    }
    if (known.kind === 'several')
      ask(named, `“${name}”可能是${known.units.map((one) => `“${one.name}”`).join('或')}，是哪个单位？`, '按新单位录入')
    else if (rostered && !meansSeveral(name))
      ask(named, `通讯录里没有“${name}”，录入为新单位，还是与哪个单位相同？`, '按新单位录入')
    found.units.push(entered(name, level))
    soFar = openRegistry({ level, units: [...registry.roster.units, ...found.units] })
  }
  const place = (unit: Unit) => names.findIndex(({ name }) => name === unit.name)
  return {
    units: found.units.sort((a, b) => place(a) - place(b)),
    questions: found.questions.sort((a, b) => a.line - b.line),
  }
}

/** Names of units that others have succeeded: the plan's words stay, its work is the heir's, and that is asked. */
const succeededIn = (draft: Draft, registry: Registry): Question[] => {
  const seen = new Set<string>()
  return namesOf(draft).flatMap(({ name, ...place }): Question[] => {
    const found = seen.has(name) ? undefined : registry.resolve(name)
    seen.add(name)
    if (found?.kind !== 'one' || !found.former) return []
    const { former, unit } = found
    const alias = former.name === name ? '' : `（${former.name}）`
    const text = `“${name}”${alias}自${former.succession?.from}起由“${unit.name}”承接，这些任务由谁承办？`
    return [{ kind: 'succeeded-unit', ...place, text, proposal: `由${unit.name}承办` }]
  })
}

export interface OutlookOptions {
  startOn?: Day | null
  apart?: readonly string[]
}

/** Pure of the store: everything follows from the draft, the office as it is, and what was settled. */
export const outlookOf = (deps: Deps, draft: Draft, now: OfficeNow, { startOn = null, apart = [] }: OutlookOptions) => {
  const level = now.view.level || levelOf(draft.tasks.flatMap((task) => task.lead))
  const { units, questions } = strangersOf(draft, now, level, apart)
  const registry: Registry =
    units.length === 0 ? now.registry : openRegistry({ level, units: [...now.registry.roster.units, ...units] })
  const self = registry.resolve(draft.document.issuer)
  const made = dutiesOf(draft, registry.roster, {
    classOf: registry.classOf,
    calendar: now.calendar,
    zone: deps.zone,
    startOn,
    ...(self.kind === 'one' && { office: self.unit.id }),
  })
  const asked = [...questions, ...succeededIn(draft, registry), ...made.questions]
  return { level, registry, calendar: now.calendar, entered: units, made, questions: asked }
}
export type Outlook = ReturnType<typeof outlookOf>

/** The units that a plan brings to the roster, with their facts; one that is there meanwhile stays as it is. */
export const unitWrites = (deps: Deps, q: Query, units: readonly Unit[], from: number, stamp: Stamp): Write[] => {
  const { t, office } = deps.store
  const facts = units.map((unit) =>
    factRow(
      deps,
      {
        ...{ subject: 'unit' as const, id: unit.id, seq: 1, prev: '', kind: 'entered' },
        body: { name: unit.name, origin: unit.origin },
      },
      stamp,
    ),
  )
  const rows = units.map(({ head, ...unit }, i) => ({
    office,
    ...unit,
    headName: head,
    ord: from + i,
    version: 1,
    head: facts[i]?.hash ?? '',
  }))
  return [...bulkInsert(deps.store, q, t.units, rows), ...bulkInsert(deps.store, q, t.facts, facts)]
}
