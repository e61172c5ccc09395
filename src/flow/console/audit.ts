import {
  type FactFilter,
  type FactKey,
  type FactSeen,
  factsNewest,
  peopleByName,
  sealsNewest,
  subjectNames,
} from '../../../db/queries/audit.ts'
import { casesById } from '../../../db/queries/cases.ts'
import { type CaseEvent, CaseKind } from '../../model/case.ts'
import type { Subject } from '../../model/fact.ts'
import { kindWords } from '../../model/fact-words.ts'
import type { Role } from '../../model/person.ts'
import { BadInput } from '../../model/problem.ts'
import { registers } from '../../register/index.ts'
import { numberOf } from '../../register/register.ts'
import { deedTitle, eventWords } from '../../register/told.ts'
import { addDays, atOffice, dayOf, timeOf } from '../../time/day.ts'
import type { Deps } from '../deps.ts'
import { bodyWords, saidWords, strangerWords, wayWords } from './audit/words.ts'

export type Group = 'ledger' | 'cases' | 'login' | 'refused' | 'export' | 'roster' | 'settings'

export interface AuditQuery {
  from?: string | undefined
  to?: string | undefined
  by?: string | undefined
  group?: Group | undefined
  subject?: Subject | undefined
  id?: string | undefined
  unit?: string | undefined
  q?: string | undefined
}

const logins = ['signed-in', 'signed-out', 'session-ended']
const groups: Record<Group, Pick<FactFilter, 'subjects' | 'kinds' | 'notKinds'>> = {
  ledger: { subjects: ['plan', 'task', 'duty'] },
  cases: { subjects: CaseKind.options },
  login: { subjects: ['person'], kinds: logins },
  refused: { subjects: ['person', 'unit'], kinds: ['refused'] },
  export: { subjects: ['person'], kinds: ['exported'] },
  roster: { subjects: ['unit', 'person'], notKinds: [...logins, 'refused', 'exported'] },
  settings: { subjects: ['room', 'subscription', 'office'] },
}

const keyText = ({ at, subject, id, seq }: FactKey): string => [at.getTime(), subject, seq, id].join(' ')

/** @throws BadInput where it is none of ours */
const keyOf = (text: string): FactKey => {
  const [, at, subject, seq, id] = /^(\d{1,15}) (\w+) (\d{1,9}) (.+)$/s.exec(text) ?? []
  if (!at || !subject || !seq || !id) throw new BadInput('这一页的位置不对：请从第一页看起')
  return { at: new Date(Number(at)), subject, id, seq: Number(seq) }
}

const readPeople = async (deps: Deps) => peopleByName(deps.store)
type People = Awaited<ReturnType<typeof readPeople>>

const filterOf = (deps: Deps, people: People, query: AuditQuery): FactFilter => {
  const { from, to, by, group, subject, id, unit, q } = query
  if (from && to && from > to) throw new BadInput('开始日期在结束日期之后：请把两个日期对调')
  const ofGroup = group ? groups[group] : {}
  const subjects = subject ? [subject] : ofGroup.subjects
  // A subject that is not of the group: nothing is both.
  const both = subject && ofGroup.subjects && !ofGroup.subjects.includes(subject) ? [] : subjects
  return {
    ...ofGroup,
    ...(both && { subjects: both }),
    ...(from && { from: atOffice(from, '00:00', deps.zone) }),
    ...(to && { to: atOffice(addDays(to, 1), '00:00', deps.zone) }),
    ...(by && { by }),
    ...(id && { id }),
    ...(unit && {
      unit: { id: unit, people: people.filter(({ units }) => units.includes(unit)).map((one) => one.id) },
    }),
    ...(q && { q }),
  }
}

export interface AuditLine {
  key: string
  at: string
  when: string
  who: { id: string; name: string; role?: Role }
  way: string
  subject: Subject
  id: string
  about: string
  plan?: string
  kind: string
  body: string
  words: string
  erased: boolean
}

const idsOf = (facts: readonly FactSeen[], subject: Subject): string[] => [
  ...new Set(facts.filter((fact) => fact.subject === subject).map(({ id }) => id)),
]

/** What the subjects of some facts are called, and in which plan they stand, by `subject id`. */
const aboutOf = async (deps: Deps, people: People, facts: readonly FactSeen[]) => {
  const now = await deps.cache(deps.store)
  const { duties, tasks, plans } = await subjectNames(deps.store, {
    ...{ duty: idsOf(facts, 'duty'), task: idsOf(facts, 'task'), plan: idsOf(facts, 'plan') },
  })
  const cases = await casesById(
    deps.store,
    CaseKind.options.flatMap((kind) => idsOf(facts, kind)),
  )
  const units = new Map(now.view.units.map(({ id, name }) => [id, name]))
  const persons = new Map(people.map(({ id, name }) => [id, name]))
  const codes = new Map(now.view.plans.map(({ id, code }) => [id, code]))
  const rooms = await now.rooms()
  const roomWords = (key: string): string => {
    const room = rooms.get(key)
    if (!room) return '群'
    if (room.scope === 'all') return '工作群'
    return room.scope === 'office' ? '主管科室群' : `${room.units.map((id) => units.get(id) ?? id).join('、')}群`
  }
  const found = new Map<string, { about: string; plan?: string }>()
  const unsaid = new Set([
    ...duties.flatMap(({ id, secret }) => (secret ? [`duty ${id}`] : [])),
    ...tasks.flatMap(({ id, secret }) => (secret ? [`task ${id}`] : [])),
  ])
  for (const { id, code, number, plan, unit, round } of duties)
    found.set(`duty ${id}`, {
      about: `${code}-${number} ${units.get(unit) ?? unit}${/^\d/.test(round) ? `（${round}）` : ''}`,
      plan,
    })
  for (const { id, code, number, plan } of tasks) found.set(`task ${id}`, { about: `${code}-${number}`, plan })
  for (const row of cases)
    found.set(`${row.kind} ${row.id}`, { about: `${numberOf(registers[row.kind], row)} ${row.title}` })
  for (const { id, code, document } of plans) found.set(`plan ${id}`, { about: `${code} ${document.title}`, plan: id })
  return {
    /** Of a 工作秘密 task: nobody's words go to a screen, and no link. */
    isUnsaid: ({ subject, id }: FactSeen): boolean => unsaid.has(`${subject} ${id}`),
    nameOf: (id: string) => units.get(id) ?? persons.get(id) ?? codes.get(id) ?? id,
    of: ({ subject, id }: FactSeen): { about: string; plan?: string } =>
      found.get(`${subject} ${id}`) ??
      (subject === 'unit'
        ? { about: units.get(id) ?? id }
        : subject === 'person'
          ? { about: persons.get(id) ?? id }
          : subject === 'room'
            ? { about: roomWords(id) }
            : { about: subject === 'office' ? now.view.name || '本办' : '' }),
  }
}

