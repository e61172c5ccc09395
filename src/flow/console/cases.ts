import { heirOf, unitsRead } from '../../../commands/cases.ts'
import type { Context } from '../../../commands/command.ts'
import { unitName } from '../../../commands/present.ts'
import {
  type CaseFilter,
  type CaseRow,
  caseOf,
  casesByKind,
  casesOf,
  casesPage,
  countCases,
  lookedThrough,
} from '../../../db/queries/cases.ts'
import { CaseKind, caseWords, type Field } from '../../model/case.ts'
import { type Actor, isOffice } from '../../model/person.ts'
import { registers } from '../../register/index.ts'
import { type Deed, numberOf, type RegisterContext } from '../../register/register.ts'
import { workdaysBefore } from '../../time/calendar.ts'
import { mayDo } from '../case/act.ts'
import { registerContext } from '../case/context.ts'
import type { Deps } from '../deps.ts'
import { leftOf } from './cases/due.ts'
import { contextFor } from './context.ts'

/** A clock is told as ending soon so many workdays before. */
const SOON_DAYS = 5
/** So many cases are offered where a form asks for one. */
const OFFERED = 500

/** What the list is narrowed to, as its address has it. */
export interface CaseAsked {
  kind?: CaseKind | undefined
  state: readonly string[]
  unit: readonly string[]
  year?: number | undefined
  open?: '1' | '0' | undefined
  clock?: 'overdue' | 'soon' | undefined
  q?: string | undefined
}

/** What a look at the registers rests on: who asks, the day, the office's calendar. */
export interface Look {
  c: Context
  rc: RegisterContext
  actor: Actor
}

export const openLook = async (deps: Deps, actor: Actor): Promise<Look> => {
  const c = await contextFor(deps, actor)
  return { c, rc: await registerContext(deps), actor: heirOf(c, actor) }
}

/** 依申请2026-3, 2026-3: a case's number, if the words are one. */
const numberIn = (text: string): { year: number; ord: number } | undefined => {
  const [, year, ord] = /(?:^|[^\d-])(\d{4})-(\d{1,6})号?$/.exec(` ${text}`) ?? []
  return year === undefined ? undefined : { year: Number(year), ord: Number(ord) }
}

const clockFilter = ({ calendar, today, now }: RegisterContext, is: CaseAsked['clock']): CaseFilter => {
  if (is === undefined) return {}
  // A day is late from the first workday after it.
  const day = calendar.isWorkday(today) ? today : workdaysBefore(today, 1, calendar)
  const over = { day, now }
  return {
    clock: is === 'soon' ? { is, over, until: calendar.addWorkdays(today, SOON_DAYS) } : { is, over },
    open: true,
  }
}

/** The rows that are meant, of those that whoever asks may see. */
export const filterOf = ({ c, rc, actor }: Look, asked: CaseAsked): CaseFilter => {
  const { kind, state, unit, year, open, clock, q } = asked
  const own = unitsRead(c, actor)
  const units = unit.length === 0 ? own : own ? unit.filter((id) => own.includes(id)) : unit
  const number = q === undefined ? undefined : numberIn(q)
  return {
    ...(kind && { kinds: [kind] }),
    ...(state.length > 0 && { states: state }),
    ...(units && { units }),
    ...(year !== undefined && { year }),
    ...(open && { open: open === '1' }),
    ...clockFilter(rc, clock),
    // Whoever does not read names and contacts finds nothing by them either.
    ...(q && { q: { text: q, secret: isOffice(actor), number } }),
  }
}

/** A case as a line; of those without a clock that runs nothing is told of its time. */
export const lineOf = ({ c }: Look, row: CaseRow) => {
  const { id, kind, title, unit, state, openedOn, closedOn, due, provisional } = row
  return {
    ...{ id, kind, number: numberOf(registers[kind], row), title, openedOn, closedOn, provisional },
    ...{ unit: unit ? unitName(c, unit) : '', stateWord: registers[kind].states[state] ?? state },
    ...{ due: due?.replace('T', ' ') ?? '', ...leftOf(c, due) },
  }
}

