import { afterAll, beforeAll, expect, it } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { Store } from '../../db/store.ts'
import { longPlan } from '../town/long-plan.ts'
import { openRooms } from '../town/rooms.ts'

let store: Store
beforeAll(async () => {
  store = await openSqlite(':memory:')
  await migrate(store)
})
afterAll(() => store.close())

it('a mobile number goes into no group whole, neither in an answer nor in a notice; alone it is read', async () => {
  const t = await openRooms(store.of('numbers'), { plan: longPlan })
  t.on('2017-08-22')
  await t.as('liaison:市教育局', '市教育局').says('4-1正在办，联系人王平13812345678')
  ;(await t.as('liaison:市教育局', '市教育局').says('4-1是什么')).hears('138****5678').misses(/13812345678/)
  ;(await t.as('liaison:市教育局').says('4-1是什么')).hears('13812345678')
  await t.as('office').says('新增任务：市教育局9月15日前报送招生情况，联系13987654321，来源：8月10日常务会')
  expect((await t.heard('市教育局')).join()).toMatch(/139\*{4}4321/)
})
