import { afterEach, describe, expect, it } from 'vitest'
import { accountsOf, deliveries } from '../../commands/deliveries.ts'
import { heardBy } from '../../commands/noise.ts'
import { roomsAiling } from '../../commands/rooms-ailing.ts'
import { machineContext } from '../../src/flow/machine.ts'
import { hookRoom, register, webhookKey } from '../../src/flow/roster.ts'
import { tick } from '../../src/flow/tick.ts'
import { verifyLedger } from '../../src/flow/verify.ts'
import { until } from '../fakes/until.ts'
import { createFakeWecomApp, wecomAppConfig } from '../fakes/wecom-app.ts'
import { openWecomGateway, socketConfig } from '../fakes/wecom-gateway.ts'
import { createFakeWecomHook } from '../fakes/wecom-hook.ts'
import { accounts, type Who } from '../town/members.ts'
import { officesOf } from '../town/offices.ts'
import { network, openJoint, townClock } from './joint.ts'

const office = officesOf('joint-wecom')
const KEY = '693a91f6-7aab-4bc4-97a0-0ec2e7c9d001'
const ADDRESS = `https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${KEY}`
const OTHER_KEY = '0f9e8d7c-6b5a-4321-8fed-cba987654321'
const OPEN_ID = 'woZ9x8y7w6v5u4t3s2r1q0p9'
const MONDAY = '2017-08-21'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const group = (id: string) => ({ platform: 'wecom' as const, route: '*', kind: 'room' as const, id })

/** One corporation with a self-built app, a smart bot on its line, and a robot in the finance bureau's group. */
const open = async ({ leftOut = [] }: { leftOut?: readonly Who[] } = {}) => {
  const clock = townClock()
  const gateway = await openWecomGateway(clock.now, { ...socketConfig, botName: '督办' })
  closing.push(gateway.close)
  const app = createFakeWecomApp(wecomAppConfig, clock.now)
  const hook = createFakeWecomHook(clock.now, [KEY])
  const api: typeof fetch = (input, init) =>
    String(input).includes('/cgi-bin/webhook/') ? hook.fetch(input, init) : app.fetch(input, init)
  const { corpId, agentId, secret, token, aesKey, apiBase } = wecomAppConfig
  const joint = await openJoint({
    ...{ store: office(), clock, platforms: ['wecom'], leftOut },
    fetch: network({ [new URL(apiBase).host]: api }),
    env: {
      ...{ WECOM_CORP_ID: corpId, WECOM_AGENT_ID: agentId, WECOM_SECRET: secret, WECOM_TOKEN: token },
      ...{ WECOM_AES_KEY: aesKey, WECOM_API_BASE: apiBase },
      ...{ WECOM_BOT_ID: socketConfig.botId, WECOM_BOT_SECRET: socketConfig.secret, WECOM_BOT_SOCKET: gateway.url },
    },
  })
  await joint.listen()
  closing.push(joint.close)
  await hookRoom(joint.deps, group('oc_finance'), webhookKey(ADDRESS), joint.stamp())
  const { town, deps } = joint
  let count = 0
  /** Somebody speaks to the smart bot; what it said until all was settled. */
  const says = async (who: Who | { id: string }, text: string, where: { chat?: string; quote?: string } = {}) => {
    const before = gateway.shown.length
    const from = typeof who === 'string' ? accounts[who] : who.id
    gateway.says({ from, text, id: `m${++count}`, ...where })
    await until(() => gateway.shown.length > before)
    await deps.settled()
    const said = gateway.shown.slice(before)
    return said.map(({ words }) => words).join('\n')
  }
  const pushed = async () => (await joint.rows()).filter(({ lane }) => lane !== 'answer')
  const context = async () => machineContext(deps, await deps.cache(deps.store))
  const finance = await joint.unit('市财政局')
  return { ...joint, town, gateway, app, hook, says, pushed, context, finance, quiet: joint.close }
}

