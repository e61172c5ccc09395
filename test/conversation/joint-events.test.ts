import { afterEach, describe, expect, it } from 'vitest'
import { roomsOf } from '../../db/queries/people.ts'
import type { createFakeLark } from '../fakes/lark.ts'
import { larkWords } from '../fakes/lark-card.ts'
import { until } from '../fakes/until.ts'
import type { Wire } from '../fakes/wire.ts'
import { accounts, type Who } from '../town/members.ts'
import { officesOf } from '../town/offices.ts'
import type { Joint } from './joint.ts'
import { openLarkLine, openOffice } from './joint-office.ts'

const office = officesOf('joint-events')
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})
const openAll = async () => {
  const t = await openOffice(office())
  closing.push(t.close)
  return t
}

const DESK = 'oc_desk'

/** Lark and its two ways in. */
interface Way {
  joint: Pick<Joint, 'binds' | 'delivers' | 'deps' | 'town'>
  fake: ReturnType<typeof createFakeLark>
  push(wire: Wire): Promise<unknown>
}
const ways: Record<string, () => Promise<Way>> = {
  webhook: async () => {
    const t = await openAll()
    return { joint: t, fake: t.lark, push: t.hands }
  },
  'long connection': async () => {
    const line = await openLarkLine(office())
    closing.push(line.close)
    return line
  },
}

describe.each(Object.entries(ways))('Lark’s events by %s', (_, open) => {
  const begin = async () => {
    const way = await open()
    const { fake, joint } = way
    await joint.binds({ address: { platform: 'lark', route: '*', kind: 'room', id: DESK }, scope: 'office', units: [] })
    let count = 0
    /** What was said where because of an event; `id`: the same event once more. */
    const happens = async (type: string, body: object, id = `event ${++count}`) => {
      const before = fake.sent.length
      await way.push(fake.event(type, body, String(joint.town.deps.now().getTime()), id))
      await joint.delivers()
      return fake.sent.slice(before).map(({ to, card }) => [to, larkWords(card)])
    }
    const by = { operator_id: { open_id: accounts.office, union_id: 'on_x' } }
    const chat = (id: string) => ({ chat_id: id, ...by, external: false, name: '某群' })
    return { ...way, happens, chat, by }
  }

  it('put into a group, it says there who it is, once', async () => {
    const { happens, chat } = await begin()
    const type = 'im.chat.member.bot.added_v1'
    expect(await happens(type, chat('oc_new'), 'e')).toEqual([
      ['oc_new', expect.stringMatching(/我是督办.*[\s\S]*还没有绑定单位/)],
    ])
    expect(await happens(type, chat('oc_new'), 'e')).toEqual([])
    expect(await happens(type, chat('oc_finance'))).toEqual([
      ['oc_finance', expect.stringMatching(/本群已绑定到市财政局/)],
    ])
  })

  it.each(['im.chat.member.bot.deleted_v1', 'im.chat.disbanded_v1'])(
    '%s: the binding ends and the office hears of it',
    async (type) => {
      const { happens, chat, joint } = await begin()
      expect(await happens(type, chat('oc_finance'))).toEqual([
        [DESK, expect.stringMatching(/机器人被移出市财政局的群，推送已停/)],
      ])
      const room = (await roomsOf(joint.deps.store)).find(
        ({ address }) => address.platform === 'lark' && address.id === 'oc_finance',
      )
      expect(room?.units).toEqual([])
      expect(await happens(type, chat('oc_finance'))).toEqual([])
    },
  )

  it('who opens its single chat is helped once a day', async () => {
    const { happens, by, joint } = await begin()
    const type = 'im.chat.access_event.bot_p2p_chat_entered_v1'
    const entered = { chat_id: 'oc_single', ...by, last_message_id: 'om_1' }
    expect(await happens(type, entered)).toEqual([[accounts.office, expect.stringMatching(/可以这样说/)]])
    expect(await happens(type, entered)).toEqual([])
    joint.town.on('2017-08-16')
    expect(await happens(type, entered)).toHaveLength(1)
    const stranger = { ...entered, operator_id: { open_id: 'ou_stranger' } }
    expect(await happens(type, stranger)).toEqual([['ou_stranger', expect.stringMatching(/绑定码/)]])
  })
})

