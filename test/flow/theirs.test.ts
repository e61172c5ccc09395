import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { Store } from '../../db/store.ts'
import { dispatch } from '../../src/flow/dispatch.ts'
import { type RoomDraft, register, unbindRoom } from '../../src/flow/roster.ts'
import { type Address, anyRouteKey } from '../../src/model/message.ts'
import type { Role } from '../../src/model/person.ts'
import type { Settings } from '../../src/model/settings.ts'
import { longPlan } from '../town/long-plan.ts'
import { openPushed, type Pushed } from '../town/pushed.ts'

/** What is pushed is for whose place it is when it is sent: rooms are bound anew, and accounts change hands. */

let store: Store
let offices = 0
beforeAll(async () => {
  store = await openSqlite(':memory:')
  await migrate(store)
})
afterAll(() => store.close())

const FINANCE = '市财政局'
const EDUCATION = '市教育局'
const rooms = { oc_fin: [FINANCE], oc_desk: 'office' as const }
const hourly = longPlan.replace('突发事件发生后24小时内', '突发事件发生后5小时内')

const town = (bound: Parameters<typeof openPushed>[1] = { rooms }, plan?: string): Promise<Pushed> =>
  openPushed(store.of(`theirs-${++offices}`), bound, plan)

const place = (id: string, kind: Address['kind'] = 'room'): Address => ({ platform: 'lark', route: '*', kind, id })
const stamp = (t: Pushed) => ({ by: 'admin:test', via: `test:${t.deps.newId()}`, at: t.deps.now() })

const unitOf = async (t: Pushed, name: string): Promise<string> => {
  const { view } = await t.deps.cache(t.deps.store)
  return view.units.find((unit) => unit.name === name)?.id ?? name
}

const bind = async (t: Pushed, id: string, name: string, more: Partial<RoomDraft> = {}) =>
  register(
    t.deps,
    { rooms: [{ address: place(id), scope: 'units', units: [await unitOf(t, name)], ...more }] },
    stamp(t),
  )

const person = (t: Pushed, name: string, role: Role, account: string, units: string[] = []) =>
  register(
    t.deps,
    {
      people: [
        {
          ...{ name, role, units, charge: [], post: '' as const, mobile: '' },
          identities: [anyRouteKey({ platform: 'lark', id: account })],
        },
      ],
    },
    stamp(t),
  )

/** An account that nobody is bound to any more. */
const closed = async ({ deps: { store: own } }: Pushed, account: string) => {
  const key = anyRouteKey({ platform: 'lark', id: account })
  await own.one((q) =>
    q.delete(own.t.identities).where(and(eq(own.t.identities.office, own.office), eq(own.t.identities.key, key))),
  )
}

/** Somebody speaks with an account of their own. */
const says = async (t: Pushed, account: string, room: string, text: string) => {
  const at = { platform: 'lark' as const, route: 'cli_1' }
  await dispatch(t.deps, {
    ...{ ...at, id: t.deps.newId(), at: t.deps.now(), text, addressed: true },
    from: { id: account, name: '' },
    room: { ...at, kind: 'room', id: room },
  })
}

const heardIn = async (t: Pushed, id: string, day: string, time: string) =>
  (await t.morning(day, time)).filter(({ to }) => to === id).map(({ text }) => text)

/** Its messages of that morning cannot be handed over yet. */
const held = async (t: Pushed, id: string, day: string, time = '09:00') => {
  t.refused.set(id, 'later')
  await t.morning(day, time)
  t.refused.delete(id)
}

