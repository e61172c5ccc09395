import { describe, expect, it } from 'vitest'
import { createWecomAppAdapter } from '../../../adapters/wecom/app/index.ts'
import type { Card } from '../../../src/model/card.ts'
import { createFakeWecomApp, wecomAppConfig } from '../../fakes/wecom-app.ts'
import { toRequest, type Wire } from '../../fakes/wire.ts'

const done: Card = { title: '已收到', tone: 'good', blocks: [{ kind: 'text', text: '公开17-4 已登记' }] }
const asked: Card = {
  title: '市财政局 反馈',
  tone: 'plain',
  blocks: [
    { kind: 'text', text: '公开17-4 2017-07期，请审核' },
    { kind: 'fields', fields: [['期限', '每月20日前']] },
  ],
  buttons: [
    { label: '通过', intent: { intent: 'approve', tasks: ['公开17-4'] }, style: 'primary' },
    { label: '退回', intent: { intent: 'return', tasks: ['公开17-4'] }, style: 'danger' },
  ],
}
const lines = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ text: `第${i + 1}项 ${'按月公开'.repeat(8)}` }))

function open(timeout = 40) {
  let time = 1_700_000_000_000
  const now = () => new Date(time)
  const fake = createFakeWecomApp(wecomAppConfig, now)
  const adapter = createWecomAppAdapter(wecomAppConfig, { fetch: fake.fetch, now, timeout })
  const receive = async (wire: Wire) => {
    const received = await adapter.receive?.(toRequest(wire))
    if (!received) throw new Error('no webhook')
    return received
  }
  const to = { platform: 'wecom' as const, route: wecomAppConfig.agentId, kind: 'person' as const, id: 'zhangsan' }
  const pass = (ms: number) => {
    time += ms
  }
  return { fake, adapter, receive, to, pass }
}

describe('what is sent to a member', () => {
  it('is one card with its buttons where all its words fit there', async () => {
    const { fake, adapter, to } = open()
    const { ref } = await adapter.deliver({ to, card: asked, key: 'k' })
    expect(fake.sent).toHaveLength(1)
    expect(fake.sent[0]?.card).toMatchObject({
      main_title: { title: '市财政局 反馈' },
      sub_title_text: '公开17-4 2017-07期，请审核',
      horizontal_content_list: [{ keyname: '期限', value: '每月20日前' }],
      task_id: ref,
    })
    expect(fake.sent[0]?.card?.button_list.map(({ text, style }) => [text, style])).toEqual([
      ['通过', 1],
      ['退回', 3],
    ])
  })

  it.each<[why: string, change: Partial<Card>]>([
    ['a list', { blocks: [{ kind: 'list', lines: lines(2) }] }],
    ['long words', { blocks: [{ kind: 'text', text: '长'.repeat(161) }] }],
    ['a long label', { blocks: [{ kind: 'fields', fields: [['责任科室名称', '甲']] }] }],
    ['a long value', { blocks: [{ kind: 'fields', fields: [['期限', '日'.repeat(31)]] }] }],
    ['seven rows', { blocks: [{ kind: 'fields', fields: Array.from({ length: 7 }, () => ['项', '值']) }] }],
    ['a long title', { title: '反'.repeat(37) }],
  ])('is words and then the buttons where a card would cut %s', async (_, change) => {
    const { fake, adapter, to } = open()
    await adapter.deliver({ to, card: { ...asked, ...change }, key: 'k' })
    expect(fake.sent.map(({ card }) => card?.button_list.length)).toEqual([undefined, 2])
    expect(fake.sent[1]?.card?.main_title.desc).toBe('内容见上一条')
  })

  it('is pages, numbered, where it is long, and says what it leaves out', async () => {
    const { fake, adapter, to } = open()
    await adapter.deliver({ to, card: { ...done, blocks: [{ kind: 'list', lines: lines(30) }] }, key: 'a' })
    const words = fake.sent.map((sent) => sent.words)
    expect(words.map((each) => /（\d\/\d）/.exec(each)?.[0])).toEqual(['（1/2）', '（2/2）'])
    for (let i = 1; i <= 30; i++) expect(words.join('\n')).toMatch(new RegExp(`^第${i}项 (按月公开){8}$`, 'm'))
    await adapter.deliver({ to, card: { ...done, blocks: [{ kind: 'list', lines: lines(300) }] }, key: 'b' })
    expect(fake.sent).toHaveLength(5)
    expect(fake.sent.at(-1)?.words).toMatch(/（另有\d+行未显示，请缩小范围再问）/)
  })

  it('reaches one member and nobody else', async () => {
    const { fake, adapter, to } = open()
    for (const id of ['@all', 'a|b', '', 'a b', 'x'.repeat(65)])
      await expect(adapter.deliver({ to: { ...to, id }, card: done, key: 'k' })).rejects.toMatchObject({
        reason: 'malformed',
      })
    await expect(adapter.deliver({ to: { ...to, kind: 'room' }, card: done, key: 'k' })).rejects.toMatchObject({
      reason: 'no-route',
    })
    expect(fake.calls.send).toBe(0)
  })
})

