import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../../adapters/adapter.ts'
import { createLarkAdapter } from '../../../adapters/lark/index.ts'
import type { Card } from '../../../src/model/card.ts'
import { goldenCards } from '../../contract/cards.ts'
import { createFakeLark, larkConfig, type SentCard } from '../../fakes/lark.ts'
import { checkLarkCard, type FakeLarkCard, larkWords } from '../../fakes/lark-card.ts'
import { toRequest, type Wire } from '../../fakes/wire.ts'

const now = () => new Date(1_700_000_000_000)
const list: Card = {
  title: '待审核',
  tone: 'warn',
  blocks: [{ kind: 'text', text: '公开17-4 2017-07期' }],
  buttons: [{ label: '通过', intent: { intent: 'approve', tasks: ['公开17-4'] } }],
}
const done: Card = { title: '已办结', tone: 'good', blocks: [{ kind: 'text', text: '公开17-4 已办结' }] }

function open() {
  const fake = createFakeLark(larkConfig, now)
  const adapter = createLarkAdapter(larkConfig, { fetch: fake.fetch, now, timeout: 40 })
  const receive = async (wire: Wire) => {
    const received = await adapter.receive?.(toRequest(wire))
    if (!received) throw new Error('no webhook')
    return received
  }
  const to = { platform: 'lark' as const, route: larkConfig.appId, kind: 'room' as const, id: 'oc_finance' }
  return { fake, adapter, receive, to }
}

describe('a pressed button of Lark', () => {
  it('goes through the platform and gets the card as it now stands', async () => {
    const { fake, adapter, receive, to } = open()
    await adapter.deliver({ to, card: list, key: 'k' })
    const [sent] = fake.sent
    if (!sent) throw new Error('nothing was sent')
    const { messages, inline, answer } = await receive(fake.presses('ou_zhang', sent, '通过'))
    const [message] = messages
    if (!message) throw new Error('nothing was pressed')
    expect([inline, message.button, message.room]).toEqual([true, list.buttons?.[0]?.intent, to])
    const outcome = (reply?: Card): Outcome => ({ message, status: 'answered', ...(reply ? { reply } : {}) })
    const body = (await (await answer([outcome(done)])).json()) as {
      toast: { type: string; content: string }
      card: { type: string; data: FakeLarkCard }
    }
    expect(body.toast).toEqual({ type: 'success', content: '已办结' })
    expect(body.card.type).toBe('raw')
    expect(checkLarkCard(body.card.data)).toBeUndefined()
    expect(larkWords(body.card.data)).toContain('公开17-4 已办结')
    expect(await (await answer([outcome()])).json()).toEqual({})
    expect(await (await answer([{ message, status: 'silent', reply: done }])).json()).toEqual({})
    expect(await (await answer([outcome({ title: '只有主科室可以通过', tone: 'warn', blocks: [] })])).json()).toEqual({
      toast: { type: 'warning', content: '只有主科室可以通过' },
    })
  })

  it('that is refused is told to who pressed it, and the card stays', async () => {
    const { fake, adapter, receive, to } = open()
    await adapter.deliver({ to, card: list, key: 'k' })
    const { messages, answer } = await receive(fake.presses('ou_zhang', fake.sent[0] as SentCard, '通过'))
    const [message] = messages
    if (!message) throw new Error('nothing was pressed')
    const reply: Card = {
      title: '没有这项权限',
      tone: 'warn',
      blocks: [
        { kind: 'text', text: '“通过”由主管科室办理。' },
        { kind: 'note', text: '回复“帮助”。' },
      ],
    }
    expect(await (await answer([{ message, status: 'answered', reply, refused: true }])).json()).toEqual({
      toast: { type: 'warning', content: '没有这项权限：“通过”由主管科室办理。' },
    })
  })

  it('of a form brings what was put in', async () => {
    const { fake, adapter, receive, to } = open()
    const card = goldenCards['a form'] as Card
    await adapter.deliver({ to, card, key: 'k' })
    const values = { period: '2017-07', links: 'http://a.gov.cn', reviewer: '' }
    const [message] = (await receive(fake.submits('ou_zhang', fake.sent[0] as SentCard, values))).messages
    expect([message?.button, message?.filled]).toEqual([card.form?.intent, values])
    const forged = fake.pressesValue('ou_zhang', 'oc_finance', { v: 1, intent: card.form?.intent }, ['x'] as never)
    await expect(receive(forged)).rejects.toMatchObject({ status: 400 })
  })

  it('in a single chat comes from the person', async () => {
    const { fake, adapter, receive, to } = open()
    await adapter.deliver({ to: { ...to, kind: 'person', id: 'ou_zhang' }, card: list, key: 'k' })
    const [sent] = fake.sent
    if (!sent) throw new Error('nothing was sent')
    expect(sent.to).toBe('ou_zhang')
    const [message] = (await receive(fake.presses('ou_zhang', sent, '通过'))).messages
    expect(message?.room).toMatchObject({ kind: 'person', id: 'ou_zhang' })
  })
})

