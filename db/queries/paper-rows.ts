import { and, asc, desc, eq, gte, lte, ne, sql } from 'drizzle-orm'
import type { Day } from '../../src/model/deadline.ts'
import { PaperContent } from '../../src/model/paper-life.ts'
import { among } from '../among.ts'
import { staleIf } from '../guard.ts'
import type { Query, Reader, Write } from '../store.ts'

/** One paper with its content; undefined where there is none. */
export const paperRow = async ({ q, t, office }: Reader, id: string) => {
  const [row] = await q
    .select()
    .from(t.papers)
    .where(and(eq(t.papers.office, office), eq(t.papers.id, id)))
  return row && { ...row, content: PaperContent.parse(row.content) }
}
export type PaperRow = NonNullable<Awaited<ReturnType<typeof paperRow>>>

/** Papers without their content, the newest first. */
export const paperHeads = ({ q, t, office }: Reader, most = 500) => {
  const { content, ...columns } = t.papers
  const {
    office: own,
    id,
    kind,
    state,
    title,
    from,
    to,
    units,
    plan,
    number,
    signer,
    signedOn,
    hash,
    natural,
    at,
  } = columns
  const shown = { id, kind, state, title, from, to, units, plan, number, signer, signedOn, hash, natural, at }
  return q
    .select({ ...shown, version: t.papers.version, head: t.papers.head })
    .from(t.papers)
    .where(eq(own, office))
    .orderBy(desc(at), desc(id))
    .limit(most)
}
export type PaperHead = Awaited<ReturnType<typeof paperHeads>>[number]

/** Naturals of the papers that are about the same (`bulletin:2017-Q3`, `bulletin:2017-Q3#2`), each with its state, oldest first. */
export const papersAbout = async ({ q, t, office }: Reader, natural: string) => {
  const { id, state, version, head } = t.papers
  const rows = await q
    .select({ id, state, version, head, natural: t.papers.natural })
    .from(t.papers)
    .where(
      and(
        eq(t.papers.office, office),
        sql`(${t.papers.natural} = ${natural} or substr(${t.papers.natural}, 1, ${natural.length + 1}) = ${`${natural}#`})`,
      ),
    )
    .orderBy(asc(t.papers.at), asc(id))
  return rows
}

const numbered = ({ t, office }: Pick<Reader, 't' | 'office'>, number: string, year: string, self: string) =>
  and(
    eq(t.papers.office, office),
    eq(t.papers.number, number),
    ne(t.papers.id, self),
    gte(t.papers.signedOn, `${year}-01-01`),
    lte(t.papers.signedOn, `${year}-12-31`),
  )

/** Another paper that has that 文号 in that year. */
export const paperNumbered = async (reader: Reader, number: string, year: string, self: string) => {
  const { q, t } = reader
  const [row] = await q
    .select({ title: t.papers.title })
    .from(t.papers)
    .where(numbered(reader, number, year, self))
    .limit(1)
  return row
}

/** Fails its batch where another paper took the 文号 meanwhile. */
export const numberIsFree = (
  reader: Pick<Reader, 't' | 'office'>,
  q: Query,
  number: string,
  day: Day,
  self: string,
): Write =>
  staleIf(
    reader.t,
    q,
    reader.office,
    sql`exists (select 1 from ${reader.t.papers} where ${numbered(reader, number, day.slice(0, 4), self)})`,
  )

/**
 * Facts of one kind of all papers, units, tasks or duties, oldest first. Put in order here: asked for by time, SQLite would walk through
 * every fact of the office for it.
 */
export const factsOfKind = async (
  { q, t, office }: Reader,
  subject: 'paper' | 'unit' | 'task' | 'duty',
  kind: string,
) => {
  const { id, seq, body, words, by, at } = t.facts
  const rows = await q
    .select({ id, seq, body, words, by, at })
    .from(t.facts)
    .where(and(eq(t.facts.office, office), eq(t.facts.subject, subject), eq(t.facts.kind, kind)))
    .orderBy(asc(id), asc(seq))
  return rows.sort((a, b) => a.at.getTime() - b.at.getTime())
}

/** What was drafted by the office's machine since then and is unsigned still. */
export const draftedFor = async ({ q, t, office }: Reader, since: Date) => {
  const { id, title, state } = t.papers
  return q
    .select({ id, title, state })
    .from(t.papers)
    .innerJoin(
      t.facts,
      and(eq(t.facts.office, office), eq(t.facts.subject, 'paper'), eq(t.facts.id, id), eq(t.facts.seq, 1)),
    )
    .where(
      and(
        eq(t.papers.office, office),
        gte(t.papers.at, since),
        eq(t.facts.by, 'duban'),
        among(state, ['draft', 'pending']),
      ),
    )
    .orderBy(asc(t.papers.at), asc(id))
}

/** How many papers wait for their signature. */
export const pendingPapers = async ({ q, t, office }: Reader) => {
  const { id, title, kind, units } = t.papers
  return q
    .select({ id, title, kind, units })
    .from(t.papers)
    .where(and(eq(t.papers.office, office), eq(t.papers.state, 'pending')))
    .orderBy(asc(t.papers.at), asc(id))
}
