import { afterAll, beforeAll, expect, it } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { Store } from '../../db/store.ts'
import { dispatch } from '../../src/flow/dispatch.ts'
import { accounts, settle } from '../town/members.ts'
import { openTown } from '../town/town.ts'

let store: Store
beforeAll(async () => {
  store = await openSqlite(':memory:')
  await migrate(store)
})
afterAll(() => store.close())

const OPEN_ID = 'woAAAAAAAAAAAAAAAAAAAAAAAA_-1'

it('whoever is bound by one id of an account is known by the other one, which the platform told', async () => {
  const town = await openTown(store.of('alias'))
  await settle(town, 'wecom')
  town.on('2017-08-15')
  let count = 0
  const says = (from: { id: string; alias?: string }) =>
    dispatch(town.deps, {
      ...{ id: `a${++count}`, platform: 'wecom', route: 'AIB001', at: town.deps.now(), addressed: true },
      from: { name: '', ...from },
      room: { platform: 'wecom', route: 'AIB001', kind: 'room', id: 'oc_work' },
      text: '待审核的反馈',
    })
  const title = async (from: { id: string; alias?: string }) => (await says(from)).reply?.title
  const known = await title({ id: accounts.office })
  expect(await title({ id: OPEN_ID, alias: accounts.office })).toBe(known)
  expect(await title({ id: accounts.office, alias: 'nobody' })).toBe(known)
  // Not asked, or of nobody here: a stranger, and no guess.
  expect(await title({ id: OPEN_ID })).not.toBe(known)
  expect(await title({ id: OPEN_ID, alias: 'nobody' })).not.toBe(known)
})
