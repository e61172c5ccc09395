import { and, asc, eq, gt } from 'drizzle-orm'
import type { CaseRow } from '../../db/queries/cases.ts'
import { isUnopened } from '../../db/sealing.ts'
import type { Reader } from '../../db/store.ts'
import type { CaseEvent } from '../model/case.ts'
import { CaseKind, type Value } from '../model/case.ts'
import { type Fact, factsOf, strayed } from './verify-rows.ts'

const PAGE = 500

/** Facts that are no event of the case: another calendar, days that went by, and that its words are gone. */
const isEvent = ({ kind }: Fact): boolean => !['recomputed', 'elapsed', 'erased'].includes(kind)

const eventOf = ({ kind, body }: Fact): CaseEvent => {
  const { at, stands: _, ...said } = body
  return { kind, at: String(at), body: said as Record<string, Value> }
}

const eventsTold = (facts: readonly Fact[]): CaseEvent[] =>
  facts.filter(isEvent).map((fact, i) => {
    const event = eventOf(fact)
    if (i > 0) return event
    const { year: _, ord: __, ...body } = event.body
    return { ...event, body }
  })

/** What the words say, by `deed.field`: where they are gone nobody knows, and whatever the row has of them stands. */
const wordsTold = (facts: readonly Fact[], row: CaseRow): Record<string, unknown> => {
  const whole = new Map<string, string>()
  const gone = new Set<string>()
  for (const { kind, words } of facts.filter(isEvent))
    for (const [name, text] of Object.entries(words ?? {}))
      if (name !== 'salt') whole.set(`${kind}.${name}`, String(text))
  for (const { kind, words } of facts.filter(isEvent)) if (!words) gone.add(kind)
  const unknown = (key: string) => gone.has(key.slice(0, key.indexOf('.')))
  const known = [...whole].filter(([key]) => !unknown(key))
  const kept = Object.entries(row.secret ?? {}).filter(([key]) => unknown(key))
  return Object.fromEntries([...kept, ...known])
}

const told = (facts: readonly Fact[], row: CaseRow): Record<string, unknown> => {
  const [first] = facts
  const last = facts.filter(({ body }) => body.stands !== undefined).pop()
  return {
    ...{ year: first?.body.year, ord: first?.body.ord, events: { v: 1, list: eventsTold(facts) } },
    ...(last?.body.stands as Record<string, unknown> | undefined),
    // Words of a person who was erased are gone from the row one by one, those of a case all at once.
    ...(row.secret !== null && { secret: wordsTold(facts, row) }),
  }
}

/** Rows of cases are what their facts make of them: what happened, where they stand, when they end. Linear, a page at a time. */
export const checkCases = async (reader: Reader, broken: string[], stepped: () => Promise<void>): Promise<void> => {
  const { q, t, office } = reader
  for (const kind of CaseKind.options)
    for (let last = ''; ; ) {
      const rows = await q
        .select()
        .from(t.cases)
        .where(and(eq(t.cases.office, office), eq(t.cases.kind, kind), gt(t.cases.id, last)))
        .orderBy(asc(t.cases.id))
        .limit(PAGE)
      const facts = await factsOf(
        reader,
        kind,
        rows.map(({ id }) => id),
      )
      for (const stored of rows) {
        const unopened = isUnopened(stored.secret)
        if (unopened) broken.push(`${kind} ${stored.id}：办件里申请人、联系方式等内容解不开`)
        const row = unopened ? { ...stored, secret: null } : stored
        const own = facts.get(row.id)
        if (own && strayed(row, told(own, row)).length > 0)
          broken.push(`${kind} ${row.id}：办件的内容、状态或期限与记录不一致`)
      }
      await stepped()
      last = rows[rows.length - 1]?.id ?? ''
      if (rows.length < PAGE) break
    }
}