describe('who looks at WeCom’s', () => {
  it('smart bot is welcomed over the connection, once a day', async () => {
    const t = await openAll()
    const enters = async (who: string, hears: number) => {
      const before = t.gateway.shown.length
      t.gateway.enters(who)
      if (hears > 0) await until(() => t.gateway.shown.length > before)
      else await new Promise((done) => setTimeout(done, 30))
      await t.deps.settled()
      return t.gateway.shown.slice(before).map(({ cmd, chat, words }) => [cmd, chat, words])
    }
    const welcome = (who: string, words: RegExp) => [['aibot_respond_welcome_msg', who, expect.stringMatching(words)]]
    expect(await enters(accounts.office, 1)).toEqual(welcome(accounts.office, /可以这样说/))
    expect(await enters(accounts.office, 0)).toEqual([])
    expect(await enters('wx_stranger', 1)).toEqual(welcome('wx_stranger', /绑定码/))
    // A welcome goes that way or none: nothing waits in the outbox.
    expect((await t.rows()).filter(({ state }) => state === 'waiting')).toEqual([])
  })

  it('app, having come into its range, is helped', async () => {
    const t = await openAll()
    const subscribes = async (from: string) => {
      const before = t.app.sent.length
      await t.hands(t.app.callback(from, { MsgType: 'event', Event: 'subscribe' }))
      return t.app.sent.slice(before).map(({ to, words }) => [to, words])
    }
    expect(await subscribes(accounts.office)).toEqual([[accounts.office, expect.stringMatching(/可以这样说/)]])
    expect(await subscribes(accounts.office)).toEqual([])
    expect(await subscribes('newcomer')).toEqual([['newcomer', expect.stringMatching(/绑定码/)]])
  })
})

describe('a bare number on DingTalk', () => {
  const asked = async () => {
    const t = await openAll()
    await t.binds({ address: { platform: 'dingtalk', route: '*', kind: 'room', id: DESK }, scope: 'office', units: [] })
    const says = async (who: Who, text: string, chat: string, more: Record<string, unknown> = {}) => {
      const before = t.ding.sent.length
      await t.hands(t.ding.says({ from: accounts[who], chat, text, more }))
      await t.delivers()
      return t.ding.sent.slice(before)
    }
    const sent = await says('finance', 'R-2申请延期到8月30日，因系统升级', 'oc_finance')
    const push = sent.filter(({ by, to }) => by === 'group' && to === DESK)
    return { t, says, push: push.map(({ text }) => text) }
  }

  it('answers what was pushed into the office’s group, once', async () => {
    const { says, push } = await asked()
    expect(push).toEqual([expect.stringMatching(/延期申请[\s\S]*1 同意[\s\S]*2 不同意/)])
    const [told] = await says('office', '1', DESK)
    expect(told).toMatchObject({ by: 'session', to: DESK, text: expect.stringMatching(/已同意延期/) })
    const [again] = await says('office', '1', DESK)
    expect(again?.text).toMatch(/情况已有变化[\s\S]*本次没有登记/)
  })

  it('is told to be none of them, or not theirs; and without @ is nobody’s', async () => {
    const { says } = await asked()
    expect(await says('office', '1', DESK, { isInAtList: false })).toEqual([])
    const [none] = await says('office', '7', DESK)
    expect(none?.text).toMatch(/没有第7项/)
    const [other] = await says('finance', '1', DESK)
    expect(other?.text).toMatch(/没有这项权限/)
    const [told] = await says('office', '1', DESK)
    expect(told?.text).toMatch(/已同意延期/)
  })

  it('is stale after a day', async () => {
    const { t, says } = await asked()
    t.town.on('2017-08-16', '11:00')
    const [stale] = await says('office', '1', DESK)
    expect(stale?.text).toMatch(/没有听懂/)
  })
})
