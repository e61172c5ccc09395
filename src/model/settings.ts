import { z } from 'zod'

/** `HH:MM` of the office's zone. */
export const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, '应为 HH:MM')

/** The n-th workday of a month; every month has ten. */
const Workday = z.number().int().min(1).max(10)

/**
 * How long things are kept, in days: ids of messages that were seen, cards of settled notices, the notices themselves,
 * sessions that ran out. `evidence`: years after its plan was closed, or null: as long as the ledger.
 */
export const Retention = z.object({
  receipts: z.number().int(),
  cards: z.number().int(),
  notices: z.number().int(),
  sessions: z.number().int(),
  evidence: z.number().int().nullable(),
})
export type Retention = z.infer<typeof Retention>

/**
 * Of the other clocks. `interpret`: workdays after publication within which a paper's 解读 is out (0: together with it), or
 * null: the office has set none. `inspections`: most 督查 in a year of one object. `escalate`: ids of people who hear of an
 * hour clock that is running out. `feedback`: hours within which a unit answers what was handed to it, where nobody says
 * how many. `alarms`: so many hours after an hour clock has run out these people are told of it, once an hour; then it ends.
 * `tally`: on which workday of the month the units that have not told the figures of the month before are asked for them,
 * once, or null: nobody is asked.
 */
export const RegisterSettings = z.object({
  interpret: z.number().int().min(0).max(60).nullable(),
  inspections: z.number().int().min(1).max(50),
  escalate: z.array(z.string()),
  tally: Workday.nullable(),
  feedback: z.number().int().min(1).max(168),
  alarms: z.number().int().min(0).max(24),
})
export type RegisterSettings = z.infer<typeof RegisterSettings>

/**
 * What an office may set for itself. `hours`: when the tick may speak, on workdays; hour clocks alone are outside of it.
 * `digestAt`: when lists and reminders go out. `ladder`: after so many workdays late the liaison is named, then the
 * unit's head, then the office's list; then it ends. `mention`: pushes into rooms @ whom they concern. `papers`: on which
 * workday of the month the 调度情况 of the month before is drafted, on which of the quarter the 通报 of the one before (null:
 * nobody drafts it), and how many workdays a 整改 is given where nobody says a day.
 */
export const Settings = z.object({
  hours: z.object({ from: Clock, to: Clock }),
  digestAt: Clock,
  ladder: z.tuple([z.number().int().min(1), z.number().int().min(1), z.number().int().min(1)]),
  mention: z.boolean(),
  papers: z.object({
    monthly: Workday.nullable(),
    quarterly: Workday.nullable(),
    rectify: z.number().int().min(1).max(120),
  }),
  retention: Retention,
  registers: RegisterSettings,
})
export type Settings = z.infer<typeof Settings>

const usual: Settings = {
  ...{ hours: { from: '08:30', to: '17:30' }, digestAt: '09:00', ladder: [1, 3, 5], mention: true },
  papers: { monthly: null, quarterly: null, rectify: 10 },
  retention: { receipts: 30, cards: 90, notices: 400, sessions: 30, evidence: null },
  registers: { interpret: null, inspections: 2, escalate: [], tally: null, feedback: 24, alarms: 3 },
}

/** What an office has set: of the registers' settings some may be younger than that. */
export type OwnSettings = Partial<Omit<Settings, 'registers'>> & { registers?: Partial<RegisterSettings> }

/** The settings of an office: what it has set, over what is usual. */
export const settingsOf = (own: OwnSettings): Settings => ({
  ...usual,
  ...own,
  registers: { ...usual.registers, ...own.registers },
})
