import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../../adapters/adapter.ts'
import { createWecomBotAdapter } from '../../../adapters/wecom/bot/index.ts'
import type { Card } from '../../../src/model/card.ts'
import { goldenCards } from '../../contract/cards.ts'
import { createFakeWecomBot, wecomBotConfig } from '../../fakes/wecom.ts'
import { toRequest, type Wire } from '../../fakes/wire.ts'
import { vectors } from './vectors.ts'

const now = () => new Date(1_700_000_001_000)
const done: Card = { title: '已登记', tone: 'good', blocks: [{ kind: 'text', text: '公开17-4 待审核' }] }

function open() {
  const fake = createFakeWecomBot(wecomBotConfig, now)
  const adapter = createWecomBotAdapter(wecomBotConfig, { fetch: fake.fetch, now, timeout: 40 })
  /** Receives, answers with `reply`, and opens the answer as the platform would. */
  const turn = async (wire: Wire, reply: Card | undefined, status: Outcome['status'] = 'answered') => {
    const received = await adapter.receive?.(toRequest(wire))
    const message = received?.messages[0]
    if (!received || !message) throw new Error('nothing was said')
    const response = await received.answer([{ message, status, ...(reply ? { reply } : {}) }])
    return { message, inline: received.inline, passive: await fake.read(response) }
  }
  return { fake, adapter, turn }
}

const hello = { from: 'zhangsan', chat: 'wrGROUP1', text: '公开17-4 已报', id: 'm1' }

describe("an answer of WeCom's smart bot", () => {
  it('goes back in the response, and again the same on a redelivery', async () => {
    const { fake, turn } = open()
    const wire = fake.says(hello)
    const { passive, inline } = await turn(wire, done)
    expect(inline).toBe(true)
    expect(passive).toEqual({
      msgtype: 'stream',
      stream: { id: expect.stringMatching(/^[0-9a-f]{32}$/), finish: true, content: '**已登记**\n\n公开17-4 待审核' },
    })
    expect((await turn(wire, done, 'seen')).passive).toEqual(passive)
  })

  it('is empty where there is nothing to say', async () => {
    const { fake, turn } = open()
    expect((await turn(fake.says(hello), done, 'silent')).passive).toBeUndefined()
    expect((await turn(fake.says(hello), undefined)).passive).toBeUndefined()
  })

  it.each(Object.entries(goldenCards))('holds %s within the limits', async (_, card) => {
    const { fake, turn } = open()
    const { passive } = await turn(fake.says(hello), card)
    expect(Buffer.byteLength(passive?.stream?.content ?? '')).toBeLessThanOrEqual(20_000)
  })

  it('puts buttons on a card below, which come back as their frames', async () => {
    const { fake, turn } = open()
    const { passive } = await turn(fake.says(hello), goldenCards.buttons)
    const card = passive?.template_card
    expect(card).toMatchObject({ card_type: 'button_interaction', main_title: { title: '市财政局 反馈' } })
    expect(card?.button_list.map((button) => [button.text, button.style])).toEqual([
      ['通过', 1],
      ['退回', 3],
      ['更多', 2],
    ])
    const press = fake.presses({ from: 'li', chat: 'wrGROUP1' }, card?.button_list[0]?.key ?? '', 'task-7')
    const { message, inline, passive: update } = await turn(press, goldenCards.buttons)
    expect([inline, message.button]).toEqual([false, goldenCards.buttons?.buttons?.[0]?.intent])
    expect(update).toMatchObject({ response_type: 'update_template_card', template_card: { task_id: 'task-7' } })
    // Without buttons of its own: the beginning of its words, and one button that changes nothing.
    const { passive: bare } = await turn(press, done)
    expect(bare?.template_card).toMatchObject({ task_id: 'task-7', sub_title_text: '公开17-4 待审核' })
    expect(bare?.template_card?.button_list.map(({ text }) => text)).toEqual(['帮助'])
    // A press that came to nothing leaves the card to be pressed again.
    expect((await turn(press, { ...goldenCards.buttons, ...done, tone: 'warn' })).passive).toBeUndefined()
  })

  it('leaves out buttons that the platform would refuse', async () => {
    const { fake, turn } = open()
    const intent = { intent: 'task' as const, tasks: Array.from({ length: 200 }, (_, i) => `公开17-${i}`) }
    const help = { label: '帮助', intent: { intent: 'help' as const } }
    const card: Card = { ...done, buttons: [{ label: '全部', intent }, help, help] }
    expect((await turn(fake.says(hello), card)).passive?.template_card?.button_list).toHaveLength(1)
    expect((await turn(fake.says(hello), { ...done, buttons: [{ label: '全部', intent }] })).passive?.msgtype).toBe(
      'stream',
    )
  })

  it('speaks once through the way back of a press, and never of its own accord', async () => {
    const { fake, adapter, turn } = open()
    const { message } = await turn(
      fake.presses({ from: 'li', chat: 'wrGROUP1' }, '{"v":1,"intent":{"intent":"help"}}'),
      done,
    )
    const delivery = { to: message.room, card: done, key: 'k' }
    if (!message.replyBy) throw new Error('no way back')
    const { replyBy } = message
    expect(await adapter.deliver({ ...delivery, replyBy })).toEqual({})
    expect(fake.sent.map((each) => each.content)).toEqual(['**已登记**\n\n公开17-4 待审核'])
    await expect(adapter.deliver({ ...delivery, replyBy })).rejects.toMatchObject({ reason: 'no-route' })
    await expect(adapter.deliver({ ...delivery, replyBy: { ...replyBy, until: now() } })).rejects.toMatchObject({
      reason: 'no-route',
    })
    await expect(adapter.deliver(delivery)).rejects.toMatchObject({ reason: 'no-route' })
    expect(adapter.canStart).toEqual({ room: false, person: false })
  })
})

describe("the platform's vectors through the door", () => {
  const config = {
    botId: 'AIB001',
    token: 'Spamtoken9',
    aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFE',
    botName: '助手',
  }
  const [echo, text] = vectors.filter((vector) => /^C[12]/.test(vector.id))
  const url = (vector = text) =>
    `http://duban.test/webhooks/wecom-bot?msg_signature=${vector?.signature}&timestamp=${vector?.timestamp}&nonce=${vector?.nonce}`

  it('echoes, also where a proxy made spaces of the plus signs', async () => {
    const adapter = createWecomBotAdapter(config, { fetch, now })
    for (const sealed of [encodeURIComponent(echo?.encrypt ?? ''), echo?.encrypt]) {
      const received = await adapter.receive?.(new Request(`${url(echo)}&echostr=${sealed}`))
      expect(await (await received?.answer([]))?.text()).toBe('hello-echo')
    }
  })

  it('reads a text of a group with its quote', async () => {
    const adapter = createWecomBotAdapter(config, { fetch, now })
    const body = JSON.stringify({ encrypt: text?.encrypt })
    const received = await adapter.receive?.(new Request(url(), { method: 'POST', body }))
    expect(received?.messages).toMatchObject([
      {
        id: 'MSG001',
        text: '收到，周五前报送',
        from: { id: 'zhangsan' },
        room: { id: 'wrGROUP1' },
        quoted: '请报送任务ABC-17进展',
      },
    ])
  })
})
