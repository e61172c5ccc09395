import { Column, is, SQL, sql } from 'drizzle-orm'
import { run } from './conflict.ts'
import { storableInteger, storableJson } from './kit/storable.ts'
import type { Tables } from './schema.ts'
import type { Dialect, Query, Reader, Write } from './store.ts'

/** The values that a prepared query takes, as they stand in its text. `office` is always among them and filled in. */
export type Params<V = unknown> = { readonly [K in keyof V]: SQL<V[K]> } & { readonly office: SQL<string> }

/** drizzle's prepared query as it is at run time, below the PostgreSQL face that the types show. */
export interface Lowered {
  execute(values?: Values): PromiseLike<unknown> & { sync(): unknown }
  getQuery(): { params: unknown[] }
  mapResult(result: unknown, batch: boolean): unknown
}
type Values = Record<string, unknown>
interface Preparable {
  prepare(name?: string): Lowered
}

interface Decoder {
  mapFromDriverValue(value: unknown): unknown
}
interface Field {
  path: string[]
  field: Column | SQL | SQL.Aliased
}
/** What drizzle's prepared reads hold beside: the fields, and the place of a mapper of one's own. */
interface Mapped extends Lowered {
  fields?: Field[]
  customResultMapper?: (rows: unknown[][]) => unknown
}

const decoderOf = (field: Field['field']): Decoder =>
  is(field, Column) ? field : ((is(field, SQL) ? field : field.sql) as unknown as { decoder: Decoder }).decoder

/**
 * Rows to objects with each column's decoder looked up once. drizzle looks again in every cell, which for a thousand
 * duties is longer than the database takes. Only flat selections; those of whole tables stay drizzle's.
 */
const mapFlat = (query: Mapped): Lowered => {
  if (!query.fields?.every(({ path }) => path.length === 1)) return query
  const columns = query.fields.map(({ path, field }) => ({ name: String(path[0]), decoder: decoderOf(field) }))
  query.customResultMapper = (rows) =>
    rows.map((row) => {
      const made: Record<string, unknown> = {}
      let i = 0
      for (const { name, decoder } of columns) {
        const value = row[i++]
        made[name] = value === null ? null : decoder.mapFromDriverValue(value)
      }
      return made
    })
  return query
}

const filled = Symbol('filled')
interface FilledWrite extends Write<never> {
  [filled]: { query: Lowered; values: Values }
}

/** What a write comes to for its driver: a prepared query and the values of its placeholders. */
export const lowered = (write: Write): { query: Lowered; values: Values } =>
  (write as FilledWrite)[filled] ?? { query: (write as unknown as Preparable).prepare(), values: {} }

const encoded = (value: unknown, dialect: Dialect): unknown => {
  if (value instanceof Date) return dialect === 'postgres' ? value.toISOString() : value.getTime()
  if (typeof value === 'boolean') return dialect === 'postgres' ? value : Number(value)
  if (typeof value === 'number') return storableInteger(value)
  return typeof value === 'object' && value !== null ? storableJson(value) : value
}
const valuesFor = (reader: Reader, values: object = {}): Values => {
  const out: Values = { office: reader.office }
  for (const [name, value] of Object.entries(values)) out[name] = encoded(value, reader.dialect)
  return out
}

// `sql` around the placeholder keeps drizzle from encoding by column: it would fail on null.
const params = new Proxy({}, { get: (_, name) => sql`${sql.placeholder(String(name))}` })

/** The value of that name as the column stores it: what is sealed is looked up by it. Never null. */
export const asStored = (column: Column, name: string): SQL<string> => sql`${sql.param(sql.placeholder(name), column)}`

/** A prepared query on another connection than the one that it was made for. */
export const rebound = (query: Lowered, client: unknown): Lowered =>
  Object.create(query, { client: { value: client } }) as Lowered

interface Built {
  /** By whose queries is built and kept. */
  q: object
  /** On which connection it is then run. */
  client: unknown
}
const shared = new WeakMap<object, Built>()
/** Of many connections to one database that are told apart by their office: what is built for `built.q` serves them all. */
export const sharesBuilt = (q: object, built: Built): void => void shared.set(q, built)

const names = new Set<string>()
/** Builds at the first use in each store, then keeps: PostgreSQL needs `name` to be its own, and each connection parses it once. */
const perStore = <Q extends object>(name: string, build: (q: Q, t: Tables) => PromiseLike<unknown>) => {
  if (names.has(name)) throw new Error(`two prepared queries are called ${name}`)
  names.add(name)
  const kept = new WeakMap<Q, Lowered>()
  const built = (q: Q, t: Tables): Lowered => {
    const known = kept.get(q)
    if (known) return known
    const query = mapFlat((build(q, t) as unknown as Preparable).prepare(name))
    kept.set(q, query)
    return query
  }
  return (q: Q, t: Tables): Lowered => {
    const home = shared.get(q)
    return home ? rebound(built(home.q as Q, t), home.client) : built(q, t)
  }
}

type Rest<V> = unknown extends V ? [] : [values: V]

/**
 * A read written once and prepared once a store: `prepare('duties of a unit', (q, t, p: Params<{ unit: string }>) =>
 * q.select()…where(and(eq(t.duties.office, p.office), eq(t.duties.unit, p.unit))))`, called with a reader and the values.
 * Values are text, 32-bit integers, booleans, Dates (instants), or objects and arrays (JSON); all may be null.
 */
export const prepare = <R, V = unknown>(
  name: string,
  build: (q: Reader['q'], t: Tables, p: Params<V>) => PromiseLike<R>,
): ((reader: Reader, ...values: Rest<V>) => Promise<R>) => {
  const of = perStore<Reader['q']>(name, (q, t) => build(q, t, params as Params<V>))
  return async (reader, ...[values]) => {
    const query = of(reader.q, reader.t)
    return (await run(() => query.execute(valuesFor(reader, values as object)))) as R
  }
}

/** The same for a write of a batch. It runs nowhere else: to await it is a bug. */
export const prepareWrite = <R, V = unknown>(
  name: string,
  build: (q: Query, t: Tables, p: Params<V>) => Write<R>,
): ((reader: Reader, ...values: Rest<V>) => Write<R>) => {
  const of = perStore<Reader['q']>(name, (q, t) => build(q as Query, t, params as Params<V>))
  return (reader, ...[values]) => {
    const write = {
      [filled]: { query: of(reader.q, reader.t), values: valuesFor(reader, values as object) },
      toSQL: () => ({ sql: name, params: [] }),
    }
    return write as unknown as Write<R>
  }
}
