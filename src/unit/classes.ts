import type { Roster, Unit } from '../model/unit.ts'
import { classId } from './id.ts'
import { clean } from './parts.ts'

/** What a class word speaks of: `counties`, `departments`, `towns`, or its own words where no rule knows them. */
export interface ClassWord {
  parts: string[]
  whole: boolean
}

export interface ClassMeaning {
  kind: 'class'
  id: string
  members: string[] | null
  whole: boolean
  /** Names of the units that the one so called was split into: the class stands until somebody says which. */
  heirs?: string[]
}

const SCOPE = '(?:全市|全县|全州|全省|全区|全|本|市|州|县|区|省|各)?'
const COUNTIES =
  /^(?:县市区|县区|区县|县市|市县|县级|县|区市县|市区|区)(?:级)?(?:人民)?(?:政府)?$|^(?:级)?(?:人民)?政府$|^(?:地|地区|地方)$/
const DEPARTMENTS = new RegExp(
  `^${SCOPE}(?:级|直|直属|属|本级|政府)?(?:机关)?(?:各|有关|相关)?(?:工作|职能|政府|责任|成员|行政)?(?:部门|机关|委办局|局办|委局办)(?:单位)?$|^${SCOPE}(?:级|直|直属)(?:机关)?(?:各|有关|相关)?单位$`,
)
const ALL = /^(?:级|地)?(?:各)?(?:部门|地|地区)?(?:责任|成员)?单位$|^级(?:人民)?(?:政府)?各?部门$|^地各?部门$/
const TOWNS = /^(?:乡镇|镇乡|镇街|乡镇街道|街道|镇|乡)(?:人民)?(?:政府)?(?:街道)?(?:办事处)?$/
const WHOLE = /各|全体|所有|全部|每个/
const SOME = /有关|相关|涉及|部分/
const NOUN =
  /(?:部门|单位|政府|县区|区县|县市|县市区|市县|乡镇|街道|地区|各地|机关|企业|学校|医院|银行|委办局|园区|景区|开发区|高校)$/

/** Takes quantity words off: 各县区人民政府 → 县区人民政府. */
const bare = (word: string): string => word.replace(/^(?:各个|各|全体|所有|全部|每个|有关|相关)+/, '')

function meaning(word: string): string[] {
  const name = bare(word)
  const every = /各|全体|所有|有关|相关/.test(word)
  if (ALL.test(name) && every) return ['counties', 'departments']
  if (TOWNS.test(name)) return ['towns']
  if (COUNTIES.test(name) && (every || name.length > 1)) return ['counties']
  if (DEPARTMENTS.test(name) || DEPARTMENTS.test(word))
    return [`departments${/^[市州县区省](?=级|直)/.exec(name)?.[0] ?? ''}`]
  return NOUN.test(name) ? [`other:${name}`] : []
}

/** Reads a class word of a plan or of speech; undefined where it is none. */
function readClass(name: string): ClassWord | undefined {
  const whole = clean(name).replace(/(?:等|等等|负责|落实|分别|牵头|配合)+$/, '')
  const words = whole.split(/[、，,/]|以及|和|与|及(?!其)/).filter(Boolean)
  const shared = SOME.test(words[0] ?? '') || WHOLE.test(words[0] ?? '') || /^有.{1,8}的(?:部门|单位)$/.test(whole)
  if (
    !words.length ||
    !NOUN.test(whole.replace(/人民政府$/, '政府')) ||
    !(shared || /[级直属]|(?:工作|组成|职能)部门$/.test(whole))
  )
    return undefined
  const parts = words.flatMap((word) => meaning(word))
  if (!parts.length) return undefined
  return { parts: [...new Set(parts)], whole: WHOLE.test(whole) && !SOME.test(whole) }
}

const COUNTY = /[县区市旗](?:人民)?政府$|^.{1,6}[县区旗]$/
const TOWN = /(?:乡|镇)(?:人民)?政府$|^.{2,6}(?:乡|镇)$|街道(?:办事处)?$/

function byRule(part: string, units: Unit[], level: string): Unit[] {
  const own = units.filter((unit) => unit.kind === 'unit' && unit.origin === 'roster' && !unit.succession)
  const name = (unit: Unit): string => clean(unit.name)
  if (part === 'counties') {
    const counties = own.filter((unit) => COUNTY.test(name(unit)))
    return counties.length ? counties : own.filter((unit) => TOWN.test(name(unit)))
  }
  if (part === 'towns') return own.filter((unit) => TOWN.test(name(unit)))
  if (part !== 'departments' && part !== `departments${level}`) return []
  if (level === '') return []
  return own.filter(
    (unit) =>
      unit.level === level && name(unit).startsWith(level) && !COUNTY.test(name(unit)) && !TOWN.test(name(unit)),
  )
}

/** The classes of a roster, by what they mean and by their own names. */
export interface ClassIndex {
  names: Map<string, Unit>
  senses: Map<string, Unit>
}

const key = (name: string): string =>
  clean(name)
    .replace(/人民政府/g, '政府')
    .replace(/[、，,]/g, '')

/** 市级各部门 and 各部门 are one class on a 市 roster. */
const senseKeys = (sense: string, level: string): string[] =>
  sense === 'departments' || sense === `departments${level}` ? ['departments', `departments${level}`] : [sense]

export function indexClasses(roster: Roster): ClassIndex {
  const index: ClassIndex = { names: new Map(), senses: new Map() }
  for (const unit of roster.units) {
    if (unit.kind !== 'class') continue
    for (const name of [unit.name, ...unit.short]) index.names.set(key(name), unit)
    const word = readClass(unit.name)
    const [sense] = word?.parts ?? []
    if (word?.parts.length === 1 && sense)
      for (const one of senseKeys(sense, roster.level)) if (!index.senses.has(one)) index.senses.set(one, unit)
  }
  return index
}

function membersOf(part: string, index: ClassIndex, roster: Roster): string[] {
  const named = index.senses.get(part)
  if (named?.members) return named.members
  const counties = index.senses.get('counties')?.members ?? []
  const ruled = byRule(part, roster.units, roster.level).map((unit) => unit.id)
  return part.startsWith('departments') ? ruled.filter((id) => !counties.includes(id)) : ruled
}

/** What a class word means on this roster: the roster's own class first, else its units by rule; none fit: null. */
export function meaningOf(name: string, index: ClassIndex, roster: Roster): ClassMeaning | undefined {
  const word = readClass(name)
  const own = index.names.get(key(name))
  if (own) return { kind: 'class', id: own.id, members: own.members, whole: word?.whole ?? true }
  if (!word) return undefined
  const [part] = word.parts
  const same = word.parts.length === 1 && part ? index.senses.get(part) : undefined
  if (same) return { kind: 'class', id: same.id, members: same.members, whole: word.whole }
  const lists = word.parts.map((p) => membersOf(p, index, roster))
  const members = [...new Set(lists.flat())]
  const strange = word.parts.some(
    (p, i) => p.startsWith('other:') || (p !== 'departments' && !lists[i]?.length && p.startsWith('departments')),
  )
  const known = members.length > 0 && !strange
  return { kind: 'class', id: classId(name), members: known ? members : null, whole: word.whole }
}