describe('what Lark is asked for besides', () => {
  it('asks for its own id once, and lets the platform send again what it cannot tell', async () => {
    const { fake, receive } = open()
    const wire = fake.says({ from: 'ou_a', chat: 'oc_finance', text: '本月到期', at: true })
    fake.fail('/bot/v3/info', { status: 503 })
    await expect(receive(wire)).rejects.toMatchObject({ reason: 'later' })
    for (let i = 0; i < 3; i++)
      expect((await receive(wire)).messages[0]).toMatchObject({ addressed: true, text: '本月到期' })
    await receive(fake.says({ from: 'ou_a', text: '单聊' }))
    expect(fake.calls.info).toBe(1)
  })
})

describe('delivering to Lark', () => {
  it.each([
    [503, {}, 'later'],
    [500, {}, 'unsure'],
    [504, {}, 'unsure'],
    [200, {}, 'unsure'],
    [500, { code: 2200 }, 'later'],
  ] as const)('of %d %o it says whether it may have been sent', async (status, body, reason) => {
    const { fake, adapter, to } = open()
    fake.fail('/im/v1/messages', { status, body })
    await expect(adapter.deliver({ to, card: done, key: 'k' })).rejects.toMatchObject({ reason })
  })

  it('a question for a token that nobody answers has sent nothing', async () => {
    const { fake, adapter, to } = open()
    fake.fail('/auth/v3', 'slow')
    await expect(adapter.deliver({ to, card: done, key: 'k' })).rejects.toMatchObject({ reason: 'later' })
  })

  it('calls in a group whom it concerns, and nobody in a single chat', async () => {
    const { fake, adapter, to } = open()
    const mention = [{ route: '*', id: 'ou_zhang', name: '张' }]
    await adapter.deliver({ to, card: done, key: 'a', mention })
    await adapter.deliver({ to: { ...to, kind: 'person', id: 'ou_zhang' }, card: done, key: 'b', mention })
    expect(fake.sent.map(({ card }) => card.body.elements.at(-1)?.content)).toEqual([
      '<at id=ou_zhang></at>',
      undefined,
    ])
  })

  it('sends one message a key, however often it is tried', async () => {
    const { fake, adapter, to } = open()
    const delivery = { to, card: done, key: 'remind:公开17-4:2017-07:7d:市财政局:一个很长的原因也不超过五十个字符' }
    const [first, second] = [await adapter.deliver(delivery), await adapter.deliver(delivery)]
    expect(second).toEqual(first)
    expect(fake.sent).toHaveLength(1)
    expect(fake.sent[0]?.uuid).toMatch(/^[0-9a-f]{40}$/)
  })

  it('replies to the message while that is there, else speaks in the group', async () => {
    const { fake, adapter, to, receive } = open()
    const [message] = (
      await receive(fake.says({ from: 'ou_a', chat: 'oc_finance', text: '到期', at: true, id: 'om_q' }))
    ).messages
    if (!message?.replyBy) throw new Error('no way back')
    const { replyBy } = message
    await adapter.deliver({ to, card: done, key: 'a', replyBy })
    fake.fail('/reply', { status: 400, body: { code: 230011 } })
    await adapter.deliver({ to, card: done, key: 'b', replyBy })
    await adapter.deliver({ to, card: done, key: 'c', replyBy: { ...replyBy, until: now() } })
    expect(fake.sent.map((each) => each.replyTo ?? each.to)).toEqual(['om_q', 'oc_finance', 'oc_finance'])
    fake.fail('/reply', 'slow')
    await expect(adapter.deliver({ to, card: done, key: 'd', replyBy })).rejects.toMatchObject({ reason: 'unsure' })
    expect(fake.sent).toHaveLength(3)
    fake.fail('/reply', { status: 400, body: { code: 230011 } })
    await expect(adapter.deliver({ to, card: done, key: 'd', replyBy, again: true })).rejects.toMatchObject({
      reason: 'malformed',
    })
    expect(fake.sent).toHaveLength(3)
  })

  it('waits as long as the platform says', async () => {
    const { fake, adapter, to } = open()
    fake.fail('/im/v1/messages', { status: 429, body: { code: 99991400 }, headers: { 'x-ogw-ratelimit-reset': '7' } })
    await expect(adapter.deliver({ to, card: done, key: 'k' })).rejects.toMatchObject({ reason: 'later', after: 7000 })
  })

  it('goes on at once where a kept connection had just been closed', async () => {
    const { fake, adapter, to } = open()
    fake.fail('/im/v1/messages', 'broken')
    await adapter.deliver({ to, card: done, key: 'k' })
    fake.fail('/im/v1/messages', 'broken')
    fake.fail('/im/v1/messages', 'broken')
    await expect(adapter.deliver({ to, card: done, key: 'l' })).rejects.toMatchObject({ reason: 'unsure' })
    expect(fake.sent).toHaveLength(1)
    // The first of the two tries may have arrived, whatever the second one met with.
    fake.fail('/im/v1/messages', 'broken')
    fake.fail('/im/v1/messages', { status: 429, body: { code: 99991400 } })
    await expect(adapter.deliver({ to, card: done, key: 'm' })).rejects.toMatchObject({ reason: 'unsure' })
  })

  it('does not go round in circles with a token that stays dead', async () => {
    const { fake, adapter, to } = open()
    for (let i = 0; i < 3; i++) fake.fail('/im/v1/messages', { status: 400, body: { code: 99991663 } })
    await expect(adapter.deliver({ to, card: done, key: 'k' })).rejects.toMatchObject({
      reason: 'later',
      after: 60_000,
    })
    expect([fake.calls.token, fake.calls.send]).toEqual([2, 0])
  })

  it('says of a wrong secret that it is forbidden, and of a room that it is gone, without secrets', async () => {
    const { fake, adapter, to } = open()
    fake.gone.add('oc_finance')
    await expect(adapter.deliver({ to, card: done, key: 'k' })).rejects.toMatchObject({
      reason: 'gone',
      message: 'lark 200 code 230002：机器人不在这个群里：请群主重新添加',
    })
    const wrong = createLarkAdapter({ ...larkConfig, appSecret: 'wrong' }, { fetch: fake.fetch, now })
    await expect(wrong.deliver({ to, card: done, key: 'k' })).rejects.toMatchObject({
      reason: 'forbidden',
      message: expect.stringMatching(/^lark 200 code 10014：LARK_APP_SECRET 不对/),
    })
  })

  it('renews its token half an hour before the end', async () => {
    let time = 1_700_000_000_000
    const clock = () => new Date(time)
    const fake = createFakeLark(larkConfig, clock)
    const adapter = createLarkAdapter(larkConfig, { fetch: fake.fetch, now: clock })
    const { to } = open()
    for (const [minutes, asked] of [
      [0, 1],
      [89, 1],
      [91, 2],
    ] as const) {
      time = 1_700_000_000_000 + minutes * 60_000
      await adapter.deliver({ to, card: done, key: `at ${minutes}` })
      expect(fake.calls.token).toBe(asked)
    }
  })
})
