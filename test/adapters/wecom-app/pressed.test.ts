import { describe, expect, it } from 'vitest'
import type { Button, Card } from '../../../src/model/card.ts'
import { goldenCards } from '../../contract/cards.ts'
import { openApp } from './open.ts'

const button = (label: string, period = label): Button => ({
  label,
  intent: { intent: 'report', tasks: ['4'], period },
})
const asked: Card = {
  title: '市财政局 反馈',
  tone: 'plain',
  blocks: [{ kind: 'text', text: '公开17-4 2017-07期，请审核' }],
  buttons: [button('通过'), button('退回')],
}
const done: Card = { title: '已登记', tone: 'good', blocks: [{ kind: 'text', text: '公开17-4 7月期 已办结' }] }
const long: Card = { ...done, blocks: [{ kind: 'text', text: '长'.repeat(400) }] }

/** A card was sent and its first button pressed. */
async function press() {
  const bench = openApp()
  const { ref, edit } = await bench.adapter.deliver({ to: bench.to, card: asked, key: 'asked' })
  const card = bench.fake.sent[0]?.card
  const key = card?.button_list[0]?.key ?? ''
  const message = await bench.receive(bench.fake.presses('zhangsan', key, card?.task_id))
  const { replyBy } = message
  if (!replyBy) throw new Error('no way back')
  const answer = (card: Card, key = 'answer', again = false) =>
    bench.adapter.deliver({ to: bench.to, card, key, replyBy, ...(again ? { again } : {}) })
  bench.fake.sent.length = 0
  return { ...bench, message, replyBy, answer, ref: ref ?? '', edit: edit ?? '' }
}

describe('a pressed card', () => {
  it('brings a code that is good once, for 72 hours', async () => {
    const { message, replyBy } = await press()
    expect(replyBy.until.getTime() - message.at.getTime()).toBe(72 * 3_600_000 - 5 * 60_000)
    expect(message).toMatchObject({
      button: asked.buttons?.[0]?.intent,
      quotes: expect.stringMatching(/^[0-9a-f]{32}$/),
    })
  })

  it('becomes a small answer, whose buttons nobody can press any more, and nothing else is said', async () => {
    const { fake, answer, replyBy } = await press()
    expect(await answer(done)).toEqual({})
    expect(fake.sent).toEqual([])
    expect(fake.changed).toMatchObject([{ code: replyBy.handle, to: 'zhangsan' }])
    expect(fake.changed[0]?.card).toMatchObject({
      main_title: { title: '已登记' },
      sub_title_text: '公开17-4 7月期 已办结',
      replace_text: '已登记',
    })
  })

  it('becomes an answer with buttons of its own', async () => {
    const { fake, answer } = await press()
    await answer({ ...done, buttons: [button('撤回')] })
    expect(fake.changed[0]?.card?.button_list.map(({ text }) => text)).toEqual(['撤回'])
    expect(fake.changed[0]?.card).not.toHaveProperty('replace_text')
  })

  it.each<[why: string, card: Card]>([
    ['is long', long],
    ['is a list', { ...done, blocks: [{ kind: 'list', lines: [{ text: '公开17-4' }] }] }],
    ['has a table', { ...(goldenCards['a table'] as Card), title: '已登记' }],
    ['has more buttons than a card takes', { ...done, buttons: Array.from({ length: 7 }, (_, i) => button(`${i}月`)) }],
    ['asks for more', { ...(goldenCards['a form'] as Card), title: '已登记' }],
  ])('is greyed and the answer is a message where it %s', async (_, card) => {
    const { fake, answer } = await press()
    const { ref } = await answer(card)
    expect(ref).toMatch(/^[0-9a-f]{32}$/)
    expect(fake.sent.length).toBeGreaterThan(0)
    expect(fake.changed).toMatchObject([{ greyed: '已登记' }])
  })

  it('stays as it is where what was asked for was not done', async () => {
    const { fake, answer } = await press()
    await answer({ ...done, title: '没有这项权限', tone: 'warn' })
    expect(fake.sent[0]?.words).toContain('没有这项权限')
    expect(fake.changed).toEqual([])
  })

  it.each([
    ['was used up', { status: 200, body: { errcode: 60140 } }],
    ['cannot be changed', { status: 200, body: { errcode: 40058 } }],
    ['is not answered for', 'slow'],
    ['meets a server in trouble', { status: 502 }],
  ] as const)('gives its answer as a message where it %s', async (_, fault) => {
    const { fake, answer, log } = await press()
    fake.fail('/message/update_template_card', fault)
    await answer(done)
    expect(fake.sent.map(({ words }) => words)).toMatchObject([expect.stringContaining('已登记')])
    expect(fake.changed).toEqual([])
    expect(log).toHaveLength(1)
  })

  it('loses no long answer where it cannot be greyed', async () => {
    const { fake, answer } = await press()
    fake.fail('/message/update_template_card', { status: 200, body: { errcode: 60140 } })
    await answer(long)
    expect(fake.sent).toHaveLength(1)
  })

  it('gives its answer as a message when the code is too old', async () => {
    const { fake, answer, pass } = await press()
    pass(72 * 3_600_000)
    await answer(done)
    expect(fake.sent).toHaveLength(1)
    expect(fake.changed).toEqual([])
  })

  it('is tried again without a second message', async () => {
    const { fake, answer } = await press()
    await answer(long)
    await answer(long, 'answer', true)
    expect(fake.sent).toHaveLength(1)
  })
})

