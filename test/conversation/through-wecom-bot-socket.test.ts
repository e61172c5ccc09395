import { afterEach, describe, expect, it } from 'vitest'
import { createWecomBotSocketAdapter } from '../../adapters/wecom/bot/socket.node.ts'
import { deliver } from '../../src/flow/deliver.ts'
import { listen } from '../../src/flow/listen.ts'
import { verifyLedger } from '../../src/flow/verify.ts'
import { until } from '../fakes/until.ts'
import { openWecomGateway, socketConfig } from '../fakes/wecom-gateway.ts'
import { accounts, type Who } from '../town/members.ts'
import { officesOf } from '../town/offices.ts'
import { openTownOn } from '../town/platform.ts'
import { runMainJob } from './main-job.ts'

const nextOffice = officesOf('wecom-bot-socket')

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** A town that lives on the long connection of one smart bot, held by lease. */
const open = async () => {
  const { gateway, adapter, town } = await openTownOn(nextOffice(), 'wecom', async (now) => {
    const gateway = await openWecomGateway(now)
    closing.push(gateway.close)
    const times = { pingMs: 1000, ackMs: 1000, againMs: 10, mostMs: 50 }
    const adapter = createWecomBotSocketAdapter({ ...socketConfig, url: gateway.url }, { fetch, now }, times)
    return { gateway, adapter }
  })
  const quit = new AbortController()
  const listening = listen(town.deps, quit.signal)
  closing.push(async () => {
    quit.abort()
    await listening
    await town.deps.settled()
  })
  await until(() => adapter.ready?.() === true)
  let count = 0
  const answered = async (say: (id: string) => void): Promise<string> => {
    const before = gateway.shown.length
    say(`m${++count}`)
    await until(() => gateway.shown.length > before)
    await town.deps.settled()
    return gateway.shown
      .slice(before)
      .map(({ words }) => words)
      .join('\n')
  }
  const says = (who: Who, text: string, where: { chat?: string; quote?: string } = { chat: 'oc_work' }) =>
    answered((id) => gateway.says({ from: accounts[who], text, id, ...where }))
  return { gateway, adapter, town, says, answered }
}

describe('through the long connection of a smart bot', () => {
  it('the main job runs as in the terminal', async () => {
    const { town, says } = await open()
    await runMainJob({ town, says: (step) => says(step.who, step.says) })
  })

  it('a message that comes twice is taken and answered once', async () => {
    const { gateway, town } = await open()
    town.on('2017-08-15')
    for (let i = 0; i < 2; i++) gateway.says({ from: accounts.office, chat: 'oc_work', text: '待审核的反馈', id: 'm1' })
    await until(() => gateway.shown.length > 0)
    await town.deps.settled()
    await new Promise((done) => setTimeout(done, 30))
    expect(gateway.shown).toHaveLength(1)
  })

  it('a quoted message gives the task, by the code in its words', async () => {
    const { town, says } = await open()
    town.on('2017-08-15')
    const list = await says('leader', '本月市财政局有哪些到期任务')
    const line = list.split('\n').find((each) => /1-2/.test(each)) ?? ''
    expect(line).toMatch(new RegExp(`${town.code}-1-2`))
    expect(await says('finance', '正在办，还没公开', { chat: 'oc_work', quote: line })).toMatch(/已记录进展/)
  })

  it('a push reaches a group that has spoken, and none that has not', async () => {
    const { gateway, town, says } = await open()
    town.on('2017-08-15')
    await says('finance', '帮助', { chat: 'oc_finance' })
    const { t, office } = town.deps.store
    const push = (id: string) => ({
      ...{ office, id: `push ${id}`, lane: 'push' as const, room: `wecom:AIB001:${id}`, ord: id, tasks: [] },
      address: { platform: 'wecom' as const, route: 'AIB001', kind: 'room' as const, id },
      card: { title: `提醒 ${town.code}-1-2`, tone: 'plain' as const, blocks: [] },
      dueAt: town.deps.now(),
      ...{ validUntil: new Date(town.deps.now().getTime() + 86_400_000), state: 'waiting' as const },
    })
    await town.deps.store.atomic((q) => [q.insert(t.outbox).values([push('oc_finance'), push('oc_silent')])])
    const sent = await deliver(town.deps)
    expect(sent.map(({ id, state }) => [id, state]).sort()).toEqual([
      ['push oc_finance', 'sent'],
      ['push oc_silent', 'dead'],
    ])
    expect(sent.find(({ state }) => state === 'dead')?.reason).toMatch(/^gone: .*先有人@过/)
    expect(gateway.shown.at(-1)).toMatchObject({ cmd: 'aibot_send_msg', chat: 'oc_finance' })
  })

  it('a pressed button does what it says, puts its card right, and is told in words', async () => {
    const { gateway, town, says, answered } = await open()
    town.on('2017-08-15')
    await says('finance', '1-2 7月的已公开 http://czj.example.gov.cn/201708/1.html', {})
    await until(() => gateway.shown.some(({ buttons }) => buttons.length > 0))
    const card = gateway.shown.find(({ buttons }) => buttons.length > 0)
    const before = gateway.shown.length
    await answered((id) =>
      gateway.presses({ from: accounts.finance, id }, card?.buttons[0]?.key ?? '', card?.taskId ?? ''),
    )
    const since = () => gateway.shown.slice(before)
    await until(() => since().some(({ cmd, taskId }) => cmd === 'aibot_respond_update_msg' && taskId === card?.taskId))
    await until(() => since().some(({ cmd, words }) => cmd === 'aibot_send_msg' && /保密审查/.test(words)))
    expect((await verifyLedger(town.deps.store)).broken).toEqual([])
  })
})
