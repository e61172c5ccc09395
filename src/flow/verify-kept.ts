import { and, asc, eq, gt } from 'drizzle-orm'
import type { Reader } from '../../db/store.ts'
import type { AnnualContent } from '../model/annual.ts'
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

/** Old and new of numbers or rows as a fact holds them, laid over what stood before. */
const laidOver = (before: unknown, moved: unknown): Record<string, unknown> => {
  const next = { ...(before as Record<string, unknown>) }
  for (const [name, to] of Object.entries((moved ?? {}) as Record<string, { new: unknown }>)) {
    if (to.new === null) delete next[name]
    else next[name] = to.new
  }
  return next
}

const annualMoved = ({ kind, body, words }: Fact, before: Columns): Columns => {
  if (kind === 'entered') return { year: body.year, form: body.form, cells: {}, last: {}, rows: {}, texts: {} }
  if (kind !== 'filled') return {}
  const texts = body.texts === undefined ? {} : (words?.texts as Record<string, string> | undefined)
  return {
    ...(body.form !== undefined && { form: body.form }),
    cells: laidOver(before.cells, body.cells),
    last: laidOver(before.last, body.last),
    rows: laidOver(before.rows, body.rows),
    texts:
      before.texts && texts
        ? Object.fromEntries(
            Object.entries({ ...(before.texts as object), ...texts }).filter(([, text]) => text !== ''),
          )
        : undefined,
  }
}

/** A report's content as its facts tell it: a row that was taken out is told by a word. */
const annualShown = ({ cells, last, texts, rows }: AnnualContent): Columns => ({
  ...{ cells, last, texts },
  rows: Object.fromEntries(Object.entries(rows ?? {}).map(([cell, row]) => [cell, row ?? 'out'])),
})

/** Each fact of a figure tells all of it; a theme's name stands in words, which can be erased. */
const tallyTold = (facts: readonly Fact[]): Columns => {
  const last = facts[facts.length - 1]
  if (!last) return {}
  const { unit, period, channel, count, on, themed } = last.body
  const theme = themed === true ? last.words?.theme : ''
  return { unit, period, channel, count, on, ...(theme !== undefined && { theme }) }
}

interface Kind {
  subject: Kept
  table: 'evidence' | 'assessments' | 'scores' | 'tallies' | 'annuals'
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
  { subject: 'tally', table: 'tallies', told: tallyTold, wrong: '报数与记录不一致' },
  {
    ...{ subject: 'annual', table: 'annuals', wrong: '年度报告填写的内容与记录不一致' },
    told: (facts: readonly Fact[]) => folded(facts, annualMoved),
  },
]

/** A row's columns as facts tell them, where they stand otherwise in it. */
const shownAs = (subject: Kept, row: Columns): Columns => {
  if (subject === 'assessment') return { ...row, numbers: numbersOf(row.indicators as Indicator[]) }
  return subject === 'annual' ? { ...row, ...annualShown(row.content as AnnualContent) } : row
}

/** Rows of evidence, assessments, scores, figures and annual reports are what their facts make of them. Linear, a page at a time. */
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
        if (own && strayed(shownAs(subject, row), told(own)).length > 0) broken.push(`${subject} ${row.id}：${wrong}`)
      }
      await stepped()
      last = rows[rows.length - 1]?.id ?? ''
      if (rows.length < PAGE) break
    }
  }
}