describe('exactly once', () => {
  it.each([
    ['words', done],
    ['a card', asked],
    ['pages and buttons', { ...asked, blocks: [{ kind: 'list' as const, lines: lines(40) }] }],
  ])('%s arrive once a key for as long as it promises', async (_, card) => {
    const { fake, adapter, to, pass } = open()
    const first = await adapter.deliver({ to, card, key: 'k' })
    const count = fake.sent.length
    pass((adapter.once ?? 0) - 1)
    expect((await adapter.deliver({ to, card, key: 'k', again: true })).ref).toBe(first.ref)
    expect(fake.sent).toHaveLength(count)
    expect(fake.calls.repeat).toBe(count)
  })

  it('two that say the same arrive both', async () => {
    const { fake, adapter, to } = open()
    for (const card of [done, asked])
      for (const key of ['one', 'two']) await adapter.deliver({ to, card, key: `${card.title} ${key}` })
    expect(fake.sent).toHaveLength(4)
    expect(fake.sent[0]?.words.split('\n').slice(0, -1)).toEqual(fake.sent[1]?.words.split('\n').slice(0, -1))
  })

  it.each([45009, 81013, 40058])(
    'after a part has arrived nothing is certain, and the rest comes with the next try: %i',
    async (errcode) => {
      const { fake, adapter, to } = open()
      const card = { ...asked, blocks: [{ kind: 'list' as const, lines: lines(2) }] }
      fake.fail('/message/send', 'pass')
      fake.fail('/message/send', { status: 200, body: { errcode } })
      await expect(adapter.deliver({ to, card, key: 'k' })).rejects.toMatchObject({ reason: 'unsure' })
      expect(fake.sent).toHaveLength(1)
      await adapter.deliver({ to, card, key: 'k', again: true })
      expect(fake.sent.map((sent) => sent.card !== undefined)).toEqual([false, true])
    },
  )

  it('a platform that is slow gets the rest with the next try', async () => {
    const { fake, to } = open()
    let time = 0
    const slowly: typeof fetch = async (...args) => {
      time += 7000
      return fake.fetch(...args)
    }
    const adapter = createWecomAppAdapter(wecomAppConfig, { fetch: slowly, now: () => new Date(time) })
    const card = { ...asked, blocks: [{ kind: 'list' as const, lines: lines(60) }] }
    await expect(adapter.deliver({ to, card, key: 'k' })).rejects.toMatchObject({ reason: 'unsure' })
    expect(fake.sent).toHaveLength(2)
    time = 0
    for (let i = 0; i < 2; i++) await adapter.deliver({ to, card, key: 'k', again: true }).catch(() => undefined)
    expect(fake.sent.length).toBeGreaterThan(2)
  })

  it('goes on at once where a kept connection had just been closed, and does not trust what follows', async () => {
    const { fake, adapter, to } = open()
    fake.fail('/message/send', 'broken')
    await adapter.deliver({ to, card: done, key: 'k' })
    expect(fake.sent).toHaveLength(1)
    fake.fail('/message/send', 'broken')
    fake.fail('/message/send', { status: 200, body: { errcode: 45009 } })
    await expect(adapter.deliver({ to, card: done, key: 'l' })).rejects.toMatchObject({ reason: 'unsure' })
  })
})

