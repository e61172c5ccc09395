import type { Intent } from '../model/intent.ts'

/** What tells the frames of one question apart. */
interface Option {
  intent: string
  tasks?: string[]
  units?: string[]
  reports?: string[]
  plan?: string
  period?: string
}

const union = (lists: (readonly string[] | undefined)[]): string[] => [...new Set(lists.flatMap((list) => list ?? []))]

/**
 * Several options of one question as one frame: their tasks, units and duties taken together. undefined where they do not
 * name duties one by one, so that taking them together would mean more than was chosen.
 */
export const together = (options: readonly Intent[]): Intent | undefined => {
  const all = options as readonly Option[]
  const [first] = all
  if (!first || all.some((option) => option.intent !== first.intent || !option.reports?.length)) return undefined
  const { period: _, plan, ...frame } = first
  return {
    ...frame,
    ...(all.every((option) => option.plan === plan) && plan !== undefined && { plan }),
    tasks: union(all.map((option) => option.tasks)),
    reports: union(all.map((option) => option.reports)),
    ...(first.units && { units: union(all.map((option) => option.units)) }),
  } as Intent
}
