import { existsSync, readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import { unstable_readConfig as readConfig } from 'wrangler'
import { migrationsTable } from '../../db/migrate.ts'
import { migrations } from '../../db/migrations/index.ts'
import { variablesOf } from '../../src/worker/variables.ts'

const root = new URL('../../', import.meta.url).pathname
const config = readConfig({ config: `${root}wrangler.toml` })

it('wrangler.toml names what the Worker’s code uses, and wrangler finds nothing wrong with it', () => {
  expect(config.d1_databases).toMatchObject([
    { binding: 'DB', migrations_dir: 'db/migrations/sqlite', migrations_table: migrationsTable },
  ])
  const files = readdirSync(`${root}db/migrations/sqlite`).filter((name) => name.endsWith('.sql'))
  expect(files.sort()).toEqual(migrations.sqlite.map(({ name }) => name))
  expect(config.triggers.crons).toEqual(['* * * * *'])
  // What is uploaded is what build.worker.ts makes, as it is.
  expect([config.main, config.no_bundle, config.base_dir]).toEqual([
    ...[`${root}dist/worker/worker.js`, true, `${root}dist/worker`],
  ])
  // No secret stands in the file.
  expect(Object.keys(config.vars)).toEqual(['TZ_OFFICE'])
})

it('every address that is no page of the console comes to the Worker first', () => {
  expect(config.assets?.run_worker_first).toEqual(['/api/*', '/webhooks/*', '/healthz', '/readyz', '/metrics'])
  expect(existsSync(`${root}web/public/_headers`)).toBe(true)
})

it('a list of offices that is longer than a variable is put together from its parts, in the order of their numbers', () => {
  const parts = { OFFICES_FILE: '{"off', OFFICES_FILE_2: 'ices"', OFFICES_FILE_10: '[]}', OFFICES_FILE_9: ':' }
  expect(variablesOf({ ...parts, DB: {}, TZ_OFFICE: 'Asia/Shanghai' })).toEqual({
    OFFICES_FILE: '{"offices":[]}',
    TZ_OFFICE: 'Asia/Shanghai',
  })
})
