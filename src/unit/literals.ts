import type { Unit } from '../model/unit.ts'
import { BANKS } from './families.ts'

/** A form that stands as it is: no stem to abbreviate. Lower rank is nearer to the unit's own name. */
export interface Literal {
  form: string
  rank: number
}

const PLACE = /^(.+?)(?:人民)?政府$/
const BRANCH = /^(?:中国)?(.+?银行)(?:股份有限公司)?(.{2,4}?)(?:市|州|县)?(中心支行|分行|支行)$/
const COLLEGE = /^(.+?)(学院|大学|学校)$/

/** 米易县政府, 米易县人民政府, 米易县, 米易. A name of one character (东区 → 东) does not stand alone. */
function placeForms(name: string): Literal[] {
  const base = PLACE.exec(name)?.[1] ?? (/[县区市旗乡镇]$/.test(name) ? name : undefined)
  if (base === undefined || base.length < 2) return []
  const bare = base.length > 2 ? base.slice(0, -1) : ''
  return [
    { form: base, rank: 1 },
    { form: `${base}政府`, rank: 0 },
    { form: `${base}人民政府`, rank: 0 },
    { form: `${base}政府办`, rank: 2 },
    { form: `${base}政府办公室`, rank: 2 },
    ...(bare ? [{ form: bare, rank: 3 }] : []),
  ]
}

/** 人民银行攀枝花中心支行, 人行攀枝花中心支行, 攀枝花人行, 人行, 人民银行. */
function bankForms(name: string): Literal[] {
  const [, bank, place, kind] = BRANCH.exec(name) ?? []
  if (!bank || !place || !kind) return []
  const short = BANKS.find(([full]) => bank.endsWith(full))?.[1]
  const kinds = kind === '中心支行' ? ['中心支行', '中支', '支行'] : [kind]
  const banks = short ? [bank, short, `中国${bank}`] : [bank]
  return banks.flatMap((b) => [
    ...['', '市', '州', '县'].flatMap((mark) => kinds.map((k) => ({ form: `${b}${place}${mark}${k}`, rank: 1 }))),
    ...kinds.map((k) => ({ form: `${b}${k}`, rank: 1 })),
    { form: `${place}${b}`, rank: 1 },
    { form: `${place}市${b}`, rank: 1 },
    { form: b, rank: 2 },
  ])
}

/** 攀枝花机电职业技术学院 → 机电学院, 机电职院; 攀枝花学院 → 攀院. `place` is the city's name where the roster shows it. */
function collegeForms(name: string, place: string): Literal[] {
  const [, stem, kind] = COLLEGE.exec(name) ?? []
  if (!stem || !kind) return []
  const local = place !== '' && stem.startsWith(place)
  const own = local ? stem.slice(place.length) : stem
  const end = kind === '大学' ? '大' : '院'
  if (own === '') return [{ form: `${place[0]}${end}`, rank: 2 }]
  const core = own.replace(/(?:职业|技术|工程|师范|高等|专科)+$/, '')
  const words = core.length > 1 ? [`${core}${kind}`, `${core}职${end}`, `${core}职业${kind}`] : []
  return [{ form: `${own}${kind}`, rank: 1 }, ...words.map((form) => ({ form, rank: 2 }))]
}

/** 某新区管委会 → 某新区. */
function zoneForms(name: string): Literal[] {
  const base = /^(.+)(?:管委会|管理委员会)$/.exec(name)?.[1]
  return base && base.length > 2
    ? ['', '管委会', '管理委员会'].map((end) => ({ form: base + end, rank: end ? 0 : 1 }))
    : []
}

const streetForms = (name: string): Literal[] => {
  const base = /^(.+街道)(?:办事处|办)?$/.exec(name)?.[1]
  return base ? ['', '办', '办事处'].map((end) => ({ form: base + end, rank: 0 })) : []
}

/** The city's own name, as the bank's branch or two colleges of the roster show it; empty where nothing does. */
export function placeOf(names: string[]): string {
  const branch = names.map((name) => BRANCH.exec(name)?.[2]).find(Boolean)
  if (branch) return branch
  const colleges = names.filter((name) => COLLEGE.test(name))
  const [first, second] = colleges
  if (!first || !second) return ''
  let same = 0
  while (same < 4 && first[same] === second[same]) same += 1
  return same >= 2 ? first.slice(0, same) : ''
}

/** Every form of a unit that stands as it is. */
export function literalsOf(unit: Unit, name: string, place: string): Literal[] {
  return [
    { form: name, rank: 0 },
    ...unit.short.map((form) => ({ form, rank: 0 })),
    ...placeForms(name),
    ...bankForms(name),
    ...collegeForms(name, place),
    ...zoneForms(name),
    ...streetForms(name),
  ]
}
