import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { townPlan, townRoster } from '../town/plan.ts'
import { type Desk, openDesk } from './duban.ts'

/** An office that sets itself up, in order, on one database. */
let desk: Desk
const RELEASED = ['--today', '2017-07-11']
beforeAll(async () => {
  desk = await openDesk({ kept: true })
  desk.file('plan.txt', townPlan)
  desk.file('town.json', JSON.stringify(townRoster))
  await done('roster', 'import', 'town.json', ...RELEASED)
  await done('import', 'plan.txt', '--yes', ...RELEASED)
})
afterAll(() => desk.close())

const done = async (...args: string[]): Promise<string> => {
  const ran = await desk.run(args)
  expect(ran, args.join(' ')).toMatchObject({ code: 0 })
  return ran.stdout
}
const wrong = async (...args: string[]): Promise<string> => {
  const before = desk.rows()
  const ran = await desk.run(args)
  expect(ran, args.join(' ')).toMatchObject({ code: 2, stdout: '' })
  expect(desk.rows()).toBe(before)
  expect(ran.stderr.trim().split('\n')).toHaveLength(1)
  return ran.stderr
}
const pushed = (now: string) => done('push', '--now', `${now}:00+08:00`, '--dry')

describe('settings', () => {
  it('shows what is usual', async () => {
    expect(await done('settings')).toMatch(/hours {3}08:30-17:30.*\ndigest {2}09:00.*\nladder {2}1,3,5/)
  })

  it('keeps each that is set beside the others, as facts of the office', async () => {
    expect(await done('settings', 'digest', '10:30')).toMatch(/08:30-17:30.*\n.*10:30.*\n.*1,3,5/)
    expect(await done('settings', 'hours', '09:00-17:00')).toMatch(/09:00-17:00.*\n.*10:30/)
    expect(await done('settings', 'ladder', '2,4,8')).toMatch(/09:00-17:00.*\n.*10:30.*\n.*2,4,8/)
    expect(await done('settings')).toMatch(/09:00-17:00.*\n.*10:30.*\n.*2,4,8.*\nmention on/)
    expect(await done('settings', 'mention', 'off')).toMatch(/10:30.*\n.*2,4,8.*\nmention off/)
    expect(await done('settings', 'mention', 'on')).toMatch(/mention on/)
    await done('verify')
  })

  it('keeps things as long as the office says, each part on its own', async () => {
    expect(await done('settings')).toMatch(/receipts=30,cards=90,notices=400,sessions=30,evidence=forever/)
    expect(await done('settings', 'retention', 'receipts=7,evidence=5')).toMatch(/receipts=7,cards=90.*evidence=5/)
    expect(await done('settings', 'retention', 'evidence=forever')).toMatch(/receipts=7,.*evidence=forever/)
    await done('verify')
  })

  it('keeps what the office has set of the registers, each part on its own', async () => {
    expect(await done('settings')).toMatch(/registers interpret=off,inspections=2/)
    expect(await done('settings', 'registers', 'interpret=3,feedback=4')).toMatch(
      /interpret=3,inspections=2,feedback=4/,
    )
    expect(await done('settings', 'registers', 'interpret=off')).toMatch(/interpret=off,inspections=2,feedback=4/)
  })

  it.each([
    ['hours that end before they begin', ['hours', '17:00-09:00'], /开始应早于结束/],
    ['hours without an end', ['hours', '09:00'], /08:30-17:30，而不是“09:00”/],
    ['an hour that is none', ['hours', '09:00-25:00'], /09:00 这样的时刻，而不是“25:00”/],
    ['a list outside the hours', ['digest', '07:00'], /推送时段 09:00-17:00 之内，而不是 07:00/],
    ['hours that leave the list outside', ['hours', '11:00-17:00'], /之内，而不是 10:30/],
    ['a list at no time', ['digest', '9点'], /09:00 这样的时刻，而不是“9点”/],
    ['a ladder of two steps', ['ladder', '1,3'], /三个工作日数，例如 1,3,5，而不是“1,3”/],
    ['a ladder that falls', ['ladder', '3,1,5'], /一个比一个大/],
    ['a ladder from nothing', ['ladder', '0,1,2'], /三个工作日数/],
    ['a mention that is neither', ['mention', 'yes'], /on 或 off，而不是“yes”/],
    [
      'receipts that go while a platform still sends again',
      ['retention', 'receipts=6'],
      /7 到 366 天，而不是 6 天：平台/,
    ],
    ['cards that outlive their notices', ['retention', 'cards=90,notices=60'], /不能比推送记录/],
    ['evidence for no year', ['retention', 'evidence=0'], /1 到 30 年/],
    ['receipts for ever', ['retention', 'receipts=forever'], /retention 应写成/],
    ['a retention of nothing we know', ['retention', 'logs=3'], /retention 应写成.*而不是“logs=3”/],
    ['an interpretation after a year', ['registers', 'interpret=99'], /0 到 60，不设写 off.*而不是“interpret=99”/],
    ['no inspection at all', ['registers', 'inspections=off'], /registers 应写成/],
    ['a clock that the registers have not', ['registers', 'answer=3'], /registers 应写成.*而不是“answer=3”/],
    ['a setting that is none', ['colour', 'red'], /用法：duban settings/],
    ['a setting without its value', ['digest'], /用法：duban settings/],
    ['two values', ['digest', '09:00', '10:00'], /用法：duban settings/],
  ])('%s changes nothing', async (_, args, says) => {
    expect(await wrong('settings', ...args)).toMatch(says)
  })

  it('are what the pushes go by', async () => {
    await done('rooms', 'bind', 'lark:oc_fg', '--unit', '市发改委', '--today', '2017-07-12')
    expect(await pushed('2017-08-21T10:29')).toBe('')
    expect(await pushed('2017-08-21T10:30')).toMatch(/市发改委本周任务/)
  })
})

