import type { Unit } from '../model/unit.ts'
import { type Hit, type NameIndex, nearest, whoIs } from './index.ts'
import { dropConjunctions, dropFiller, SUFFIXES } from './parts.ts'

/** A stretch of running text that names a unit (several where two fit equally well). */
export interface Mention {
  start: number
  end: number
  units: Unit[]
}

const LONGEST = 14
const LAST = new Map<string, (readonly [string, string])[]>()
for (const pair of SUFFIXES) {
  const last = pair[0].charAt(pair[0].length - 1)
  LAST.set(last, [...(LAST.get(last) ?? []), pair])
}

/** After these suffixes, these characters make it another word: 政府办理, 市委托, 宣传部门. */
const GOES_ON: Record<string, string> = {
  办: '理结法证事案妥公件',
  委: '托派员',
  部: '门分署',
  处: '理置',
  会: '议商',
  联: '系络动合',
  台: '账',
  所: '有以需得属',
  站: '点',
  队: '伍',
  社: '区会',
}
const HAN = /[\u4e00-\u9fff]/
const ALONE = '编纪团妇残'
const OTHER_LEVELS = '县省州旗区厅'

const goesOn = (text: string, end: number): boolean =>
  end < text.length && (GOES_ON[text.charAt(end - 1)]?.includes(text.charAt(end)) ?? false)

/** Where a body's name begins to the left of its stem: its level, its 政府, the city's own name. */
function leftOf(index: NameIndex, text: string, start: number): { start: number; level: string; foreign: boolean } {
  let at = start
  for (const organ of ['人民政府', '政府', '委']) {
    const from = at - organ.length
    if (text.startsWith(organ, from) && from > 0 && text.charAt(from - 1) === index.level) at = from
  }
  const before = text.charAt(at - 1)
  if (index.level !== '' && before === index.level) {
    at -= 1
    if (index.place && text.startsWith(index.place, at - index.place.length)) at -= index.place.length
    return { start: at, level: index.level, foreign: false }
  }
  return { start, level: '', foreign: before !== '' && OTHER_LEVELS.includes(before) && before !== index.level }
}

function standsAlone(text: string, start: number, stem: string): boolean {
  return ALONE.includes(stem) || start === 0 || !HAN.test(text.charAt(start - 1))
}

/** The unit whose name ends here, the longest stem first. */
function endingAt(index: NameIndex, text: string, end: number): (Mention & { foreign: boolean }) | undefined {
  for (const [written, suffix] of LAST.get(text.charAt(end - 1)) ?? []) {
    if (!text.startsWith(written, end - written.length) || goesOn(text, end)) continue
    const stop = end - written.length
    for (let size = Math.min(LONGEST, stop); size > 0; size -= 1) {
      const start = stop - size
      if (!index.stems.has(suffix + text.charAt(start)) && !index.tails.has(suffix + text.slice(start, stop))) continue
      const stem = dropConjunctions(text.slice(start, stop))
      const hits = stem === '' ? [] : named(index, stem, suffix)
      if (!hits.length) continue
      const left = leftOf(index, text, start)
      if (size === 1 && left.level === '' && !standsAlone(text, start, stem)) continue
      const fit =
        left.level === '' ? hits : hits.filter((hit) => hit.unit.level === left.level || hit.unit.level === '')
      if (fit.length) return { start: left.start, end, units: nearest(fit), foreign: left.foreign }
    }
  }
  return undefined
}

function named(index: NameIndex, stem: string, suffix: string): Hit[] {
  const hits = whoIs(index, stem, suffix, '')
  if (hits.length) return hits
  const core = dropFiller(stem)
  return core === stem ? [] : whoIs(index, core, suffix, '').filter((hit) => hit.rank < 2)
}

function startingAt(index: NameIndex, text: string, start: number): Mention | undefined {
  for (const { form, hits } of index.starts.get(text.charAt(start)) ?? []) {
    if (!text.startsWith(form, start)) continue
    const end = start + form.length
    const before = text.charAt(start - 1)
    if (form.endsWith('区') && /[域别间块]/.test(text.charAt(end))) continue
    if (form.length === 2 && /[东西]区/.test(form) && /[华广山胶江河城小校]/.test(before)) continue
    if (goesOn(text, end)) continue
    return { start, end, units: nearest(hits) }
  }
  return undefined
}

/** Every unit that a running text names, in its order; of two that overlap the longer stays. */
export function findUnits(index: NameIndex, text: string): Mention[] {
  const found: (Mention & { foreign?: boolean })[] = []
  for (let at = 0; at < text.length; at += 1) {
    const literal = startingAt(index, text, at)
    if (literal) found.push(literal)
    if (at > 0 && LAST.has(text.charAt(at))) {
      const body = endingAt(index, text, at + 1)
      if (body) found.push(body)
    }
  }
  found.sort((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start)
  const kept: typeof found = []
  for (const one of found) {
    if (!kept.some((other) => one.start < other.end && other.start < one.end)) kept.push(one)
  }
  return kept
    .filter((one) => !one.foreign)
    .sort((a, b) => a.start - b.start)
    .map(({ start, end, units }) => ({ start, end, units }))
}
