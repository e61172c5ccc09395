import { afterEach, expect, it } from 'vitest'
import type { Sink } from '../../adapters/adapter.ts'
import { deliverSoon } from '../../src/flow/deliver.ts'
import { dispatch } from '../../src/flow/dispatch.ts'
import { register } from '../../src/flow/roster.ts'
import { until } from '../fakes/until.ts'
import { type FakeWechat, openWechat } from '../fakes/wechat.ts'
import { accounts, settle } from '../town/members.ts'
import { officesOf } from '../town/offices.ts'
import { openTown, type Town } from '../town/town.ts'
import { runMainJob } from './main-job.ts'

const nextOffice = officesOf('wechat')
let wechat: FakeWechat | undefined
afterEach(() => wechat?.close())

/** The transcript's office on WeChat: its work group goes by its name, as where ids change with every login. */
const open = async () => {
  let town: Town | undefined
  const settled = new Set<string>()
  const sink: Sink = async (message) => {
    if (!town) throw new Error('too early')
    const turn = await dispatch(town.deps, message)
    deliverSoon(town.deps)
    settled.add(message.text)
    return turn
  }
  wechat = await openWechat(sink, { now: () => town?.deps.now() ?? new Date() })
  const fake = wechat
  await fake.login()
  const opened = await openTown(nextOffice(), { adapters: [fake.adapter] })
  await settle(opened, 'wechat')
  const work = { platform: 'wechat' as const, route: '*', kind: 'room' as const, id: 'topic:信息公开工作群' }
  await register(
    opened.deps,
    { rooms: [{ address: work, scope: 'all', units: [] }] },
    { by: 'admin:test', via: 'test:work', at: opened.deps.now() },
  )
  town = opened
  const people = Object.values(accounts).map((id) => fake.contact(id))
  const room = fake.room('@@work', '信息公开工作群', people)
  return {
    town: opened,
    says: async (who: string, text: string) => {
      const before = fake.sent.length
      settled.clear()
      fake.contact(who).say(`@${fake.me.payload.name}\u2005 ${text}`, [fake.me]).to(room)
      await until(() => settled.size > 0)
      await opened.deps.settled()
      const words = () => fake.sent.slice(before).map((sent) => sent.text)
      await until(() => words().length > 0)
      return words().join('\n')
    },
  }
}

it('the main job runs through WeChat as in the terminal', async () => {
  const { town, says } = await open()
  await runMainJob({ town, says: (step) => says(accounts[step.who], step.says) })
})

it('a number that the message shows is its button', async () => {
  const { town, says } = await open()
  town.on('2017-08-15')
  expect(await says(accounts.office, '每周五16:00推送本周到期清单')).toMatch(/回复数字办理：1 停止/)
  expect(await says(accounts.office, '1')).toMatch(/推送已停止/)
  expect(await says(accounts.office, '2')).toMatch(/没有听懂|没有第2项/)
})
