import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'
import type { Tables } from './schema.ts'

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

/** Tables and reads of one office: all that a command may hold. */
export interface Reader {
  readonly office: string
  readonly t: Tables
  readonly q: Pick<Query, 'select' | 'selectDistinct' | '$count'>
}

/** One office's side of the store: the only way to a query that writes. */
export interface OfficeStore extends Reader {
  /** Statements in order, all or none; they are written before any runs, so none sees another's result. @throws conflict, see isConflict */
  atomic(write: (q: Query) => readonly Write[]): Promise<unknown[]>
}

export interface Store {
  readonly dialect: 'sqlite' | 'd1' | 'postgres'
  of(office: string): OfficeStore
  close(): Promise<void>
}
