import { and, eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Adapter, Delivery } from '../../adapters/adapter.ts'
import { migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { OfficeStore, Store } from '../../db/store.ts'
import { deliver } from '../../src/flow/deliver.ts'
import type { Deps } from '../../src/flow/deps.ts'
import { dispatch } from '../../src/flow/dispatch.ts'
import { importPlan, releasePlan } from '../../src/flow/import.ts'
import { queuePushes } from '../../src/flow/remind/queue.ts'
import { register } from '../../src/flow/roster.ts'
import { verifyLedger } from '../../src/flow/verify.ts'
import type { Incoming } from '../../src/model/message.ts'
import type { Actor } from '../../src/model/person.ts'
import { parse } from '../../src/plan/parse.ts'
import { closeWhole } from '../town/closing.ts'
import { settle } from '../town/members.ts'
import { townPlan } from '../town/plan.ts'
import { openTown, type Town } from '../town/town.ts'

const sent: Delivery[] = []
let failing: ((delivery: Delivery) => boolean) | undefined
const adapter: Adapter = {
  platform: 'lark',
  route: 'cli_1',
  perMinute: 100,
  canStart: { room: true, person: true },
  deliver: async (delivery) => {
    if (failing?.(delivery)) throw new TypeError('a bug')
    sent.push(delivery)
    return {}
  },
}

let store: Store
let town: Town
beforeEach(async () => {
  sent.length = 0
  failing = undefined
  store = await openSqlite(':memory:')
  await migrate(store)
  town = await openTown(store.of('yunxi'), { adapters: [adapter] })
})
afterEach(() => store.close())

const stamp = (deps: Deps) => ({ by: 'admin:test', via: `test:${deps.newId()}`, at: deps.now() })

const unitId = async (name: string): Promise<string> => {
  const { view } = await town.deps.cache(town.deps.store)
  return view.units.find((unit) => unit.name === name)?.id ?? ''
}

const liaisonOf = async (...names: string[]): Promise<Actor> => ({
  id: 'console:test',
  name: '周小舟',
  role: 'liaison',
  units: await Promise.all(names.map(unitId)),
  charge: [],
})

const place = { platform: 'console', route: 'local' } as const

const message = (text: string, more: Partial<Incoming> = {}): Incoming => ({
  ...place,
  id: town.deps.newId(),
  at: town.deps.now(),
  from: { id: 'test', name: '' },
  room: { ...place, kind: 'person', id: 'test' },
  addressed: true,
  text,
  ...more,
})

const factsOf = ({ t, q, office }: OfficeStore, kind: string) =>
  q
    .select()
    .from(t.facts)
    .where(and(eq(t.facts.office, office), eq(t.facts.kind, kind)))

/** The office's store, with something that happens just before a batch of which `before` says so. */
const interrupted = (office: OfficeStore, before: () => Promise<void>): OfficeStore => ({
  ...office,
  atomic: async (write) => {
    await before()
    return office.atomic(write)
  },
})

const once = (work: () => Promise<unknown>) => {
  let done = false
  return async () => {
    if (done) return
    done = true
    await work()
  }
}

describe('two at once', () => {
  it('a second release of one draft deletes nothing that the first has released', async () => {
    const { deps } = town
    const bytes = new TextEncoder().encode(townPlan.replaceAll('33号', '34号').replaceAll('实施方案', '补充方案'))
    const { plan } = await importPlan(deps, parse(bytes), bytes, stamp(deps))
    const late = {
      ...deps,
      store: interrupted(
        deps.store,
        once(() => releasePlan(deps, plan, stamp(deps))),
      ),
    }
    await expect(releasePlan(late, plan, { ...stamp(deps), by: 'admin:second' })).rejects.toThrow()
    const facts = await factsOf(deps.store, 'released')
    expect(new Set(facts.map((fact) => fact.by))).toEqual(new Set(['admin:test']))
    expect((await verifyLedger(deps.store)).broken).toEqual([])
  })

  it('a report that meets the closing of its plan is decided again', async () => {
    const { deps } = town
    town.on('2017-08-20')
    const { view } = await deps.cache(deps.store)
    const plan = view.plans[0]?.id ?? ''
    const late = {
      ...deps,
      store: interrupted(
        deps.store,
        once(() => closeWhole(deps, plan)),
      ),
    }
    const turn = await dispatch(late, message('1-2 7月的已公开'), true, await liaisonOf('市财政局'))
    // The month's round is history; what was carried over bears another number.
    expect(turn.reply?.title).toBe('没有这一期')
    expect(await factsOf(deps.store, 'reported')).toEqual([])
  })
})

describe('delivery', () => {
  beforeEach(async () => {
    await settle(town, 'lark', ['leader'])
    town.on('2017-08-21', '09:00')
  })

  it('a room that has passed to another unit since hears nothing of the first', async () => {
    await queuePushes(town.deps)
    const room = {
      address: { platform: 'lark' as const, route: '*', kind: 'room' as const, id: 'oc_finance' },
      scope: 'units' as const,
      units: [await unitId('市审计局')],
    }
    await register(town.deps, { rooms: [room] }, stamp(town.deps))
    await deliver(town.deps)
    expect(sent.map(({ card }) => card.title).join()).not.toContain('市财政局')
  })

  it('a bug over one notice keeps no other from its delivery, and is not repeated', async () => {
    await queuePushes(town.deps)
    failing = ({ to }) => to.id === 'oc_finance'
    const states = (await deliver(town.deps)).map(({ room, state }) => `${room.split(':')[2]} ${state}`)
    expect(states.sort()).toEqual(['oc_finance unsure', 'oc_work sent', 'ou_office sent'])
    failing = undefined
    town.on('2017-08-21', '11:00')
    expect(await deliver(town.deps)).toEqual([])
  })

  it('what ends the process each time it is tried is given up', async () => {
    await queuePushes(town.deps)
    const { t, office } = town.deps.store
    await town.deps.store.atomic((q) => [
      q.update(t.outbox).set({ lapsed: 8, leaseOwner: 'gone' }).where(eq(t.outbox.office, office)),
    ])
    expect(new Set((await deliver(town.deps)).map(({ state }) => state))).toEqual(new Set(['dead']))
  })
})

describe('what is said', () => {
  it('signs that no database holds make no message unanswerable', async () => {
    town.on('2017-08-20')
    for (const broken of ['\u0000', '\ud83d', '\udc00']) {
      const turn = await town.as('liaison:市财政局').says(`1-1 正在办，初稿${broken}已送审`)
      turn.hears('已记录进展')
    }
    expect((await factsOf(town.deps.store, 'progressed')).map((fact) => fact.words?.text)).toEqual(
      Array(3).fill('1-1 正在办，初稿已送审'),
    )
  })

  it('what was handed over after midnight belongs to the day on which it was said', async () => {
    town.on('2017-08-31', '23:58')
    const late = message('1-2 7月的已公开 http://a.gov.cn/x')
    town.on('2017-09-01', '01:30')
    await dispatch(town.deps, late, true, await liaisonOf('市财政局'))
    expect((await factsOf(town.deps.store, 'reported')).map((fact) => fact.body.on)).toEqual(['2017-08-31'])
  })

  it('a clock of the platform that runs ahead, or stands still for days, is not believed', async () => {
    town.on('2017-08-31', '10:00')
    for (const [id, days] of [
      ['ahead', 3],
      ['behind', -3],
    ] as const) {
      const at = new Date(town.deps.now().getTime() + days * 86_400_000)
      await dispatch(town.deps, message('1-1 正在办，初稿已送审', { id, at }), true, await liaisonOf('市财政局'))
    }
    const facts = await factsOf(town.deps.store, 'progressed')
    expect(facts.map((fact) => fact.body.on)).toEqual(['2017-08-31', '2017-08-31'])
  })

  it('“其余不涉及” is the rest of one plan, and the second plan of a matter can be named', async () => {
    const { deps } = town
    const bytes = new TextEncoder().encode(townPlan.replaceAll('33号', '34号').replaceAll('实施方案', '补充方案'))
    const { plan, code } = await importPlan(deps, parse(bytes), bytes, stamp(deps))
    await releasePlan(deps, plan, stamp(deps))
    await town.as('liaison:市统计局').says(`${town.code}-1-3 认领，其余不涉及`)
    expect(await factsOf(deps.store, 'disclaimed')).toEqual([])
    town.on('2017-08-20')
    const turn = await town.as('liaison:市财政局').says(`${code}-1-2 7月的已公开 http://a.gov.cn/x`)
    expect(turn.rows.map((row) => row.plan)).toEqual([code])
  })

  it('a person of two units is asked which of them reports', async () => {
    town.on('2017-08-05')
    const two = await liaisonOf('东河区政府', '西山县政府')
    const turn = await dispatch(town.deps, message('4-1 已完成 http://a.gov.cn/x'), true, two)
    expect(turn.reply?.title).toBe('请说明是哪个单位')
    expect(await factsOf(town.deps.store, 'reported')).toEqual([])
    await dispatch(town.deps, message('2'), true, two)
    expect(await factsOf(town.deps.store, 'reported')).toHaveLength(1)
  })

  it('of several tasks, what is clear is entered beside the question about the other', async () => {
    town.on('2017-10-20')
    const turn = await town.as('liaison:市财政局').says('1-2、1-1 已完成')
    turn.hears('已记入阶段成果', '公开17-1-1', '请说明是哪一期')
    expect(await factsOf(town.deps.store, 'reported')).toHaveLength(1)
    ;(await town.as('liaison:市财政局').says('1')).hears('已收到反馈', '公开17-1-2')
    expect(await factsOf(town.deps.store, 'reported')).toHaveLength(2)
  })

  it('whoever quotes a list means what it shows, not what it cut off', async () => {
    town.on('2017-08-20')
    const turn = await town.as('office').says('任务清单')
    turn.hears('未显示')
    const { t, q } = town.deps.store
    const [row] = await q.select({ tasks: t.outbox.tasks }).from(t.outbox).where(eq(t.outbox.state, 'sent'))
    const all = new Set(turn.rows.map((one) => `${one.plan}-${one.task}`))
    expect(row?.tasks.length).toBeGreaterThan(0)
    expect(row?.tasks.length).toBeLessThan(all.size)
    for (const code of row?.tasks ?? []) expect(turn.text).toContain(code)
  })

  it('two units named, one of which owes nothing: its neighbour is not taken for it', async () => {
    town.on('2017-10-20')
    for (const month of [6, 7]) await town.as('liaison:市财政局').says(`1-2 ${month}月的已公开 http://a.gov.cn/x`)
    await town.as('office').says('通过 市财政局、市环保局 1-2')
    expect(await factsOf(town.deps.store, 'approved')).toEqual([])
  })

  it('a reason needs no comma', async () => {
    town.on('2017-08-20')
    await town.as('liaison:市财政局').says('1-2 7月的已公开 http://a.gov.cn/x')
    ;(await town.as('office').says('退回 1-2 链接打不开')).hears('原因：链接打不开')
  })

  it('a unit head reads and reports nothing', async () => {
    town.on('2017-08-20')
    ;(await town.as('head:市财政局').says('1-2 7月的已公开 http://a.gov.cn/x')).hears('没有这项权限')
  })

  it("a bot's name is words, not a pattern", async () => {
    const deps = { ...town.deps, botName: '督办(试用' }
    const turn = await dispatch(deps, message('@督办(试用 帮助'), true, await liaisonOf('市财政局'))
    expect(turn.reply?.title).toBe('可以这样说')
  })

  it('“更多” chooses nothing among rounds, and a number does not turn a page', async () => {
    town.on('2017-10-20')
    const finance = town.as('liaison:市财政局')
    ;(await finance.says('1-2 已公开 http://a.gov.cn/x')).hears('请说明是哪一期')
    await finance.says('更多')
    expect(await factsOf(town.deps.store, 'reported')).toEqual([])
    const first = await finance.says('任务清单')
    first.hears('回复“更多”查看')
    expect((await finance.says('1')).text).not.toContain('任务清单')
  })
})
