import type { Address } from './message.ts'

/** What a standing push says: the due list, what is overdue, figures, or what waits for the office. */
export type Content = 'due' | 'overdue' | 'figures' | 'review'

/** How often, and at which `HH:MM` of the office's zone. `on`: weekday 1–7 or day of the month (31 is its last). */
export interface Rhythm {
  every: 'day' | 'workday' | 'week' | 'month'
  on: number | null
  at: string
}

/** A standing push into one place. */
export interface Subscription extends Rhythm {
  id: string
  room: string
  address: Address
  person: string
  content: Content
  version: number
  head: string
}
