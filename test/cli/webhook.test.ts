import { afterAll, beforeAll, expect, it } from 'vitest'
import { townPlan, townRoster } from '../town/plan.ts'
import { type Desk, openDesk } from './duban.ts'

/** The key of a group robot is a secret: it stands in its room's row, and in nothing else that the program keeps or prints. */
let desk: Desk
const printed: string[] = []
const KEY = '693a91f6-7aab-4bc4-97a0-0ec2e7c9d001'
const ADDRESS = `https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${KEY}`
const WECOM = ['--today', '2017-07-12']

beforeAll(async () => {
  desk = await openDesk({ kept: true })
  desk.file('plan.txt', townPlan)
  desk.file('town.json', JSON.stringify(townRoster))
  await done('roster', 'import', 'town.json', '--today', '2017-07-11')
  await done('import', 'plan.txt', '--yes', '--today', '2017-07-11')
})
afterAll(() => desk.close())

const done = async (...args: string[]): Promise<string> => {
  const ran = await desk.run(args)
  expect(ran, args.join(' ')).toMatchObject({ code: 0 })
  printed.push(ran.stdout, ran.stderr)
  return ran.stdout
}
const wrong = async (...args: string[]): Promise<string> => {
  const before = desk.rows()
  const ran = await desk.run(args)
  expect(ran, args.join(' ')).toMatchObject({ code: 2, stdout: '' })
  expect(desk.rows()).toBe(before)
  printed.push(ran.stderr)
  return ran.stderr
}
const stored = (): number => desk.rows().split(KEY).length - 1

it('a room gets it with what it is bound to, out of the whole address, and is listed without it', async () => {
  const said = await done('rooms', 'bind', 'wecom:caizheng', '--unit', '市财政局', '--webhook', ADDRESS, ...WECOM)
  expect(said).toBe('已绑定 wecom:caizheng：市财政局，群机器人推送\n')
  expect(await done('rooms', 'list')).toMatch(/^wecom:caizheng {2}市财政局 {2}主群 {2}群机器人推送 {2}还没有推送过$/m)
  expect(stored()).toBe(1)
  await done('verify')
})

it('the same again is no fact; taken away and given anew are two', async () => {
  const facts = () => desk.rows().split('hooked').length
  const before = facts()
  await done('rooms', 'bind', 'wecom:caizheng', '--webhook', KEY.toUpperCase(), ...WECOM)
  expect(facts()).toBe(before)
  expect(await done('rooms', 'bind', 'wecom:caizheng', '--no-webhook', ...WECOM)).toMatch(/不再用群机器人推送/)
  expect(stored()).toBe(0)
  expect(await done('rooms', 'list')).not.toMatch(/群机器人/)
  await done('rooms', 'bind', 'wecom:caizheng', '--webhook', KEY, ...WECOM)
  expect([stored(), facts()]).toEqual([1, before + 2])
  expect(await done('rooms', 'list')).toMatch(/wecom:caizheng {2}市财政局 {2}主群 {2}群机器人推送/)
  await done('verify')
})

it('bound again it keeps it, unbound it has lost it', async () => {
  await done('rooms', 'bind', 'wecom:caizheng', '--unit', '市财政局', '--unit', '市环保局', ...WECOM)
  expect(stored()).toBe(1)
  await done('rooms', 'unbind', 'wecom:caizheng')
  expect(stored()).toBe(0)
  await done('rooms', 'bind', 'wecom:caizheng', '--unit', '市财政局', '--webhook', KEY, ...WECOM)
  await done('push', '--now', '2017-08-21T09:00:00+08:00')
  await done('push', 'report', '--now', '2017-08-21T10:00:00+08:00')
  await done('verify')
  expect(stored()).toBe(1)
})

it.each([
  ['on another platform', ['lark:oc_1', '--unit', '市财政局', '--webhook', KEY], /只用于 wecom:编号/],
  ['of two rooms', ['wecom:a', 'wecom:b', '--unit', '市财政局', '--webhook', KEY], /一次只能写一个群/],
  ['given and taken', ['wecom:a', '--webhook', KEY, '--no-webhook'], /只能写一个/],
  ['of a room that nobody bound', ['wecom:a', '--webhook', KEY], /wecom:a 没有绑定/],
  ['that is none', ['wecom:caizheng', '--webhook', `${KEY}0`], /整个复制/],
  ['of an address without one', ['wecom:caizheng', '--webhook', ADDRESS.replace('key=', 'k=')], /整个复制/],
  ['of another address', ['wecom:caizheng', '--webhook', `x?key=${KEY}`], /整个复制/],
])('one %s changes nothing', async (_, args, says) => {
  expect(await wrong('rooms', 'bind', ...args)).toMatch(says)
})

it('stands in nothing that was printed', () => {
  expect(printed.join('\n').toLowerCase()).not.toContain(KEY)
})
