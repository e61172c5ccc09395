import type { AnnualForm } from '../model/annual.ts'
import type { ApplicantKind, Outcome, Remedy } from '../model/disclosure.ts'

/** What a cell counts, where a register or the tallies know it. Without `applicant`: of all. */
export type Count =
  | { of: 'received' | 'carried-in' | 'carried-out'; applicant?: ApplicantKind }
  /** Applications that ended in the year; `results`: in one of these; `extended`: with or without an extension. */
  | { of: 'concluded'; applicant?: ApplicantKind; results?: readonly string[]; extended?: boolean }
  | { of: 'via'; via: readonly string[] }
  | { of: 'remedies'; remedies: readonly Remedy[]; outcomes: readonly Outcome[] }
  | { of: 'fees'; what: 'notices' | 'billed' | 'paid' }
  | { of: 'channel'; channel: string }
  /** What took place, or with `people` how many took part. `led`: with the main leader. */
  | { of: 'activities'; kinds: readonly string[]; led?: true; people?: true }

/** One number of a form. Its name stays: `t3.3-2.natural`. */
export interface CellSpec {
  cell: string
  /** What people call it: 三（二）部分公开·自然人. */
  words: string
  unit: string
  /** A sum of money may have a fraction. */
  decimal?: true
  count?: Count
  /** Told in the text alone: it stands in no table of the form. */
  aside?: true
  /** Cells that it is the sum of, as the form itself is made. */
  sumOf?: readonly string[]
}

/** A piece of a part: `ask` is what only people know and have to write, or empty. */
export interface Section {
  id: string
  /** Empty: the part has only this one. */
  title: string
  ask: string
}

export interface Part {
  /** 一、总体情况 */
  title: string
  sections: readonly Section[]
}

/** A form: its numbers and its parts, in their order. */
export interface Form {
  id: AnnualForm
  /** 国办公开办函〔2021〕30号 */
  source: string
  cells: readonly CellSpec[]
  parts: readonly Part[]
}
