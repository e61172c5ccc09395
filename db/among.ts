import { type Column, type SQL, sql } from 'drizzle-orm'
import { storableJson } from './kit/storable.ts'

/**
 * `column in (…)` through one parameter however long the list is: D1 binds 100 a statement, and a prepared query has no
 * place for a list. Text columns only; the list is an array, or a prepared query's parameter that will be one.
 */
export const among = (column: Column, list: readonly string[] | SQL): SQL => {
  const json = Array.isArray(list) ? sql`${storableJson(list)}` : list
  return column.columnType.startsWith('Pg')
    ? sql`${column} in (select jsonb_array_elements_text(${json}::jsonb))`
    : sql`${column} in (select value from json_each(${json}))`
}

/** Does the JSON array in the column hold that text? */
export const holds = (column: Column, value: string): SQL =>
  column.columnType.startsWith('Pg')
    ? sql`${column} @> ${storableJson([value])}::jsonb`
    : sql`exists (select 1 from json_each(${column}) where value = ${value})`
