import { describe, expect, it } from 'vitest'
import type { Delivery } from '../../../adapters/adapter.ts'
import { createDingtalkAdapter } from '../../../adapters/dingtalk/index.ts'
import type { Card } from '../../../src/model/card.ts'
import type { Address, Incoming } from '../../../src/model/message.ts'
import type { DeliveryError } from '../../../src/model/problem.ts'
import { createFakeDingtalk, type DingSay, dingtalkConfig } from '../../fakes/dingtalk.ts'
import { toRequest } from '../../fakes/wire.ts'

const done: Card = { title: '已登记', tone: 'good', blocks: [{ kind: 'text', text: '公开17-4 待审核' }] }
const hello: DingSay = { from: 'user123', chat: 'cidFINANCE==', text: '公开17-4 已报', id: 'm1' }

function open() {
  let at = 1_700_000_000_000
  const now = () => new Date(at)
  const fake = createFakeDingtalk(dingtalkConfig, now)
  const adapter = createDingtalkAdapter(dingtalkConfig, { fetch: fake.fetch, now, timeout: 40 })
  const hears = async (say: DingSay): Promise<Incoming> => {
    const message = (await adapter.receive?.(toRequest(fake.says(say))))?.messages[0]
    if (!message) throw new Error('nothing was said')
    return message
  }
  /** Says `done`, as an answer where there is a way back. */
  const say = ({ room, replyBy }: Pick<Incoming, 'room' | 'replyBy'>, more: Partial<Delivery> = {}) =>
    adapter
      .deliver({ to: room, card: done, key: 'k', ...(replyBy && { replyBy }), ...more })
      .catch((error: DeliveryError) => [error.reason, error.message, error.after])
  const place = (kind: Address['kind'], id: string): Pick<Incoming, 'room'> => ({
    room: { platform: 'dingtalk', route: dingtalkConfig.robotCode, kind, id },
  })
  const wait = (ms: number): void => {
    at += ms
  }
  return { fake, adapter, hears, say, place, wait, now }
}

describe('an answer of DingTalk’s robot', () => {
  it('goes the way that came with the message, and names who spoke', async () => {
    const { fake, hears, say } = open()
    expect(await say(await hears(hello))).toEqual({})
    expect(fake.sent).toEqual([
      {
        by: 'session',
        to: 'cidFINANCE==',
        title: '已登记',
        text: '### 已登记\n\n公开17-4 待审核\n\n@user123',
        at: ['user123'],
      },
    ])
    expect(fake.calls.token).toBe(0)
  })

  it('names nobody in a single chat, nor an outsider or an id that is no plain word', async () => {
    const { fake, hears, say } = open()
    await say(await hears({ ...hello, chat: undefined }))
    await say(await hears({ ...hello, more: { senderStaffId: undefined } }))
    await say(await hears({ ...hello, more: { senderStaffId: 'all](http://evil.example)' } }))
    expect(fake.sent.map(({ by, at }) => [by, at])).toEqual([
      ['session', []],
      ['session', []],
      ['session', []],
    ])
  })

  it('names whom a push concerns where there is a way back, and nobody where there is none', async () => {
    const { fake, hears, say, place } = open()
    const mention = [{ route: '*', id: 'user9', name: '周小舟' }]
    await say(await hears(hello), { mention })
    await say(place('room', 'cidFINANCE=='), { mention })
    expect(fake.sent.map(({ by, at }) => [by, at])).toEqual([
      ['session', ['user123', 'user9']],
      ['group', []],
    ])
  })

  it('goes as a message of its own where the way has ended, by our clock or the platform’s', async () => {
    const { fake, hears, say, wait } = open()
    const message = await hears(hello)
    fake.sessions.clear()
    expect(await say(message)).toEqual({ ref: expect.stringMatching(/^pqk/) })
    const later = await hears(hello)
    wait(85 * 60_000)
    await say(later)
    expect(fake.sent.map(({ by, to }) => [by, to])).toEqual([
      ['group', 'cidFINANCE=='],
      ['group', 'cidFINANCE=='],
    ])
  })

  it.each([
    ['that may have arrived', 'broken', 'unsure'],
    ['without a word', 'slow', 'unsure'],
    ['that was too soon', { status: 200, body: { errcode: 130101 } }, 'later'],
    ['that never left', 'unreachable', 'later'],
  ] as const)('%s is not said a second way', async (_, fault, wanted) => {
    const { fake, hears, say } = open()
    fake.fail('sendBySession', fault)
    expect(await say(await hears(hello))).toContain(wanted)
    expect(fake.sent).toEqual([])
  })

  it('is never sent to an address of another host, whoever wrote it down', async () => {
    const { fake, hears, say, place, now } = open()
    const evil = 'https://evil.example/robot/sendBySession?session=a'
    expect((await hears({ ...hello, more: { sessionWebhook: evil } })).replyBy).toBeUndefined()
    const until = new Date(now().getTime() + 60_000)
    await say({ ...place('room', 'cidFINANCE=='), replyBy: { handle: evil, until } })
    expect(fake.sent.map(({ by }) => by)).toEqual(['group'])
  })

  it('takes the userid of another organisation for nobody’s here', async () => {
    const { hears } = open()
    const { from, replyBy } = await hears({ ...hello, more: { senderCorpId: 'ding2' } })
    expect(from.id).toBe('$:LWCP_v1:$user123')
    expect(replyBy?.handle).not.toContain('user123')
  })

  it('reaches an outsider only by the way that came with the message', async () => {
    const { fake, hears, say, wait } = open()
    const message = await hears({ ...hello, chat: undefined, more: { senderStaffId: null } })
    expect(message).toMatchObject({ from: { id: '$:LWCP_v1:$user123' }, room: { id: '$:LWCP_v1:$user123' } })
    expect(await say(message)).toEqual({})
    wait(90 * 60_000)
    expect(await say(message)).toEqual(['no-route', expect.stringContaining('企业外部'), undefined])
    expect(fake.sent).toHaveLength(1)
  })
})

