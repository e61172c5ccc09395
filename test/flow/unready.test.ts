import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Adapter } from '../../adapters/adapter.ts'
import { migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { Store } from '../../db/store.ts'
import { deliver } from '../../src/flow/deliver.ts'
import { dispatch } from '../../src/flow/dispatch.ts'
import { ensureOffice } from '../../src/flow/office.ts'
import { townDeps, ZONE } from '../town/deps.ts'

let store: Store
beforeAll(async () => {
  store = await openSqlite(':memory:')
  await migrate(store)
})
afterAll(() => store.close())

it('answers wait for the process whose connection stands, and were not tried by another', async () => {
  const clock = { now: new Date('2017-08-15T02:00:00Z') }
  const office = store.of('unready')
  await ensureOffice(office, { name: '云溪市', zone: ZONE })
  const said: string[] = []
  let stands = ''
  const process = (name: string, route: string, alone = true) => {
    const adapter: Adapter = {
      ...{ platform: 'wecom', route, perMinute: 100, canStart: { room: true, person: true } },
      ...(alone && { ready: () => stands === name }),
      deliver: async ({ to }) => {
        said.push(`${name}: ${to.route}`)
        return {}
      },
    }
    return adapter
  }
  const a = townDeps(office, clock, [process('a', 'AIB001'), process('app', '1000002', false)])
  const b = townDeps(office, clock, [process('b', 'AIB001')])
  const hear = (route: string) =>
    dispatch(a, {
      ...{ id: `m-${route}`, platform: 'wecom', route, at: clock.now, from: { id: 'zhangsan', name: '' } },
      room: { platform: 'wecom', route, kind: 'person', id: `zhangsan-${route}` },
      ...{ addressed: true, text: '帮助' },
    })
  await hear('AIB001')
  await hear('1000002')
  await deliver(a)
  await deliver(b)
  // The app of the same platform is another matter.
  expect(said).toEqual(['app: 1000002'])
  const [row] = await office.q.select().from(office.t.outbox).limit(1)
  expect([row?.attempts, row?.lapsed, row?.state]).toEqual([0, 0, 'waiting'])
  stands = 'b'
  await deliver(a)
  await deliver(b)
  expect(said).toEqual(['app: 1000002', 'b: AIB001'])
})
