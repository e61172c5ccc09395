import type { Day } from './deadline.ts'

/**
 * A push as one thing that goes to many places, by which its accounts add up: the lists of a week (`week:2026-04-20`, its Monday)
 * and a month (`month:2026-04`), the reminders of a day (`day:2026-04-21`), beside them `clock:…`, `sub:…`, `calendar:…`; ''
 * for what a person caused.
 */

export const weekBatch = (monday: Day): string => `week:${monday}`
export const monthBatch = (day: Day): string => `month:${day.slice(0, 7)}`
export const dayBatch = (day: Day): string => `day:${day}`

/** What stands before the first colon. */
export const batchKind = (batch: string): string => batch.split(':', 1)[0] ?? ''
