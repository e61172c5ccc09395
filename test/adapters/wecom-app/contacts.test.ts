import { describe, expect, it } from 'vitest'
import { openApp } from './open.ts'

const OPEN = 'woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA'

describe('who is who', () => {
  it('finds accounts by mobile, and asks no number twice', async () => {
    const { fake, adapter, pass } = openApp()
    fake.members.push({ userid: 'zhangsan', mobile: '13800000001' })
    const find = () => adapter.find?.(['13800000001', '13800000002', '13800000001'])
    expect(await find()).toEqual(new Map([['13800000001', 'zhangsan']]))
    expect(fake.calls.mobile).toBe(2)
    await find()
    expect(fake.calls.mobile).toBe(3)
    pass(24 * 3_600_000)
    fake.members.push({ userid: 'li', mobile: '13800000002' })
    expect((await find())?.get('13800000002')).toBe('li')
  })

  it('says why it cannot find', async () => {
    const { fake, adapter } = openApp()
    fake.fail('/user/getuserid', { status: 200, body: { errcode: 48002 } })
    await expect(adapter.find?.(['13800000001'])).rejects.toMatchObject({ reason: 'forbidden' })
  })

  it('turns an encrypted id into the plain one, many in one call, and keeps it', async () => {
    const { fake, adapter } = openApp()
    fake.members.push({ userid: 'zhangsan', open: OPEN }, { userid: 'li' })
    const ids = [OPEN, 'li', 'nobody', OPEN]
    expect(await Promise.all(ids.map(adapter.plainId))).toEqual(['zhangsan', 'li', undefined, 'zhangsan'])
    expect(await Promise.all(ids.map(adapter.plainId))).toEqual(['zhangsan', 'li', undefined, 'zhangsan'])
    expect(fake.calls.convert).toBe(1)
  })

  it('asks again for whom nobody knew, and never takes a failure for an answer', async () => {
    const { fake, adapter, pass, log } = openApp()
    expect(await adapter.plainId(OPEN)).toBeUndefined()
    fake.members.push({ userid: 'zhangsan', open: OPEN })
    expect(await adapter.plainId(OPEN)).toBeUndefined()
    pass(600_000)
    fake.fail('/batch/openuserid_to_userid', { status: 200, body: { errcode: 45009 } })
    expect(await adapter.plainId(OPEN)).toBeUndefined()
    expect(await adapter.plainId(OPEN)).toBe('zhangsan')
    expect(log).toEqual(['plain-id later'])
  })

  it('converts 1,000 at a time', async () => {
    const { fake, adapter } = openApp()
    const ids = Array.from({ length: 1500 }, (_, i) => `woAJ2GCAAAXtWyujaWJHDDGi0m${i}`)
    fake.members.push(...ids.map((open, i) => ({ userid: `u${i}`, open })))
    expect((await Promise.all(ids.map(adapter.plainId))).at(-1)).toBe('u1499')
    expect(fake.calls.convert).toBe(2)
  })
})

describe('asked whether it is set up', () => {
  it('names itself', async () => {
    const { adapter } = openApp()
    expect(await adapter.probe?.()).toEqual({ identity: '自建应用“督办”（AgentId 1000002）', problems: [] })
  })

  it('says that it is off, or that nobody sees it', async () => {
    const { fake, adapter } = openApp()
    Object.assign(fake.agent, { close: 1, allow_userinfos: { user: [] } })
    const { problems } = (await adapter.probe?.()) ?? {}
    expect(problems).toEqual([expect.stringContaining('停用'), expect.stringContaining('可见范围')])
  })

  it.each([
    ['/gettoken', 40001, 'Secret'],
    ['/gettoken', 40013, '企业ID'],
    ['/agent/get', 301002, 'AgentId'],
    ['/agent/get', 60020, '企业可信IP'],
    ['/agent/get', 43012, '接收消息'],
  ])('says where to set what is wrong: %s %i', async (path, errcode, place) => {
    const { fake, adapter } = openApp()
    fake.fail(path, { status: 200, body: { errcode } })
    const { identity, problems = [] } = (await adapter.probe?.()) ?? {}
    expect(identity).toBeUndefined()
    expect(problems).toEqual([expect.stringMatching(new RegExp(`管理后台.*${place}|${place}.*管理后台`))])
  })

  it('never throws', async () => {
    const { adapter } = openApp({ fetch: () => Promise.reject(new Error('secret=app-secret-of-a-test')) })
    const probe = await adapter.probe?.()
    expect(probe?.problems).toHaveLength(1)
    expect(JSON.stringify(probe)).not.toContain('app-secret')
  })
})

describe('the pace of one member', () => {
  it('stays below what the platform drops without a word', async () => {
    const { fake, adapter, to, pass } = openApp()
    const say = (n: number) => adapter.deliver({ to, card: { title: `${n}`, tone: 'plain', blocks: [] }, key: `k${n}` })
    let sent = 0
    while (adapter.readyAt?.(to) === undefined) await say(sent++)
    expect(sent).toBe(23)
    expect(adapter.readyAt?.({ ...to, id: 'li' })).toBeUndefined()
    for (; sent < 30; sent++) await say(sent)
    pass(1000)
    await expect(say(30)).rejects.toMatchObject({ reason: 'later', after: 59_000 })
    expect(fake.sent).toHaveLength(30)
    expect(fake.calls.surplus).toBe(0)
    pass(60_000)
    expect(adapter.readyAt?.(to)).toBeUndefined()
  })
})
