import type { DutyView } from '../db/queries/duties.ts'
import type { Card } from '../src/model/card.ts'
import type { Body } from '../src/model/fact.ts'
import type { DutyFacts } from '../src/model/life.ts'
import type { Words } from '../src/model/recipe.ts'
import type { Context, Happening, Notice, Outcome } from './command.ts'
import { afterwards, happen, type Move } from './happen.ts'
import { heldBy, movedCard } from './moved.ts'
import { answerRow, codeOf, isClassLine, seen } from './present.ts'

/** A duty to which something happened: as it was, what is written, as it is. */
export interface Changed {
  duty: DutyView
  facts: Happening[]
  after: DutyView
}

/** The same thing happens to each of the duties. */
export const change = <K extends Move>(
  c: Context,
  duties: readonly DutyView[],
  kind: K,
  body: Omit<DutyFacts[K], 'on'>,
  words?: Body,
): Changed[] =>
  duties.map((duty) => {
    const facts = happen(c, duty, kind, body, words)
    return { duty, facts, after: afterwards(duty, facts) }
  })

/** The answer to who did it: how the duties stand now. */
export const answered = (
  c: Context,
  changed: readonly Changed[],
  words: Words,
): Outcome & { reply: Card; facts: Happening[] } => {
  const units = new Set(changed.map(({ duty }) => duty.unit))
  const withUnit = c.actor.role !== 'liaison' || units.size > 1 || c.actor.units.length > 1
  return {
    reply: movedCard(
      c,
      changed.map(({ after }) => after),
      words,
      withUnit,
    ),
    rows: changed.map(({ after }) => answerRow(c, seen(c, after))),
    facts: changed.flatMap(({ facts }) => facts),
  }
}

/** What happened last is the cause, so that the same thing is never told twice. */
const causeOf = (kind: string, changed: readonly Changed[]): string => {
  const [first] = changed
  return `${kind}:${first?.duty.id ?? ''}:${first ? first.duty.version + first.facts.length : 0}`
}

/** The duties in one notice, however many of them moved. */
export const noticeOf = (
  kind: string,
  to: Notice['to'],
  changed: readonly Changed[],
  words: Words,
  withUnit: boolean,
): Notice => ({
  cause: causeOf(kind, changed),
  to,
  ...('address' in to && { units: [...new Set(changed.map(({ after }) => after.unit))] }),
  recipe: { kind: 'moved', words, withUnit, duties: changed.map(heldBy) },
  tasks: [...new Set(changed.map(({ after }) => codeOf(after)))],
})

/** One notice to each unit concerned, however many of its duties moved; a class's line has nobody to tell. */
export const tellUnits = (c: Context, kind: string, changed: readonly Changed[], words: Words): Notice[] =>
  [...new Set(changed.map(({ after }) => after.unit))]
    .filter((unit) => !isClassLine(c, unit))
    .map((unit) =>
      noticeOf(
        kind,
        { unit },
        changed.filter(({ after }) => after.unit === unit),
        words,
        false,
      ),
    )

/** One notice to the office; where the office itself speaks, the answer is heard there already. */
export const tellOffice = (c: Context, kind: string, changed: readonly Changed[], words: Words): Notice[] =>
  changed.length === 0 || c.place.scope === 'office' ? [] : [noticeOf(kind, { office: true }, changed, words, true)]