describe('the four ways of WeCom in one office', () => {
  it('Monday’s list comes through the group’s robot, and a quote of it answers through the smart bot', async () => {
    const t = await open()
    t.town.on(MONDAY, '09:00')
    await tick(t.deps)
    expect(t.hook.said).toHaveLength(1)
    const [list] = t.hook.said
    expect(list).toMatchObject({ key: KEY, msgtype: 'text', mentioned: [accounts.finance] })
    expect(list?.words).toMatch(/市财政局本周任务[\s\S]*公开17-1-2[\s\S]*公开17-R-2/)
    // One place, one message.
    expect([...t.gateway.shown.map(({ chat }) => chat), ...t.app.sent.map(({ to }) => to)]).not.toContain('oc_finance')
    expect(t.app.sent.map(({ to }) => to)).not.toContain(accounts.finance)
    const line = list?.words.split('\n').find((each) => each.includes('1-2')) ?? ''
    const said = await t.says('finance', '6月的已公开 http://czj.example.gov.cn/6.html', {
      chat: 'oc_finance',
      quote: line,
    })
    expect(said).toMatch(/已收到反馈[\s\S]*1-2/)
    expect(await t.says('office', '待审核的反馈', { chat: 'oc_work' })).toMatch(/1-2/)
    expect((await verifyLedger(t.deps.store)).broken).toEqual([])
  })

  it('@s by the plain userid whoever is known to the smart bot under an encrypted one', async () => {
    const t = await open({ leftOut: ['finance'] })
    const units = [await t.unit('市财政局')]
    const person = { name: '周小舟', role: 'liaison' as const, units, charge: [], post: '' as const, mobile: '' }
    const identities = [`wecom:${socketConfig.botId}:${OPEN_ID}`, `wecom:${wecomAppConfig.agentId}:zhouxz`]
    await register(t.deps, { people: [{ ...person, identities }] }, t.stamp())
    t.town.on(MONDAY, '09:00')
    await tick(t.deps)
    expect(t.hook.said.map(({ mentioned }) => mentioned)).toEqual([['zhouxz']])
    expect(t.hook.said[0]?.words).not.toContain(OPEN_ID)
  })

  it('@s nobody rather than by an encrypted userid', async () => {
    const t = await open({ leftOut: ['finance'] })
    const units = [await t.unit('市财政局')]
    const person = { name: '周小舟', role: 'liaison' as const, units, charge: [], post: '' as const, mobile: '' }
    const identities = [`wecom:${socketConfig.botId}:${OPEN_ID}`]
    await register(t.deps, { people: [{ ...person, identities }] }, t.stamp())
    t.town.on(MONDAY, '09:00')
    await tick(t.deps)
    expect(t.hook.said.map(({ mentioned }) => mentioned)).toEqual([[]])
  })

  it('robot gone: the smart bot says it where somebody has spoken to it, and the office hears of the robot', async () => {
    const t = await open()
    await t.says('finance', '帮助', { chat: 'oc_finance' })
    await t.says('office', '帮助', { chat: 'oc_work' })
    t.hook.robots.delete(KEY)
    t.town.on(MONDAY, '09:00')
    await tick(t.deps)
    expect(t.hook.said).toEqual([])
    const list = t.gateway.shown.filter(({ chat, cmd }) => chat === 'oc_finance' && cmd === 'aibot_send_msg')
    expect(list.map(({ words }) => words)).toEqual([expect.stringMatching(/市财政局本周任务/)])
    const row = (await t.pushed()).find(({ room }) => room === 'wecom:*:oc_finance')
    expect([row?.state, row?.error]).toEqual(['sent', expect.stringMatching(/^群机器人 gone：.*93000/)])
    expect(row?.error).not.toContain(KEY)
    expect((await roomsAiling(await t.context())).map(({ kind }) => kind)).toEqual(['robot'])
    const told = await t.says('office', '送达情况')
    expect(told).toMatch(/应发\*\*：4[\s\S]*已送达\*\*：4[\s\S]*市财政局群：群机器人（Webhook）已失效/)
    t.town.on('2017-08-28', '09:00')
    await tick(t.deps)
    const weeks = t.app.sent.filter(({ to }) => to === accounts.office)
    expect(weeks.at(-1)?.words).toMatch(/需要留意的群1个[\s\S]*市财政局群：群机器人（Webhook）已失效/)
    // A new robot, and all is well.
    t.hook.robots.add(OTHER_KEY)
    await hookRoom(t.deps, group('oc_finance'), OTHER_KEY, t.stamp())
    t.town.on('2017-09-04', '09:00')
    await tick(t.deps)
    expect(t.hook.said.map(({ key }) => key)).toEqual([OTHER_KEY])
    expect(await roomsAiling(await t.context())).toEqual([])
  })

  it.each(['has never heard anybody there', 'has no connection'])(
    'robot gone, and the smart bot %s: the app tells the liaison, and the accounts add up',
    async (bot) => {
      const t = await open()
      if (bot === 'has no connection') {
        await t.says('finance', '帮助', { chat: 'oc_finance' })
        await t.quiet()
      }
      t.hook.robots.delete(KEY)
      t.town.on(MONDAY, '09:00')
      await tick(t.deps)
      const lists = t.app.sent.filter(({ to }) => to === accounts.finance)
      expect(lists.map(({ words }) => words)).toEqual([expect.stringMatching(/市财政局本周任务/)])
      const own = (await t.pushed()).filter(({ units }) => units.includes(t.finance) && units.length === 1)
      expect(own.map(({ room, state, error }) => [room, state, error])).toEqual([
        ['wecom:*:oc_finance', 'dropped', expect.stringMatching(/^群里发不出（gone：.*93000.*），已改发给周小舟$/)],
        [`wecom:*:${accounts.finance}`, 'sent', null],
      ])
      const heard = await heardBy(await t.context(), { from: MONDAY, to: MONDAY })
      expect(heard.get(t.finance)?.unasked).toBe(1)
      const { whole } = await accountsOf({ db: t.deps.store }, { from: new Date(0), to: new Date(8e15) })
      const { targets, ...states } = whole
      expect(Object.values(states).reduce((sum, n) => sum + n, 0)).toBe(targets)
      const { reply } = await deliveries.run(await t.context(), { intent: 'deliveries' })
      expect(JSON.stringify(reply)).toMatch(/市财政局群：不再需要，群里发不出（.*），已改发给周小舟/)
    },
  )

  it('the robot’s pace holds: what waits for it is said there in its turn, and to nobody else', async () => {
    const t = await open()
    t.town.on(MONDAY, '10:00')
    const now = t.deps.now()
    const titles = Array.from({ length: 25 }, (_, i) => `第${i}条`)
    const rows = titles.map((title, i) => ({
      ...{ office: t.deps.store.office, id: title, lane: 'push' as const, room: 'wecom:*:oc_finance' },
      ...{ ord: String(100 + i), tasks: [], units: [t.finance], address: group('oc_finance'), dueAt: now },
      card: { title, tone: 'plain' as const, blocks: [] },
      ...{ validUntil: new Date(now.getTime() + 86_400_000), state: 'waiting' as const },
    }))
    await t.deps.store.atomic((q) => [q.insert(t.deps.store.t.outbox).values(rows)])
    const counts: number[] = []
    for (let minute = 0; minute < 3; minute++) {
      t.town.on(MONDAY, `10:0${minute}`)
      for (let runs = 0; runs < 3; runs++) await t.delivers()
      counts.push(t.hook.said.length)
    }
    expect(counts.map((n, i) => n - (counts[i - 1] ?? 0))).toEqual([18, 7, 0])
    expect(t.hook.said.map(({ words }) => words)).toEqual(titles.map((title) => `【${title}】`))
    expect([t.gateway.shown, t.app.sent]).toEqual([[], []])
    expect((await t.pushed()).map(({ state }) => state)).toEqual(titles.map(() => 'sent'))
  })
})

