import { z } from 'zod'

/** The year's end as the console shows it. */

/** What is open of a plan that is to be closed, with what is proposed for each. */
export const PlanEnding = z.object({
  id: z.string(),
  code: z.string(),
  title: z.string(),
  /** Last day of its years. */
  lastDay: z.string(),
  /** A register of a year that is not over yet: it cannot be closed. */
  early: z.boolean(),
  open: z.array(
    z.object({
      id: z.string(),
      version: z.number(),
      code: z.string(),
      text: z.string(),
      unit: z.string(),
      role: z.enum(['lead', 'support']),
      round: z.string(),
      dueOn: z.string(),
      group: z.enum([
        ...(['review', 'overdue', 'returned', 'open', 'waiting', 'unclaimed', 'suspended', 'unconfirmed'] as const),
        ...(['asleep', 'standing'] as const),
      ]),
      state: z.string(),
      fate: z.enum(['carry', 'archive']),
      why: z.string(),
      /** Whether archiving it takes a reason. */
      reason: z.boolean(),
    }),
  ),
  targets: z.array(z.object({ id: z.string(), code: z.string(), title: z.string() })),
  /** The one that is proposed, or empty. */
  target: z.string(),
})
export type PlanEnding = z.infer<typeof PlanEnding>
export const PlanClose = z.object({
  chosen: z
    .array(z.object({ id: z.string().max(40), version: z.number().int(), fate: z.enum(['carry', 'archive']) }))
    .max(50_000),
  reason: z.string().trim().max(500),
  to: z.string().max(40).optional(),
})
export const PlanClosed = z.object({
  code: z.string(),
  carried: z.array(z.object({ from: z.string(), to: z.string(), unit: z.string() })),
  archived: z.number(),
})
export type PlanClosed = z.infer<typeof PlanClosed>

const SideTask = z.object({ number: z.string(), text: z.string(), lead: z.array(z.string()) })
const SidePlan = z.object({ id: z.string(), code: z.string(), title: z.string() })
/** A new plan beside the one of the year before: each task with the number that it goes on from, or none. */
export const PlanFollowing = z.object({
  id: z.string(),
  code: z.string(),
  title: z.string(),
  version: z.number(),
  settled: z.boolean(),
  old: SidePlan.nullable(),
  pairs: z.array(SideTask.extend({ old: z.string(), why: z.string() })),
  olds: z.array(SideTask),
  candidates: z.array(SidePlan),
})
export type PlanFollowing = z.infer<typeof PlanFollowing>
export const PlanFollow = z.object({
  version: z.number().int(),
  old: z.string().max(40),
  pairs: z.array(z.object({ now: z.string().max(40), old: z.string().max(40) })).max(5000),
})
export const PlanFollowed = z.object({ code: z.string(), old: z.string(), pairs: z.number(), joined: z.number() })
export type PlanFollowed = z.infer<typeof PlanFollowed>
