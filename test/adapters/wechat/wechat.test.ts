import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { Delivery, Sink } from '../../../adapters/adapter.ts'
import { createWechatAdapter } from '../../../adapters/wechat/index.node.ts'
import { memoryName } from '../../../adapters/wechat/memory.node.ts'
import type { Address, Incoming } from '../../../src/model/message.ts'
import type { DeliveryError } from '../../../src/model/problem.ts'
import { goldenCards } from '../../contract/cards.ts'
import { until } from '../../fakes/until.ts'
import { BOT, type FakeWechat, openWechat } from '../../fakes/wechat.ts'

let open: FakeWechat | undefined
let heard: Incoming[] = []
afterEach(async () => {
  await open?.close()
  open = undefined
})

const hearing: Sink = async (message) => {
  heard.push(message)
  return { message, status: 'silent' }
}
const wechat = async (more: Parameters<typeof openWechat>[1] = {}, sink = hearing): Promise<FakeWechat> => {
  heard = []
  open = await openWechat(sink, more)
  return open
}
const group = (id: string): Address => ({ platform: 'wechat', route: 'wechaty', kind: 'room', id })
const delivery = (to: Address, title = '已收到', more: Partial<Delivery> = {}): Delivery => ({
  ...{ to, key: 'k', card: { title, tone: 'plain', blocks: [] } },
  ...more,
})
const reasonOf = (sending: Promise<unknown>) =>
  sending.then(
    () => 'sent',
    (error: DeliveryError) => error.reason ?? error,
  )
const settled = () => new Promise((done) => setTimeout(done, 60))

describe('WeChat, off', () => {
  it('says that the package is missing in one line, once, and ends', async () => {
    const told: string[] = []
    const missing = Object.assign(new Error('x'), { code: 'ERR_MODULE_NOT_FOUND' })
    const parts = { tell: (line: string) => void told.push(line), load: () => Promise.reject(missing) }
    const adapter = createWechatAdapter({ puppet: 'p' }, { fetch, now: () => new Date() }, parts)
    await adapter.listen?.(hearing, new AbortController().signal)
    await adapter.listen?.(hearing, new AbortController().signal)
    expect(told.filter((line) => line.includes('未安装'))).toEqual(['未安装 wechaty：npm install wechaty'])
    expect(await adapter.probe?.()).toEqual({ problems: ['未安装 wechaty：npm install wechaty'] })
    expect([adapter.ready?.(), await reasonOf(adapter.deliver(delivery(group('1@chatroom'))))]).toEqual([
      false,
      'later',
    ])
  })

  it('keeps a login, where a name is set, in a file that others cannot read', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'duban-wechat-'))
    const name = await memoryName(join(folder, 'data', 'liaison'))
    expect(name).toBe(join(folder, 'data', 'liaison'))
    expect(statSync(`${name}.memory-card.json`).mode & 0o777).toBe(0o600)
    expect(await memoryName(name)).toBe(name)
    rmSync(folder, { recursive: true })
  })
})

