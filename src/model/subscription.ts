import { z } from 'zod'
import type { Day } from './deadline.ts'
import type { Address } from './message.ts'

/**
 * What a subscription says: what is due in its own day, week or month (`next`: in the one after), what is overdue,
 * figures, or what waits for the office.
 */
export const Content = z.enum(['due', 'next', 'overdue', 'figures', 'review'])
export type Content = z.infer<typeof Content>

/** How often, and at which `HH:MM` of the office's zone. `on`: weekday 1–7 or day of the month (31 is its last). */
export interface Rhythm {
  every: 'day' | 'workday' | 'week' | 'month'
  on: number | null
  at: string
}

/** A subscription into one place. */
export interface Subscription extends Rhythm {
  id: string
  room: string
  address: Address
  person: string
  content: Content
  /** The first day on which it comes. */
  startsOn: Day
  version: number
  head: string
}
