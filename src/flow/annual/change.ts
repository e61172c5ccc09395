import { type Entered, entered } from '../../annual/entering.ts'
import type { AnnualContent, AnnualForm } from '../../model/annual.ts'
import type { Body, Json } from '../../model/fact.ts'
import { BadInput } from '../../model/problem.ts'
import { dayOf } from '../../time/day.ts'
import type { Deps } from '../deps.ts'
import type { Stamp } from '../ledger.ts'
import { whyNotTaken } from '../secrecy.ts'
import { born, type Happens, happens } from '../subjects.ts'
import { annualReport } from './read.ts'

/** Open to be reported on: since there is a 条例, up to this year. @throws BadInput */
export const checkYear = (deps: Deps, year: number): number => {
  const now = Number(dayOf(deps.now(), deps.zone).slice(0, 4))
  if (!Number.isInteger(year) || year < 2008 || year > now)
    throw new BadInput(`年度应在2008到${now}之间，而不是${year}：还没有到的年度没有数据`)
  return year
}

/** Old and new of every number that moved. */
const moved = (was: Readonly<Record<string, Json>>, next: Readonly<Record<string, Json>>): Body => {
  const names = [...new Set([...Object.keys(was), ...Object.keys(next)])].sort()
  return Object.fromEntries(
    names
      .filter((name) => JSON.stringify(was[name]) !== JSON.stringify(next[name]))
      .map((name) => [name, { old: was[name] ?? null, new: next[name] ?? null }]),
  )
}

/** Texts can be erased, so the chain holds which of them moved, and the words stand beside it. */
const movedTexts = (was: AnnualContent['texts'], next: AnnualContent['texts']) => {
  const names = Object.keys(moved(was, next))
  return { names, words: Object.fromEntries(names.map((name) => [name, next[name] ?? ''])) }
}

/** A row's own words are the office's; taken out is told apart from never changed. */
const rowsOf = ({ rows }: AnnualContent): Record<string, Json> =>
  Object.fromEntries(Object.entries(rows ?? {}).map(([cell, row]) => [cell, row ?? 'out']))

const factsOf = (was: AnnualContent, next: AnnualContent, form: AnnualForm | undefined): Happens[] => {
  const [cells, last] = [moved(was.cells, next.cells), moved(was.last, next.last)]
  const rows = moved(rowsOf(was), rowsOf(next))
  const { names, words } = movedTexts(was.texts, next.texts)
  const body: Body = {
    ...(form && { form }),
    ...(Object.keys(cells).length > 0 && { cells }),
    ...(Object.keys(last).length > 0 && { last }),
    ...(Object.keys(rows).length > 0 && { rows }),
    ...(names.length > 0 && { texts: names }),
  }
  return Object.keys(body).length === 0
    ? []
    : [{ kind: 'filled', body, ...(names.length > 0 && { words: { texts: words } }) }]
}

const refuseMarked = ({ texts, rows }: Entered): void => {
  const all = [...Object.values(texts ?? {}), ...Object.values(rows ?? {}).map((row) => row?.words ?? '')]
  if (all.some((text) => whyNotTaken(text))) throw new BadInput('这里带有密级标志：涉密内容不能放到这里，没有保存')
}

/**
 * Enters numbers, texts or rows of a year's report, or chooses its form. `version`: as whoever entered it saw it; absent:
 * whatever it is now. @returns false where it moved on @throws BadInput: nothing is changed; conflict
 */
export const enterAnnual = async (
  deps: Deps,
  { year, version, form, ...what }: { year: number; version?: number; form?: AnnualForm } & Entered,
  stamp: Stamp,
): Promise<boolean> => {
  refuseMarked(what)
  const today = dayOf(deps.now(), deps.zone)
  const report = await annualReport(deps.store, { year: checkYear(deps, year), today, ...(form && { form }) })
  if (version !== undefined && version !== report.version) return false
  const { row, inputs } = report
  const next = entered(inputs, what)
  const formNow = inputs.form
  const facts = factsOf(inputs.content, next, row && row.form !== formNow ? formNow : undefined)
  if (row && facts.length === 0) return true
  await deps.store.atomic((q) =>
    row
      ? happens(deps, q, { subject: 'annual', was: row, facts, set: { form: formNow, content: next } }, stamp)
      : born(
          deps,
          q,
          {
            ...{ subject: 'annual', id: deps.newId(), row: { year, form: formNow, content: next } },
            facts: [{ kind: 'entered', body: { year, form: formNow } }, ...facts],
          },
          stamp,
        ),
  )
  return true
}
