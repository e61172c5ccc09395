import type { DutyView } from '../db/queries/duties.ts'
import type { Block, Button, Card } from '../src/model/card.ts'
import type { Body } from '../src/model/fact.ts'
import type { DutyFacts } from '../src/model/life.ts'
import type { Context, Happening, Notice, Outcome } from './command.ts'
import { afterwards, happen, type Move } from './happen.ts'
import { entryLine, together } from './page.ts'
import { answerRow, codeOf, seen } from './present.ts'

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

interface Words {
  title: string
  tone: Card['tone']
  fields?: [label: string, value: string][]
  notes?: string[]
  buttons?: Button[]
}

const fieldsBlock = (fields: Words['fields'] = []): Block[] => {
  const said = fields.filter(([, value]) => value !== '')
  return said.length > 0 ? [{ kind: 'fields', fields: said }] : []
}

const cardOf = (c: Context, changed: readonly Changed[], words: Words, withUnit: boolean): Card => ({
  title: words.title,
  tone: words.tone,
  blocks: [
    {
      kind: 'list',
      lines: together(
        changed.map(({ after }) => seen(c, after)),
        true,
      ).map((entry) => entryLine(c, entry, withUnit)),
    },
    ...fieldsBlock(words.fields),
    ...(words.notes ?? []).map((text) => ({ kind: 'note' as const, text })),
  ],
  ...(words.buttons && { buttons: words.buttons }),
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
    reply: cardOf(c, changed, words, withUnit),
    rows: changed.map(({ after }) => answerRow(c, seen(c, after))),
    facts: changed.flatMap(({ facts }) => facts),
  }
}

/** What happened last is the cause, so that the same thing is never told twice. */
const causeOf = (kind: string, changed: readonly Changed[]): string => {
  const [first] = changed
  return `${kind}:${first?.duty.id ?? ''}:${first ? first.duty.version + first.facts.length : 0}`
}

/** One notice to each unit concerned, however many of its duties moved. */
export const tellUnits = (c: Context, kind: string, changed: readonly Changed[], words: Words): Notice[] =>
  [...new Set(changed.map(({ after }) => after.unit))].map((unit) => {
    const own = changed.filter(({ after }) => after.unit === unit)
    return {
      cause: causeOf(kind, own),
      to: { unit },
      card: cardOf(c, own, words, false),
      tasks: [...new Set(own.map(({ after }) => codeOf(after)))],
    }
  })

/** One notice to the office. */
export const tellOffice = (c: Context, kind: string, changed: readonly Changed[], words: Words): Notice[] =>
  changed.length === 0
    ? []
    : [
        {
          cause: causeOf(kind, changed),
          to: { office: true },
          card: cardOf(c, changed, words, true),
          tasks: [...new Set(changed.map(({ after }) => codeOf(after)))],
        },
      ]
