import type { Case, CaseEvent, CaseKind, CaseView, Doers, Field } from '../model/case.ts'
import type { Moment } from '../model/clock.ts'
import type { Day } from '../model/deadline.ts'
import type { RegisterSettings } from '../model/settings.ts'
import type { Calendar } from '../time/calendar.ts'

/** What a register's rules see beside the case. */
export interface RegisterContext {
  calendar: Calendar
  today: Day
  /** The minute of the office's zone. */
  now: Moment
  settings: RegisterSettings
  /** The register's other cases of the same year, for what is judged beside them (`Register.beside`). */
  siblings?: readonly Case[]
}

/** What was put in, by the names of the fields: read and of the right type. */
export type Given = Readonly<Record<string, string | number | boolean | readonly string[]>>

/** One thing that people do to a case. Its name is the kind of the fact and of the event. */
export interface Deed extends Doers {
  name: string
  /** What the button says: 补正告知. */
  title: string
  /** A field named `at` is when it happened; without one it happens when it is entered. */
  fields: readonly Field[]
  /** Whether it is offered for the case as it stands. */
  fits(it: Case, c: RegisterContext): boolean
  /** @throws BadInput with the article and what would be right, where the law or the case's own course forbids it */
  check?(it: Case | undefined, given: Given, c: RegisterContext): void
  /** What was put in with what the office has set for what was left empty, so that a later setting changes nothing of it. */
  settled?(given: Given, c: RegisterContext, it: Case | undefined): Given
}

/** One kind of case: how it is numbered, what may happen to it, and what follows from that. Pure; rules of law are data of `src/clock`. */
export interface Register {
  kind: CaseKind
  /** 依申请: before the number, as in 依申请2026-3. */
  word: string
  /** Whether things happen on a day or at a minute. */
  grain: 'day' | 'minute'
  states: Readonly<Record<string, string>>
  /** Its checks look at the year's other cases too: so many in a year and no more. */
  beside?: true
  opening: Deed
  deeds: readonly Deed[]
  view(it: Case, c: RegisterContext): CaseView
}

/** 依申请2026-3 */
export const numberOf = ({ word }: Pick<Register, 'word'>, { year, ord }: Pick<Case, 'year' | 'ord'>): string =>
  `${word}${year}-${ord}`

export const eventsOf = (it: Case, ...kinds: string[]): CaseEvent[] =>
  it.events.filter(({ kind }) => kinds.includes(kind))

export const lastOf = (it: Case, ...kinds: string[]): CaseEvent | undefined => {
  const events = eventsOf(it, ...kinds)
  return events[events.length - 1]
}
