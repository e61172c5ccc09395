import { z } from 'zod'
import { Channel } from '../../model/tally.ts'

const Count = z.number().int().nullable()
/** By channel; null where nobody told one. */
const Counts = z.record(Channel, Count)
/** `2017-07`, or `2017` for the year's own figure → channel → what was told. */
const Periods = z.record(z.string(), z.partialRecord(Channel, z.number().int()))

/** Which year (absent: that of the latest month that can be told), and of which theme; empty: in all. */
export const TallyQuery = z.object({
  year: z.coerce.number().int().min(2000).max(2100).optional(),
  theme: z.string().trim().max(40).default(''),
})

const UnitRow = z.object({
  /** Empty: the whole area. */
  ...{ unit: z.string(), name: z.string() },
  /** Whoever looks may enter its figures. */
  enters: z.boolean(),
  byChannel: Counts,
  periods: Periods,
})
export type UnitRow = z.infer<typeof UnitRow>

export const TallyYear = z.object({
  ...{ year: z.number().int(), theme: z.string() },
  byChannel: Counts,
  byTheme: z.array(z.object({ theme: z.string(), title: z.string(), count: z.number().int() })),
  gaps: z.array(z.object({ unit: z.string(), name: z.string(), months: z.array(z.string()) })),
  questions: z.array(z.string()),
  /** Years of which anything was told. */
  years: z.array(z.number().int()),
  /** The latest month that can be told. */
  lastMonth: z.string(),
  office: z.boolean(),
  units: z.array(UnitRow),
})
export type TallyYear = z.infer<typeof TallyYear>

export const TallyUnit = UnitRow.extend({
  ...{ year: z.number().int(), theme: z.string(), lastMonth: z.string() },
  history: z.array(
    z.object({
      ...{ id: z.string(), day: z.string(), time: z.string(), who: z.string(), way: z.string(), period: z.string() },
      channel: Channel,
      was: Count,
      count: Count,
    }),
  ),
})
export type TallyUnit = z.infer<typeof TallyUnit>

/** Figures to enter: `was` is what stood there when it was looked at, null of `count` takes one back. */
export const TallyEntry = z.object({
  year: z.number().int(),
  theme: z.string().trim().max(40).default(''),
  figures: z
    .array(z.object({ period: z.string().max(7), channel: Channel, count: z.number().nullable(), was: Count }))
    .min(1)
    .max(200),
  /** What was asked back is right. */
  sure: z.boolean().default(false),
})
export type TallyEntry = z.input<typeof TallyEntry>

/** How many were stored; with `asks` none, until somebody says that they are right. */
export const TallyEntered = z.object({
  stored: z.number().int(),
  asks: z.array(z.string()),
  notes: z.array(z.string()),
})
export type TallyEntered = z.infer<typeof TallyEntered>
