import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import writeExcelFile from 'write-excel-file/node'
import { townRoster } from '../town/plan.ts'
import { workdayPlan } from '../town/workday-plan.ts'
import { type Desk, openDesk } from './duban.ts'

/** The clerk gives the office's days, in order, on one database; the program knows no notice for 2098. */
let desk: Desk
const plan = workdayPlan.replaceAll('2018年', '2098年').replaceAll('2017年', '2097年').replace('〔2017〕', '〔2097〕')
beforeAll(async () => {
  desk = await openDesk({ kept: true })
  desk.file('plan.txt', plan)
  desk.file('roster.json', JSON.stringify(townRoster))
  await done(['roster', 'import', 'roster.json', '--today', '2097-11-20'])
  await done(['import', 'plan.txt', '--yes', '--today', '2097-11-20'])
})
afterAll(() => desk.close())

const run = (args: string[]) => desk.run([...args, ...(args.includes('--today') ? [] : ['--today', '2097-12-02'])])
const done = async (args: string[]): Promise<string> => {
  const ran = await run(args)
  expect(ran, args.join(' ')).toMatchObject({ code: 0 })
  return ran.stdout
}

describe('clock', () => {
  it('prints how a limit is counted, by whom and why', async () => {
    const said = await done([
      'clock',
      'answer',
      '--from',
      '2019-09-25',
      '--pause',
      '2019-10-09',
      '--resume',
      '2019-10-15',
    ])
    expect(said).toMatch(
      /^2019-09-25 开始 开始计算 20个工作日 到2019-10-28 {2}政府信息公开条例（2019年修订）第三十三条第二款\n/,
    )
    expect(said).toMatch(
      /不计：周末2019-09-28，国庆节2019-10-01至2019-10-07（7天）.*\n.*周末计入：调休上班2019-09-29，调休上班2019-10-12\n/,
    )
    // 10-16…18 | 21–25 | 28–11-01 | 04
    expect(said).toMatch(/收到意见 继续计算 还剩14个工作日 到2019-11-04 {2}.*第三十三条第三款\n/)
    expect(said).toMatch(/其间停止计算5个工作日\n.*\n到期：2019-11-04\n$/)
  })

  it.each([
    [['clock', 'answer', '--from', '2019-02-30'], /--from 应是日期或分钟/],
    [['clock', 'holiday', '--from', '2019-03-01'], /没有“holiday”这个期限/],
    [['clock', 'answer', '--from', '2008-04-30'], /还没有施行/],
    [['clock', 'third-party', '--from', '2017-03-01'], /没有给“第三方提出意见”定期限/],
    [['clock', 'objection', '--from', '2024-09-06', '--extend', '2024-09-10'], /没有“延长期限”/],
  ])('%s is refused', async (args, said) => {
    expect(await run(args)).toMatchObject({ code: 2, stderr: expect.stringMatching(said) })
  })
})

describe('calendar', () => {
  it('shows a year that is not announced, and one that is', async () => {
    expect(await done(['calendar', 'show', '2098'])).toMatch(
      /^2098年：放假安排尚未公布.*暂定\n元旦：1月1日（周三），1天\n/,
    )
    const known = await done(['calendar', 'show', '2026'])
    expect(known).toMatch(/^2026年：按国务院办公厅通知\n元旦：1月1日（周四）至1月3日（周六），3天$/m)
    expect(known).toMatch(/^国庆：10月1日（周四）至10月7日（周三），7天$/m)
    expect(known).toMatch(/^周末上班：1月4日（周日）、2月14日（周六）、2月28日（周六）/m)
  })

  it('takes a notice as it is written, and recomputes the days', async () => {
    expect(await done(['say', '1-1号任务是什么', '--as', 'office'])).toMatch(/暂定/)
    desk.file(
      'notice.txt',
      '2098年放假安排\n元旦：1月1日至3日放假调休，共3天。1月4日（周六）上班。\n国庆节：10月1日至7日放假调休。\n',
    )
    expect(await done(['calendar', 'import', 'notice.txt'])).toBe(
      `${['01-01', '01-02', '01-03'].map((day) => `2098-${day} 休`).join('\n')}\n2098-01-04 班\n${[1, 2, 3, 4, 5, 6, 7].map((n) => `2098-10-0${n} 休`).join('\n')}\n`,
    )
    const task = await done(['say', '1-1号任务是什么', '--as', 'office'])
    expect(task).not.toMatch(/暂定/)
    expect(task).toMatch(/2098年放假安排公布，到期日由2098年1月15日改为2098年1月16日/)
    expect(await done(['calendar', 'show', '2098'])).toMatch(
      /^2098年：按本机关导入的安排\n元旦：1月1日（周三）至1月3日（周五），3天\n/,
    )
    await done(['verify'])
  })

  it('the same again changes nothing; what was wrong is taken back', async () => {
    expect(await done(['calendar', 'import', 'notice.txt'])).toBe('本机关的日期没有变化\n')
    desk.file('back.csv', '日期,安排\n2098-01-04,取消\n2098-01-06,班\n')
    expect(await done(['calendar', 'import', 'back.csv'])).toBe('2098-01-04 班 → 照常\n2098-01-06 班\n')
    expect(await done(['calendar', 'show', '2098'])).not.toMatch(/1月4日/)
  })

  it('takes a workbook with its own dates', async () => {
    const cell = (value: string | Date) =>
      value instanceof Date ? { value, type: Date, format: 'yyyy-mm-dd' } : { value }
    const rows = [
      [cell('日期'), cell('安排')],
      [cell(new Date(Date.UTC(2098, 2, 10))), cell('休')],
    ]
    const path = `${desk.folder}/days.xlsx`
    await writeExcelFile(rows as never).toFile(path)
    expect(await done(['calendar', 'import', 'days.xlsx'])).toBe('2098-03-10 休\n')
  })

  it('says what is wrong, and writes nothing', async () => {
    const before = desk.rows()
    desk.file('bad.txt', '2098-03-11 休\n2098-03-12\n')
    desk.file('bad.json', '{"2098":')
    desk.file('rest.json', '{"2098":{"rest":["2098-03-11"]}}')
    desk.file('bad.xlsx', 'no workbook')
    for (const [args, words] of [
      [['import', 'bad.txt'], /^第2行：“2098-03-12”没有写休还是班。应为“日期 休”或“日期 班”/],
      [['import', 'bad.json'], /不是 JSON：应写成/],
      [['import', 'rest.json'], /2098年的“rest”不对：应写成/],
      [['import', 'bad.xlsx'], /打不开/],
      [['import', 'none.txt'], /文件不存在/],
      [['import'], /缺少文件/],
      [['show', '今年'], /不是年份/],
      [['remove'], /用法/],
    ] as const) {
      const ran = await run(['calendar', ...args])
      expect(ran.code, args.join(' ')).toBe(2)
      expect(ran.stderr).toMatch(words)
      expect(ran.stderr.trimEnd().split('\n')).toHaveLength(1)
    }
    expect(desk.rows()).toBe(before)
  })
})