describe('rooms', () => {
  it('are listed with what they hear', async () => {
    await done('rooms', 'bind', 'lark:oc_cz', '--unit', '市财政局', '--today', '2017-07-12')
    expect(await done('rooms', 'bind', 'lark:oc_cz2', '--unit', '市财政局', '--today', '2017-07-13')).toMatch(
      /主动推送的仍进先绑定的 .*；要进这个群，加 --main/,
    )
    await done('rooms', 'bind', 'lark:oc_two', '--unit', '市财政局', '--unit', '市环保局', '--overdue')
    await done('rooms', 'bind', 'lark:oc_ks', '--office')
    const lines = (await done('rooms', 'list')).trim().split('\n').sort()
    expect(lines).toEqual([
      expect.stringMatching(/^lark:oc_cz {2}市财政局 {2}主群 {2}还没有推送过$/),
      expect.stringMatching(/^lark:oc_cz2 {2}市财政局 {2}还没有推送过$/),
      expect.stringMatching(/^lark:oc_fg {2}市发改委 {2}主群/),
      expect.stringMatching(/^lark:oc_ks {2}主管科室/),
      expect.stringMatching(/^lark:oc_two {2}市财政局、市环保局 {2}清单显示逾期/),
    ])
  })

  it('another room of a unit becomes its main one, and the list goes there', async () => {
    expect(await pushed('2017-08-21T10:30')).toMatch(/^将推送 周清单（8月21日起的一周）：市财政局群 lark:oc_cz$/m)
    expect(await done('rooms', 'bind', 'lark:oc_cz2', '--unit', '市财政局', '--main')).toMatch(/市财政局，主群/)
    expect(await done('rooms', 'list')).toMatch(/oc_cz2 {2}市财政局 {2}主群/)
    const said = await done('say', '绑定本群 市财政局', '--as', 'office', '--room', '新群', '--today', '2017-07-14')
    expect(said).toMatch(/本群已绑定到市财政局，可以在这里查和报。主动推送的仍进/)
    const now = await pushed('2017-08-21T10:30')
    expect(now).toMatch(/市财政局群 lark:oc_cz2$/m)
    expect(now).not.toMatch(/lark:oc_cz$/m)
    await done('verify')
  })

  it('a shared room says who is late only where it was told to', async () => {
    expect(await pushed('2017-08-28T10:30')).toMatch(/逾期 公开17/)
    await done('rooms', 'bind', 'lark:oc_two', '--unit', '市财政局', '--unit', '市环保局', '--no-overdue')
    expect(await done('rooms', 'list')).not.toMatch(/清单显示逾期/)
    const shared = (await pushed('2017-08-28T10:30')).split('将推送').filter((one) => one.includes('oc_two'))
    expect(shared.join('')).not.toMatch(/逾期 公开17/)
  })

  it('one that is no longer bound hears nothing, and may be bound again', async () => {
    expect(await done('rooms', 'unbind', 'lark:oc_fg')).toBe('已解除绑定 lark:oc_fg\n')
    expect(await done('rooms', 'list')).not.toMatch(/oc_fg/)
    expect(await pushed('2017-08-21T10:30')).not.toMatch(/oc_fg/)
    expect(await wrong('rooms', 'unbind', 'lark:oc_fg')).toMatch(/lark:oc_fg 没有绑定；rooms list/)
    await done('rooms', 'bind', 'lark:oc_fg', '--unit', '市发改委')
    expect(await done('rooms', 'list')).toMatch(/oc_fg {2}市发改委 {2}主群/)
    await done('verify')
  })

  it.each([
    [
      'a main room of two units',
      ['bind', 'lark:oc_1', '--unit', '市财政局', '--unit', '市环保局', '--main'],
      /一个 --unit/,
    ],
    ['a main room of everybody', ['bind', 'lark:oc_1', '--all', '--main'], /--main/],
    ['who is late in a unit’s own room', ['bind', 'lark:oc_1', '--unit', '市财政局', '--overdue'], /几个单位共用的群/],
    ['who is late in the office’s room', ['bind', 'lark:oc_1', '--overdue', '--office'], /几个单位共用的群/],
    ['both at once', ['bind', 'lark:oc_1', '--all', '--overdue', '--no-overdue'], /只能写一个/],
    ['nothing to unbind', ['unbind'], /用法：duban rooms/],
    ['a list of one room', ['list', 'lark:oc_1'], /用法：duban rooms/],
  ])('%s changes nothing', async (_, args, says) => {
    expect(await wrong('rooms', ...args)).toMatch(says)
  })
})