describe('what goes wrong', () => {
  const refused = (errcode: number) => ({ status: 200, body: { errcode, errmsg: 'x' } })

  it('asks for one new token, and no third', async () => {
    const { fake, adapter, to } = open()
    for (const [errcode, reason] of [
      [40014, 'later'],
      [42001, 'later'],
      [40001, 'forbidden'],
    ] as const) {
      const asked = fake.calls.token
      for (let i = 0; i < 2; i++) fake.fail('/message/send', refused(errcode))
      await expect(adapter.deliver({ to, card: done, key: 'k' })).rejects.toMatchObject({ reason })
      expect(fake.calls.token - asked).toBeLessThanOrEqual(2)
    }
    fake.fail('/message/send', refused(42001))
    await adapter.deliver({ to, card: done, key: 'k' })
    expect(fake.sent).toHaveLength(1)
  })

  it('asks for a token anew before its end', async () => {
    const { fake, adapter, to, pass } = open()
    const asked = []
    for (const minutes of [0, 107, 2]) {
      pass(minutes * 60_000)
      await adapter.deliver({ to, card: done, key: `k${minutes}` })
      asked.push(fake.calls.token)
    }
    expect(asked).toEqual([1, 1, 2])
  })

  it('a question for a token that nobody answers has sent nothing', async () => {
    const { fake, adapter, to } = open()
    for (const fault of ['slow', { status: 502 }, refused(-1)] as const) {
      fake.fail('/gettoken', fault)
      await expect(adapter.deliver({ to, card: done, key: 'k' })).rejects.toMatchObject({ reason: 'later' })
    }
  })

  it('tries a wrong secret once in five minutes, and says that it is wrong without saying it', async () => {
    const { fake, to } = open()
    let time = 0
    const now = () => new Date(time)
    const config = { ...wecomAppConfig, secret: 'wrong-secret' }
    const adapter = createWecomAppAdapter(config, { fetch: fake.fetch, now })
    const fails = () => adapter.deliver({ to, card: done, key: 'k' }).catch((error: unknown) => error as Error)
    for (let i = 0; i < 3; i++) {
      const error = await fails()
      expect(error).toMatchObject({
        reason: 'forbidden',
        message: expect.stringMatching(/^wecom errcode 40001：WECOM_SECRET 不对.*应用管理/),
      })
      expect(JSON.stringify([error, String(error)])).not.toContain('wrong-secret')
    }
    expect(fake.calls.token).toBe(1)
    time += 5 * 60_000
    await fails()
    expect(fake.calls.token).toBe(2)
  })

  it('says of an address that is not trusted what to do', async () => {
    const { fake, adapter, to } = open()
    const errmsg = 'not allow to access from your ip, hint: [1], from ip: 203.0.113.7, more info'
    fake.fail('/message/send', { status: 200, body: { errcode: 60020, errmsg } })
    await expect(adapter.deliver({ to, card: done, key: 'k' })).rejects.toMatchObject({
      reason: 'forbidden',
      message: expect.stringMatching(/^wecom errcode 60020：.*企业可信IP.*要加的是 203\.0\.113\.7$/),
    })
  })

  it('waits a minute, then ten, then an hour where too much was sent, until something goes through', async () => {
    const { fake, adapter, to, pass } = open()
    const refusedFor = async () => {
      fake.fail('/message/send', refused(45009))
      return adapter.deliver({ to, card: done, key: 'k' }).catch((error: { after?: number }) => error.after)
    }
    const waits = []
    for (const minutes of [0, 1, 1, 50, 10]) {
      pass(minutes * 60_000)
      waits.push(await refusedFor())
    }
    expect(waits).toEqual([60_000, 60_000, 600_000, 600_000, 3_600_000])
    await adapter.deliver({ to, card: done, key: 'k' })
    expect(await refusedFor()).toBe(60_000)
  })

  it('tells a member whom the app does not reach from others', async () => {
    const { fake, adapter, to } = open()
    fake.strangers.add('ZhangSan')
    await expect(adapter.deliver({ to: { ...to, id: 'ZhangSan' }, card: done, key: 'k' })).rejects.toMatchObject({
      reason: 'gone',
    })
    await adapter.deliver({ to, card: done, key: 'k' })
  })
})

