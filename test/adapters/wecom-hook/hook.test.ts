import { describe, expect, it } from 'vitest'
import { createWecomHookAdapter, type WecomHookConfig } from '../../../adapters/wecom/hook/index.ts'
import type { Card } from '../../../src/model/card.ts'
import type { DeliveryError } from '../../../src/model/problem.ts'
import { goldenCards } from '../../contract/cards.ts'
import { createFakeWecomHook, hookKey } from '../../fakes/wecom-hook.ts'

const OPEN = 'woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA'
const due: Card = {
  title: '市财政局 8月到期任务',
  tone: 'warn',
  blocks: [{ kind: 'list', lines: [{ text: '公开17-4 按月公开 · 8月20日到期（还有3天）', light: 'yellow' }] }],
}
const long: Card = {
  ...due,
  blocks: [
    { kind: 'list', lines: Array.from({ length: 60 }, (_, i) => ({ text: `第${i + 1}项 ${'按月公开'.repeat(8)}` })) },
  ],
}
const account = (id: string, route = '*') => ({ route, id, name: '某' })

function open(more: Partial<WecomHookConfig> = {}) {
  let time = 1_700_000_000_000
  const now = () => new Date(time)
  const log: unknown[] = []
  const fake = createFakeWecomHook(now)
  const config = { apiBase: 'https://qyapi.weixin.test/', agentId: '1000002', ...more }
  const adapter = createWecomHookAdapter(config, {
    ...{ fetch: fake.fetch, now, timeout: 40 },
    log: (entry) => log.push(entry),
  })
  const to = { platform: 'wecom' as const, route: 'bot', kind: 'room' as const, id: 'wrGROUP1' }
  let count = 0
  const deliver = (card: Card, given = {}) =>
    adapter.deliver({ to, card, key: `k${++count}`, webhook: hookKey, ...given })
  const problem = (card: Card, given = {}) =>
    deliver(card, given).then(
      () => undefined,
      (error: DeliveryError) => error,
    )
  const pass = (ms: number) => {
    time += ms
  }
  return { fake, adapter, to, deliver, problem, pass, log, now }
}

describe('whom a group robot mentions', () => {
  it('are plain userids, once each', async () => {
    const { fake, deliver } = open()
    const mention = [
      account('zhangsan'),
      account('li', '1000002'),
      account('li'),
      account('wang', 'bot'),
      account(OPEN),
      account('@all'),
      account('a|b'),
      account('x><@all'),
      account(''),
    ]
    expect(await deliver(due, { mention })).toEqual({})
    expect(fake.said).toMatchObject([{ msgtype: 'text', mentioned: ['zhangsan', 'li'] }])
    expect(fake.said[0]?.words).toContain('公开17-4')
  })

  it('stand at the head of the first page where a text is too short for the words', async () => {
    const { fake, deliver } = open()
    await deliver(long, { mention: [account('zhangsan'), account('li')] })
    expect(fake.said.map(({ msgtype, mentioned }) => [msgtype, ...mentioned])).toEqual([
      ['markdown', 'zhangsan', 'li'],
      ['markdown'],
    ])
    expect(fake.said[0]?.words.split('\n')[0]).toBe('<@zhangsan><@li>')
  })

  it('are not more than a line of them', async () => {
    const { fake, deliver } = open()
    await deliver(long, { mention: Array.from({ length: 100 }, (_, i) => account(`u${i}`)) })
    expect(fake.said[0]?.mentioned).toHaveLength(20)
  })

  it('nobody is mentioned by what a person typed', async () => {
    const { fake, deliver } = open()
    const hostile = goldenCards['hostile words'] as Card
    await deliver(hostile)
    await deliver({ ...hostile, blocks: [...hostile.blocks, ...long.blocks] })
    expect(new Set(fake.said.map(({ msgtype }) => msgtype))).toEqual(new Set(['text', 'markdown']))
    expect(fake.said.flatMap(({ mentioned }) => mentioned)).toEqual([])
  })

  it('says in words what a form asks for', async () => {
    const { fake, deliver } = open()
    await deliver(goldenCards['a form'] as Card)
    expect(fake.said[0]?.words).toContain('反馈可以用一句话回复：4号8月的已公开')
  })

  it('shows a table as lines, or where it is wanted as a table, with its @ just before', async () => {
    const table = goldenCards['a table'] as Card
    const mention = [account('zhangsan')]
    const [lines, tables] = [open(), open({ tables: true })]
    await lines.deliver(table, { mention })
    await tables.deliver(table, { mention })
    expect(lines.fake.said).toMatchObject([{ msgtype: 'text', mentioned: ['zhangsan'] }])
    expect(tables.fake.said.map(({ msgtype, mentioned }) => [msgtype, ...mentioned])).toEqual([
      ['text', 'zhangsan'],
      ['markdown_v2'],
    ])
    expect(tables.fake.said[1]?.words).toContain('| 单位 | 应完成 | 已办结 | 逾期 | 完成率 |\n| :-- |')
    await tables.deliver({ ...table, blocks: [...table.blocks, ...long.blocks] })
    expect(tables.fake.said.slice(2).map(({ msgtype }) => msgtype)).toEqual(['markdown', 'markdown'])
  })

  it('keeps a cell to its place', async () => {
    const { fake, deliver } = open({ tables: true })
    await deliver({ ...due, blocks: [{ kind: 'table', columns: ['甲|乙', '丙'], rows: [['a\nb', '|x|']] }] })
    expect(fake.said[0]?.words.split('\n').slice(-3)).toEqual(['| 甲｜乙 | 丙 |', '| :-- | :-- |', '| a b | ｜x｜ |'])
  })
})

