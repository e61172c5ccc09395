import { afterAll, beforeAll, expect, it } from 'vitest'
import { longerPlan, nextPlan } from '../contract/yearend.ts'
import { townRoster } from '../town/plan.ts'
import { type Desk, openDesk } from './duban.ts'

/** The clerk ends one year and begins the next, in order, on one database. */
let desk: Desk
const done = async (args: string[]): Promise<string> => {
  const ran = await desk.run(args)
  expect(ran, args.join(' ')).toMatchObject({ code: 0 })
  return ran.stdout
}
const refused = async (args: string[], words: RegExp): Promise<string> => {
  const ran = await desk.run(args)
  expect(ran, args.join(' ')).toMatchObject({ code: 2 })
  expect(ran.stderr).toMatch(words)
  expect(ran.stderr.trimEnd().split('\n')).toHaveLength(1)
  return ran.stdout
}
const close = ['plan', 'close', '公开17', '--today', '2018-01-20']

beforeAll(async () => {
  desk = await openDesk({ kept: true })
  desk.file('plan.txt', longerPlan)
  desk.file('next.txt', nextPlan)
  desk.file('roster.json', JSON.stringify(townRoster))
  await done(['roster', 'import', 'roster.json'])
  await done(['import', 'plan.txt', '--yes', '--from', '2017-07-11', '--today', '2017-07-11'])
})
afterAll(() => desk.close())

it('--dry lists what is open and what is proposed, and writes nothing', async () => {
  const before = desk.rows()
  const listed = await done([...close, '--dry'])
  expect(listed).toMatch(/公开17 还有\d+项没有完成/)
  expect(listed).toMatch(/逾期（\d+）：/)
  expect(listed).toMatch(/公开17-4-1 {2}市政府新闻办.*→ 结转（到期日在年度之后）/)
  expect(listed).toMatch(/公开17-3-2 {2}市环保局.*→ 归档（持续推进事项随年度结束）/)
  expect(listed).toMatch(/办结以后不能撤回/)
  expect(listed).toMatch(/没有办结，台账没有改动/)
  expect(desk.rows()).toBe(before)
})

it.each([
  [[...close, '--to', '公开17', '--yes', '--reason', '年度结束'], /不能转入 公开17 自己/],
  [[...close, '--to', '公开99', '--yes', '--reason', '年度结束'], /--to 公开99：没有这份方案/],
  [[...close, '--carry', '77', '--yes', '--reason', '年度结束'], /没有 77 号任务/],
  [[...close, '--carry', '2-1=市审计局', '--yes', '--reason', '年度结束'], /没有市审计局未完成的事项/],
  [[...close, '--carry', '2-1', '--archive', '公开17-2-1', '--yes', '--reason', '年度结束'], /只能写一个/],
])('%j is refused in one line, and nothing is written', async (args, words) => {
  const before = desk.rows()
  await refused(args, words)
  expect(desk.rows()).toBe(before)
})

it('a report that waits is judged first, and what is done is not carried', async () => {
  const say = (text: string, as: string) => done(['say', text, '--as', as, '--today', '2018-01-19'])
  await say('2-1已完成 http://fgw.example.gov.cn/1', 'liaison:市发改委')
  await refused([...close, '--yes', '--reason', '年度结束'], /1项反馈待审核（公开17-2-1 市发改委）.*请先逐项通过或退回/)
  await say('通过 2-1', 'office')
  await refused([...close, '--carry', '2-1', '--yes', '--reason', '年度结束'], /已办结或免予办理的不结转/)
})

it('closes once that is said, names what goes on, and is final', async () => {
  const told = await done([...close, '--carry', '3-1=市环保局', '--reason', '年度结束', '--yes'])
  expect(told).toMatch(/已结 公开17：结转\d+项，归档\d+项（其中持续推进\d+项）/)
  expect(told).toMatch(/公开17-4-1（转入交办18-\d+） {2}市政府新闻办/)
  expect(told).toMatch(/公开17-3-1（转入交办18-\d+） {2}市环保局/)
  await refused([...close, '--yes'], /已经办结，办结后不能再办结一次/)
  expect(await done(['say', '公开17-4-1是什么', '--as', 'liaison:市政府新闻办', '--today', '2018-01-21'])).toMatch(
    /交办18-\d+[\s\S]*由公开17-4-1结转/,
  )
  await refused(['plan', 'close', '交办18', '--today', '2018-01-21'], /年内还会新增/)
})

it("the next year's plan follows, and what was carried is joined to what it asks", async () => {
  const today = ['--today', '2018-03-05']
  const shown = await done(['import', 'next.txt', ...today])
  expect(shown).toMatch(/公开18 接续 公开17（建议）/)
  expect(shown).toMatch(/ {2}5-1 2018年6月底前.* ← 4-1 .*（文字相同（年份不计），牵头单位相同）/)
  expect(shown).toMatch(/ {2}1-1 .* ← 新任务/)
  await refused(['plan', 'close', '公开18', ...today], /还是草稿/)
  await refused(['plan', 'follow', '公开18', '公开17', '--pair', '1-1', ...today], /应写作 新编号=旧编号/)
  await refused(['plan', 'follow', '公开18', '公开18', ...today], /不能接续自己/)
  expect(await done(['plan', 'follow', '公开18', '--new', '2-3', '--yes', ...today])).toMatch(
    /已确认 公开18 接续 公开17：对应11项/,
  )
  await done(['plan', 'release', '公开18', ...today])
  const asked = await done(['say', '公开17-4-1是什么', '--as', 'liaison:市政府新闻办', ...today])
  expect(asked).toMatch(/公开18-5-1|交办18/)
  const rows = JSON.parse(await done(['say', '全部任务清单', '--as', 'liaison:市政府新闻办', '--json', ...today])).rows
  const trained = rows.filter(
    ({ due, state }: { due: string; state: string }) => due === '2018-06-30' && state !== 'waived',
  )
  expect(trained.map(({ plan, task }: { plan: string; task: string }) => `${plan}-${task}`)).toEqual(['公开18-5-1'])
  expect(await done(['verify'])).toMatch(/完整|没有|通过|一致/)
})

it('a room may be given the plan that a bare number means there', async () => {
  const today = ['--today', '2018-03-06']
  await done(['rooms', 'bind', 'console:财政', '--unit', '市财政局', '--plan', '公开18', ...today])
  await refused(['rooms', 'bind', 'console:财政', '--plan', '公开17', ...today], /公开17 已经办结，不能指定给群/)
  await refused(['rooms', 'bind', 'console:财政', '--plan', '公开99', ...today], /没有“公开99”这份方案/)
  await refused(['rooms', 'bind', 'console:财政', '--plan', '公开18', '--no-plan', ...today], /只能写一个/)
  expect(await done(['rooms', 'bind', 'console:财政', '--no-plan', ...today])).toMatch(/不再指定方案/)
})
