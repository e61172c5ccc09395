import type { TaskDraft } from '../model/plan.ts'

/** Which task of last year's plan a task of the new one goes on from. The same two plans always give the same pairs. */

export interface Followed {
  /** Places in the old and the new plan. */
  old: number
  now: number
  /** How much of their words the two share, 0 to 1 (Dice over pairs of characters, years and punctuation left out). */
  likeness: number
  sameLeads: boolean
  sameNumber: boolean
}

/** Alike enough by the words alone; with a lead in common less will do. */
const ENOUGH = { words: 0.6, withLead: 0.4 }
/** What speaks for one of several that are alike. */
const WEIGHT = { leads: 0.15, number: 0.05 }

const YEAR = /(?:\d{4}|[一二〇○零]{4})(?:[—－-]\d{4})?年度?|今年|本年度?|年内/g

const bare = (text: string): string => text.replace(YEAR, '').replace(/[\s\p{P}]/gu, '')

const pairsIn = (text: string): Set<string> => {
  const found = new Set<string>()
  for (let i = 0; i + 1 < text.length; i++) found.add(text.slice(i, i + 2))
  return found
}

const dice = (a: ReadonlySet<string>, b: ReadonlySet<string>): number => {
  if (a.size + b.size === 0) return 0
  let common = 0
  for (const piece of a) if (b.has(piece)) common++
  return (2 * common) / (a.size + b.size)
}

type Compared = Pick<TaskDraft, 'id' | 'text' | 'lead'>

/**
 * Pairs of tasks, each task in one at most: those that share most words first, where leads in common and then the number
 * decide between equals. A text alike to 60 % is enough, to 40 % where the two have a lead in common; a number alone is
 * never enough, since plans count anew each year.
 */
export function followedTasks(old: readonly Compared[], now: readonly Compared[]): Followed[] {
  const pieces = now.map(({ text }) => pairsIn(bare(text)))
  const candidates = old.flatMap((before, i) => {
    const own = pairsIn(bare(before.text))
    return now.flatMap((after, j): (Followed & { score: number })[] => {
      const likeness = dice(own, pieces[j] ?? new Set())
      const common = before.lead.some((unit) => after.lead.includes(unit))
      if (likeness < (common ? ENOUGH.withLead : ENOUGH.words)) return []
      const sameNumber = before.id === after.id
      const score = likeness + (common ? WEIGHT.leads : 0) + (sameNumber ? WEIGHT.number : 0)
      return [{ old: i, now: j, likeness, sameLeads: common, sameNumber, score }]
    })
  })
  const taken = { old: new Set<number>(), now: new Set<number>() }
  const pairs: Followed[] = []
  for (const { score: _, ...one } of candidates.sort((a, b) => b.score - a.score || a.now - b.now || a.old - b.old)) {
    if (taken.old.has(one.old) || taken.now.has(one.now)) continue
    taken.old.add(one.old)
    taken.now.add(one.now)
    pairs.push(one)
  }
  return pairs.sort((a, b) => a.now - b.now)
}

/** 文字相近86%，牵头单位相同: why two tasks are taken for one. */
export const followedWhy = ({ likeness, sameLeads, sameNumber }: Omit<Followed, 'old' | 'now'>): string =>
  [
    likeness === 1 ? '文字相同（年份不计）' : `文字相近${Math.round(likeness * 100)}%`,
    sameLeads ? '牵头单位相同' : '',
    sameNumber ? '编号相同' : '',
  ]
    .filter(Boolean)
    .join('，')
