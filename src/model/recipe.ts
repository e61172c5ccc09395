import type { Button, Card } from './card.ts'
import type { Moment } from './clock.ts'
import type { Day } from './deadline.ts'
import type { Duty } from './duty.ts'
import type { IntentName } from './intent.ts'
import type { Attached, Platform } from './message.ts'
import type { Role } from './person.ts'

/**
 * What a push will say: plain values in the outbox, composed when it is sent, so that it is true then. Commands make and
 * read them, src/flow/compose.ts says which composes which.
 */

/** A step of the overdue ladder. 1: its liaison is named, 2: the unit's head, 3: the office's list. */
export type Step = 1 | 2 | 3

/** What a digest is told of: the lists of its day; on other days what falls due or has come to a step of the ladder. */
export interface Told {
  week: boolean
  month: boolean
  /** All that is overdue, also what is at no step of the ladder: a room that asked for it. */
  overdue?: boolean
  /** The last day whose digests were planned; '' for none. */
  since: Day | ''
}

/** Is one of the lists told, so that what was returned or is unclaimed is told too? */
export const isList = ({ week, month }: Pick<Told, 'week' | 'month'>): boolean => week || month

/** Units whose days another calendar moved since they were last told, between two ISO instants. */
export interface MovedDays {
  units: string[]
  from: string
  to: string
}

/** The digest of units, into a room or to one person alone. `ahead`: also what falls due, not only what is late. */
export type DigestRecipe = {
  kind: 'digest'
  units: string[]
  told: Told
  steps: Step[]
  ahead: boolean
  moved?: MovedDays
} & ({ room: string; main?: string[] } | { person: string })

/** The office's own digest. */
export interface OfficeRecipe {
  kind: 'office'
  told: Told
}

/** The week's figures for a leader. */
export interface LeaderRecipe {
  kind: 'leader'
  person: string
}

/** Whom a push names: units whose liaison is to see to it, and those whose head is. */
export interface Named {
  units: string[]
  heads: string[]
}

/** A subscription whose hour has come. */
export interface AskedRecipe {
  kind: 'asked'
  push: string
}

/** One step of an hour clock: so many minutes before its end. */
export interface ClockRecipe {
  kind: 'clock'
  duty: string
  dueAt: string
  step: number
}

/**
 * What one unit, the office and the people named for it are told of a case: that it has come to the unit (`handed`), that
 * its hours run (`begun`), that a clock which ends at `due` has few left or has run out.
 */
export interface CaseRecipe {
  kind: 'case'
  case: string
  /** Id of the unit that had it, or empty. */
  unit: string
  told: 'handed' | 'begun' | 'left' | 'over'
  due: Moment | ''
}

/** The list of one turn of the calendar, for the office's own room. */
export interface CalendarRecipe {
  kind: 'calendar'
  via: string
}

/** What is said of duties that moved, beside their lines. */
export interface Words {
  title: string
  tone: Card['tone']
  fields?: [label: string, value: string][]
  notes?: string[]
  buttons?: Button[]
}

/** A duty of a notice, and what has to be so still for it to be told. */
export interface Held {
  id: string
  while: Partial<Pick<Duty, 'unit' | 'state' | 'dueOn' | 'asked'>>
}

/** A notice of duties that somebody moved: whom it names and what it says is looked up when it is sent. */
export interface MovedRecipe {
  kind: 'moved'
  words: Words
  withUnit: boolean
  duties: Held[]
}

/** A plan's file that the office sent: what was read of it, as a draft. `by` and `via` sign the draft's facts. */
export interface FileRecipe {
  kind: 'file'
  file: Attached
  /** Of which app or bot it is fetched. */
  platform: Platform
  route: string
  by: string
  via: string
}

/** 通报已印发, to units that a signed paper names; `alone`: nobody but them reads it. */
export interface PaperRecipe {
  kind: 'paper'
  paper: string
  units: string[]
  alone: boolean
}

/**
 * The answer to a sentence that the rules could not read: what a language model takes it for, as a question. The words
 * stand with the question that waits for `person` in `room`, not here.
 */
export interface GuessRecipe {
  kind: 'guess'
  room: string
  person: string
  /** The key of the message, by which the question is known. */
  message: string
  role: Role
  /** Full names of the speaker's units. */
  units: string[]
  /** On which it was said. */
  day: Day
  /** What the speaker may be asked whether they meant. */
  intents: IntentName[]
}

export type Recipe =
  | DigestRecipe
  | OfficeRecipe
  | LeaderRecipe
  | AskedRecipe
  | ClockRecipe
  | CaseRecipe
  | CalendarRecipe
  | MovedRecipe
  | FileRecipe
  | PaperRecipe
  | GuessRecipe
export type RecipeOf<K extends Recipe['kind']> = Extract<Recipe, { kind: K }>