describe('where it cannot speak', () => {
  it.each([
    ['to a person', { to: { platform: 'wecom', route: 'bot', kind: 'person', id: 'li' } }],
    ['without a robot', { webhook: undefined }],
    ['with something else than a key', { webhook: 'https://qyapi.weixin.test/?key=1' }],
  ])('says so: %s', async (_, given) => {
    const { fake, problem } = open()
    expect((await problem(due, given))?.reason).toBe('no-route')
    expect(fake.said).toEqual([])
  })

  it('says that the robot is gone and what to do, and never the key', async () => {
    const { fake, problem, log } = open()
    const errors: unknown[] = []
    fake.robots.clear()
    errors.push(await problem(due))
    expect(errors[0]).toMatchObject({ reason: 'gone', message: expect.stringContaining('重新添加') })
    for (const fault of ['slow', 'broken', 'unreachable', { status: 500 }] as const) {
      fake.fail(fault)
      errors.push(await problem(due))
    }
    errors.push(await problem(due, { webhook: `${hookKey} ` }))
    const told = JSON.stringify([errors, errors.map(String), errors.map((e) => (e as Error).stack), log])
    expect(told).not.toContain(hookKey)
  })

  it('does not say again what may stand there already', async () => {
    const { fake, problem } = open()
    fake.fail('pass')
    fake.fail({ status: 200, body: { errcode: 45009 } })
    expect((await problem(long))?.reason).toBe('unsure')
    expect(fake.said).toHaveLength(1)
  })
})

describe('twenty a minute', () => {
  it('are kept by each robot, wherever it was used', async () => {
    const { fake, adapter, to, deliver, problem, pass } = open()
    expect(adapter.readyAt?.(to)).toBeUndefined()
    for (let i = 0; i < 18; i++) await deliver(due)
    expect(adapter.readyAt?.(to)).toBeInstanceOf(Date)
    expect(adapter.readyAt?.({ ...to, id: 'wrGROUP2' })).toBeUndefined()
    await deliver(due, { to: { ...to, id: 'wrGROUP2' } })
    await deliver(due)
    pass(10_000)
    expect(await problem(due)).toMatchObject({ reason: 'later', after: 50_000 })
    pass(50_000)
    await deliver(due)
    expect(fake.said).toHaveLength(21)
  })

  it('are asked for by all parts of one together', async () => {
    const { fake, deliver, problem } = open()
    for (let i = 0; i < 19; i++) await deliver(due)
    expect((await problem(long))?.reason).toBe('later')
    expect(fake.said).toHaveLength(19)
    await deliver(due)
    expect((await problem(due))?.reason).toBe('later')
  })
})

it('knows who it is without asking anybody', async () => {
  const { adapter } = open()
  expect((await adapter.probe?.())?.problems).toEqual([])
})
