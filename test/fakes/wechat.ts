import { log, WechatyBuilder } from 'wechaty'
import { mock, PuppetMock } from 'wechaty-puppet-mock'
import type { Sink } from '../../adapters/adapter.ts'
import { createWechatAdapter, type WechatParts } from '../../adapters/wechat/index.node.ts'
import { until } from './until.ts'

type Contact = ReturnType<mock.Mocker['createContact']>
type Room = ReturnType<mock.Mocker['createRoom']>

export const BOT = '督办'

/** WeChat as wechaty's own mock puppet plays it, and our adapter at its other side. `times` are ours, made short. */
export async function openWechat(
  sink: Sink,
  { now = () => new Date(), ...more }: Partial<WechatParts> & { now?(): Date } = {},
) {
  const mocker = new mock.Mocker()
  const puppet = new PuppetMock({ mocker })
  const told: string[] = []
  const logged: string[] = []
  const sent: { to: string; text: string }[] = []
  const quit = new AbortController()
  const adapter = createWechatAdapter(
    { puppet: 'wechaty-puppet-mock' },
    { fetch, now, log: ({ outcome }) => void logged.push(outcome) },
    {
      tell: (line) => void told.push(line),
      load: async () => ({ WechatyBuilder, log }),
      puppet: puppet as unknown as NonNullable<WechatParts['puppet']>,
      ...more,
      times: { gap: 1, beat: 20, again: 1, ...more.times },
    },
  )
  const me = mocker.createContact({ id: 'wxid_bot', name: BOT })
  const contacts = new Map<string, Contact>()
  const contact = (id: string, name = id): Contact => {
    const known = contacts.get(id) ?? mocker.createContact({ id, name })
    contacts.set(id, known)
    return known
  }
  const room = (id: string, topic: string, members: Contact[] = []): Room => {
    const made = mocker.createRoom({ id, topic, memberIdList: [me.id, ...members.map((each) => each.id)] })
    made.on('message', (message) => {
      if (message.talker().id === me.id) sent.push({ to: id, text: message.text() ?? '' })
    })
    return made
  }
  me.on('message', (message) => {
    const to = message.listener()?.id
    if (message.talker().id === me.id && to) sent.push({ to, text: message.text() ?? '' })
  })
  const listening = adapter.listen?.(sink, quit.signal)
  await until(() => puppet.state.active() === true)

  return {
    ...{ adapter, mocker, puppet, me, contact, room, told, logged, sent, quit },
    /** Somebody scans the code. */
    login: async () => {
      mocker.login(me)
      await until(() => adapter.ready?.() === true)
    },
    close: async () => {
      quit.abort()
      await listening
    },
  }
}
export type FakeWechat = Awaited<ReturnType<typeof openWechat>>
