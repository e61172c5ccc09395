import { findClasses } from '../unit/class-mentions.ts'

/** Whom a sentence speaks to: the units and classes of the roster that stand where its subject stands. */

/** What a name in a plan stands for; the roster's registry answers it. `whole`: 各 / 全体, not 有关 / 相关. */
export type ClassOf = (
  name: string,
) =>
  | { kind: 'unit'; id: string }
  | { kind: 'class'; id: string; members: string[] | null; whole: boolean; heirs?: string[] }
  | undefined

export interface Addressees {
  /** Units named by name. */
  units: Set<string>
  /** Members of classes named whole. */
  members: Set<string>
  /** Some of a class are meant and not said (有关部门, 与民生关系密切的部门). */
  some: boolean
}

interface Span {
  start: number
  end: number
  what: { unit: string } | { name: string }
}

const opens = /[，,：:。；;由请]/
const joins = /^(?:、|和|及|与|以及|，)$/
const itemStart = /[、，,：:。；;]/

function spansOf(sentence: string, word: string, what: Span['what']): Span[] {
  const spans: Span[] = []
  for (let at = sentence.indexOf(word); at >= 0; at = sentence.indexOf(word, at + word.length))
    spans.push({ start: at, end: at + word.length, what })
  return spans
}

/** Longest first where two begin together; none that overlaps one before it. */
function inOrder(spans: Span[]): Span[] {
  const kept: Span[] = []
  for (const span of spans.sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (span.start >= (kept.at(-1)?.end ?? 0)) kept.push(span)
  }
  return kept
}

/** 与经济关系密切的有关部门: a class that is described and so not said who. */
function isDescribed(sentence: string, start: number): boolean {
  if (sentence[start - 1] !== '的') return false
  let at = start - 1
  while (at > 0 && start - at <= 30 && !itemStart.test(sentence[at - 1] ?? '')) at--
  return /^(?:与|涉及|承担|具有|有|负责)/.test(sentence.slice(at, start))
}

/** A span is addressed at the head of a clause, or joined by 、 or 和 to one that is; what 的 follows only owns something. */
function addressedSpans(sentence: string, spans: readonly Span[]): Span[] {
  const addressed: Span[] = []
  let last = -1
  for (const span of spans) {
    const heads = span.start === 0 || opens.test(sentence[span.start - 1] ?? '') || isDescribed(sentence, span.start)
    const joined = last >= 0 && span.start > last && joins.test(sentence.slice(last, span.start))
    const after = sentence.slice(span.end, span.end + 2)
    // 各县区、各部门的实施方案: the whole list owns it, so its last name is addressed as its first is.
    if (!(heads || joined) || /^(?:网站|门户)/.test(after) || (after.startsWith('的') && !joined)) continue
    addressed.push(span)
    last = span.end
  }
  return addressed
}

/** The names that matter in a sentence: ways to write units → their ids, and classes as the unit cell writes them. */
export interface Names {
  units: ReadonlyMap<string, string>
  classes: readonly string[]
}

/** The addressees of one sentence. */
export function addresseesOf(sentence: string, names: Names, classOf: ClassOf): Addressees {
  const found: Addressees = { units: new Set(), members: new Set(), some: false }
  const spans = inOrder([
    ...[...names.units].flatMap(([form, unit]) => spansOf(sentence, form, { unit })),
    ...names.classes.flatMap((name) => spansOf(sentence, name, { name })),
    ...findClasses(sentence).map(({ start, end, name }): Span => ({ start, end, what: { name } })),
  ])
  for (const { start, what } of addressedSpans(sentence, spans)) {
    if ('unit' in what) {
      found.units.add(what.unit)
      continue
    }
    const meant = classOf(what.name)
    if (meant?.kind !== 'class') continue
    if (!meant.whole || isDescribed(sentence, start)) found.some = true
    else for (const id of meant.members ?? []) found.members.add(id)
  }
  return found
}

const ends = /[。；;！!？?\n]/

/** Sentences of a text (also at ；). */
export const sentencesOf = (text: string): string[] => text.split(ends).filter(Boolean)

/** The sentence in which the words stand, without them; undefined where they do not. */
export function sentenceAround(text: string, raw: string): string | undefined {
  const at = raw ? text.indexOf(raw) : -1
  if (at < 0) return undefined
  let start = at
  while (start > 0 && !ends.test(text[start - 1] ?? '')) start--
  const length = text.slice(at + raw.length).search(ends)
  const end = length < 0 ? text.length : at + raw.length + length
  return `${text.slice(start, at)}，${text.slice(at + raw.length, end)}`.replace(/^[，,]+/, '')
}
