import { type Label, labelsIn } from './labels.ts'
import { fillLevels } from './levels.ts'
import { withoutNote } from './list-notes.ts'
import { goesOnWith, isClass, isLikely, isNamed, isTrusted, isUnit } from './names.ts'
import { isAboutPeople, isPersonName } from './people.ts'
import { ROLE_START, roleAfter, SEPARATORS } from './role-words.ts'
import { helps } from './roles.ts'

/** One unit of a list: its name with the shared level, its words in the list and where they begin there. */
export interface ListedUnit {
  name: string
  raw: string
  at: number
}

export interface UnitList {
  lead: ListedUnit[]
  support: ListedUnit[]
  /** The list ends in 等. */
  openEnded: boolean
  /** 按职责分工, 分别, 等: the text does not say who does what. */
  divided: boolean
  /** The list has a word for a role or a label. */
  roles: boolean
  /** Words for a time limit that stand in the list, with where they begin. */
  times: { raw: string; at: number }[]
  /** Words that name no unit. */
  stray: string[]
}

export interface ListRules {
  /** The role of names without a role word: what the column or label says. */
  role?: 'lead' | 'support'
  /** The plan says that the first unit of a list leads and the others help. */
  firstLeads?: boolean
  /** The plan says that units with a mark (★, *) lead and the others help. */
  marked?: boolean
  /** The words stand where only units stand (a column for units). */
  trusted?: boolean
  /** Only a list that is nothing but units is asked for: the first words that name none end the reading. */
  whole?: boolean
}

type Role = 'lead' | 'support'
/** What may stand before a name: 由, 以及, 此项工作由. */
const BEFORE_NAME =
  /^(?:(?:[此该本]|以上|上述)(?:几|各)?[项条]?(?:工作|任务|事项|内容|措施)?(?:均|分别)?由|(?:由|请|以及|及|和|与|并|或)+)(?=.{2})/
