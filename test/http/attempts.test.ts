import { afterEach, beforeEach, expect, it } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { Store } from '../../db/store.ts'
import { openTown, type Town } from '../town/town.ts'
import { openConsole } from './console.ts'

let store: Store
let town: Town
beforeEach(async () => {
  store = await openSqlite(':memory:')
  await migrate(store)
  town = await openTown(store.of('attempts'))
})
afterEach(() => store.close())

it('one address has 120 tries a minute at signing in; another address, and whoever is signed in, has its own', async () => {
  let address = '198.51.100.7'
  const desk = openConsole(town.deps, { remote: () => address })
  const { get } = await desk.as('office')
  const statuses: number[] = []
  for (let n = 0; n < 130; n++) statuses.push((await desk.nobody.post('/session/link', { link: `x${n}` })).status)
  expect(new Set(statuses.slice(0, 120))).toEqual(new Set([422]))
  expect(new Set(statuses.slice(120))).toEqual(new Set([429]))
  expect((await get('/me')).status).toBe(200)
  address = '203.0.113.9'
  expect((await desk.nobody.post('/session', { link: 'y' })).status).toBe(422)
})
