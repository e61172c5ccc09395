import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { Store } from '../../db/store.ts'
import { verifyLedger } from '../../src/flow/verify.ts'
import { deskOf, openMatrixTown } from '../town/matrix.ts'

let store: Store
beforeAll(async () => {
  store = await openSqlite(':memory:')
  await migrate(store)
  await openMatrixTown(store)
})
afterAll(() => store.close())

const shown = async () => {
  const { t, q, office } = store.of('matrix')
  const [room] = await q
    .select({ overdue: t.rooms.overdue })
    .from(t.rooms)
    .where(and(eq(t.rooms.office, office), eq(t.rooms.key, 'lark:*:oc_two')))
  return room?.overdue
}

it('the office says in a shared room whether its lists show who is late; nobody else, and nowhere else', async () => {
  const { say, deps } = deskOf(store, '11:00')
  const room = 'oc_two'
  expect((await say('liaison', { text: '本群清单显示逾期', room })).logged).toBe('refused-role')
  expect((await say('leader', { text: '本群清单显示逾期', room })).facts).not.toContain('shown')
  expect(await shown()).toBe(false)
  expect((await say('office', { text: '本群清单显示逾期', room })).facts).toEqual(['shown'])
  expect(await shown()).toBe(true)
  expect((await say('office', { text: '本群清单显示逾期', room })).facts).toEqual([])
  expect((await say('admin', { text: '本群清单不显示逾期', room })).facts).toEqual(['shown'])
  expect(await shown()).toBe(false)
  const own = await say('office', { text: '本群清单显示逾期', room: 'oc_finance' })
  expect([own.turn.reply?.title, own.facts]).toEqual(['这里不用设置', []])
  expect((await verifyLedger(deps.store)).broken).toEqual([])
})
