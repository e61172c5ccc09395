import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'
import type { Tables } from './schema.ts'
import type { Sealing } from './sealing.ts'

export type Dialect = 'sqlite' | 'd1' | 'postgres'

/** What every dialect can do. `transaction` and `execute` are left out on purpose: D1 has neither. */
export type Query = Pick<
  PgDatabase<PgQueryResultHKT>,
  'select' | 'selectDistinct' | 'insert' | 'update' | 'delete' | 'with' | '$with' | '$count'
>

/** An insert, update or delete, written down and not yet run. Reads have no place in a batch: D1 mixes up equal column names. */
export interface Write<T = unknown> extends PromiseLike<T> {
  toSQL(): { sql: string; params: unknown[] }
  as?: never
}

/** What a batch's writes return, in their order: rows where a write says `returning()`, else the driver's own word. */
export type Results<W extends readonly Write[]> = {
  -readonly [K in keyof W]: W[K] extends PromiseLike<infer R> ? R : never
}

/** Tables and reads of one office: all that a command may hold. */
export interface Reader {
  readonly office: string
  readonly dialect: Dialect
  readonly t: Tables
  readonly q: Pick<Query, 'select' | 'selectDistinct' | '$count'>
  /** Are identity columns sealed (db/sealing.ts)? Then SQL can ask whether they are equal to something, and nothing else. */
  readonly sealed: boolean
  /** The one way to a read over all offices of the database: a wall of PostgreSQL lets through nothing else. */
  everywhere(): Reader
  /** Where what is sealed and cannot be opened comes as it stands (see isUnopened in db/sealing.ts) and fails no read. */
  lenient(): Reader
}

/** One office's side of the store: the only way to a query that writes. */
export interface OfficeStore extends Reader {
  /** Statements in order, all or none; they are written before any runs, so none sees another's result. @throws conflict, see isConflict */
  atomic<const W extends readonly Write[]>(write: (q: Query) => W): Promise<Results<W>>
  /**
   * One write that carries its whole condition in itself (a lease, a counter): no transaction around it, and on PostgreSQL
   * READ COMMITTED, where such a write waits for its rival and looks again instead of failing.
   */
  one<R>(write: (q: Query) => Write<R>): Promise<R>
}

export interface Store {
  readonly dialect: Dialect
  readonly sealing: Sealing
  of(office: string): OfficeStore
  /** Names of the migrations that the database has taken, oldest first; empty for a new one. */
  applied(): Promise<string[]>
  /** Runs what is missing of the list, all or none; safe when two processes start at once. D1 refuses: wrangler does it there. */
  apply(migrations: readonly Migration[]): Promise<void>
  close(): Promise<void>
}

/** A file of db/migrations/<dialect>, as db/migrations/index.ts holds it. */
export interface Migration {
  name: string
  statements: readonly string[]
}
