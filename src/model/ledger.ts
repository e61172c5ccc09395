import { z } from 'zod'
import type { Day } from './deadline.ts'
import { DutyState, type Light, stateWords } from './duty.ts'

/**
 * How a row of the ledger stands, as it is shown and asked for: a duty's state, 逾期 across the states that owe
 * something, and 待分解 for a class's line that the office has still to divide.
 */
export const LedgerState = z.enum([...DutyState.options, 'overdue', 'undivided'])
export type LedgerState = z.infer<typeof LedgerState>

/** A column is narrow: what sleeps is told in fewer words. */
export const ledgerStateWords: Record<LedgerState, string> = {
  ...stateWords,
  ...{ asleep: '配合待收材料', overdue: '逾期', undivided: '待分解' },
}

export const lightWords: Record<Light, string> = { red: '红灯', yellow: '黄灯', green: '绿灯' }

/**
 * The rows behind a figure: `due` counted as due up to today (the denominator of 完成率), `ontime` and `late` those of them
 * that are done, by when they were reported, `provisional` those whose day is marked so.
 */
export const LedgerSet = z.enum(['due', 'ontime', 'late', 'provisional'])
export type LedgerSet = z.infer<typeof LedgerSet>

export const ledgerSetWords: Record<LedgerSet, string> = {
  due: '已到期应完成的',
  ontime: '按时办结的',
  late: '逾期办结的',
  provisional: '到期日暂定的',
}

export const LedgerSort = z.enum(['due', '-due', 'code', 'unit'])
export type LedgerSort = z.infer<typeof LedgerSort>

/** Days from and to, both in it; either end may be open. */
export interface Days {
  from?: Day
  to?: Day
}

/** Which rows of the ledger; all parts hold at once. An empty list is no condition. */
export interface LedgerFilter {
  units: string[]
  plan?: string | undefined
  states: LedgerState[]
  lights: Light[]
  /** By due day; with a `set`, by the day that figures judge by. */
  due?: Days | undefined
  /** Those of that year: by the day, and what has none by its plan's years. */
  year?: number | undefined
  closed?: Days | undefined
  /** By the day of the last report. */
  reported?: Days | undefined
  round?: string | undefined
  /** A heading over its task in the plan, at whatever depth. */
  theme?: string | undefined
  role?: 'lead' | 'support' | undefined
  /** Words that all stand in its code, its task's text or its unit's name. */
  q?: string | undefined
  set?: LedgerSet | undefined
  sort: LedgerSort
}

/** The ledger's columns in their order: title, and width in characters of a sheet. */
export const ledgerColumns = {
  light: { title: '灯', width: 8 },
  code: { title: '编号', width: 14 },
  text: { title: '任务', width: 60 },
  unit: { title: '责任单位', width: 22 },
  role: { title: '牵头/配合', width: 10 },
  round: { title: '期次', width: 12 },
  due: { title: '到期日', width: 13 },
  state: { title: '状态', width: 14 },
  reported: { title: '上报日', width: 13 },
  closed: { title: '办结日', width: 13 },
  plan: { title: '方案', width: 30 },
  section: { title: '章节', width: 26 },
  remark: { title: '备注', width: 30 },
} as const
export type LedgerColumn = keyof typeof ledgerColumns
export const LedgerColumn = z.enum(Object.keys(ledgerColumns) as [LedgerColumn, ...LedgerColumn[]])

export const roleOfDuty: Record<'lead' | 'support', string> = { lead: '牵头', support: '配合' }

/** One row of the ledger as it stands today. A 工作秘密 task has its number and nothing of its words. */
export const LedgerRow = z.object({
  id: z.string(),
  code: z.string(),
  text: z.string(),
  secret: z.boolean(),
  unit: z.string(),
  role: z.enum(['lead', 'support']),
  round: z.string(),
  dueOn: z.string().nullable(),
  provisional: z.boolean(),
  state: LedgerState,
  light: z.enum(['green', 'yellow', 'red']).nullable(),
  /** Why the light is so: 逾期3个工作日. */
  reason: z.string(),
  reportedOn: z.string().nullable(),
  closedOn: z.string().nullable(),
  plan: z.string(),
  section: z.string(),
  remark: z.string(),
})
export type LedgerRow = z.infer<typeof LedgerRow>
