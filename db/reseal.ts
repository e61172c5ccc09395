import { and, type Column, eq, isNotNull, type SQL, sql } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import { WrongKey } from './errors.ts'
import { type Mark, markOf, moveMark } from './mark.ts'
import type { Tables } from './schema.ts'
import type { OfficeStore, Store } from './store.ts'

const PAGE = 200

/** A column that is sealed, and what tells its rows apart within an office, in the order of the primary key. */
interface Place {
  table: PgTable & { office: PgColumn }
  name: string
  column: PgColumn
  key: PgColumn[]
}

const placesIn = ({ cases, rooms, facts, identities }: Tables): Place[] => [
  { table: cases, name: 'secret', column: cases.secret, key: [cases.id] },
  { table: rooms, name: 'webhook', column: rooms.webhook, key: [rooms.key] },
  { table: identities, name: 'key', column: identities.key, key: [identities.key] },
  { table: facts, name: 'words', column: facts.words, key: [facts.subject, facts.id, facts.seq] },
]

/** Does it stand otherwise than it would be written now? JSON stands in quotes. */
const astray = (column: Column, id: string): SQL => {
  const text = sql`cast(${column} as text)`
  const under = (start: string) => sql`(${text} like ${`${start}%`} or ${text} like ${`"${start}%`})`
  return id === '' ? under('sm4:') : sql`not ${under(`sm4:${id}:`)}`
}

const tuple = (parts: readonly unknown[]): SQL =>
  sql`(${sql.join(
    parts.map((part) => sql`${part}`),
    sql`, `,
  )})`

/** Page by page in the order of the keys: how many rows were written anew. What was done once is passed over. */
const resealed = async function* (store: OfficeStore, { table, name, column, key }: Place, id: string) {
  // As they stand: no column's decoder lies between.
  const raw = Object.fromEntries(key.map((one, i) => [`k${i}`, sql<unknown>`${one}`]))
  for (let last: unknown[] | undefined; ; ) {
    const rows: Record<string, unknown>[] = await store.q
      .select({ ...raw, stored: sql<unknown>`${column}` })
      .from(table)
      .where(
        and(
          ...[eq(table.office, store.office), isNotNull(column), astray(column, id)],
          last && sql`${tuple(key)} > ${tuple(last)}`,
        ),
      )
      .orderBy(...key)
      .limit(PAGE)
    const keysOf = (row: Record<string, unknown>) => key.map((_, i) => row[`k${i}`])
    const opened = (row: Record<string, unknown>): unknown => {
      try {
        return column.mapFromDriverValue(row.stored)
      } catch (error) {
        if (!(error instanceof WrongKey)) throw error
        throw new WrongKey(`${error.message}（机关 ${store.office} 的 ${keysOf(row).join(' ')}）`)
      }
    }
    const due = rows.filter(({ stored }) => stored !== '')
    await store.atomic((q) =>
      due.map((row) =>
        q
          .update(table)
          .set({ [name]: opened(row) })
          .where(and(eq(table.office, store.office), ...keysOf(row).map((own, i) => sql`${key[i]} = ${own}`))),
      ),
    )
    yield due.length
    const end = rows[rows.length - 1]
    if (rows.length < PAGE || !end) return
    last = keysOf(end)
  }
}

/** Offices that have something there, whether they are known otherwise or not. */
const officesIn = async (store: Store, { table }: Place): Promise<string[]> =>
  (await store.of('-').everywhere().q.selectDistinct({ office: table.office }).from(table)).map((row) =>
    String(row.office),
  )

const anotherRuns = (done: string): WrongKey => new WrongKey(`另一个 duban keys apply 正在执行：请等它做完。${done}`)

/** What a run of `reseal` has noted, and how it stood before. */
export interface Begun {
  before: Mark
  noted: Mark
}

/**
 * Notes that identity columns are being moved to the store's key, by the run of that name: from then on no server starts.
 * A run that was ended before its time is gone on with; whether it was, whoever calls makes sure. @throws WrongKey where
 * they stand under a key that is not at hand, or another run was quicker; nothing is noted
 */
export const beginReseal = async (store: Store, run: string): Promise<Begun> => {
  const { id, known } = store.sealing
  const before = await markOf(store)
  const strange = [before.id, before.to ?? ''].find((one) => one !== '' && !known.includes(one))
  if (strange !== undefined)
    throw new WrongKey(
      `数据库里的身份信息${before.to === undefined ? '' : '有的'}是用密钥 ${strange} 加密的，现在给出的是 ${known.join('、') || '不加密'}：请把 IDENTITY_KEY 或 IDENTITY_KEY_OLD 设成它。什么也没有改`,
    )
  // Gone back from half way: what has come there already is what is left behind now.
  const noted = { id: before.to === undefined || before.to === id ? before.id : before.to, to: id, run }
  if (!(await moveMark(store, before, noted))) throw anotherRuns('什么也没有改')
  return { before, noted }
}

/** Takes back the note of a run of which nothing comes. Where another run has gone on from it, it is that one's by now. */
export const leaveReseal = (store: Store, { before, noted }: Begun): Promise<boolean> => moveMark(store, noted, before)

/**
 * Writes every identity column of every office anew as the store's sealing says, then moves the mark. Ended before its time
 * it is gone on with by the next run, and until then no server starts. Nobody else may be at the database: of two runs that
 * both made sure of that, each after its note, the one whose note does not stand any more changes nothing. Returns how many
 * values were written. @throws WrongKey where something stands under a key that is not at hand, or another run took over
 */
export const reseal = async (store: Store, { noted }: Begun): Promise<number> => {
  const { id } = store.sealing
  const requireOwn = async (): Promise<void> => {
    if ((await markOf(store)).run !== noted.run) throw anotherRuns('这一个停下了')
  }
  await requireOwn()
  let written = 0
  for (const place of placesIn(store.of('-').t))
    for (const office of await officesIn(store, place))
      for await (const n of resealed(store.of(office), place, id)) {
        written += n
        await requireOwn()
      }
  if (!(await moveMark(store, noted, { id }))) throw anotherRuns('这一个停下了')
  return written
}