describe('a group with a smart bot alone, to which nobody has spoken yet', () => {
  it('is told of, with what to do; once somebody has, all is well', async () => {
    const t = await open()
    t.town.on(MONDAY, '09:00')
    await tick(t.deps)
    const told = await t.says('office', '送达情况')
    expect(told).toMatch(
      /全体工作群：不再需要，群里发不出（智能机器人不能在这个会话里说话：群里要先有人@过它一次[^，]*，.*），已改发给吴桐/,
    )
    expect(told).toMatch(
      /需要留意的群[\s\S]*全体工作群：机器人发不进这个群：请确认智能机器人在群里，再在群里@它说一句话/,
    )
    await t.says('audit', '帮助', { chat: 'oc_work' })
    t.town.on('2017-08-28', '09:00')
    await tick(t.deps)
    const list = t.gateway.shown.filter(({ chat, cmd }) => chat === 'oc_work' && cmd === 'aibot_send_msg')
    expect(list.map(({ words }) => words)).toEqual([expect.stringMatching(/本周任务/)])
    expect(await t.says('office', '送达情况')).not.toMatch(/需要留意的群/)
  })
})

describe('a sender whom the smart bot knows by an encrypted id', () => {
  it('is known through the app, and stays so while the app cannot be asked', async () => {
    const t = await open()
    t.town.on('2017-08-15')
    t.app.members.push({ userid: accounts.finance, open: OPEN_ID })
    const report = (text: string) => t.says({ id: OPEN_ID }, text, { chat: 'oc_work' })
    expect(await report('1-2 7月的正在办，还没公开')).toMatch(/已记录进展/)
    t.town.on('2017-08-17')
    t.app.fail('openuserid_to_userid', 'unreachable')
    t.app.fail('openuserid_to_userid', 'unreachable')
    expect(await report('1-2 7月的已公开 http://czj.example.gov.cn/7.html')).toMatch(/已收到反馈/)
    expect(t.app.calls.convert).toBe(1)
  })

  it('is a stranger, of whom nothing is entered, where the app has never been asked', async () => {
    const t = await open()
    t.town.on('2017-08-15')
    t.app.members.push({ userid: accounts.finance, open: OPEN_ID })
    for (let tries = 0; tries < 4; tries++) t.app.fail('/cgi-bin', 'unreachable')
    expect(await t.says({ id: OPEN_ID }, '1-2 7月的正在办，还没公开', { chat: 'oc_work' })).toMatch(
      /您是未登记人员，本次没有登记/,
    )
  })
})

