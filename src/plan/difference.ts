import type { TaskDraft } from '../model/plan.ts'

/** What a new version of a plan makes of its tasks. Sources (lines, words as printed) are no difference. */

export type Field = 'number' | 'section' | 'text' | 'units' | 'limits'

export interface Matched {
  /** Places in `before` and `after` of one task. */
  pairs: [before: number, after: number][]
  added: number[]
  dropped: number[]
}

const rulesOf = (task: TaskDraft) => task.deadlines.map(({ raw: _, ...rule }) => rule)
const unitsOf = ({ lead, support, openEnded, divided }: TaskDraft) => [lead, support, openEnded, divided]

/** Equal as JSON, whatever the order of keys. */
function same(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  const [left, right] = [a, b].map((one) => Object.entries(one).filter(([, value]) => value !== undefined))
  if (left?.length !== right?.length || Array.isArray(a) !== Array.isArray(b)) return false
  return (left ?? []).every(([key, value]) => same(value, (b as Record<string, unknown>)[key]))
}

const sameUnits = (a: TaskDraft, b: TaskDraft): boolean => same(unitsOf(a), unitsOf(b))
const sameLimits = (a: TaskDraft, b: TaskDraft): boolean => same(rulesOf(a), rulesOf(b))

/** What of a task differs. */
export function fieldsChanged(before: TaskDraft, after: TaskDraft): Field[] {
  const differs: [Field, boolean][] = [
    ['number', before.id !== after.id],
    ['section', !same(before.section, after.section)],
    ['text', before.text !== after.text],
    ['units', !sameUnits(before, after)],
    ['limits', !sameLimits(before, after)],
  ]
  return differs.flatMap(([field, is]) => (is ? [field] : []))
}

const bare = (text: string): string => text.replace(/[\s\p{P}]/gu, '')

const pairsIn = (text: string): Set<string> => {
  const found = new Set<string>()
  for (let i = 0; i + 1 < text.length; i++) found.add(text.slice(i, i + 2))
  return found
}

interface Likeness {
  before: number
  after: number
  score: number
}

const SAME_NUMBER = 0.1
/** Two texts with the same number are one task from here on; with different numbers they have to be more alike. */
const ENOUGH = { sameNumber: 0.35, moved: 0.5 }

/** Pairs that share words, by the share of their two-character pieces that are common (Dice). */
function likenesses(before: readonly TaskDraft[], after: readonly TaskDraft[], left: number[], right: number[]) {
  const pieces = new Map(right.map((at) => [at, pairsIn(bare(after[at]?.text ?? ''))]))
  const holders = new Map<string, number[]>()
  for (const [at, own] of pieces) for (const piece of own) holders.set(piece, [...(holders.get(piece) ?? []), at])
  const found: Likeness[] = []
  for (const from of left) {
    const own = pairsIn(bare(before[from]?.text ?? ''))
    const common = new Map<number, number>()
    for (const piece of own) for (const at of holders.get(piece) ?? []) common.set(at, (common.get(at) ?? 0) + 1)
    for (const [at, n] of common) {
      const dice = (2 * n) / (own.size + (pieces.get(at)?.size ?? 0))
      const numbered = before[from]?.id === after[at]?.id
      if (dice >= (numbered ? ENOUGH.sameNumber : ENOUGH.moved))
        found.push({ before: from, after: at, score: dice + (numbered ? SAME_NUMBER : 0) })
    }
  }
  return found.sort((a, b) => b.score - a.score || a.before - b.before || a.after - b.after)
}

/**
 * Which task of one version is which of the other: the same text (with the same number first), then the most alike,
 * where a number that stayed speaks for it.
 */
export function matchTasks(before: readonly TaskDraft[], after: readonly TaskDraft[]): Matched {
  const pairs: [number, number][] = []
  const left = new Set(before.keys())
  const right = new Set(after.keys())
  const join = (a: number, b: number) => {
    if (!left.delete(a)) return
    right.delete(b)
    pairs.push([a, b])
  }
  for (const keyOf of [(task: TaskDraft) => `${task.id}\n${bare(task.text)}`, (task: TaskDraft) => bare(task.text)]) {
    const places = new Map<string, number[]>()
    for (const at of right) {
      const task = after[at] as TaskDraft
      if (bare(task.text) !== '' || task.id !== '') places.set(keyOf(task), [...(places.get(keyOf(task)) ?? []), at])
    }
    for (const from of [...left]) {
      const key = keyOf(before[from] as TaskDraft)
      const at = key === '' ? undefined : places.get(key)?.shift()
      if (at !== undefined) join(from, at)
    }
  }
  for (const one of likenesses(before, after, [...left], [...right]))
    if (left.has(one.before) && right.has(one.after)) join(one.before, one.after)
  return { pairs: pairs.sort(([a], [b]) => a - b), added: [...right], dropped: [...left] }
}

/**
 * The task of the new version where the office had settled something of the old one: what the document did not change
 * stays as the office made it (`now`), what it changed (against `read`) is taken from the new text.
 */
export function carryOver(read: TaskDraft, now: TaskDraft, next: TaskDraft): TaskDraft {
  const units = sameUnits(read, next) && !sameUnits(read, now)
  const limits = sameLimits(read, next) && !sameLimits(read, now)
  return {
    ...next,
    ...(units && { lead: now.lead, support: now.support, openEnded: now.openEnded, divided: now.divided }),
    ...(limits && { deadlines: now.deadlines }),
    note: read.note === next.note ? now.note : next.note,
    sources: {
      ...next.sources,
      ...(units && { lead: now.sources.lead, support: now.sources.support }),
      ...(limits && { deadlines: now.sources.deadlines }),
    },
  }
}
