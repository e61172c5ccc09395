import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createLarkAdapter } from '../../adapters/lark/index.ts'
import { migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { Store } from '../../db/store.ts'
import { dispatch } from '../../src/flow/dispatch.ts'
import { applyRoster, bindFound, mobilesOf } from '../../src/flow/roster.ts'
import { verifyLedger } from '../../src/flow/verify.ts'
import type { Incoming } from '../../src/model/message.ts'
import { readRosterJson } from '../../src/unit/roster.ts'
import { createFakeLark, larkConfig } from '../fakes/lark.ts'
import { openTown, type Town } from '../town/town.ts'

let store: Store
beforeAll(async () => {
  store = await openSqlite(':memory:')
  await migrate(store)
})
afterAll(() => store.close())

const liaison = (name: string, mobile: string) => ({ name, post: 'A', mobile })
const roster = readRosterJson({
  level: '市',
  units: [
    { name: '市财政局', liaisons: [liaison('周小舟', '13900000001')] },
    {
      name: '市审计局',
      liaisons: [liaison('吴桐', '139 0000 0002'), { ...liaison('常青', '13900000003'), post: 'B' }],
    },
    { name: '市教育局', liaisons: [liaison('许诺', '0371-66660000'), { ...liaison('路远', ''), post: 'B' }] },
  ],
})

let town: Town
let fake: ReturnType<typeof createFakeLark>
let offices = 0
beforeEach(async () => {
  fake = createFakeLark(larkConfig, () => town?.deps.now() ?? new Date(0))
  const adapter = createLarkAdapter(larkConfig, { fetch: fake.fetch, now: () => town.deps.now() })
  town = await openTown(store.of(`accounts-${++offices}`), { adapters: [adapter] })
  await applyRoster(town.deps, roster, stamp())
})
const stamp = () => ({ by: 'admin:test', via: `test:${town.deps.newId()}`, at: town.deps.now() })

const find = async () => {
  const [adapter] = town.deps.adapters
  if (!adapter?.find) throw new Error('it finds nobody')
  return bindFound(town.deps, mobilesOf(roster), { platform: 'lark', find: adapter.find.bind(adapter) }, stamp())
}
const whoIs = async (account: string, mine = '我的任务') => {
  const at = { platform: 'lark' as const, route: larkConfig.appId }
  const message: Incoming = {
    ...{ ...at, id: `om_${town.deps.newId()}`, at: town.deps.now(), from: { id: account, name: '' } },
    ...{ room: { ...at, kind: 'person', id: account }, addressed: true, text: mine },
  }
  return (await dispatch(town.deps, message)).reply?.title ?? ''
}

describe('accounts found by the mobile numbers of a roster', () => {
  it('are those numbers that are mobile ones, each once', () => {
    expect(mobilesOf(roster)).toEqual(['13900000001', '13900000002', '13900000003'])
  })

  it('are bound by a fact, and speak for their people from then on', async () => {
    fake.world.numbers.set('13900000001', 'ou_1').set('13900000002', 'ou_2')
    const stranger = await whoIs('ou_1')
    expect(await find()).toEqual({
      bound: ['市财政局 周小舟', '市审计局 吴桐'],
      already: [],
      absent: ['市审计局 常青'],
      left: [],
    })
    expect(await whoIs('ou_1')).not.toBe(stranger)
    expect(await whoIs('ou_9')).toBe(stranger)
    expect((await verifyLedger(town.deps.store)).broken).toEqual([])
    const { q, t, office } = town.deps.store
    const facts = (await q.select().from(t.facts)).filter((fact) => fact.office === office && fact.kind === 'bound')
    expect(facts.map(({ subject, body }) => [subject, Object.keys(body).sort()])).toEqual([
      ['person', ['accounts', 'on']],
      ['person', ['accounts', 'on']],
    ])
    // The chain keeps a digest; the number itself is kept nowhere.
    const people = (await q.select().from(t.people)).filter((person) => person.office === office)
    expect(JSON.stringify([facts, people])).not.toMatch(/1390000000/)
  })

  it('are bound once, however often it is asked', async () => {
    fake.world.numbers.set('13900000001', 'ou_1')
    await find()
    expect(await find()).toMatchObject({ bound: [], already: ['市财政局 周小舟'], left: [] })
    expect((await verifyLedger(town.deps.store)).broken).toEqual([])
  })

  it('of two people with one number are told and left', async () => {
    const twice = readRosterJson({ units: [{ name: '市统计局', liaisons: [liaison('方圆', '13900000001')] }] })
    await applyRoster(town.deps, { ...twice, level: '市' }, stamp())
    fake.world.numbers.set('13900000001', 'ou_1')
    const { bound, left } = await find()
    expect([bound, left]).toEqual([[], ['市财政局 周小舟、市统计局 方圆 登记的是同一个号码，没有绑定']])
  })

  it('that are somebody else’s, or of whom has another one there, are told and left', async () => {
    fake.world.numbers.set('13900000001', 'ou_1').set('13900000002', 'ou_2')
    await find()
    fake.world.numbers.set('13900000001', 'ou_new').set('13900000003', 'ou_2')
    expect(await find()).toEqual({
      bound: [],
      already: ['市审计局 吴桐'],
      absent: [],
      left: ['市财政局 周小舟 已经绑定了另一个账号，没有改动', '市审计局 常青 的账号已经绑定给了别人，没有改动'],
    })
  })

  it('of one account for two people go to the first, and the second is told', async () => {
    fake.world.numbers.set('13900000001', 'ou_1').set('13900000002', 'ou_1')
    expect(await find()).toMatchObject({
      bound: ['市财政局 周小舟'],
      left: ['市审计局 吴桐 的账号已经绑定给了别人，没有改动'],
    })
  })

  it('are none where the platform cannot be asked', async () => {
    fake.world.granted.delete('contact:user.id:readonly')
    await expect(find()).rejects.toMatchObject({ reason: 'forbidden' })
    const { q, t, office } = town.deps.store
    expect((await q.select().from(t.identities)).filter((row) => row.office === office)).toEqual([])
  })
})
