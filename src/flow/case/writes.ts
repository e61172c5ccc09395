import type { CaseDeed } from '../../../commands/command.ts'
import type { CaseRow } from '../../../db/queries/cases.ts'
import type { Query, Write } from '../../../db/store.ts'
import type { Case, CaseView } from '../../model/case.ts'
import { registers } from '../../register/index.ts'
import type { RegisterContext } from '../../register/register.ts'
import type { Deps } from '../deps.ts'
import type { Stamp } from '../ledger.ts'
import { born, happens } from '../subjects.ts'

/** The first end of a clock that runs. */
const nextDue = ({ clocks }: CaseView): string | null =>
  clocks.reduce<string | null>(
    (least, { state, due }) => (state === 'running' && due !== null && (least === null || due < least) ? due : least),
    null,
  )

/** A case's columns, as its events and today's calendar make them. */
export const caseColumns = (it: Case, c: RegisterContext) => {
  const view = registers[it.kind].view(it, c)
  const { title, state, unit, openedOn, closedOn } = view
  return {
    ...{ kind: it.kind, year: it.year, ord: it.ord, title, state, unit, openedOn, closedOn, due: nextDue(view) },
    provisional: view.clocks.some(({ state: runs, provisional }) => runs === 'running' && provisional),
    events: { v: 1 as const, list: [...it.events] },
    secret: it.secret,
  }
}

/** Where a case stands by its rules of the moment, for the chain: rules, calendar and settings may be others later. */
export const standsAt = (row: Pick<CaseRow, 'state' | 'unit' | 'openedOn' | 'closedOn' | 'due' | 'provisional'>) => {
  const { state, unit, openedOn, closedOn, due, provisional } = row
  return { state, unit, openedOn, closedOn, due, provisional }
}

/** Statements of what was done to a case, or of a new one. @throws conflict where it moved on, or its number is taken */
export const caseWrites = (
  deps: Deps,
  q: Query,
  { id, was, decided: { event, words, next } }: CaseDeed,
  c: RegisterContext,
  stamp: Stamp,
): Write[] => {
  const { kind, year, ord } = next
  const row = caseColumns(next, c)
  const facts = [
    {
      kind: event.kind,
      body: { ...event.body, at: event.at, ...(was ? {} : { year, ord }), stands: standsAt(row) },
      ...(Object.keys(words).length > 0 && { words }),
    },
  ]
  return was
    ? happens(deps, q, { subject: kind, was: { id, ...was }, facts, set: row }, stamp)
    : born(deps, q, { subject: kind, id, facts, row }, stamp)
}