/** One page of the list, those that end soonest first. */
export const caseList = async (deps: Deps, actor: Actor, asked: CaseAsked, page: { offset: number; limit: number }) => {
  const look = await openLook(deps, actor)
  const filter = await lookedThrough(deps.store, filterOf(look, asked))
  return {
    asOf: look.c.now.toISOString(),
    total: await countCases(deps.store, filter),
    rows: (await casesPage(deps.store, filter, page)).map((row) => lineOf(look, row)),
  }
}

const livingUnits = ({ c }: Look, own?: readonly string[]) =>
  c.office.units
    .filter(({ id, kind, succession }) => kind === 'unit' && !succession && (!own || own.includes(id)))
    .map(({ id, name }) => ({ id, name }))

/** What the fields of a deed offer: units of the roster (`own`: those of whoever asks alone), cases by their numbers. */
const choicesFor = async (look: Look, deeds: readonly Deed[], own?: readonly string[]) => {
  const asks = (type: Field['type']) => deeds.some(({ fields }) => fields.some((field) => field.type === type))
  const units = livingUnits(look, own).map(({ id, name }): [string, string] => [id, name])
  const rows = asks('case') ? await casesPage(look.c.db, filterOf(look, none), { offset: 0, limit: OFFERED }) : []
  const cases = rows.map((row): [string, string] => {
    const number = numberOf(registers[row.kind], row)
    return [number, `${number} ${row.title}`]
  })
  return ({ type, options }: Field): [string, string][] | undefined => {
    if (type === 'unit' || type === 'units') return units
    return type === 'case' ? cases : options?.map(([value, word]) => [value, word])
  }
}

const none: CaseAsked = { state: [], unit: [] }

/** Deeds with their forms, as a page draws them. */
export const deedsShown = async (look: Look, deeds: readonly Deed[], own?: readonly string[]) => {
  const choices = await choicesFor(look, deeds, own)
  return deeds.map(({ name, title, fields }) => ({
    ...{ name, title },
    fields: fields.map((field) => {
      const options = choices(field)
      const { name, label, type, optional, hint } = field
      return { name, label, type, optional: optional === true, ...(options && { options }), ...(hint && { hint }) }
    }),
  }))
}

/** Whoever enters cases for their own units alone, and for which. */
const opensFor = ({ actor }: Look, opening: Deed): readonly string[] | undefined | false => {
  if (opening.roles.includes(actor.role)) return undefined
  const [first = ''] = actor.units
  return mayDo(opening, actor, first) && actor.units
}

/** Every register with its words and figures, and how a case is entered by whoever may. */
export const registerList = async (deps: Deps, actor: Actor) => {
  const look = await openLook(deps, actor)
  const counted = (asked: Partial<CaseAsked>) => casesByKind(deps.store, filterOf(look, { ...none, ...asked }))
  const [open, soon, overdue] = [
    await counted({ open: '1' }),
    await counted({ clock: 'soon' }),
    await counted({ clock: 'overdue' }),
  ]
  const shown = []
  for (const kind of CaseKind.options) {
    const { states, opening } = registers[kind]
    const own = opensFor(look, opening)
    const [form] = own === false ? [] : await deedsShown(look, [opening], own)
    shown.push({
      ...{ kind, word: caseWords[kind], states: Object.entries(states) },
      ...(form && { opening: form }),
      ...{ open: open.get(kind) ?? 0, soon: soon.get(kind) ?? 0, overdue: overdue.get(kind) ?? 0 },
    })
  }
  return {
    asOf: look.c.now.toISOString(),
    registers: shown,
    units: livingUnits(look, unitsRead(look.c, actor)),
  }
}

/** The case where whoever asks may read it; undefined for another unit's just as for one that is not there. */
export const readable = async (look: Look, id: string): Promise<CaseRow | undefined> => {
  const row = await caseOf(look.c.db, id)
  const own = unitsRead(look.c, look.actor)
  return row && (!own || (row.unit !== '' && own.includes(row.unit))) ? row : undefined
}

/** Every row of the filter, for a workbook. */
export const allLines = async (look: Look, filter: CaseFilter) =>
  (await casesOf(look.c.db, filter)).map((row) => lineOf(look, row))
