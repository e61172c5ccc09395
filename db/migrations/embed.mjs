// Second half of `npm run migrations`: gives PostgreSQL's new text columns SQLite's order, and writes every migration
// into index.ts, so that a bundle and a Worker have them without a folder beside them.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'

const folder = new URL('./', import.meta.url)

/** Texts compare by bytes, as in SQLite; a database's own locale would sort 公开17-12 and keys differently. */
const collated = (sql) => sql.replace(/^(\t"\w+" text|ALTER TABLE .* ADD COLUMN "\w+" text)(?! COLLATE)/gm, '$1 COLLATE "C"')

const read = (dialect, amend) =>
  readdirSync(new URL(`${dialect}/`, folder))
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => {
      const file = new URL(`${dialect}/${name}`, folder)
      const sql = amend(readFileSync(file, 'utf8'))
      writeFileSync(file, sql)
      const statements = sql.split('--> statement-breakpoint').map((statement) => statement.trim())
      return { name, statements: statements.filter(Boolean) }
    })

const migrations = { sqlite: read('sqlite', (sql) => sql), postgres: read('postgres', collated) }
const text = `// Written by embed.mjs (npm run migrations); not by hand.
import type { Migration } from '../store.ts'

export const migrations: Record<'sqlite' | 'postgres', readonly Migration[]> = ${JSON.stringify(migrations, null, 2)}
`
writeFileSync(new URL('index.ts', folder), text)