describe('a push of DingTalk’s robot', () => {
  it('to a member has the key by which a quote names it', async () => {
    const { fake, hears, say, place } = open()
    const sent = await say(place('person', 'user123'))
    expect(fake.sent).toMatchObject([{ by: 'person', to: 'user123', text: '### 已登记\n\n公开17-4 待审核' }])
    const quote = await hears({
      ...hello,
      more: {
        text: { content: '收到', isReplyMsg: true, repliedMsg: { msgType: 'interactiveCard', msgId: 'x' } },
        originalProcessQueryKey: fake.sent[0]?.ref,
      },
    })
    expect(sent).toEqual({ ref: quote.quotes })
  })

  it('to one who left is given up, to one who gets too much is tried later', async () => {
    const { fake, say, place } = open()
    fake.gone.add('user1')
    fake.controlled.add('user2')
    expect(await say(place('person', 'user1'))).toContain('gone')
    expect(await say(place('person', 'user2'))).toContain('later')
  })

  it('into a group knows its pace: twenty a minute, of which the platform is asked no more', async () => {
    const { fake, adapter, say, place, wait, now } = open()
    const to = place('room', 'cidA')
    for (let i = 0; i < 20; i++) {
      expect(adapter.readyAt?.(to.room)).toBeUndefined()
      await say(to)
      wait(100)
    }
    expect(adapter.readyAt?.(to.room)).toEqual(new Date(now().getTime() + 58_000))
    expect(adapter.readyAt?.(place('room', 'cidB').room)).toBeUndefined()
    expect(adapter.readyAt?.(place('person', 'user1').room)).toBeUndefined()
    expect(await say(to)).toEqual(['later', expect.any(String), 60_000])
    wait(60_000)
    expect(adapter.readyAt?.(to.room)).toBeUndefined()
    expect(fake.sent).toHaveLength(20)
  })

  it('says in Chinese what is to be done in the console', async () => {
    const { fake, say, place } = open()
    const to = place('room', 'cidA')
    const codes = [
      'Forbidden.AccessDenied.ApiCountLimitForOrg',
      'Forbidden.AccessDenied.X',
      'invalidParameter.robotCode.y',
    ]
    const hints = []
    for (const code of codes) {
      const accessdenieddetail = code.endsWith('.X') ? { requiredScopes: ['qyapi_robot_sendmsg'] } : {}
      fake.fail('groupMessages', { status: 403, body: { code, message: 'x', accessdenieddetail } })
      hints.push(await say(to))
    }
    expect(hints.map((hint) => (Array.isArray(hint) ? hint[1] : hint))).toEqual([
      expect.stringMatching(/当月的接口调用次数/),
      expect.stringMatching(/企业内机器人发送消息权限.*缺 qyapi_robot_sendmsg$/),
      expect.stringMatching(/DINGTALK_ROBOT_CODE/),
    ])
  })
})

