import type { Roster, Unit } from '../model/unit.ts'
import { abbreviates, clean, cut, dropConjunctions } from '../unit/parts.ts'

/** Sector words (发展改革、教育、质检……等部门) and the units that they speak of. */

/** Sector words whose characters do not stand in the unit's own name. */
const aliases: Record<string, readonly string[]> = {
  农业: ['农牧', '农业农村', '农委'],
  质检: ['质监', '质量技术监督', '市场监'],
  质监: ['质量技术监督', '市场监'],
  工商: ['市场监'],
  国资: ['国有资产'],
  水利: ['水务'],
  水务: ['水利'],
  税务: ['国税', '地税', '国家税务', '地方税务'],
  工业和信息化: ['经济和信息化', '经信', '工信'],
  工信: ['经济和信息化', '经信'],
  物价: ['发展改革', '发展和改革', '发改'],
  价格: ['发展改革', '发展和改革', '发改'],
  环境保护: ['环保', '生态环境'],
  环保: ['生态环境'],
  卫生计生: ['卫计', '卫健', '卫生健康'],
  卫生: ['卫计', '卫健'],
  国土资源: ['国土', '自然资源'],
  旅游: ['文旅'],
  安全监管: ['安监', '应急管理'],
  安监: ['应急管理'],
  食品药品监管: ['食药监', '市场监'],
  机构编制: ['编办', '编委办'],
  编制: ['编办', '编委办'],
  互联网信息: ['网信'],
  新闻宣传: ['新闻办'],
  政府法制: ['法制'],
  法制: ['司法'],
  扶贫: ['乡村振兴'],
  科技: ['科学技术'],
}

interface Candidate {
  id: string
  name: string
  stem: string
}

const candidate = (unit: Unit, level: string): Candidate => {
  const name = clean(unit.name)
  const parts = cut(name, unit.level || level)
  const rest = unit.level && name.startsWith(unit.level) ? name.slice(unit.level.length) : name
  return { id: unit.id, name: dropConjunctions(rest), stem: parts?.stem ?? dropConjunctions(rest) }
}

function closeness(word: string, { name, stem }: Candidate): number {
  if (stem.startsWith(word)) return 4
  if (name.includes(word)) return 3
  return abbreviates(word, stem) ? 2 : 0
}

function best(word: string, units: readonly Candidate[]): string[] {
  let top = 1
  let found: string[] = []
  for (const unit of units) {
    const score = closeness(word, unit)
    if (score > top) found = []
    if (score > top) top = score
    if (score > 1 && score === top) found.push(unit.id)
  }
  return found
}

/** Finds the units of `ids` that a sector word speaks of: the nearest in name, several where they fit equally well. */
export function sectorsAmong(ids: Iterable<string>, roster: Roster): (word: string) => string[] {
  const wanted = new Set(ids)
  const units = roster.units.filter((unit) => wanted.has(unit.id)).map((unit) => candidate(unit, roster.level))
  return (word) => {
    const plain = dropConjunctions(word)
    const own = best(plain, units)
    if (own.length > 0) return own
    return (aliases[word] ?? aliases[plain] ?? []).flatMap((alias) => best(dropConjunctions(alias), units)).slice(0, 2)
  }
}

const inSentence = /[。；;！!？?\n]/
const MOST_WORDS = 12

/** Where a list of sector words ends: 等, 部门 or 单位; 高等教育 and 等级 go on. */
const listEnd = /等(?!教育|级|于|待)|部门|单位/

/** The words of a list like 教育、科技、公安等部门 where it opens a clause; a list that something is done to (…等部门的) is none. */
function listAt(clause: string, rest: string): string[] {
  const items = clause.split('、')
  const at = items.findIndex((item) => listEnd.test(item))
  const last = items[at] ?? ''
  const end = last.search(listEnd)
  if (at < 2 || end < 2 || end > MOST_WORDS) return []
  const tail = [last.slice(end), ...items.slice(at + 1)].join('、') + rest
  const speaksToThem = /^等?[^。；;]{0,60}?(?:部门|单位)(?!的|之间|间)/.test(tail)
  return speaksToThem ? [...items.slice(0, at), last.slice(0, end)] : []
}

/** The sector words by which a text names the units that it speaks to; empty where it holds no such list. */
export function sectorWords(text: string): string[] {
  for (const sentence of text.split(inSentence)) {
    if (!/部门|单位/.test(sentence)) continue
    const clauses = sentence.split(/[，,：:]/)
    for (let at = 0; at < clauses.length; at++) {
      const words = listAt(clauses[at] ?? '', `，${clauses.slice(at + 1).join('，')}`)
      if (words.length > 0) return words.filter((word) => word.length >= 2 && word.length <= MOST_WORDS)
    }
  }
  return []
}
