import { expect, it } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { OfficeStore, Query, Write } from '../../db/store.ts'
import { setOwnDays } from '../../src/flow/calendar/days.ts'
import { changeSettings } from '../../src/flow/settings.ts'
import { verifyLedger } from '../../src/flow/verify.ts'
import { openPushed } from '../town/pushed.ts'

type Tables = OfficeStore['t']

/** Rows that say who is told what and when, moved past the chain. */
const moves: [string, RegExp, (q: Query, t: Tables) => Write][] = [
  ['where a push goes', /去处/, (q, t) => q.update(t.subscriptions).set({ room: 'lark:*:oc_else' })],
  [
    'whose chat it is',
    /去处/,
    (q, t) =>
      q.update(t.subscriptions).set({ address: { platform: 'lark', route: '*', kind: 'person', id: 'ou_else' } }),
  ],
  ['what it says', /内容或时间/, (q, t) => q.update(t.subscriptions).set({ content: 'overdue' })],
  ['that it is stopped', /内容或时间/, (q, t) => q.update(t.subscriptions).set({ active: false })],
  ['the hours', /设置/, (q, t) => q.update(t.offices).set({ settings: { hours: { from: '00:00', to: '23:59' } } })],
  ['a day off', /日历/, (q, t) => q.delete(t.days)],
  ['a day of work', /日历/, (q, t) => q.update(t.days).set({ kind: 'work' })],
]

it.each(moves)('a ledger in which somebody moved %s by hand is not whole', async (_, said, move) => {
  const store = await openSqlite(':memory:')
  await migrate(store)
  const t = await openPushed(store.of('trace'), { rooms: { oc_desk: 'office' } })
  const stamp = () => ({ by: 'admin:test', via: `test:${t.deps.newId()}`, at: t.deps.now() })
  t.on('2017-08-16')
  await t.speaks('office', 'oc_desk', '每周五16:00推送完成率')
  await t.speaks('office', 'oc_desk', '把周五的推送改到周四')
  await changeSettings(t.deps, { digestAt: '09:30' }, stamp())
  await changeSettings(t.deps, { ladder: [1, 2, 3] }, stamp())
  await setOwnDays(t.deps, [{ day: '2017-08-18', kind: 'work' }], stamp())
  await setOwnDays(t.deps, [{ day: '2017-08-18', kind: 'off' }], stamp())
  expect((await verifyLedger(t.deps.store)).broken).toEqual([])
  await t.deps.store.one((q) => move(q, t.deps.store.t))
  expect((await verifyLedger(t.deps.store)).broken).toEqual([expect.stringMatching(said)])
  await store.close()
})
