import { z } from 'zod'
import { CaseKind, type Field } from '../../model/case.ts'
import { Day } from '../../model/deadline.ts'
import { listed, Paging } from './shared.ts'

/** Rows of one page of the list. */
export const CASES_PAGE = 50

/** What stands in the list's address. `kind` absent: all registers. `clock`: of a clock that runs. */
const filters = {
  kind: CaseKind.optional(),
  state: listed,
  unit: listed,
  year: z.coerce.number().int().min(1990).max(2200).optional(),
  open: z.enum(['1', '0']).optional(),
  clock: z.enum(['overdue', 'soon']).optional(),
  q: z.string().trim().max(100).optional(),
}
export const CaseLook = z.object(filters)
export const CaseQuery = z.object({ ...filters, ...Paging.shape })

const Named = z.object({ id: z.string(), name: z.string() })
const Told = z.tuple([z.string(), z.string()])
const Light = z.enum(['red', 'yellow', 'green'])

const types = ['text', 'long', 'day', 'time', 'choice', 'number', 'yes', 'unit', 'units', 'link', 'case'] as const
/** A field of a form as the page draws it: of units, cases and choices with what there is to choose. */
export const FieldShown = z.object({
  name: z.string(),
  label: z.string(),
  type: z.enum(types satisfies readonly Field['type'][]),
  options: z.array(Told).optional(),
  optional: z.boolean(),
  hint: z.string().optional(),
})
export type FieldShown = z.infer<typeof FieldShown>

/** One thing that can be done, with its form. */
export const DeedShown = z.object({ name: z.string(), title: z.string(), fields: z.array(FieldShown) })
export type DeedShown = z.infer<typeof DeedShown>

const n = z.number().int()

/** A register as whoever asks may use it; the counts are of what they may see. */
export const RegisterShown = z.object({
  kind: CaseKind,
  word: z.string(),
  states: z.array(Told),
  /** How a case is entered, for whoever may. */
  opening: DeedShown.optional(),
  open: n,
  soon: n,
  overdue: n,
})
export type RegisterShown = z.infer<typeof RegisterShown>
export const RegisterList = z.object({
  asOf: z.iso.datetime(),
  registers: z.array(RegisterShown),
  /** Units that the list may be narrowed to. */
  units: z.array(Named),
})
export type RegisterList = z.infer<typeof RegisterList>

/** A case in the list. `left`: how long its next clock has to run, in words; empty where none runs. */
export const CaseLine = z.object({
  id: z.string(),
  kind: CaseKind,
  number: z.string(),
  title: z.string(),
  unit: z.string(),
  stateWord: z.string(),
  openedOn: Day,
  closedOn: Day.nullable(),
  due: z.string(),
  left: z.string(),
  light: Light.nullable(),
  /** Counted with days of a year whose holiday notice is not out. */
  provisional: z.boolean(),
})
export type CaseLine = z.infer<typeof CaseLine>
export const CaseList = z.object({ asOf: z.iso.datetime(), total: n, rows: z.array(CaseLine) })
export type CaseList = z.infer<typeof CaseList>

/** Days in a row with the reason why they did not count, or did, such that they can be counted after. */
const DaysShown = z.object({ from: Day, to: Day, days: n, why: z.string() })
export type DaysShown = z.infer<typeof DaysShown>

/** Law and article. `unread`: the text itself could not be read when the rule was written. */
const BasisShown = z.object({ words: z.string(), unread: z.boolean() })

const StepShown = z.object({
  event: z.string(),
  at: z.string(),
  /** 开始计时, 停止计时, 重新计时. */
  does: z.string(),
  /** 20个工作日 */
  span: z.string(),
  counts: z.string(),
  due: z.string(),
  /** The day from which the span is counted, where it is not that of the event. */
  from: z.string(),
  skipped: z.array(DaysShown),
  /** Weekend days that counted all the same. */
  worked: z.array(DaysShown),
  /** The last day by the count alone, where it was one of rest. */
  movedFrom: z.string(),
  /** What a pause did not count: 12个工作日 */
  paused: z.string(),
  basis: BasisShown,
  /** How the law has the span counted. */
  counting: z.array(BasisShown),
})
export type StepShown = z.infer<typeof StepShown>

export const ClockShown = z.object({
  name: z.string(),
  title: z.string(),
  stateWord: z.string(),
  due: z.string(),
  left: z.string(),
  light: Light.nullable(),
  provisional: z.boolean(),
  steps: z.array(StepShown),
})
export type ClockShown = z.infer<typeof ClockShown>

/** What was done to a case: when it happened, when and by whom it was entered. `said`: texts, for the office alone. */
const CaseFact = z.object({
  seq: n,
  what: z.string(),
  at: z.string(),
  entered: z.string(),
  who: z.string(),
  told: z.array(Told),
  said: z.array(Told),
  erased: z.boolean(),
})
export type CaseFact = z.infer<typeof CaseFact>

/** A case with its work shown. */
export const CasePage = CaseLine.extend({
  asOf: z.iso.datetime(),
  version: n,
  clocks: z.array(ClockShown),
  facts: z.array(Told),
  /** Names, contacts and free text: absent for whoever is not of the office. */
  secret: z.array(Told).optional(),
  /** They have been erased. */
  erased: z.boolean(),
  timeline: z.array(CaseFact),
  deeds: z.array(DeedShown),
  /** Documents that can be made of it as it stands. */
  papers: z.array(z.object({ kind: z.string(), title: z.string() })),
})
export type CasePage = z.infer<typeof CasePage>

/** What was put into a form, by the names of its fields. */
const Input = z.record(z.string().max(64), z.unknown())
/** `key`: of the form that was filled in, so that what is sent again after an answer was lost is entered once. */
export const CaseNew = z.object({
  kind: CaseKind,
  input: Input,
  key: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .optional(),
})
export const CaseDeedDone = z.object({ version: n, deed: z.string().max(64), input: Input })
/** The case that was entered or moved. */
export const CaseDone = z.object({ id: z.string(), number: z.string() })
export type CaseDone = z.infer<typeof CaseDone>
