import { and, asc, eq, gt } from 'drizzle-orm'
import type { Reader } from '../../db/store.ts'
import type { Indicator } from '../model/assessment.ts'
import type { Body, Kept } from '../model/fact.ts'
import { type Fact, factsOf, strayed } from './verify-rows.ts'

type Columns = Record<string, unknown>

const PAGE = 500

/** Columns of evidence that one of its facts sets; what it is called and what a look found stand in words. */
const evidenceMoved = ({ kind, body, words }: Fact): Columns => {
  switch (kind) {
    case 'brought': {
      const { duty, report, kind: what } = body
      return { duty, report, kind: what, state: 'waiting', hash: null, hint: null, name: words?.name }
    }
    case 'placed':
      return { duty: body.duty, report: body.report }
    case 'saved':
    case 'looked':
    case 'failed': {
      const found = { state: kind === 'saved' ? 'kept' : kind, hash: body.hash ?? null }
      return { ...found, hint: words?.hint, ...(words?.name !== undefined && { name: words.name }) }
    }
    case 'erased':
      return { state: 'erased', name: '', hint: null }
    default:
      return {}
  }
}

/** What of the table of indicators stands in the chain itself; their words can be erased. */
const numbersOf = (indicators: readonly Indicator[]) =>
  indicators.map(({ number, points, by }) => ({ number, points, by }))

const assessmentMoved = ({ kind, body, words }: Fact, before: Columns): Columns => {
  switch (kind) {
    case 'tabled': {
      const { from, to, rules, indicators } = body
      return { state: 'draft', from, to, rules, numbers: indicators, objectBy: null, title: words?.title }
    }
    case 'ruled': {
      const by = (body.by ?? {}) as Record<string, unknown>
      const numbers = (before.numbers ?? []) as { number: string; by: unknown }[]
      return {
        ...(body.rules !== undefined && { rules: body.rules }),
        numbers: numbers.map((one) => ({ ...one, by: by[one.number] ?? one.by })),
      }
    }
    case 'opened':
      return { state: 'open' }
    case 'published':
      return { state: 'told', objectBy: body.objectBy }
    case 'ended':
      return { state: 'closed' }
    default:
      return {}
  }
}

const blank = { own: null, given: null, third: null, proof: '', reason: '', objection: null }

const scoreMoved = ({ kind, body, words }: Fact, before: Columns): Columns => {
  const { assessment, unit, indicator, points } = body
  const place = { assessment, unit, indicator }
  switch (kind) {
    case 'self-scored':
      return { ...place, own: points, proof: words?.proof }
    case 'scored':
      return { ...place, given: points, reason: words?.reason }
    case 'third-scored':
      return { ...place, third: points }
    case 'objected':
      return { ...place, objection: words ? { v: 1, on: body.on, text: words.text, answered: null } : undefined }
    case 'objection-answered': {
      const answered = { on: body.on, changed: body.changed, points, text: words?.text }
      return { objection: before.objection && words ? { ...(before.objection as Body), answered } : undefined }
    }
    default:
      return {}
  }
}

/** Folds the facts; a column whose last words were erased is left out, for nobody knows it any more. */
const folded = (
  facts: readonly Fact[],
  moved: (fact: Fact, before: Columns) => Columns,
  first: Columns = {},
): Columns => {
  const told = facts.reduce((columns, fact) => Object.assign(columns, moved(fact, columns)), { ...first })
  return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined))
}

const evidenceTold = (facts: readonly Fact[]): Columns => {
  const told = folded(facts, evidenceMoved)
  // Who is erased goes from the name and the hint alike, whichever of both spoke of them.
  const whole = facts.every(({ kind, words }) => kind === 'placed' || kind === 'erased' || words)
  const { name: _, hint: __, ...rest } = told
  return whole || told.state === 'erased' ? told : rest
}

interface Kind {
  subject: Kept
  table: 'evidence' | 'assessments' | 'scores'
  told: (facts: readonly Fact[]) => Columns
  wrong: string
}

const kinds: Kind[] = [
  { subject: 'evidence', table: 'evidence', told: evidenceTold, wrong: '佐证的归属、状态或文件与记录不一致' },
  {
    ...{ subject: 'assessment', table: 'assessments', wrong: '考核的状态、指标或规则与记录不一致' },
    told: (facts: readonly Fact[]) => folded(facts, assessmentMoved),
  },
  {
    ...{ subject: 'score', table: 'scores', wrong: '评分或异议与记录不一致' },
    told: (facts: readonly Fact[]) => folded(facts, scoreMoved, blank),
  },
]

/** Rows of evidence, assessments and scores are what their facts make of them. Linear, a page at a time. */
export const checkKept = async (reader: Reader, broken: string[], stepped: () => Promise<void>): Promise<void> => {
  const { q, t, office } = reader
  for (const { subject, table: name, told, wrong } of kinds) {
    const table = t[name] as typeof t.evidence
    for (let last = ''; ; ) {
      const rows = await q
        .select()
        .from(table)
        .where(and(eq(table.office, office), gt(table.id, last)))
        .orderBy(asc(table.id))
        .limit(PAGE)
      const facts = await factsOf(
        reader,
        subject,
        rows.map(({ id }) => id),
      )
      for (const row of rows) {
        const own = facts.get(row.id)
        const shown =
          subject === 'assessment'
            ? { ...row, numbers: numbersOf((row as unknown as { indicators: Indicator[] }).indicators) }
            : row
        if (own && strayed(shown, told(own)).length > 0) broken.push(`${subject} ${row.id}：${wrong}`)
      }
      await stepped()
      last = rows[rows.length - 1]?.id ?? ''
      if (rows.length < PAGE) break
    }
  }
}