describe('WeChat, on', () => {
  it('tells the risk and each code to scan once, to the operator and not to the log', async () => {
    const t = await wechat()
    expect(t.told.join('\n')).toMatch(/非?不是微信官方接口[\s\S]*封停/)
    t.mocker.scan('https://login.example/code-1', 2)
    t.mocker.scan('https://login.example/code-1', 2)
    t.mocker.scan('https://login.example/code-2', 2)
    await settled()
    expect(t.told.filter((line) => line.includes('code-1'))).toHaveLength(1)
    expect(t.told.filter((line) => line.includes('code-2'))).toHaveLength(1)
    expect(t.logged.join(' ')).not.toContain('code')
    expect(t.adapter.ready?.()).toBe(false)
  })

  it('hears who mentions it and who writes to it alone, and not what a group says among itself', async () => {
    const t = await wechat()
    await t.login()
    const li = t.contact('wxid_li', '李四')
    const room = t.room('1@chatroom', '信息公开工作群', [li])
    li.say(`@${BOT}\u2005 1-2已公开`, [t.me]).to(room)
    li.say('大家好').to(room)
    await until(() => heard.length === 1)
    li.say('收到').to(t.me)
    await until(() => heard.length === 2)
    expect(heard.map(({ text, addressed, room: { kind, id } }) => [text, addressed, kind, id])).toEqual([
      ['1-2已公开', true, 'room', '1@chatroom'],
      ['收到', true, 'person', 'wxid_li'],
    ])
    expect(heard[0]?.from).toEqual({ id: 'wxid_li', name: '李四' })
  })

  it('knows a mention by its words where the puppet sends no list', async () => {
    const t = await wechat()
    await t.login()
    const [li, room] = [t.contact('wxid_li'), t.room('1@chatroom', '工作群', [t.contact('wxid_li')])]
    const rawPayload = t.puppet.messageRawPayload.bind(t.puppet)
    t.puppet.messageRawPayload = async (id) => {
      const { mentionIdList: _, ...payload } = (await rawPayload(id)) as { mentionIdList?: string[] }
      return payload as Awaited<ReturnType<typeof rawPayload>>
    }
    t.puppet.roomMemberSearch = async (_, name) => (name === BOT ? [t.me.id] : [])
    li.say(`@${BOT}\u2005 本月任务`).to(room)
    li.say('@别人\u2005 本月任务').to(room)
    li.say(`@${BOT}\u2005 逾期任务`).to(room)
    await until(() => heard.length === 2)
    expect(heard.map(({ text }) => text)).toEqual(['本月任务', '逾期任务'])
  })

  it('answers in parts, in their order and at its pace, and never hears itself', async () => {
    const t = await wechat({ times: { gap: 40 } })
    await t.login()
    t.room('1@chatroom', '工作群')
    const began = performance.now()
    expect(
      await t.adapter.deliver(
        delivery(group('1@chatroom'), '', { card: goldenCards['a long text'] ?? delivery(group('')).card }),
      ),
    ).toEqual({})
    expect(performance.now() - began).toBeGreaterThan(150)
    expect(t.sent.map(({ text }) => text.slice(-5))).toEqual([1, 2, 3, 4, 5].map((n) => `（${n}/5）`))
    expect(t.adapter.readyAt?.(group('1@chatroom'))?.getTime()).toBeGreaterThan(Date.now() - 40)
    await settled()
    expect(heard).toEqual([])
  })

  it('calls whom a push concerns, and writes to a person alone', async () => {
    const t = await wechat()
    await t.login()
    const li = t.contact('wxid_li', '李四')
    t.room('1@chatroom', '工作群', [li])
    const mention = [
      { route: 'wechaty', id: 'wxid_li', name: '李四' },
      { route: 'wechaty', id: 'wxid_nobody', name: '' },
    ]
    await t.adapter.deliver(delivery(group('1@chatroom'), '本周任务', { mention }))
    await t.adapter.deliver(delivery({ ...group('wxid_li'), kind: 'person' }, '请看'))
    expect(t.sent).toEqual([
      { to: '1@chatroom', text: '@李四 【本周任务】' },
      { to: 'wxid_li', text: '【请看】' },
    ])
  })

  it('goes by the name where ids change, and only where one group has it and keeps it', async () => {
    const t = await wechat()
    await t.login()
    const li = t.contact('wxid_li')
    const room = t.room('@@a1', '财政局督办群', [li])
    li.say('你好', [t.me]).to(room)
    await until(() => heard.length === 1)
    const place = group('topic:财政局督办群')
    expect(heard[0]?.room).toEqual(place)
    expect(await reasonOf(t.adapter.deliver(delivery(place)))).toBe('sent')
    const other = t.room('@@b2', '财政局督办群', [li])
    expect(await reasonOf(t.adapter.deliver(delivery(place)))).toBe('forbidden')
    li.say('本月任务', [t.me]).to(other)
    await until(() => heard.length === 2)
    expect(heard[1]?.room.id).toBe('@@b2')
    t.mocker.cacheRoomPayload.delete('@@a1')
    expect(await reasonOf(t.adapter.deliver(delivery(place)))).toBe('forbidden')
    expect(await reasonOf(t.adapter.deliver(delivery(group('topic:没有的群'))))).toBe('gone')
    expect(t.sent).toHaveLength(1)
  })

  it('tells of being put in, taken out, and of a new name where the group went by its name', async () => {
    const t = await wechat()
    await t.login()
    const [li, wang] = [t.contact('wxid_li'), t.contact('wxid_wang')]
    const room = t.room('@@a1', '一组', [li])
    room.add(wang).by(li)
    room.add(t.me).by(li)
    await until(() => heard.length === 1)
    room.topic('二组').by(li)
    await until(() => heard.length === 3)
    room.remove(t.me).by(li)
    await until(() => heard.length === 4)
    expect(
      heard.map(({ happened, room: { id }, from, addressed, text }) => [happened, id, from.id, addressed, text]),
    ).toEqual([
      ['joined', 'topic:一组', 'wxid_li', false, ''],
      ['left', 'topic:一组', 'wxid_li', false, ''],
      ['joined', 'topic:二组', 'wxid_li', false, ''],
      ['left', 'topic:二组', 'wxid_li', false, ''],
    ])
    expect(new Set(heard.map(({ id }) => id)).size).toBe(4)
  })

  it('waits while nobody is logged in, and says that a person is needed', async () => {
    const t = await wechat()
    t.room('1@chatroom', '工作群')
    expect([t.adapter.ready?.(), await reasonOf(t.adapter.deliver(delivery(group('1@chatroom'))))]).toEqual([
      false,
      'later',
    ])
    await t.login()
    expect(await reasonOf(t.adapter.deliver(delivery(group('1@chatroom'))))).toBe('sent')
    await t.puppet.logout('kicked')
    await until(() => t.logged.includes('needs-person'))
    expect(t.told.at(-1)).toMatch(/请重新扫码/)
    expect([t.adapter.ready?.(), await reasonOf(t.adapter.deliver(delivery(group('1@chatroom'))))]).toEqual([
      false,
      'later',
    ])
  })

  it('is not ready when the other side has fallen silent, and is again when it speaks', async () => {
    const t = await wechat({ times: { silent: 80, beat: 10 } })
    t.puppet.ding = () => undefined
    await t.login()
    await until(() => t.adapter.ready?.() === false)
    await until(() => t.logged.includes('silent'))
    t.puppet.emit('heartbeat', { data: 'x' })
    expect(t.adapter.ready?.()).toBe(true)
  })

  it('does not know whether it was sent where nothing comes back', async () => {
    const t = await wechat()
    await t.login()
    t.room('1@chatroom', '工作群')
    t.puppet.messageSendText = () => Promise.reject(new Error('broken'))
    expect(await reasonOf(t.adapter.deliver(delivery(group('1@chatroom'))))).toBe('unsure')
  })

  it('hands in again what could not be stored, and stays when that never succeeds', async () => {
    let failures = 2
    const t = await wechat({}, async (message) => {
      if (failures-- > 0) throw new Error('the database is away')
      return hearing(message)
    })
    await t.login()
    t.contact('wxid_li').say('收到').to(t.me)
    await until(() => heard.length === 1)
    failures = 99
    t.contact('wxid_li').say('收到').to(t.me)
    await until(() => t.logged.includes('lost'))
    expect(t.adapter.ready?.()).toBe(true)
  })

  it('survives errors of the puppet, and ends when it is told to', async () => {
    const t = await wechat()
    await t.login()
    t.puppet.emit('error', {
      data: 'something broke',
      gerror: JSON.stringify({ message: 'something broke', name: 'x' }),
    })
    t.puppet.emit('message', { messageId: 'nobody-knows' })
    await until(() => t.logged.includes('error'))
    expect(t.adapter.ready?.()).toBe(true)
    await t.close()
    expect(t.adapter.ready?.()).toBe(false)
  })
})
