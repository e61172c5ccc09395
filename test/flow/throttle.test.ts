import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { Store } from '../../db/store.ts'
import { giveCode } from '../../src/flow/codes.ts'
import { dispatch } from '../../src/flow/dispatch.ts'
import { personNamed, register } from '../../src/flow/roster.ts'
import { createThrottle } from '../../src/flow/throttle.ts'
import type { Incoming } from '../../src/model/message.ts'
import { openTown, type Town } from '../town/town.ts'

/** One person or one group may not flood the office; who comes after is heard. */
let store: Store
let town: Town
let at: number
beforeEach(async () => {
  store = await openSqlite(':memory:')
  await migrate(store)
  town = await openTown(store.of('throttled'))
  at = town.deps.now().getTime()
  town.deps.throttle = createThrottle({ sender: 10, room: 30 }, () => new Date(at))
})
afterEach(() => store.close())

const place = { platform: 'lark' as const, route: 'cli_1' }
let count = 0
const said = (from: string, text = '帮助', more: Partial<Incoming> = {}): Incoming => ({
  ...{ ...place, id: `om_${++count}`, at: town.deps.now(), from: { id: from, name: '' }, text, addressed: true },
  room: { ...place, kind: 'person', id: from },
  ...more,
})
const hears = (message: Incoming) => dispatch(town.deps, message)
const titles = async (messages: Incoming[]) => {
  const all: string[] = []
  for (const message of messages) all.push((await hears(message)).reply?.title ?? '-')
  return all
}
const receipts = async () => (await store.of('throttled').q.select().from(store.of('throttled').t.receipts)).length
const group = { ...place, kind: 'room' as const, id: 'oc_1' }

describe('too many messages', () => {
  it('of one sender are told so once, then dropped without a store until it is calm; others are heard', async () => {
    const flood = Array.from({ length: 40 }, () => said('ou_loop'))
    const answers = await titles(flood)
    expect(answers.slice(0, 10)).not.toContain('-')
    expect(answers.slice(10)).toEqual(['太快了', ...Array(29).fill('-')])
    expect(await receipts()).toBe(11)
    expect(await titles([said('ou_other')])).not.toEqual(['-'])
    at += 30_000
    expect(await titles([said('ou_loop')])).toEqual(['-'])
    at += 60_000
    expect(await titles([said('ou_loop')])).not.toEqual(['-'])
  })

  it('do not count what the platform sends again, which gets the answer that it had', async () => {
    const one = said('ou_a')
    for (let n = 0; n < 50; n++) await hears(one)
    expect(await titles([said('ou_a')])).not.toContain('太快了')
  })

  it('of a room are told so once, whoever sends them; what people say to each other counts in no room', async () => {
    const talk = (n: number) => said(`ou_t${n}`, '好的', { room: group, addressed: false })
    expect(new Set(await titles(Array.from({ length: 60 }, (_, n) => talk(n))))).toEqual(new Set(['-']))
    const asked = await titles(Array.from({ length: 40 }, (_, n) => said(`ou_q${n}`, '帮助', { room: group })))
    expect(asked.filter((title) => title === '太快了')).toHaveLength(1)
    expect(asked.slice(31)).toEqual(Array(9).fill('-'))
    expect(await titles([said('ou_q1')])).not.toEqual(['-'])
  })

  it('are as many as come where the deployment says 0', () => {
    const throttle = createThrottle({ sender: 0, room: 0 }, () => new Date(at))
    for (let n = 0; n < 1000; n++) expect(throttle.admit(said('ou_a', 'x', { room: group }))).toBe('heard')
  })
})

it('whoever tries many binding codes is told that the right one is none either, for ten minutes', async () => {
  const person = { name: '周小舟', role: 'office' as const, units: [], charge: [], post: '' as const, mobile: '' }
  const stamp = { by: 'admin:test', via: 'test:1', at: town.deps.now() }
  await register(town.deps, { people: [{ ...person, identities: [] }] }, stamp)
  const { code } = await giveCode(town.deps, (await personNamed(town.deps, person.name, person.role)) ?? '')
  expect(new Set(await titles(Array.from({ length: 5 }, () => said('ou_guess', '绑定 2222222X'))))).toEqual(
    new Set(['绑定码无效']),
  )
  expect(await titles([said('ou_guess', `绑定 ${code}`)])).toEqual(['绑定码无效'])
  at += 10 * 60_000
  expect(await titles([said('ou_guess', `绑定 ${code}`)])).toEqual(['已登记'])
})
