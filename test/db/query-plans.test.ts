import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Client from 'better-sqlite3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { Store } from '../../db/store.ts'
import { compose } from '../../src/flow/compose.ts'
import { openTown } from '../town/town.ts'

/** Every text of SQL that the driver is given, as it is given it. */
const said = new Set<string>()
const prepare = Client.prototype.prepare
const folder = mkdtempSync(join(tmpdir(), 'duban-plans-'))
const path = join(folder, 'duban.db')

let store: Store
beforeAll(async () => {
  Client.prototype.prepare = function (this: InstanceType<typeof Client>, sql: string) {
    said.add(sql)
    return prepare.call(this, sql)
  } as typeof prepare
  store = await openSqlite(path)
  await migrate(store)
})
afterAll(async () => {
  Client.prototype.prepare = prepare
  await store.close()
  rmSync(folder, { recursive: true })
})

/** How SQLite goes about each query that reads any of the tables, a line a step. */
const plansOf = (tables: readonly string[]): [sql: string, steps: string[]][] => {
  const client = new Client(path)
  const reads = [...said].filter((sql) => /^select/i.test(sql) && tables.some((table) => sql.includes(`"${table}"`)))
  const explained = reads.map((sql): [string, string[]] => {
    const statement = client.prepare(`explain query plan ${sql}`)
    const nothing = Array.from(sql.match(/\?/g) ?? [], () => null)
    return [sql, (statement.all(...nothing) as { detail: string }[]).map(({ detail }) => detail)]
  })
  client.close()
  return explained
}

it('no question walks through the tables: each goes by an index that begins with the office', async () => {
  const t = await openTown(store.of('office-1'))
  t.on('2017-08-15')
  said.clear()
  for (const words of [
    '本月还有什么没完成',
    '市财政局本月有哪些到期任务',
    '逾期任务',
    '待审核的反馈',
    '任务清单',
    '招生结果还有哪些单位没报',
    '4-1还差谁',
    '4-1是什么',
    '全市完成率',
    '市财政局完成率多少',
    '各单位排名',
  ])
    await t.as('leader').says(words)
  await t.as('liaison:市财政局').says('本周任务')
  await t.as('liaison:市财政局').says('1-2 6月的已公开')
  await t.as('office').says('通过 1-2')
  for (const words of ['推送情况', '本周推送情况', '消息统计']) await t.as('office').says(words)
  await compose(t.deps, { kind: 'office', told: { week: true, month: true, since: '' } })
  const tables = ['duties', 'tasks', 'facts', 'receipts', 'outbox']
  const plans = plansOf(tables)
  expect(plans.length).toBeGreaterThan(12)
  const walks = plans.filter(([, steps]) => steps.some((step) => /^SCAN (?!json_each)/.test(step)))
  expect(walks).toEqual([])
  // Accounts are of a stretch of time or of one push, never of everything that an office was ever sent.
  const outbox = plans.flatMap(([, steps]) => steps.filter((step) => /^SEARCH outbox/.test(step)))
  expect(outbox.length).toBeGreaterThan(4)
  for (const step of outbox) expect(step).toMatch(/\(office=\? AND .*(?:due_at|batch|room|ref|id)[<>=]+/)
  for (const [, steps] of plans)
    for (const step of steps.filter((one) => /^SEARCH (?:duties|tasks|facts)/.test(one)))
      expect(step).toMatch(/\(office=\?/)
})
