import { afterEach, expect, it } from 'vitest'
import type { Sink } from '../../adapters/adapter.ts'
import { deliver } from '../../src/flow/deliver.ts'
import { dispatch } from '../../src/flow/dispatch.ts'
import { register } from '../../src/flow/roster.ts'
import { until } from '../fakes/until.ts'
import { type FakeWechat, openWechat } from '../fakes/wechat.ts'
import { accounts, settle, type Who } from '../town/members.ts'
import { officesOf } from '../town/offices.ts'
import { openTown, type Town } from '../town/town.ts'

const nextOffice = officesOf('joint-wechat')
let wechat: FakeWechat | undefined
afterEach(() => wechat?.close())

/** An office whose own room on WeChat hears of an extension that somebody asked for elsewhere. */
const asked = async () => {
  let town: Town | undefined
  let taken = 0
  const sink: Sink = async (message) => {
    if (!town) throw new Error('too early')
    const turn = await dispatch(town.deps, message)
    await deliver(town.deps)
    taken++
    return turn
  }
  wechat = await openWechat(sink, { now: () => town?.deps.now() ?? new Date() })
  const fake = wechat
  await fake.login()
  const opened = await openTown(nextOffice(), { adapters: [fake.adapter] })
  town = opened
  await settle(opened, 'wechat')
  const address = { platform: 'wechat' as const, route: '*', kind: 'room' as const, id: 'topic:督办科' }
  const stamp = { by: 'admin:test', via: 'test:desk', at: opened.deps.now() }
  await register(opened.deps, { rooms: [{ address, scope: 'office', units: [] }] }, stamp)
  opened.on('2017-08-21')
  const desk = fake.room(
    '@@desk',
    '督办科',
    Object.values(accounts).map((id) => fake.contact(id)),
  )
  await opened.as('liaison:市财政局').says('R-2申请延期到8月30日，因系统升级')
  await deliver(opened.deps)
  await until(() => fake.sent.length > 0)
  /** What is said at the office's desk; whoever asked hears of it elsewhere. */
  const atDesk = () => fake.sent.filter(({ to }) => to === '@@desk')
  const since = async (before: number) => {
    await until(() => atDesk().length > before)
    return atDesk()
      .slice(before)
      .map(({ text }) => text)
      .join('\n')
  }
  return {
    ...{ fake, town: opened, pushed: fake.sent.map(({ to, text }) => [to, text]) },
    says: async (who: Who, text: string) => {
      const before = atDesk().length
      fake.contact(accounts[who]).say(`@${fake.me.payload.name}\u2005 ${text}`, [fake.me]).to(desk)
      return since(before)
    },
    /** Nobody is spoken to: what the group says among itself. */
    mutters: async (who: Who, text: string) => {
      const before = taken
      fake.contact(accounts[who]).say(text).to(desk)
      await new Promise((done) => setTimeout(done, 50))
      return taken - before
    },
  }
}

it('a bare number answers what was pushed into the office’s room, once', async () => {
  const { pushed, says } = await asked()
  expect(pushed).toEqual([['@@desk', expect.stringMatching(/延期申请：市财政局[\s\S]*回复数字办理：1 同意　2 不同意/)]])
  expect(await says('finance', '1')).toMatch(/没有这项权限/)
  expect(await says('office', '7')).toMatch(/没有第7项/)
  expect(await says('office', '1')).toMatch(/已同意延期/)
  expect(await says('office', '1')).toMatch(/情况已有变化[\s\S]*本次没有登记/)
})

it('a number that the group says among itself is nobody’s; a day later it is stale', async () => {
  const { town, says, mutters, fake } = await asked()
  const before = fake.sent.length
  expect(await mutters('office', '1')).toBe(0)
  expect(fake.sent.length).toBe(before)
  town.on('2017-08-22', '11:00')
  expect(await says('office', '1')).toMatch(/没有听懂/)
})
