import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { renderText } from '../../adapters/console/index.ts'
import { roomsOf } from '../../db/queries/people.ts'
import { dispatch } from '../../src/flow/dispatch.ts'
import { register } from '../../src/flow/roster.ts'
import { verifyLedger } from '../../src/flow/verify.ts'
import type { Happened, Incoming } from '../../src/model/message.ts'
import { officesOf } from '../town/offices.ts'
import { openRooms, type Rooms } from '../town/rooms.ts'

const nextOffice = officesOf('happened')
const OFFICE = '主管科室'
const place = { platform: 'console' as const, route: 'local' }

const town = async (): Promise<Rooms> => {
  const t = await openRooms(nextOffice())
  t.on('2017-08-15')
  await t.heard()
  return t
}

/** An event as an adapter hands it in: nobody addressed the bot. */
const event = (t: Rooms, happened: Happened, room: Incoming['room'], more: Partial<Incoming> = {}): Incoming => ({
  ...{ ...place, id: t.deps.newId(), at: t.deps.now(), text: '', addressed: false, happened, room },
  from: { id: 'ou_someone', name: '' },
  ...more,
})
const group = (id: string): Incoming['room'] => ({ ...place, kind: 'room', id })
const chat = (id: string): Incoming['room'] => ({ ...place, kind: 'person', id })

const hears = async (t: Rooms, message: Incoming) => {
  const turn = await dispatch(t.deps, message)
  return { status: turn.status, text: turn.reply ? renderText(turn.reply) : '' }
}

const factsOf = async ({ deps: { store } }: Rooms, kind: string) => {
  const rows = await store.q.select().from(store.t.facts).where(eq(store.t.facts.kind, kind))
  return rows.filter(({ office }) => office === store.office)
}

describe('the bot is put into a group', () => {
  it('says who it is, how the office binds the group, how people bind themselves, in that group', async () => {
    const t = await town()
    const message = event(t, 'joined', group('oc_new'))
    const { text } = await hears(t, message)
    for (const pattern of [/我是督办/, /绑定本群 单位/, /绑定码/, /帮助/]) expect(text).toMatch(pattern)
    expect(await t.heard('oc_new')).toEqual([text])
    expect(await factsOf(t, 'joined')).toEqual([])
  })

  it('answers once, however often the platform tells it', async () => {
    const t = await town()
    const message = event(t, 'joined', group('oc_new'))
    await hears(t, message)
    expect(await hears(t, message)).toEqual({ status: 'seen', text: '' })
    expect(await t.heard('oc_new')).toHaveLength(1)
  })

  it('knows a group that is bound already', async () => {
    const t = await town()
    expect((await hears(t, event(t, 'joined', group('市财政局')))).text).toMatch(/本群已绑定到市财政局/)
  })
})

describe('the bot is taken out of a group', () => {
  it('ends the binding, writes down by whom, and tells the office', async () => {
    const t = await town()
    expect(await hears(t, event(t, 'left', group('市财政局')))).toEqual({ status: 'silent', text: '' })
    const [room] = (await roomsOf(t.deps.store)).filter(({ address }) => address.id === '市财政局')
    expect(room).toMatchObject({ scope: 'units', units: [], overdue: false })
    const [fact] = await factsOf(t, 'unbound')
    expect(fact).toMatchObject({ by: 'console:local:ou_someone', body: { on: '2017-08-15', why: 'left' } })
    const [told] = await t.heard()
    expect(told).toMatch(/机器人被移出市财政局的群，推送已停/)
    expect(await t.heard('市财政局')).toEqual([])
    expect((await verifyLedger(t.deps.store)).broken).toEqual([])
  })

  it('says nothing twice: neither the same event again nor another one of the same group', async () => {
    const t = await town()
    const message = event(t, 'left', group('市财政局'))
    await hears(t, message)
    await hears(t, message)
    await hears(t, event(t, 'left', group('市财政局')))
    expect(await factsOf(t, 'unbound')).toHaveLength(1)
    expect(await t.heard()).toHaveLength(1)
  })

  it('of a group that nobody has bound it keeps and says nothing', async () => {
    const t = await town()
    expect((await hears(t, event(t, 'left', group('oc_new')))).status).toBe('silent')
    expect(await factsOf(t, 'unbound')).toEqual([])
    expect(await t.heard()).toEqual([])
  })

  it('out of a room of the office: the others of its rooms hear it', async () => {
    const t = await town()
    await register(
      t.deps,
      { rooms: [{ address: { ...group('督办二组'), route: '*' }, scope: 'office', units: [] }] },
      { by: 'admin:test', via: 'test:second', at: t.deps.now() },
    )
    await hears(t, event(t, 'left', group(OFFICE)))
    expect(await t.heard('督办二组')).toEqual([expect.stringMatching(/移出主管科室的群/)])
    expect(await t.heard()).toEqual([])
  })

  it('two events that race end the binding once', async () => {
    const t = await town()
    const turns = ['a', 'b', 'c'].map((id) => dispatch(t.deps, event(t, 'left', group('市财政局'), { id })))
    await Promise.all(turns)
    expect(await factsOf(t, 'unbound')).toHaveLength(1)
  })

  it('a group that is put back is bound again by the office', async () => {
    const t = await town()
    await hears(t, event(t, 'left', group('市财政局')))
    expect((await hears(t, event(t, 'joined', group('市财政局')))).text).toMatch(/本群还没有绑定单位/)
    ;(await t.as('office', '市财政局').says('绑定本群 市财政局')).hears(/本群已绑定/)
    const [room] = (await roomsOf(t.deps.store)).filter(({ address }) => address.id === '市财政局')
    expect(room?.units).toHaveLength(1)
  })
})

describe('somebody looks at the bot', () => {
  it('a stranger hears how to be bound, once a day', async () => {
    const t = await town()
    expect((await hears(t, event(t, 'entered', chat('ou_new'), { from: { id: 'ou_new', name: '' } }))).text).toMatch(
      /绑定码/,
    )
    const again = await hears(t, event(t, 'entered', chat('ou_new'), { from: { id: 'ou_new', name: '' } }))
    expect(again).toEqual({ status: 'seen', text: '' })
    const other = await hears(t, event(t, 'entered', chat('ou_else'), { from: { id: 'ou_else', name: '' } }))
    expect(other.status).toBe('answered')
    t.on('2017-08-16')
    const next = await hears(t, event(t, 'entered', chat('ou_new'), { from: { id: 'ou_new', name: '' } }))
    expect(next.status).toBe('answered')
  })

  it('who is known sees what may be said, and an open question goes on waiting', async () => {
    const t = await town()
    const clerk = { id: 'ou_office', name: '' }
    await register(
      t.deps,
      {
        people: [
          {
            ...{ name: '沈清', role: 'office', units: [], charge: [], post: '', mobile: '' },
            identities: ['console:*:ou_office'],
          },
        ],
      },
      { by: 'admin:test', via: 'test:people', at: t.deps.now() },
    )
    const says = (text: string) => {
      const { happened: _, ...message } = event(t, 'entered', chat(clerk.id), { from: clerk, text, addressed: true })
      return hears(t, message)
    }
    await t.as('liaison:市财政局').says('R-2已完成')
    await t.as('liaison:市审计局').says('R-2已完成')
    expect((await says('通过 R-2')).text).toMatch(/有2/)
    expect((await hears(t, event(t, 'entered', chat(clerk.id), { from: clerk }))).text).toMatch(/可以这样说/)
    expect((await says('1')).text).toMatch(/审核通过/)
  })
})