describe('a room that is bound to nobody any more', () => {
  it.each(['每天16点推送到期清单', '每天16点推送逾期清单', '每周四16点推送下周到期清单'])(
    'hears nothing that was asked for into it: %s',
    async (words) => {
      const t = await town()
      t.on('2017-08-16')
      await t.speaks('office', 'oc_fin', words)
      await unbindRoom(t.deps, place('oc_fin'), stamp(t))
      expect(await heardIn(t, 'oc_fin', '2017-08-17', '16:00')).toEqual([])
    },
  )

  it('takes no new push', async () => {
    const t = await town()
    t.on('2017-08-16')
    await unbindRoom(t.deps, place('oc_fin'), stamp(t))
    await t.speaks('office', 'oc_fin', '每天16点推送逾期清单')
    expect((await t.deps.cache(t.deps.store)).view.subscriptions).toEqual([])
  })
})

describe('a place that has become another’s while a message waited for it', () => {
  it('the office’s room is a unit’s now', async () => {
    const t = await town()
    await held(t, 'oc_desk', '2017-08-21')
    await bind(t, 'oc_desk', EDUCATION)
    expect((await heardIn(t, 'oc_desk', '2017-08-21', '11:00')).join()).not.toMatch(/督办工作|市财政局/)
  })

  it.each([
    ['another unit’s', (t: Pushed) => bind(t, 'oc_env', EDUCATION)],
    ['nobody’s', (t: Pushed) => unbindRoom(t.deps, place('oc_env'), stamp(t))],
  ])('a room with an hour clock is %s', async (_, becomes) => {
    const t = await town({ rooms: { oc_env: ['市环保局'] } }, hourly)
    t.on('2017-08-21', '12:00')
    await t.says('office', '5-2触发，8月21日12:00')
    await t.morning('2017-08-21', '12:01')
    await held(t, 'oc_env', '2017-08-21', '13:00')
    await becomes(t)
    expect((await heardIn(t, 'oc_env', '2017-08-21', '13:30')).join()).not.toMatch(/时限/)
  })

  it('a room that waits for what somebody caused for its unit', async () => {
    const t = await town({ rooms: { oc_edu: [EDUCATION] } })
    t.on('2017-08-15', '09:30')
    t.refused.set('oc_edu', 'later')
    await t.says('office', '催一下市教育局4-1')
    await t.morning('2017-08-15', '09:31')
    t.refused.delete('oc_edu')
    await bind(t, 'oc_edu', FINANCE)
    expect((await heardIn(t, 'oc_edu', '2017-08-15', '11:00')).join()).not.toMatch(/4-1/)
  })

  it('a room that waits for a task that was given to its unit', async () => {
    const t = await town({ rooms: { oc_edu: [EDUCATION] } })
    t.on('2017-08-15', '09:30')
    t.refused.set('oc_edu', 'later')
    await t.says('office', '新增任务：市教育局9月15日前报送招生情况，来源：8月10日常务会')
    await t.morning('2017-08-15', '09:31')
    t.refused.delete('oc_edu')
    await bind(t, 'oc_edu', FINANCE)
    expect((await heardIn(t, 'oc_edu', '2017-08-15', '11:00')).join()).not.toMatch(/招生/)
  })

  it('a liaison’s account is a liaison’s of another unit', async () => {
    const t = await town({ rooms: {}, liaisons: { ou_fin: [FINANCE] } })
    await held(t, 'ou_fin', '2017-08-21')
    await person(t, '新人', 'liaison', 'ou_fin', [await unitOf(t, EDUCATION)])
    expect((await heardIn(t, 'ou_fin', '2017-08-21', '11:00')).join()).not.toMatch(FINANCE)
  })

  it.each([
    ['is nobody’s', (t: Pushed) => closed(t, 'ou_leader')],
    ['is a liaison’s', async (t: Pushed) => person(t, '新人', 'liaison', 'ou_leader', [await unitOf(t, EDUCATION)])],
  ])('a leader’s account %s: neither the week’s figures nor what the office asked for', async (_, becomes) => {
    const t = await town({ rooms, office: ['ou_office'] })
    await person(t, '林副市长', 'leader', 'ou_leader')
    t.on('2017-08-18')
    await says(t, 'ou_office', 'oc_desk', '每周一10点给林副市长推送完成率')
    expect((await t.deps.cache(t.deps.store)).view.subscriptions).toMatchObject([{ address: { id: 'ou_leader' } }])
    await held(t, 'ou_leader', '2017-08-21')
    await becomes(t)
    expect((await heardIn(t, 'ou_leader', '2017-08-21', '11:00')).join()).not.toMatch(/完成情况|完成率/)
  })
})

