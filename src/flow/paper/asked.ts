import type { Context } from '../../../commands/command.ts'
import { dayWords, spanWords, unitName } from '../../../commands/present.ts'
import type { Day } from '../../model/deadline.ts'
import type { Window } from '../../model/intent.ts'
import { BadInput } from '../../model/problem.ts'
import { withPredecessors } from '../../unit/succession.ts'

/** What a paper is asked to be about; ids of units and plans. */
export interface Asked {
  /** The window by due day, both ends in it; all up to today where absent. */
  from?: Day | undefined
  to?: Day | undefined
  /** One unit, for papers of one. */
  unit?: string | undefined
  /** The units that it is narrowed to (a leader's); all where absent. */
  units?: readonly string[] | undefined
  plan?: string | undefined
  /** Codes of the tasks that a notice is about (公开17-3); all that is overdue where absent. */
  codes?: readonly string[] | undefined
  /** By when it must be put right or answered; where nobody has said it there is a blank. */
  by?: Day | undefined
  /** What the office demands, in its own words. */
  demand?: string | undefined
  /** Whom to ask: name and telephone, as the office wants them printed. */
  contact?: string | undefined
}

/** What is read for a paper. */
export interface Scope {
  c: Context
  window: Window | undefined
  /** With those whose work they took over alone; undefined for all. */
  units: string[] | undefined
  plans: string[] | undefined
}

const windowOf = ({ from, to }: Asked): Window | undefined => {
  if (from === undefined && to === undefined) return undefined
  if (from === undefined || to === undefined || from > to)
    throw new BadInput('时间范围要有起止两天，并且起始日不晚于截止日，例：2026-07-01 至 2026-09-30')
  return { from, to }
}

const planOf = (c: Context, plan: string | undefined): string[] | undefined => {
  if (plan === undefined) return undefined
  if (!c.office.plans.some(({ id, state }) => id === plan && state === 'released'))
    throw new BadInput('没有这份已下达的方案')
  return [plan]
}

/** @throws BadInput where there is no such window, unit or plan */
export const scopeOf = (c: Context, asked: Asked): Scope => {
  const units = asked.unit === undefined ? asked.units : [asked.unit]
  const unknown = units?.find((id) => !c.office.units.some((unit) => unit.id === id && unit.kind === 'unit'))
  if (unknown !== undefined) throw new BadInput('通讯录里没有这个责任单位')
  return {
    ...{ c, window: windowOf(asked), plans: planOf(c, asked.plan) },
    units: units && withPredecessors(c.office.units, units),
  }
}

/** The one unit that a paper is of. @throws BadInput where none is named */
export const oneUnit = (asked: Asked, paper: string): string => {
  if (asked.unit === undefined) throw new BadInput(`${paper}是一个责任单位的：请写明是哪个单位`)
  return asked.unit
}

/** A paper is kept for years: its days and spans have their year. */
const NO_YEAR = '0000-00-00'

/** 2026年8月20日 */
export const fullDay = (day: Day): string => dayWords(day, NO_YEAR)

/** 2026年三季度, 2026年8月; empty for all up to today. */
export const fullSpan = (window: Window | undefined): string => (window ? spanWords(window, NO_YEAR) : '')

/** 《云岭市2026年政务公开工作要点》; empty where it is of all. */
export const planTitle = ({ c, plans }: Scope): string => {
  const plan = c.office.plans.find(({ id }) => id === plans?.[0])
  return plan ? `《${plan.document.title}》` : ''
}

/** Who issues the office's own papers: whoever issued the plans that they are about, where that is one; else the office. */
export const issuerOf = ({ c, plans }: Scope): string => {
  const own = c.office.plans.filter(({ id, state }) => state === 'released' && (!plans || plans.includes(id)))
  const issuers = new Set(own.map(({ document }) => document.issuer).filter((name) => name !== ''))
  const [only] = issuers
  return only !== undefined && issuers.size === 1 ? only : c.office.name
}

/** 市财政局、市教育局等12家 */
export const namesWords = (c: Context, ids: readonly string[], most: number): string => {
  const names = ids.slice(0, most).map((id) => unitName(c, id))
  return `${names.join('、')}${ids.length > most ? `等${ids.length}家` : ''}`
}

const digits = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九']

/** 1–99 as headings count: 一, 十二, 二十. */
export const counted = (n: number): string => {
  const [tens, ones] = [Math.floor(n / 10), n % 10]
  return `${tens > 1 ? digits[tens] : ''}${tens > 0 ? '十' : ''}${digits[ones]}`
}
