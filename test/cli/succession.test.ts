import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import writeExcelFile from 'write-excel-file/node'
import { townPlan, townRoster } from '../town/plan.ts'
import { type Desk, openDesk } from './duban.ts'

/** The clerk enters a reform, in order, on one database. */
let desk: Desk
beforeAll(async () => {
  desk = await openDesk({ kept: true })
  desk.file('plan.txt', townPlan)
  desk.file('roster.json', JSON.stringify(townRoster))
  await done(['roster', 'import', 'roster.json'])
  await done(['import', 'plan.txt', '--yes', '--from', '2017-07-11', '--today', '2017-07-11'])
  await done(['people', 'add', '周小舟', '--role', 'liaison', '--unit', '市环保局', '--id', 'lark:ou_1'])
  await done(['rooms', 'bind', 'lark:oc_hb', '--unit', '市环保局'])
})
afterAll(() => desk.close())

const done = async (args: string[]): Promise<string> => {
  const ran = await desk.run(args)
  expect(ran, args.join(' ')).toMatchObject({ code: 0 })
  return ran.stdout
}
const step = ['roster', 'succeed', '市环保局', '市生态环境局', '--from', '2017-08-15', '--reason', '云委发〔2017〕9号']

describe('roster succeed', () => {
  it('shows what will move and writes nothing', async () => {
    const before = desk.rows()
    const shown = await done([...step, '--today', '2017-08-20'])
    expect(shown).toMatch(/^市环保局 自 2017-08-15 起由 市生态环境局 承接（更名或并入，云委发〔2017〕9号）\n/)
    expect(shown).toMatch(/录入新单位：市生态环境局\n责任事项 \d+条 → 市生态环境局：公开17-3-1、.*公开17-3-2/)
    expect(shown).toMatch(/人员 周小舟 → 市生态环境局\n群 lark:oc_hb → 市生态环境局\n/)
    expect(shown).toMatch(/没有改动台账。核对后加 --yes 写入。\n$/)
    // The office's own row is all that a command may touch by being called.
    expect(desk.rows()).toBe(before)
  })

  it.each([
    [['roster', 'succeed', '市环保局'], /用法/],
    [['roster', 'succeed', '市环保局', '市生态环境局'], /--from/],
    [[...step, '--today', '2017-08-14'], /还没有到/],
    [
      ['roster', 'succeed', '市环保局', '--to', '甲局', '--to', '乙局', '--from', '2017-08-15', '--duties', '3-1'],
      /名称=单位|应写作/,
    ],
  ])('%j is refused in one line', async (args, words) => {
    const ran = await desk.run(args)
    expect(ran.code).toBe(2)
    expect(ran.stderr).toMatch(words)
    expect(ran.stderr.trimEnd().split('\n')).toHaveLength(1)
  })

  it('moves it when that is confirmed, once', async () => {
    const shown = await done([...step, '--today', '2017-08-20', '--yes'])
    expect(shown).toMatch(/已登记承接：责任事项移\d+条，人员1名，群1个\n$/)
    expect(await done([...step, '--today', '2017-08-20', '--yes'])).toBe('市环保局 的承接已登记，没有要移的\n')
    expect(await done(['verify'])).toMatch(/完整|没有|通过|一致/)
  })

  it('either name is answered, and the liaison reports under both', async () => {
    const say = (text: string, as: string) => done(['say', text, '--as', as, '--today', '2017-10-10'])
    expect(await say('市环保局本月有哪些任务', 'leader')).toMatch(/市环保局自2017年8月15日起由市生态环境局承接/)
    expect(await say('3-1 三季度的已公开 http://hb.example.gov.cn/3', 'liaison:市环保局')).toMatch(/已收到反馈/)
    expect(await say('待审核的反馈', 'office')).toMatch(/3-1.*市生态环境局/)
  })

  it('a plan that still has the old name goes to the new unit, and says so', async () => {
    desk.file(
      'later.txt',
      townPlan.replaceAll('2017年政务公开工作实施方案', '2017年补充方案').replaceAll('33号', '51号'),
    )
    const told = await done(['import', 'later.txt', '--yes', '--today', '2017-10-11'])
    expect(told).toMatch(/“市环保局”自2017-08-15起由“市生态环境局”承接/)
  })
})

describe('a roster file with a succession', () => {
  const sheet = (rows: string[][]) => writeExcelFile(rows.map((row) => row.map((value) => ({ value })))).toBuffer()
  const heads = ['单位', '承接单位', '起始日', '依据文件']

  it('is shown with the import and waits for --yes', async () => {
    const rows = [heads, ['市审计局', '市审计监督局', '2017年9月1日', '云委发〔2017〕12号'], ['市财政局', '', '', '']]
    desk.file('roster.xlsx', await sheet(rows))
    const today = ['--today', '2017-10-11']
    expect(await done(['roster', 'import', 'roster.xlsx', ...today])).toMatch(
      /市审计局 自 2017-09-01 起由 市审计监督局 承接[\s\S]*没有改动台账/,
    )
    expect(await done(['roster', 'import', 'roster.xlsx', ...today, '--yes'])).toMatch(/已登记承接/)
    expect(await done(['roster', 'import', 'roster.xlsx', ...today])).not.toMatch(/承接/)
  })

  it('of a day to come is told and left', async () => {
    desk.file('next.xlsx', await sheet([heads, ['市统计局', '市统计调查局', '2018-01-01', '']]))
    expect(await done(['roster', 'import', 'next.xlsx', '--today', '2017-10-11', '--yes'])).toMatch(/还没有到日/)
  })

  it('without a day is refused by row', async () => {
    desk.file('wrong.xlsx', await sheet([heads, ['市统计局', '市统计调查局', '', '']]))
    const ran = await desk.run(['roster', 'import', 'wrong.xlsx'])
    expect(ran).toMatchObject({ code: 2 })
    expect(ran.stderr).toMatch(/第2行.*起始日应是日期/)
  })
})