describe('a card that was sent', () => {
  it('is put into its present state once', async () => {
    const { fake, adapter, to, ref, edit } = await press()
    const state: Card = { ...asked, title: '市财政局 已通过', buttons: [] }
    await adapter.update?.({ to, ref, edit, card: state })
    expect(fake.changed[0]?.card).toMatchObject({
      main_title: { title: '市财政局 已通过' },
      sub_title_text: '公开17-4 2017-07期，请审核',
      replace_text: '已办理',
    })
    await expect(adapter.update?.({ to, ref, edit, card: state })).rejects.toMatchObject({ reason: 'gone' })
  })

  it('is gone after 72 hours, or where it was never one with buttons', async () => {
    const { adapter, to, ref, edit, pass } = await press()
    await expect(adapter.update?.({ to, ref, card: asked })).rejects.toMatchObject({ reason: 'gone' })
    pass(72 * 3_600_000 + 1)
    await expect(adapter.update?.({ to, ref, edit, card: asked })).rejects.toMatchObject({ reason: 'gone' })
  })

  it('says of a fault of the moment that it is one', async () => {
    const { fake, adapter, to, ref, edit } = await press()
    for (const [errcode, reason] of [
      [45009, 'later'],
      [60020, 'forbidden'],
      [40058, 'malformed'],
      [42016, 'gone'],
    ] as const) {
      fake.fail('/message/update_template_card', { status: 200, body: { errcode } })
      await expect(adapter.update?.({ to, ref, edit, card: asked })).rejects.toMatchObject({ reason })
    }
  })

  it('has room for whole lines only, and says how many are not shown', async () => {
    const { fake, adapter, to, ref, edit } = await press()
    const lines = Array.from({ length: 12 }, (_, i) => ({ text: `第${i + 1}项 ${'按月公开'.repeat(5)}` }))
    await adapter.update?.({ to, ref, edit, card: { ...asked, blocks: [{ kind: 'list', lines }] } })
    const words = fake.changed[0]?.card?.sub_title_text ?? ''
    expect(words.split('\n').at(-1)).toMatch(/^（另有\d+行）$/)
    for (const line of words.split('\n').slice(0, -1)) expect(line).toMatch(/^第\d+项 (按月公开){5}$/)
  })

  it.each(Object.entries(goldenCards))('can become %s within the limits', async (_, card) => {
    const { fake, adapter, to, ref, edit } = await press()
    await adapter.update?.({ to, ref, edit, card })
    expect(fake.changed).toHaveLength(1)
    expect(fake.changed[0]?.words).not.toMatch(/[<`[\]\u202e\0]/)
  })

  it('has its buttons six a card, and one press speaks of all of it', async () => {
    const { fake, adapter, receive, to } = openApp()
    const many = { ...asked, buttons: Array.from({ length: 9 }, (_, i) => button(`2017-0${i + 1}期`)) }
    const { ref, edit } = await adapter.deliver({ to, card: many, key: 'many' })
    expect(fake.sent.map(({ card }) => card?.button_list.length)).toEqual([6, 3])
    const second = fake.sent[1]?.card
    const pressed = await receive(fake.presses('zhangsan', second?.button_list[2]?.key ?? '', second?.task_id))
    expect(pressed).toMatchObject({ button: many.buttons[8]?.intent, quotes: ref })
    await adapter.update?.({ to, ref: ref ?? '', ...(edit ? { edit } : {}), card: { ...asked, title: '已定' } })
    expect(fake.changed.map(({ greyed, words }) => greyed ?? words.split('\n')[0])).toEqual(['已定', '已办理'])
  })
})
