import { type Column, getTableColumns, is, SQL, sql } from 'drizzle-orm'
import { storableJson } from './kit/storable.ts'
import type { Tables } from './schema.ts'
import type { Dialect, Query, Write } from './store.ts'

/** D1 takes 2 MB a value; half of it leaves room, and keeps a chunk's parse short. */
const chunkBytes = 900_000

type AnyTable = Tables[keyof Tables]

const bytes = new TextEncoder()
const sizeOf = (text: string): number => bytes.encode(text).length

/** Driver values of a row in the columns' order; what is missing takes its default. JSON columns are text within the JSON. */
export const cells = (columns: readonly [string, Column][], row: Record<string, unknown>): unknown[] =>
  columns.map(([name, column]) => {
    const value = row[name] === undefined ? (column.default ?? null) : row[name]
    return value === null ? null : column.mapToDriverValue(value)
  })

/** JSON arrays of whole rows, each under the limit; a row that is larger stands alone. */
const chunked = (rows: readonly string[]): string[] => {
  const chunks: string[] = []
  let open: string[] = []
  let size = 0
  for (const row of rows) {
    const grown = size + sizeOf(row) + 1
    if (open.length > 0 && grown > chunkBytes) {
      chunks.push(`[${open.join()}]`)
      open = []
      size = 0
    }
    open.push(row)
    size = open.length === 1 ? sizeOf(row) + 2 : grown
  }
  if (open.length > 0) chunks.push(`[${open.join()}]`)
  return chunks
}

const cell = (dialect: Dialect, column: Column, i: number): string =>
  dialect === 'postgres' ? `(r.value->>${i})::${column.getSQLType()}` : `json_extract(r.value, '$[${i}]')`

const picked = (dialect: Dialect, columns: [string, Column][]): SQL =>
  sql.raw(columns.map(([, column], i) => cell(dialect, column, i)).join(', '))

/**
 * Rows of values as a source that an update takes `from`, and each column's value in it. One parameter, so not for more
 * than a megabyte: the rows, or in a prepared query the place where their cells will stand.
 */
export const valuesFrom = (
  { dialect }: { readonly dialect: Dialect },
  columns: readonly [name: string, column: Column][],
  rows: readonly Record<string, unknown>[] | SQL,
): { source: SQL; value: (name: string) => SQL } => {
  const json = is(rows, SQL) ? rows : sql`${storableJson(rows.map((row) => cells(columns, row)))}`
  return {
    source: dialect === 'postgres' ? sql`jsonb_array_elements(${json}::jsonb) as r` : sql`json_each(${json}) as r`,
    value: (name) => {
      const i = columns.findIndex(([own]) => own === name)
      const [, column] = columns[i] ?? []
      if (!column) throw new RangeError(`no column ${name}`)
      return sql.raw(cell(dialect, column, i))
    },
  }
}

/**
 * Inserts of many rows through one JSON parameter a statement, for any table and on all three databases. `ignore` leaves
 * rows whose key is there as they are, so that a chunk may be sent again. Without rows there is nothing to write.
 */
export const bulkInsert = <T extends AnyTable>(
  { dialect }: { readonly dialect: Dialect },
  q: Query,
  table: T,
  rows: readonly T['$inferInsert'][],
  { ignore = false } = {},
): Write[] => {
  const columns = Object.entries<Column>(getTableColumns(table as AnyTable))
  const source = dialect === 'postgres' ? 'jsonb_array_elements' : 'json_each'
  const param = (chunk: string) => (dialect === 'postgres' ? sql`${chunk}::jsonb` : sql`${chunk}`)
  const fields = picked(dialect, columns)
  return chunked(rows.map((row) => storableJson(cells(columns, row)))).map((chunk) => {
    // `where true` tells SQLite that the `on conflict` after it belongs to the insert.
    const insert = q
      .insert(table as AnyTable)
      .select(sql`select ${fields} from ${sql.raw(source)}(${param(chunk)}) as r where true`)
    return ignore ? insert.onConflictDoNothing() : insert
  })
}