/** All characters but these belong to a name, whatever stands around them. */
const NOT_OF_NAME = new Set(`（(〔和及与以${ROLE_START}${SEPARATORS}`)
const BRACKETED_ROLE = /^[（(](牵头(?:单位|部门)?|配合(?:单位|部门)?|负责|主办)[）)]/
const MARK = /[★☆*▲△※#]/
const MARKS = /[★☆*▲△※#]+/g
const TIME =
  /^(?:于|在|至|到|自)?(?:\d{4}[年.]|[二〇一九零]{4}年|\d{1,2}月|\d{1,2}[—\-~至]\d{1,2}月|每[年月季周半]|今年|明年|当年|本月|年[底末内中]|全年|长期|常年|常态|持续|立即|按[月季年]|第?[一二三四][、一二三四]*季度|[上下]半年|[春中元国][节秋旦庆]|汛期?前|\d+个?(?:工作)?日)/

/** A list on its way through its words. */
interface Walk {
  text: string
  list: UnitList
  trusted: boolean
  /** Where the name that is being read begins; -1 between names. */
  start: number
  /** Units that no role was given to yet. */
  pending: ListedUnit[]
  found: { unit: ListedUnit; role: Role }[]
  /** What only may be a unit. */
  unsure: ListedUnit[]
  /** Units with a mark. */
  starred: Set<ListedUnit>
  /** 等 stood behind the units that wait for their role. */
  open: boolean
}

/** Ends the name that began at `start` before `end`, and sorts it. */
function endName(walk: Walk, end: number): void {
  if (walk.start < 0) return
  const words = walk.text.slice(walk.start, end).replace(BEFORE_NAME, '')
  const raw = withoutPeople(words)
  const unit = { name: raw, raw, at: end - words.length }
  walk.start = -1
  if (raw === '') return
  if (MARK.test(raw)) {
    unit.raw = unit.name = raw.replace(MARKS, '')
    if (MARK.test(raw[0] ?? '')) unit.at += /^[★☆*▲△※#]+/.exec(raw)?.[0].length ?? 0
    walk.starred.add(unit)
  }
  sort(walk, unit)
}

function sort({ text, list, trusted, pending, unsure }: Walk, unit: ListedUnit): void {
  const { raw } = unit
  const before = pending.at(-1)
  if (before && isClass(before.raw) && /^(?:单位|部门|机关|机构)$/.test(raw)) {
    before.raw = before.name = text.slice(before.at, unit.at + raw.length)
  } else if (isUnit(raw)) pending.push(unit)
  else if (TIME.test(raw)) list.times.push({ raw, at: unit.at })
  else if (trusted ? isTrusted(raw) : isLikely(raw)) {
    pending.push(unit)
    if (!trusted) unsure.push(unit)
  } else if (!(trusted && isPersonName(raw))) list.stray.push(raw)
}

/** Ends the name before `end` and gives the units that wait their role. */
function give(walk: Walk, end: number, role: Role): void {
  endName(walk, end)
  if (walk.open && role === 'lead') walk.list.divided = true
  if (walk.pending.length === 0) return
  for (const unit of walk.pending) walk.found.push({ unit, role })
  walk.open = false
  walk.pending = []
}

/**
 * Reads a list of responsible units: `X、Y牵头，会同Z落实`, `责任单位：X；配合单位：Y`, `X、Y等部门按照职责分工分别牵头落实`.
 * Names without a role word lead unless the rules say otherwise; a level that the first name bears is given to those after it.
 */
export function readUnits(words: string, rules: ListRules = {}): UnitList {
  const text = withoutNote(words)
  const list: UnitList = { lead: [], support: [], openEnded: false, divided: false, roles: false, times: [], stray: [] }
  const labels = labelsIn(text)
  const trusted = rules.trusted === true || labels.some((l) => l.kind === 'lead' || l.kind === 'support')
  const found: Walk['found'] = []
  const starred = new Set<ListedUnit>()
  const walk: Walk = { text, list, trusted, start: -1, pending: [], found, unsure: [], starred, open: false }
  let standing: Role | undefined
  const rest: Role = rules.role ?? 'lead'
  let withs = false
  let shared = false
  /** Some word tells who leads from who helps: 负责 alone does not. */
  let told = false
  let depth = 0
  let next = 0
  let i = 0
  while (i < text.length) {
    if (rules.whole && list.stray.length > 0) return list
    const c = text[i] as string
    if (depth > 0 || '（(〔'.includes(c)) {
      if ('（(〔'.includes(c)) {
        const role = depth === 0 && BRACKETED_ROLE.exec(text.slice(i, i + 8))
        if (role) {
          give(walk, i, helps(role[1] ?? '') ? 'support' : 'lead')
          list.roles = told = true
          i += role[0].length
          continue
        }
        depth++
      } else if ('）)〕'.includes(c)) depth--
      if (walk.start < 0) walk.start = i
      i++
      continue
    }
    while ((labels[next]?.at ?? i) < i) next++
    const label = labels[next]?.at === i ? labels[next] : undefined
    if (label) {
      next++
      give(walk, i, standing ?? (withs ? 'support' : rest))
      list.roles = true
      if (tellsApart(label, text)) told = true
      withs = false
      i = label.end
      if (label.kind === 'lead' || label.kind === 'support') standing = label.kind
      else {
        const to = endOfValue(text, i, labels[next]?.at)
        if (label.kind === 'time') list.times.push(trimmed(text, i, to))
        i = to
      }
      continue
    }
    const stop = labels[next]?.at ?? 0
    const end = endOfRun(text, i, stop > i ? stop : text.length)
    if (end > i) {
      if (walk.start < 0) walk.start = i
      i = end
      continue
    }
    const name = walk.start < 0 ? '' : text.slice(walk.start, i)
    const word = roleAfter(name, text, i)
    if (word) {
      if (word.kind === 'etc') list.openEnded = walk.open = true
      if (word.kind === 'share' || word.words.includes('分别')) shared = true
      if (word.kind === 'lead') give(walk, i, withs ? 'support' : 'lead')
      if (word.kind === 'help') give(walk, i, 'support')
      if (word.kind === 'with') give(walk, i, 'lead')
      else endName(walk, i)
      if (word.kind === 'with') withs = true
      else if (word.kind === 'lead' || word.kind === 'help') withs = false
      if (word.kind !== 'etc' && word.kind !== 'adverb') list.roles = true
      if (word.kind === 'help' || word.kind === 'with' || LEADING.test(word.words)) told = true
      i += word.words.length
      continue
    }
    const goesOn = c === '、' && goesOnWith(name, text.slice(i + 1, i + 12))
    const joint = goesOn ? 0 : SEPARATORS.includes(c) ? 1 : jointAt(text, i, name)
    if (joint) {
      endName(walk, i)
      if ('；;。'.includes(c) && (standing || found.length === 0)) give(walk, i, standing ?? (withs ? 'support' : rest))
      i += joint
      continue
    }
    if (walk.start < 0) walk.start = i
    i++
  }
  give(walk, i, standing ?? (withs ? 'support' : rest))
  leaveUnsure(list, found, walk.unsure)
  fillLevels(found.map((f) => f.unit))
  if (rules.marked && starred.size > 0) for (const f of found) f.role = starred.has(f.unit) ? 'lead' : 'support'
  settle(list, found, rules.firstLeads === true && !told)
  if (shared && list.lead.length > 1) list.divided = true
  return list
}

const LEADING = /牵头|主办|主责|主管/
/** Where the characters end that belong to a name, at `limit` at the latest. */
function endOfRun(text: string, from: number, limit: number): number {
  let i = from
  while (i < limit && !NOT_OF_NAME.has(text[i] as string)) i++
  return i
}

const tellsApart = (label: Label, text: string): boolean =>
  label.kind === 'support' || (label.kind === 'lead' && LEADING.test(text.slice(label.at, label.end)))

/** What only may be a unit counts as one where the list has a role word, or a sure office beside it. */
function leaveUnsure(list: UnitList, found: { unit: ListedUnit; role: Role }[], unsure: ListedUnit[]): void {
  if (unsure.length === 0 || list.roles) return
  const left = new Set(unsure)
  if (found.some((f) => !left.has(f.unit) && isNamed(f.unit.raw))) return
  for (const unit of unsure) list.stray.push(unit.raw)
  const sure = found.filter((f) => !left.has(f.unit))
  found.length = 0
  for (const one of sure) found.push(one)
}

/** A unit's name without the names and telephones of its people in brackets behind it. */
function withoutPeople(name: string): string {
  if (!'）)'.includes(name.at(-1) ?? '。')) return name
  const m = /[（(]([^（）()]*)[）)]$/.exec(name)
  return m && m.index > 0 && isAboutPeople(m[1] ?? '') ? name.slice(0, m.index) : name
}

/** Where the value of a label that names no units ends: at the next label, or at the end of its part. */
function endOfValue(text: string, from: number, nextLabel: number | undefined): number {
  const stop = from + text.slice(from, nextLabel).search(/[；;。]|$/)
  return Math.max(stop, from)
}

function trimmed(text: string, from: number, to: number): { raw: string; at: number } {
  const words = text.slice(from, to)
  const lead = words.length - words.trimStart().length
  return { raw: words.trim().replace(/[，,、；;\s]+$/, ''), at: from + lead }
}

/** Each unit once; one that leads and helps leads; `first` where only the first of the list leads; 负责 behind a class says all. */
function settle(list: UnitList, found: { unit: ListedUnit; role: Role }[], first: boolean): void {
  const one = first && !(list.roles && isClass(found[0]?.unit.raw ?? ''))
  const leads = new Set(found.filter((f, i) => (one ? i === 0 : f.role === 'lead')).map((f) => f.unit.name))
  const seen = new Set<string>()
  for (const { unit } of found) {
    if (seen.has(unit.name)) continue
    seen.add(unit.name)
    list[leads.has(unit.name) ? 'lead' : 'support'].push(unit)
  }
}

/** 和, 及, 与, 以及 between two names; 及其 and 和 inside a name do not part. */
function jointAt(text: string, at: number, name: string): number {
  const c = text[at] as string
  if (!'和及与以'.includes(c) || (c === '以' && text[at + 1] !== '及')) return 0
  if (text[at + 1] === '其' || !/[\u4e00-\u9fff]/.test(text[at + 1] ?? '')) return 0
  return isLikely(name) && !/^[市县州区省]委$/.test(name) ? (c === '以' ? 2 : 1) : 0
}
