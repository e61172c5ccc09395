import { afterAll, beforeAll, expect, it } from 'vitest'
import { townRoster } from '../town/plan.ts'
import { type Desk, openDesk } from './duban.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk({ kept: true })
  desk.file('roster.json', JSON.stringify(townRoster))
  await done(['roster', 'import', 'roster.json'])
})
afterAll(() => desk.close())

const run = ([name = '', ...rest]: string[]) => desk.run([name, '--today', '2018-01-15', ...rest])
const done = async (args: string[]) => {
  const ran = await run(args)
  expect(ran, args.join(' ')).toMatchObject({ code: 0 })
  return ran
}
const set = (period: string, channel: string, count: string, ...more: string[]) => [
  'tally',
  'set',
  '--period',
  period,
  '--channel',
  channel,
  count,
  ...more,
]

it('a year’s report is filled in by a script: its figures stand, and what does not add up is asked', async () => {
  const counts = { website: 91037, weibo: 7935, wechat: 18379, points: 1075, other: 43853, conference: 124 }
  for (const [channel, count] of Object.entries(counts)) await done(set('2017', channel, String(count)))
  const total = await done(set('2017', 'total', '172532'))
  expect(total.stdout).toBe('全市 2017年 总数：172532条\n')
  expect(total.stderr).toMatch(/各渠道合计161204条，比总数172532条少11328条/)
  await done(set('2017', 'total', '23', '--theme', '财政收支'))
  const listed = await done(['tally', 'list', '--year', '2017'])
  expect(listed.stdout).toMatch(/^全市\t2017\twebsite\t\t91037$/m)
  expect(listed.stderr).toMatch(
    /2017年：政府网站91037条，政务微信18379条，政务微博7935条，新闻发布会124场，查阅点1075个，其他方式43853条，总数172532条\n类别 财政收支：23条\n2017年各渠道合计161204条，比总数172532条少11328条：请核对/,
  )
})

it('a month of a unit; told again otherwise it asks for --yes, and nothing is changed before', async () => {
  const unit = ['--unit', '市财政局']
  expect((await done(set('2017-07', 'website', '12', ...unit))).stdout).toBe('市财政局 2017年7月 政府网站：12条\n')
  expect((await done(set('2017-07', 'website', '12', ...unit))).stdout).toMatch(/没有改动/)
  const asked = await run(set('2017-07', 'website', '15', ...unit))
  expect(asked).toMatchObject({ code: 2, stdout: '' })
  expect(asked.stderr).toMatch(/原报12条，改成15条吗？.*加 --yes/)
  await done(set('2017-07', 'website', '15', ...unit, '--yes'))
  expect((await done(['tally', 'list', '--year', '2017', ...unit])).stdout).toBe('市财政局\t2017-07\twebsite\t\t15\n')
  await done(['verify'])
})

it.each([
  [set('2018-01', 'website', '12'), /2018年1月还没有过完，2018年2月1日起才能报/],
  [set('2017-Q2', 'website', '12'), /一个月一个月地报/],
  [set('2017-07', 'site', '12'), /--channel 应是其中之一：website 政府网站/],
  [set('2017-07', 'website', '十二'), /应是一个数/],
  [set('2017-07', 'website', '1.5'), /不能是1\.5/],
  [['tally', 'set', '--period', '2017-07', '--channel', 'website', '--', '-3'], /不能是负数/],
  [set('2017-07', 'website', '3', '--unit', '市航天局'), /通讯录里没有“市航天局”/],
  [['tally', 'list', '--year', '17'], /--year 应是四位年份/],
  [['tally'], /用法：duban tally/],
])('%j is refused in one line', async (args, says) => {
  const ran = await run(args)
  expect(ran).toMatchObject({ code: 2, stdout: '' })
  expect(ran.stderr).toMatch(says)
  expect(ran.stderr.trim().split('\n')).toHaveLength(1)
})