/** What of a body people have written, or leads to what they have. */
const withoutSaid = ({ links: _, proof: __, reason: ___, ...body }: FactSeen['body']): FactSeen['body'] => body

/** What a fact's body says: of a case by the labels of its register's forms. */
const bodyOf = (fact: FactSeen, names: Awaited<ReturnType<typeof aboutOf>>): string => {
  const kind = CaseKind.safeParse(fact.subject)
  if (!kind.success) return bodyWords(names.isUnsaid(fact) ? withoutSaid(fact.body) : fact.body, names.nameOf)
  const body = fact.body as CaseEvent['body']
  return eventWords(registers[kind.data], { kind: fact.kind, body }, names.nameOf)
    .map(([label, words]) => `${label}：${words}`)
    .join('；')
}

const kindOf = ({ subject, kind }: FactSeen): string => {
  const of = CaseKind.safeParse(subject)
  return (of.success ? deedTitle(registers[of.data], kind) : undefined) ?? kindWords[kind] ?? kind
}

const linesOf = async (deps: Deps, people: People, facts: readonly FactSeen[]): Promise<AuditLine[]> => {
  const names = await aboutOf(deps, people, facts)
  const byId = new Map(people.map((one) => [one.id, one]))
  return facts.map((fact) => {
    const person = byId.get(fact.by)
    return {
      key: keyText(fact),
      at: fact.at.toISOString(),
      when: `${dayOf(fact.at, deps.zone)} ${timeOf(fact.at, deps.zone)}`,
      who: person
        ? { id: person.id, name: person.name, role: person.role }
        : { id: fact.by, name: strangerWords(fact.by) },
      way: wayWords(fact.via),
      subject: fact.subject as Subject,
      id: fact.id,
      ...names.of(fact),
      kind: kindOf(fact),
      body: bodyOf(fact, names),
      words: names.isUnsaid(fact) ? '' : saidWords(fact.words),
      erased: fact.wordsDigest !== '' && fact.words === null,
    }
  })
}

/** A page of all that anybody did, newest first. @throws BadInput */
export const auditPage = async (
  deps: Deps,
  query: AuditQuery,
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<{ facts: AuditLine[]; next?: string }> => {
  const people = await readPeople(deps)
  const filter = filterOf(deps, people, query)
  const facts = await factsNewest(deps.store, filter, limit + 1, after === undefined ? undefined : keyOf(after))
  const shown = facts.slice(0, limit)
  const last = shown[shown.length - 1]
  return {
    facts: await linesOf(deps, people, shown),
    ...(facts.length > limit && last && { next: keyText(last) }),
  }
}

/** Who and which units can be asked for. */
export const auditChoices = async (deps: Deps) => {
  const { view } = await deps.cache(deps.store)
  const people = await readPeople(deps)
  return {
    people: people.map(({ id, name, role }) => ({ id, name, role })),
    units: view.units.filter(({ kind }) => kind === 'unit').map(({ id, name }) => ({ id, name })),
  }
}

/** More rows than that no clerk reads, and a workbook of them would not be made in one go. */
const MOST_EXPORTED = 20_000
const CHUNK = 1000

/** Every line that the filter finds, up to the most that are exported. @throws BadInput where there are more */
export const auditLines = async (deps: Deps, query: AuditQuery): Promise<AuditLine[]> => {
  const lines: AuditLine[] = []
  for (let after: string | undefined; ; ) {
    const page = await auditPage(deps, query, { after, limit: CHUNK })
    lines.push(...page.facts)
    if (page.next === undefined) return lines
    if (lines.length >= MOST_EXPORTED) throw new BadInput(`超过${MOST_EXPORTED}行，一张表装不下：请用日期分几次导出`)
    after = page.next
    await deps.sleep(0)
  }
}

const SEALS = 31
const ALL_SEALS = 5000

/** Seals of days, newest first. */
export const sealPage = async (deps: Deps, before?: string) => {
  const rows = await sealsNewest(deps.store, SEALS + 1, before)
  const seals = rows.slice(0, SEALS).map(({ day, heads, alg, hash }) => ({ day, heads, alg, hash }))
  const last = seals[seals.length - 1]
  return { seals, ...(rows.length > SEALS && last && { next: last.day }) }
}

/** All seals, for whoever keeps them outside. */
export const allSeals = (deps: Deps) => sealsNewest(deps.store, ALL_SEALS)
