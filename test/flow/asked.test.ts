import { expect, it } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import { planAsked } from '../../src/flow/remind/asked.ts'
import { queuePushes } from '../../src/flow/remind/queue.ts'
import { openRooms } from '../town/rooms.ts'

it('asks the store nothing where no standing push is due, or all that are have been queued', async () => {
  const store = await openSqlite(':memory:')
  await migrate(store)
  const town = await openRooms(store.of('yunxi'))
  town.on('2017-08-16', '10:00')
  await town.as('office', '主管科室').says('每天14:00推送完成情况')
  town.on('2017-08-17', '14:00')
  const other = { ...town.deps, cache: async () => known }
  const known = await town.deps.cache(town.deps.store)
  expect(await planAsked(town.deps)).toMatchObject([{ recipe: { kind: 'asked' }, units: [] }])
  expect(await queuePushes(town.deps)).toContainEqual(expect.stringMatching(/^sub:.*:2017-08-17$/))
  expect(await queuePushes(town.deps)).toEqual([])
  expect(await planAsked(town.deps)).toEqual([])
  await store.close()
  town.on('2017-08-17', '13:59')
  expect(await planAsked(other)).toEqual([])
  town.on('2017-08-17', '14:00')
  await expect(planAsked(other)).rejects.toThrow()
  town.on('2017-08-19', '14:00')
  expect(await planAsked(other)).toEqual([])
})
