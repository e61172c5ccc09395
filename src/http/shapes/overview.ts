import { z } from 'zod'
import { Day } from '../../model/deadline.ts'
import { listed } from './shared.ts'

/** What the overview is narrowed to. No year: all plans that run. `mine`: the units in the leader's charge. */
export const OverviewQuery = z.object({
  plan: z.string().max(64).optional(),
  year: z.coerce.number().int().min(2000).max(2100).optional(),
  unit: listed,
  mine: z.literal('1').optional(),
})

const n = z.number().int()
const named = z.object({ id: z.string(), name: z.string() })

/** What was due up to now, in parts that add up: due = done + review + open, each with its late ones. */
const Counts = z.object({
  due: n,
  done: n,
  doneLate: n,
  review: n,
  reviewLate: n,
  open: n,
  /** Of the open, those past their day: what the chat calls 逾期. */
  overdue: n,
})
export type Counts = z.infer<typeof Counts>

const Light = z.enum(['red', 'yellow', 'green'])
const Lights = z.object({ red: n, yellow: n, green: n })

/** A unit with what it owed as the one that answers, and the lights of all that is in its hands, parts for others too. */
const UnitStanding = Counts.extend({ id: z.string(), name: z.string(), lights: Lights, worst: Light.nullable() })
export type UnitStanding = z.infer<typeof UnitStanding>

export const Overview = z.object({
  asOf: z.iso.datetime(),
  today: Day,
  /** The units that are looked at: absent for all. */
  units: z.array(named).optional(),
  /** Units that it may be narrowed to. */
  choices: z.array(named),
  plans: z.array(named.extend({ title: z.string(), year: n })),
  /** Plans that are read in and not released. */
  drafts: n,
  figures: Counts.extend({
    /** Not due yet (or, with a year chosen, not in it). */
    later: n,
    /** In review, also what is not due yet. */
    reviewing: n,
    unclaimed: n,
    standing: n,
    waiting: n,
    suspended: n,
    waived: n,
    unconfirmed: n,
  }),
  lights: Lights,
  /** Worst first. */
  board: z.array(UnitStanding),
})
export type Overview = z.infer<typeof Overview>

/** A section of a plan with what was due in it; the empty name is what stands under no heading (调度, 共性). */
/** `whole`: all that stands under that heading; else what is under it beside its subsections, which are themes themselves. */
const Theme = Counts.extend({
  plan: z.object({ id: z.string(), code: z.string() }),
  theme: z.string(),
  whole: z.boolean(),
})
export const Themes = z.object({ asOf: z.iso.datetime(), themes: z.array(Theme) })
export type Themes = z.infer<typeof Themes>

export const CalendarQuery = OverviewQuery.extend({ of: z.coerce.number().int().min(2000).max(2100).optional() })

/** A day on which something is due: how much, how much of it is still owed, is late, and hangs on a calendar that is not out. */
const DueDay = z.object({ day: Day, due: n, open: n, overdue: n, provisional: n })
export type DueDay = z.infer<typeof DueDay>

export const DueCalendar = z.object({
  asOf: z.iso.datetime(),
  today: Day,
  year: n,
  /** The year's holiday notice is not out: only weekends and the statutory days are known. */
  provisional: z.boolean(),
  days: z.array(DueDay),
  /** Days off beside plain weekends, with the festivals in them. */
  off: z.array(z.object({ from: Day, to: Day, festivals: z.array(z.string()) })),
  /** Weekend days that are worked (调休). */
  work: z.array(Day),
})
export type DueCalendar = z.infer<typeof DueCalendar>

/** What is counted as movement, in the order in which it is told. */
const Moves = [
  'reported',
  'approved',
  'returned',
  'urged',
  'instructed',
  'extension-asked',
  'extension-granted',
  'extension-refused',
  'claimed',
  'waived',
] as const
const Move = z.enum(Moves)
export type Move = z.infer<typeof Move>

const Moved = z.object({ kind: Move, n })
/** One thing that happened, by the duty it happened to. */
const MovedDuty = z.object({ kind: Move, duty: z.string(), code: z.string() })

/** The last seven days, newest first; each unit's newest are named, the rest are in the count alone. */
export const Movement = z.object({
  asOf: z.iso.datetime(),
  from: Day,
  to: Day,
  days: z.array(
    z.object({
      day: Day,
      units: z.array(z.object({ id: z.string(), name: z.string(), moved: z.array(Moved), rows: z.array(MovedDuty) })),
    }),
  ),
})
export type Movement = z.infer<typeof Movement>

/** Duties whose day may still move, since the holiday notice of a year is not out: how many a year, and the soonest. */
export const Provisional = z.object({
  asOf: z.iso.datetime(),
  years: z.array(z.object({ year: n, n })),
  rows: z.array(z.object({ id: z.string(), code: z.string(), unit: z.string(), dueOn: Day })),
})
export type Provisional = z.infer<typeof Provisional>