describe('what else the platform is asked', () => {
  it('accounts by mobile numbers; numbers of nobody are absent', async () => {
    const { fake, adapter } = open()
    fake.mobiles.set('13900000001', 'user1').set('13900000003', 'own:user3')
    const found = await adapter.find?.(['13900000001', '13900000002', '13900000003'])
    expect([...(found ?? [])]).toEqual([
      ['13900000001', 'user1'],
      ['13900000003', 'user3'],
    ])
  })

  it('a dead token there too is fetched again once', async () => {
    const { fake, adapter } = open()
    fake.mobiles.set('13900000001', 'user1')
    await adapter.find?.(['13900000001'])
    fake.revoke()
    expect((await adapter.find?.(['13900000001']))?.size).toBe(1)
    expect(fake.calls.token).toBe(2)
  })

  it('files, by the code that came with the message', async () => {
    const { fake, adapter, hears } = open()
    fake.files.set('code1', new Uint8Array([1, 2, 3]))
    const message = await hears({
      ...hello,
      more: {
        msgtype: 'file',
        text: undefined,
        content: { downloadCode: 'code1', fileName: '报告.docx', fileId: '1' },
      },
    })
    const [file] = message.files ?? []
    if (!file) throw new Error('no file')
    expect(file).toEqual({ kind: 'file', name: '报告.docx', handle: 'code1' })
    expect(await adapter.fetchFile?.(file)).toEqual({ name: '报告.docx', bytes: new Uint8Array([1, 2, 3]) })
  })

  it('files over 20 MB, in the clear, or no longer there are not fetched', async () => {
    const { fake, adapter } = open()
    const fetchFile = (handle: string) =>
      adapter.fetchFile?.({ kind: 'file', name: '', handle }).catch((error: DeliveryError) => error.reason)
    fake.files.set('large', new Uint8Array((20 << 20) + 1)).set('code', new Uint8Array(1))
    expect(await fetchFile('large')).toBe('malformed')
    fake.fail('messageFiles', { status: 200, body: { downloadUrl: 'http://169.254.169.254/' } })
    expect(await fetchFile('code')).toBe('forbidden')
    fake.fail('/code', { status: 302, headers: { location: 'http://169.254.169.254/' } })
    expect(await fetchFile('code')).toBe('gone')
    fake.fail('/code', { status: 503 })
    expect(await fetchFile('code')).toBe('later')
  })

  it('who we are, and what is missing', async () => {
    const { fake, adapter } = open()
    expect(await adapter.probe?.()).toEqual({ identity: '机器人 dingrobot', problems: [] })
    fake.revoke()
    const wrong = createDingtalkAdapter(
      { ...dingtalkConfig, clientSecret: 'x' },
      { fetch: fake.fetch, now: () => new Date(0) },
    )
    expect((await wrong.probe()).problems).toEqual([expect.stringMatching(/DINGTALK_CLIENT_SECRET.*凭证与基础信息/)])
    fake.fail('accessToken', 'unreachable')
    expect((await wrong.probe()).problems).toEqual([
      expect.stringMatching(/^现在问不到 https:.*（dingtalk 连不上）：检查出网.*DINGTALK_API_BASE/),
    ])
  })
})
