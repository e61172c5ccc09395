import { readdirSync, readFileSync } from 'node:fs'
import {
  generateDrizzleJson,
  generateMigration,
  generateSQLiteDrizzleJson,
  generateSQLiteMigration,
} from 'drizzle-kit/api'
import { describe, expect, it } from 'vitest'
import { migrations } from '../../db/migrations/index.ts'
import * as postgres from '../../db/tables.postgres.ts'
import * as sqlite from '../../db/tables.sqlite.ts'
import { tableNames } from '../contract/fixture.ts'

const folder = new URL('../../db/migrations/', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, folder), 'utf8')
const filesOf = (dialect: string): string[] =>
  readdirSync(new URL(`${dialect}/`, folder))
    .filter((name) => name.endsWith('.sql'))
    .sort()
const lastSnapshot = (dialect: string) => {
  const names = readdirSync(new URL(`${dialect}/meta/`, folder)).filter((name) => name.endsWith('_snapshot.json'))
  return JSON.parse(read(`${dialect}/meta/${names.sort().at(-1)}`))
}

describe('migrations', () => {
  it.each(['sqlite', 'postgres'] as const)('%s: the module holds the files', (dialect) => {
    expect(migrations[dialect].map(({ name }) => name)).toEqual(filesOf(dialect))
    for (const { name, statements } of migrations[dialect]) {
      const parts = read(`${dialect}/${name}`).split('--> statement-breakpoint')
      expect(statements).toEqual(parts.map((part) => part.trim()).filter(Boolean))
    }
  })

  it('none takes anything away or rebuilds a table', () => {
    const all = [...migrations.sqlite, ...migrations.postgres].flatMap(({ statements }) => statements)
    expect(all.filter((sql) => /\b(drop|rename|cascade|pragma)\b/i.test(sql))).toEqual([])
  })

  it('lead to the schema as it stands: nothing is left for `npm run migrations`', async () => {
    const lite = await generateSQLiteDrizzleJson({ ...sqlite })
    expect(await generateSQLiteMigration(lastSnapshot('sqlite'), lite)).toEqual([])
    const pg = generateDrizzleJson({ ...postgres })
    expect(await generateMigration(lastSnapshot('postgres'), pg)).toEqual([])
  })

  it('every table is exported for drizzle-kit', () => {
    const names = [...tableNames, 'guards'].sort()
    expect([Object.keys(sqlite).sort(), Object.keys(postgres).sort()]).toEqual([names, names])
  })
})
