import { z } from 'zod'
import { type Clock, Moment } from './clock.ts'
import type { Day } from './deadline.ts'
import type { Role } from './person.ts'

/**
 * 办件, by the register that it stands in: application 依申请公开 · incident 舆情 · publication 公开文件 · suggestion
 * 建议提案 · inspection 督查 · activity 发布会、解读、听取汇报、培训、会议, which are counted.
 */
export const CaseKind = z.enum(['application', 'incident', 'publication', 'suggestion', 'inspection', 'activity'])
export type CaseKind = z.infer<typeof CaseKind>

export const caseWords: Record<CaseKind, string> = {
  application: '依申请公开',
  incident: '舆情',
  publication: '公开文件',
  suggestion: '建议提案',
  inspection: '督查',
  activity: '公开活动',
}

/** What a field of an event may hold in the chain: no free text, nobody's data. */
export const Value = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()])
export type Value = z.infer<typeof Value>

/** One thing that happened to a case: the name of the deed, when it happened (not when it was typed), and what it says. */
export const CaseEvent = z.object({ kind: z.string(), at: Moment, body: z.record(z.string(), Value) })
export type CaseEvent = z.infer<typeof CaseEvent>

export const CaseEvents = z.object({ v: z.literal(1), list: z.array(CaseEvent) })
export type CaseEvents = z.infer<typeof CaseEvents>

/** Names, contacts and free text by `deed.field` (the last one said); whoever may not read them gets none of it. */
export const Secret = z.record(z.string(), z.string())
export type Secret = z.infer<typeof Secret>

/** An entry of a register, as its events left it. */
export interface Case {
  kind: CaseKind
  year: number
  /** Serial number in the year's register. */
  ord: number
  events: readonly CaseEvent[]
  secret: Secret
}

/** What is computed of a case whenever it is read or written; its row's columns. */
export interface CaseView {
  /** Without anybody's personal data. */
  title: string
  state: string
  /** Id of the unit that has it, or empty. */
  unit: string
  openedOn: Day
  closedOn: Day | null
  clocks: Clock[]
  /** What stands in its head, as people read it: label and value. */
  facts: [string, string][]
}

/** One input of a deed. Texts go into the words of the fact; `kept` of a text: it is a code or address that may be chained. */
export interface Field {
  name: string
  label: string
  type: 'text' | 'long' | 'day' | 'time' | 'choice' | 'number' | 'yes' | 'unit' | 'units' | 'link' | 'case'
  /** Value and what people read. */
  options?: readonly (readonly [string, string])[]
  optional?: true
  /** Free text that is public in itself (a document's number, a link), and stands in the body. */
  kept?: true
  hint?: string
}

/** Who does a deed: these roles; `unit`: the people of the case's unit too. */
export interface Doers {
  roles: readonly Role[]
  unit?: true
}