describe('a unit with two rooms', () => {
  it('is told once a day, whichever is made its main one meanwhile', async () => {
    const t = await town()
    await bind(t, 'oc_fin2', FINANCE)
    const all = [...(await t.morning('2017-08-21'))]
    for (const [time, id] of [
      ['10:00', 'oc_fin2'],
      ['11:00', 'oc_fin'],
      ['12:00', 'oc_fin2'],
    ] as const) {
      t.on('2017-08-21', time)
      await bind(t, id, FINANCE, { main: true })
      all.push(...(await t.morning('2017-08-21', time)))
    }
    expect(all.filter(({ to }) => to.startsWith('oc_fin')).map(({ to }) => to)).toEqual(['oc_fin'])
  })

  it('is told in the new one where the old one was taken away before it heard', async () => {
    const t = await town()
    await held(t, 'oc_fin', '2017-08-21')
    await unbindRoom(t.deps, place('oc_fin'), stamp(t))
    await bind(t, 'oc_fin2', FINANCE)
    const all = await t.morning('2017-08-21', '11:00')
    expect(all.filter(({ to }) => to.startsWith('oc_fin')).map(({ to }) => to)).toEqual(['oc_fin2'])
  })
})

describe('a unit without a room', () => {
  it('is told once a day, though its liaison goes away after being told', async () => {
    const t = await town({ rooms: { oc_desk: 'office' as const } })
    const own = [await unitOf(t, FINANCE)]
    await person(t, '周小舟', 'liaison', 'ou_a', own)
    await person(t, '郑同', 'liaison', 'ou_b', own)
    const first = await t.morning('2017-08-21')
    await says(t, first.some(({ to }) => to === 'ou_a') ? 'ou_a' : 'ou_b', 'oc_talk', '我请假到8月25日')
    const all = [...first, ...(await t.morning('2017-08-21', '13:00'))]
    expect(all.filter(({ to }) => to === 'ou_a' || to === 'ou_b')).toHaveLength(1)
    const next = await t.morning('2017-08-28')
    expect(next.filter(({ to }) => to === 'ou_a' || to === 'ou_b')).toHaveLength(1)
  })
})

describe('a row that cannot be read', () => {
  it('holds back the day’s messages, and nothing that was asked for', async () => {
    const t = await town({ rooms: { ...rooms, oc_edu: [EDUCATION] } })
    t.on('2017-08-16')
    await t.speaks('office', 'oc_desk', '每天10点推送完成率')
    await t.morning('2017-08-16', '16:00')
    const { store: own } = t.deps
    const settings = { ladder: null } as unknown as Partial<Settings>
    await own.one((q) =>
      q.update(own.t.offices).set({ settings, rosterVersion: 1000 }).where(eq(own.t.offices.office, own.office)),
    )
    expect((await heardIn(t, 'oc_desk', '2017-08-17', '10:00')).join()).toMatch(/完成率/)
  })
})

describe('what is said of pushes in a unit’s room', () => {
  it('names no other place', async () => {
    const t = await town({ rooms: { ...rooms, oc_edu: [EDUCATION] }, office: ['ou_office'] })
    t.on('2017-08-16')
    await t.speaks('office', 'oc_edu', '每天16点推送逾期清单')
    await t.speaks('office', 'oc_fin', '取消每周五的推送')
    const said = (await t.morning('2017-08-16', '10:01')).filter(({ to }) => to === 'oc_fin')
    expect(said.map(({ text }) => text).join()).toMatch(/没有这样的推送/)
    expect(said.map(({ text }) => text).join()).not.toMatch(EDUCATION)
  })
})