describe('what the group’s robot says with buttons', () => {
  it('is answered by number at the smart bot, which said none of it', async () => {
    const t = await open()
    t.town.on('2017-08-21', '10:00')
    await t.binds({ address: group('oc_desk'), scope: 'office', units: [] })
    await hookRoom(t.deps, group('oc_desk'), KEY, t.stamp())
    await t.says('finance', 'R-2申请延期到8月30日，因系统升级', { chat: 'oc_work' })
    await t.delivers()
    const [asked, ...more] = t.hook.said
    expect(more).toEqual([])
    expect(asked?.words).toMatch(/延期申请：市财政局[\s\S]*在本群 @督办 回复数字：1 同意　2 不同意/)
    expect(await t.says('audit', '1', { chat: 'oc_desk' })).toMatch(/没有这项权限/)
    expect(await t.says('office', '1', { chat: 'oc_desk' })).toMatch(/已同意延期/)
    expect(await t.says('office', '2', { chat: 'oc_desk' })).toMatch(/情况已有变化[\s\S]*本次没有登记/)
  })
})

describe('a group that the office binds from within', () => {
  it('gets its robot from the desk, and its list through it', async () => {
    const t = await open()
    t.town.on('2017-08-18', '10:00')
    expect(await t.says('office', '绑定本群 市审计局', { chat: 'wrNewGroup' })).toMatch(/本群已绑定/)
    await hookRoom(t.deps, group('wrNewGroup'), OTHER_KEY, t.stamp())
    t.hook.robots.add(OTHER_KEY)
    t.town.on(MONDAY, '09:00')
    await tick(t.deps)
    const own = t.hook.said.filter(({ key }) => key === OTHER_KEY)
    expect(own).toMatchObject([{ words: expect.stringMatching(/市审计局本周任务/), mentioned: [accounts.audit] }])
    expect(t.gateway.shown.filter(({ chat, cmd }) => chat === 'wrNewGroup' && cmd === 'aibot_send_msg')).toEqual([])
    expect((await verifyLedger(t.deps.store)).broken).toEqual([])
  })
})
