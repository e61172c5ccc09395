import { afterAll, beforeAll, expect, it } from 'vitest'
import writeExcelFile from 'write-excel-file/node'
import { townPlan, townRoster } from '../town/plan.ts'
import { type Desk, openDesk } from './duban.ts'

let desk: Desk
const on = (day: string) => ['--today', day]
const done = async (args: string[]): Promise<string> => {
  const ran = await desk.run(args)
  expect(ran, args.join(' ')).toMatchObject({ code: 0 })
  return ran.stdout
}
const refused = async (args: string[], words: RegExp): Promise<void> => {
  const before = desk.rows()
  const { code, stdout, stderr } = await desk.run(args)
  expect([args.join(' '), code, stdout]).toEqual([args.join(' '), 2, ''])
  expect(stderr).toMatch(words)
  expect(stderr.trimEnd().split('\n')).toHaveLength(1)
  expect(desk.rows()).toBe(before)
}

/** A table of indicators as an office keeps it, with what it says of its sum. */
const table = (sum: string) => [
  ['编号', '一级指标', '指标', '分值', '评分标准', '责任单位'],
  ['1.1', '办理', '任务按时办理', '60', '逾期一项扣1分', '市财政局、市审计局'],
  ['1.2', '办理', '材料齐全', '40', '缺一份扣2分', '市财政局'],
  ['合计', '', '', sum, '', ''],
]
const csv = (rows: string[][]) => `${rows.map((row) => row.join(',')).join('\n')}\n`
const year = ['--title', '2017年考核', '--from', '2017-07-01', '--to', '2017-08-31']

beforeAll(async () => {
  desk = await openDesk({ kept: true })
  desk.file('plan.txt', townPlan)
  desk.file('town.json', JSON.stringify(townRoster))
  await done(['roster', 'import', 'town.json', ...on('2017-07-11')])
  await done(['import', 'plan.txt', '--yes', ...on('2017-07-11')])
  const cells = table('100').map((row) => row.map((value) => ({ value })))
  desk.file('table.xlsx', await writeExcelFile(cells).toBuffer())
})
afterAll(() => desk.close())

it('a table that is not right is refused with its line, and nothing is stored', async () => {
  desk.file('sum.csv', csv(table('90')))
  desk.file('stranger.csv', csv(table('100')).replace('市审计局', '市气象台'))
  desk.file('no.csv', '姓名,电话\n甲,1\n')
  await refused(['assess', 'import', 'sum.csv', ...year], /分值合计不对：.*写的是90.*加起来是100/)
  await refused(['assess', 'import', 'stranger.csv', ...year], /第\d+行的“市气象台”不在通讯录里.*--means 市气象台=/)
  await refused(['assess', 'import', 'no.csv', ...year], /没有找到指标表/)
  await refused(['assess', 'import', 'table.xlsx', '--title', '考核'], /缺少 --from/)
  await refused(['assess', 'import', 'table.xlsx', ...year, '--rules', '9'], /--rules 里的 9 不是表中的指标编号/)
  await refused(['assess', 'show'], /还没有考核/)
})

it('an office’s own table goes its whole way, and the ledger is whole', async () => {
  const made = await done(['assess', 'import', 'table.xlsx', ...year, '--rules', '1.1', ...on('2017-08-01')])
  expect(made).toBe('已导入“2017年考核”：2项指标，共100.00分，草稿\n由台账计分：1.1\n')
  await refused(['assess', 'import', 'table.xlsx', ...year], /已经有“2017年考核”/)
  const give = (points: string, ...reason: string[]) => ['assess', 'give', '市财政局', '1.2', points, ...reason]
  await refused([...give('38', '缺一份')], /还没有开始评分/)
  expect(await done(['assess', 'open', ...on('2017-08-01')])).toMatch(/开始评分/)
  await refused(give('41'), /满分40\.00/)
  await refused(give('38'), /要写明扣分理由/)
  await refused(['assess', 'give', '市审计局', '1.2', '38', '缺一份'], /指标 1\.2 不考核市审计局/)
  await refused(['assess', 'give', '市财政局', '1.1', '50', '迟'], /由台账按规则计分/)
  await refused(['assess', 'tell', ...on('2017-09-04')], /还没有评分，不能公示：市财政局 1\.2/)
  expect(await done([...give('38', '缺一份'), ...on('2017-09-04')])).toBe('市财政局 1.2 材料齐全：已评分\n')
  await refused(['assess', 'tell', ...on('2017-08-31')], /考核期到2017-08-31为止/)
  expect(await done(['assess', 'tell', ...on('2017-09-04')])).toMatch(/已公示，异议期到2017-09-11/)
  const shown = await done(['assess', 'show', '市财政局', ...on('2017-09-05')])
  expect(shown).toMatch(/2017年考核 {2}公示中/)
  expect(shown).toMatch(/1\.2 材料齐全（40\.00）：38\.00/)
  expect(shown).toMatch(/台账计分，计\d+项/)
  expect((await done(['assess', 'show', ...on('2017-09-05')])).match(/^市/gm)).toHaveLength(2)
  expect(await done(['verify'])).toMatch(/^台账完整/)
}, 60_000)
