import type { AnnualContent, AnnualForm } from '../model/annual.ts'
import type { Day } from '../model/deadline.ts'
import type { ApplicantKind, Outcome, Remedy } from '../model/disclosure.ts'

/** A review or a lawsuit about an application. `closed`: when `outcome` became known. */
export interface RemedyFile {
  remedy: Remedy
  filed: Day
  outcome: Outcome
  closed?: Day
}

/** What the report counts of one application. */
export interface ApplicationFile {
  id: string
  applicant: ApplicantKind
  via: string
  received: Day
  ended?: { on: Day; result: string }
  extended: boolean
  remedies: readonly RemedyFile[]
  /** Notices of an information-handling fee and what was paid of it, in yuan. */
  billed: readonly { on: Day; amount: number }[]
  paid: readonly { on: Day; amount: number }[]
}

/** Something that is counted by its kind: a press conference, a training, an interpretation, an incident that was answered. */
export interface CountedFile {
  id: string
  kind: string
  on: Day
  /** The main leader took part. */
  led: boolean
  /** How many were trained; 0 where nobody is counted. */
  people: number
}

/** A figure of the tallies with the rows that it comes from. */
export interface TallyFigure {
  count: number
  ids: readonly string[]
}

/** A theme of the year with its own figure. */
export interface ThemeFigure extends TallyFigure {
  theme: string
  words: string
}

/** All that a year's report is made of. `asOf`: on a day of the year, or its last one. */
export interface AnnualInputs {
  year: number
  form: AnnualForm
  asOf: Day
  content: AnnualContent
  applications: readonly ApplicationFile[]
  counted: readonly CountedFile[]
  channels: Readonly<Record<string, TallyFigure>>
  themes: readonly ThemeFigure[]
  /** What does not add up among the tallies, as lines for people. */
  questions: readonly string[]
  /** Figures of the year before, where its report is in the database. */
  before?: ReadonlyMap<string, number>
}
