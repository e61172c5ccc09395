import { expect, it } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import { actOnCase, openCase } from '../../src/flow/case/act.ts'
import type { Actor } from '../../src/model/person.ts'
import { openTown } from '../town/town.ts'

const office: Actor = { id: 'office', name: '王敏', role: 'office', units: [], charge: [] }

it('a planned inspection is judged beside the year’s others, and beside none of another year', async () => {
  const store = await openSqlite(':memory:')
  await migrate(store)
  const { deps, on } = await openTown(store.of('a'), { day: '2026-03-02' })
  const { view } = await deps.cache(deps.store)
  const [unit] = view.units.filter(({ name }) => name === '市财政局')
  const stamp = () => ({ by: 'office', via: `test:${deps.newId()}`, at: deps.now() })
  const plan = {
    sort: 'special',
    title: '政务公开落实情况',
    objects: [unit?.id ?? ''],
    content: '栏目',
    scope: '上半年',
  }
  const begin = (input: object = {}) => openCase(deps, office, 'inspection', { ...plan, ...input }, stamp())

  await begin()
  const second = await begin({ sort: 'general' })
  await expect(begin()).rejects.toThrow('今年已督查2次')
  const reason = { reason: '并入综合督查' }
  await actOnCase(deps, office, { id: second.id, version: 1, deed: 'cancelled', input: reason }, stamp())
  await expect(begin()).resolves.toBeDefined()
  await expect(begin()).rejects.toThrow('第十五条第一款')
  on('2027-03-02')
  await expect(begin()).resolves.toMatchObject({ it: { year: 2027, ord: 1 } })
  await store.close()
})
