import { describe, expect, it } from 'vitest'
import type { Card, Input } from '../../../src/model/card.ts'
import { openApp } from './open.ts'

const choice = (name: string, count = 2, more: Partial<Input> = {}): Input => ({
  name,
  label: name,
  options: Array.from({ length: count }, (_, i) => ({ value: `2017-0${i + 1}`, label: `${i + 1}月` })),
  ...more,
})
const asks = (...inputs: Input[]): Card => ({
  title: '反馈 公开17-4',
  tone: 'plain',
  blocks: [{ kind: 'text', text: '按月公开财政收支情况' }],
  form: {
    intent: { intent: 'report', tasks: ['4'], plan: '公开17' },
    inputs,
    submit: '提交反馈',
    usage: '也可以直接回复：4号8月的已公开',
  },
})

describe('a form on WeCom', () => {
  it('is a card of lists under the words, on which nothing is chosen beforehand', async () => {
    const { fake, adapter, to } = openApp()
    await adapter.deliver({ to, card: asks(choice('period', 2, { value: '2017-02' }), choice('tasks')), key: 'k' })
    const [words, form] = fake.sent
    expect(words?.words).toContain('按月公开财政收支情况')
    expect(form?.card).toMatchObject({
      card_type: 'multiple_interaction',
      main_title: { title: '反馈 公开17-4', desc: '也可以直接回复：4号8月的已公开' },
      submit_button: { text: '提交反馈' },
    })
    expect(
      form?.card?.select_list?.map((each) => [each.question_key, ...each.option_list.map(({ id }) => id)]),
    ).toEqual([
      ['period', '-', '2017-01', '2017-02'],
      ['tasks', '-', '2017-01', '2017-02'],
    ])
  })

  it('comes back with its frame and what was chosen; what was left open is absent', async () => {
    const { fake, adapter, receive, to } = openApp()
    const { ref } = await adapter.deliver({ to, card: asks(choice('period'), choice('tasks')), key: 'k' })
    const card = fake.sent.at(-1)?.card
    const submit = (chosen: Record<string, string[]>) =>
      receive(fake.submits('zhangsan', card?.submit_button?.key ?? '', chosen, card?.task_id))
    const sent = await submit({ period: ['2017-02'], tasks: ['-'] })
    expect(sent).toMatchObject({
      ...{ button: { intent: 'report', tasks: ['4'], plan: '公开17' }, text: '', quotes: ref },
      filled: { period: '2017-02' },
      replyBy: { handle: expect.any(String) },
    })
    expect((await submit({ period: ['2017-01', '2017-02'] })).filled).toEqual({ period: ['2017-01', '2017-02'] })
    const none = await submit({ period: ['-'], tasks: ['-'] })
    expect(none).not.toHaveProperty('filled')
    expect(new Set([sent.id, none.id]).size).toBe(2)
  })

  it.each<[why: string, card: Card]>([
    ['free words', asks(choice('period'), { name: 'links', label: '链接' })],
    ['four things', asks(choice('a'), choice('b'), choice('c'), choice('d'))],
    ['one of ten', asks(choice('period', 10))],
    ['one of none', asks(choice('period', 0))],
    ['an empty value', asks({ name: 'p', label: 'p', options: [{ value: '', label: '空' }] })],
    ['the same twice', asks({ name: 'p', label: 'p', options: [1, 2].map(() => ({ value: '1', label: '一' })) })],
    ['a long value', asks({ name: 'p', label: 'p', options: [{ value: '长'.repeat(43), label: '长' }] })],
  ])('is told in words where it asks for %s', async (_, card) => {
    const { fake, adapter, to } = openApp()
    await adapter.deliver({ to, card, key: 'k' })
    expect(fake.sent).toHaveLength(1)
    expect(fake.sent[0]?.words).toContain('也可以直接回复：4号8月的已公开')
  })

  it('stands beneath the buttons of its card, and alone where there are no words', async () => {
    const { fake, adapter, to } = openApp()
    const help = [{ label: '帮助', intent: { intent: 'help' as const } }]
    await adapter.deliver({ to, card: { ...asks(choice('period')), buttons: help }, key: 'a' })
    await adapter.deliver({ to, card: { ...asks(choice('period')), blocks: [] }, key: 'b' })
    expect(fake.sent.map(({ card }) => card?.card_type)).toEqual([
      'button_interaction',
      'multiple_interaction',
      'multiple_interaction',
    ])
  })
})
