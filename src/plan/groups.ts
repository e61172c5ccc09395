import { labelsIn } from './labels.ts'
import { isNamed } from './names.ts'
import type { Passage } from './sheet.ts'
import { type ListRules, readUnits, type UnitList } from './units.ts'
import { splitOutside } from './words.ts'

/** A group of responsible units in a text: from `start` to `end`, its list beginning at `at`. */
export interface Group {
  start: number
  end: number
  at: number
  units: UnitList
}

const OPEN: Record<string, string> = { '（': '）', '(': '）', '〔': '〕', '[': ']', '【': '】', '［': '］' }
const CLOSE: Record<string, string> = { '）': '）', ')': '）', '〕': '〕', ']': ']', '】': '】', '］': '］' }
const BRACKET = /[（(〔[［【）)〕\]］】]/g
/** Every group has one of these but those that are nothing but units. */
const MARK = /[（(〔[［【:：—―-]/
const LONGEST = 600
const HINT = /[局委办厅署院室府门位区市县州省盟旗乡镇村道行司关社团会联协站台场厂馆校所处部队组班心园网企中]/

/** The groups of a passage as `findGroups` gives them by the rules of its plan, read once however many parts of the reader ask for them. */
export function groupsOf(passage: Passage, rules: ListRules): Group[] {
  passage.groups ??= findGroups(passage.text, rules)
  return passage.groups
}

/** The groups of units that a text holds, in its order: parentheses that close a stretch, and labels such as 责任单位：; where `alone`, also a text that is nothing but units. */
export function findGroups(text: string, rules: ListRules, alone = true): Group[] {
  if (!MARK.test(text)) return alone ? unmarked(text, rules) : []
  const groups: Group[] = []
  let from = 0
  for (const { start, end } of pairs(text)) {
    if (start < from) continue
    const group = groupIn(text, start, end, rules) ?? (from === start ? timeIn(text, start, end, rules) : undefined)
    if (!group) continue
    groups.push(...labelled(text, from, start, rules), group)
    from = group.end
  }
  groups.push(...labelled(text, from, text.length, rules))
  if (groups.length) return groups
  const [one] = dashed(text, rules)
  return one ? [one] : alone ? unmarked(text, rules) : []
}

/** A text without marks: it is nothing but units, or ends in sentences that are. */
function unmarked(text: string, rules: ListRules): Group[] {
  const whole = bare(text, rules)
  return whole.length > 0 ? whole : sentences(text, rules)
}

const ROLE_AT_END = /(?:负责|牵头|配合|协助|参与|承办|落实|实施)$/

/** Sentences behind others that are nothing but units with their roles (由市残联牵头，市财政局配合。). */
function sentences(text: string, rules: ListRules): Group[] {
  return splitOutside(text, '。').flatMap(({ at, text: sentence }) => {
    const words = sentence.replace(/。$/, '')
    if (at === 0 || words.length > 120 || !ROLE_AT_END.test(words)) return []
    const units = readUnits(words, { ...rules, whole: true })
    return units.roles && isWholeList(units, 1) ? [{ start: at, end: at + words.length, at, units }] : []
  })
}

/** A list of units after a dash at the end of a sentence. */
function dashed(text: string, rules: ListRules): Group[] {
  const start = Math.max(text.lastIndexOf('——'), text.lastIndexOf('--'), text.lastIndexOf('―'))
  if (start < 0) return []
  const at = start + (text[start] === '―' ? 1 : 2)
  const words = text.slice(at).replace(/。$/, '')
  if (words.length > LONGEST || words.includes('。')) return []
  const units = readUnits(words, { ...rules, whole: true })
  return isWholeList(units, 1) ? [{ start, end: at + words.length, at, units }] : []
}

/** A paragraph that is nothing but a list of units with their roles. */
function bare(text: string, rules: ListRules): Group[] {
  const words = text.replace(/[。；]$/, '')
  if (words.length > 200 || /[。；：:]/.test(words) || !HINT.test(words)) return []
  const units = readUnits(words, { ...rules, whole: true })
  return isWholeList(units, 2) && (units.roles || units.lead.every((u) => isOffice(u.raw)))
    ? [{ start: 0, end: words.length, at: 0, units }]
    : []
}

const isWholeList = (list: UnitList, least: number): boolean => {
  const all = [...list.lead, ...list.support]
  return (
    list.stray.length === 0 &&
    list.times.every((t) => t.raw.length <= 16) &&
    all.length >= (list.roles ? 1 : least) &&
    all.some((u) => isOffice(u.raw))
  )
}

/** Matched brackets, outer before inner; what nests deeper than three levels or runs too long is text. */
function pairs(text: string): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = []
  const stack: { c: string; at: number; deep: number }[] = []
  for (const match of text.matchAll(BRACKET)) {
    const [c] = match
    const i = match.index
    const close = OPEN[c]
    if (close) stack.push({ c: close, at: i, deep: 0 })
    else if (stack.at(-1)?.c === CLOSE[c]) {
      const open = stack.pop()
      if (!open) continue
      const parent = stack.at(-1)
      if (parent) parent.deep = Math.max(parent.deep, open.deep + 1)
      if (open.deep <= 2 && i - open.at <= LONGEST) found.push({ start: open.at, end: i + 1 })
    }
  }
  return found.sort((a, b) => a.start - b.start)
}

function groupIn(text: string, start: number, end: number, rules: ListRules): Group | undefined {
  const inner = text.slice(start + 1, end - 1)
  if (inner.length < 3 || !HINT.test(inner)) return undefined
  const units = readUnits(inner, rules)
  if (!closes(text, start, end, units)) return undefined
  return { start, end, at: start + 1, units }
}

/** Brackets right behind a group that only say when: （责任单位：县水利局）（完成时限：6月底前）. */
function timeIn(text: string, start: number, end: number, rules: ListRules): Group | undefined {
  const inner = text.slice(start + 1, end - 1)
  const [label] = start > 0 ? labelsIn(inner) : []
  if (label?.kind !== 'time' || label.at !== 0) return undefined
  const units = readUnits(inner, rules)
  return units.times.length > 0 ? { start, end, at: start + 1, units } : undefined
}

/** Whether a list in brackets is the group that closes a stretch, not a remark inside a sentence. */
function closes(text: string, start: number, end: number, list: UnitList): boolean {
  const all = [...list.lead, ...list.support]
  if (all.length === 0 || list.stray.length > (list.roles ? all.length : 0)) return false
  const before = text[start - 1] ?? ''
  const after = text[end] ?? ''
  if (list.roles) return !/^(?:[的、和与]|及(?!时))/.test(text.slice(end, end + 2))
  if (after === '' || '。；;！'.includes(after) || (before !== '' && '。；;！'.includes(before)))
    return all.length > 1 || isOffice(all[0]?.raw ?? '')
  return '，,'.includes(after) && all.length > 1 && all.every((u) => isNamed(u.raw))
}

const isOffice = (raw: string): boolean => isNamed(raw) || /各|级|直|有关|相关/.test(raw)

/** Labels that stand outside brackets, at the beginning or after a stop: each runs to the end of its sentence. */
function labelled(text: string, from: number, to: number, rules: ListRules): Group[] {
  const groups: Group[] = []
  let end = from
  for (const label of labelsIn(text.slice(from, to))) {
    const at = from + label.at
    if (at < end || !(at === from || '。；;）)】〕\n'.includes(text[at - 1] as string))) continue
    end = at + text.slice(at, to).search(/。|$/)
    const units = readUnits(text.slice(at, end), rules)
    groups.push({ start: at, end, at, units })
  }
  return groups
}