describe('what is refused', () => {
  it.each([
    ['signature', { token: 'Othertoken' }],
    ['corp-id', { corpId: 'wx5823bf96d3bd56c7' }],
    ['agent-id', { agentId: '1000003' }],
  ])('says which setting may be wrong: %s', async (why, other) => {
    const log: string[] = []
    const now = () => new Date(1_700_000_000_000)
    const deps = { fetch, now, log: ({ outcome }: { outcome: string }) => void log.push(outcome) }
    const adapter = createWecomAppAdapter({ ...wecomAppConfig, ...other }, deps)
    const wire = createFakeWecomApp(wecomAppConfig, now).says({ from: 'li', text: '收到' })
    await expect(adapter.receive?.(toRequest(wire))).rejects.toMatchObject({ status: 401 })
    expect(log).toEqual([why])
  })
})

describe('what a member does', () => {
  it('presses a button of a card that was sent', async () => {
    const { fake, adapter, receive, to } = open()
    const { ref } = await adapter.deliver({ to, card: asked, key: 'k' })
    const card = fake.sent[0]?.card
    const key = card?.button_list[0]?.key ?? ''
    const { messages, inline, answer } = await receive(fake.presses('zhangsan', key, card?.task_id))
    expect(messages[0]).toMatchObject({ button: asked.buttons?.[0]?.intent, quotes: ref, room: to, addressed: true })
    expect(inline).toBe(false)
    expect(await fake.read(await answer([]))).toBeUndefined()
  })

  it('presses twice, later or elsewhere, and that is another message', async () => {
    const { fake, receive, pass } = open()
    const key = JSON.stringify({ v: 1, intent: { intent: 'help' } })
    const id = async (wire: Wire) => (await receive(wire)).messages[0]?.id
    const wire = fake.presses('li', key, 't1')
    const ids = [await id(wire), await id(fake.presses('wang', key, 't1')), await id(fake.presses('li', key, 't2'))]
    pass(1000)
    ids.push(await id(fake.presses('li', key, 't1')))
    expect(await id(wire)).toBe(ids[0])
    expect(new Set(ids).size).toBe(4)
    for (const each of ids) expect(each).toMatch(/^event-[0-9a-f]{32}$/)
  })

  it('chooses from a menu, which says its key', async () => {
    const { fake, receive } = open()
    const wire = fake.callback('li', { MsgType: 'event', Event: 'click', EventKey: '本月到期' })
    expect((await receive(wire)).messages[0]).toMatchObject({ text: '本月到期', addressed: true })
  })

  it.each(['voice', 'video', 'location', 'link', 'of tomorrow'])(
    'sends %s, and hears that it was not read',
    async (MsgType) => {
      const { fake, receive } = open()
      const { messages, answer } = await receive(fake.callback('li', { MsgType, MediaId: 'm', MsgId: '1' }))
      expect(messages).toEqual([])
      const response = await answer([])
      expect(response.status).toBe(200)
      const reply = await fake.read(response)
      expect(reply).toContain('<ToUserName><![CDATA[li]]></ToUserName>')
      expect(reply).toContain('<MsgType><![CDATA[text]]></MsgType>')
      expect(reply).toContain('请用文字说明')
    },
  )
})
