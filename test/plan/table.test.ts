import { describe, expect, it } from 'vitest'
import { parse } from '../../src/plan/parse.ts'
import { BARS, COLUMNS, FLATTENED } from './layouts.ts'

const rows = (text: string) =>
  parse(text).tasks.map((t) => [
    t.id,
    t.text,
    t.lead.join('、'),
    t.support.join('、'),
    t.deadlines.map((d) => d.raw).join('、'),
  ])

describe('a table in its columns', () => {
  it('reads rows, cells as above, columns of roles and a head repeated', () => {
    expect(rows(COLUMNS)).toEqual([
      ['1', '编制年度重大行政决策事项目录并向社会公布', '区政府办公室', '区司法局、区发展改革局', '2022年3月底前'],
      ['2', '重大行政决策全部经过合法性审查', '区司法局', '', '长期坚持'],
      ['3', '每半年开展1次行政执法案卷评查', '区司法局', '区直各执法部门', '每半年开展1次'],
      ['4', '组织行政执法人员培训', '区司法局', '区直各执法部门', '2022年11月底前'],
      ['5', '执法决定作出后7个工作日内公示', '各街道办事处、区直有关部门', '', '执法决定作出后7个工作日内、全年'],
    ])
  })

  it('gives each row the headings and themes above it', () => {
    expect(parse(COLUMNS).tasks.map((t) => t.section)).toEqual([
      ['一、健全行政决策机制', '科学民主决策'],
      ['一、健全行政决策机制', '科学民主决策'],
      ['二、规范行政执法', '执法监督'],
      ['二、规范行政执法', '执法监督'],
      ['二、规范行政执法', '信息公示'],
    ])
  })

  it('puts a row together whose cells hold line breaks, as copied from Word or Excel, and no two rows', () => {
    const heads = '序号\t工作任务\t责任单位\t完成时限'
    const table = (...lines: string[]) => rows(['某区2022年整改清单', heads, ...lines].join('\n'))
    expect(table('1\t增设窗口；', '推行预约\t区行政审批局\t5月底前', '2\t公开结果\t区司法局\t年内')).toEqual([
      ['1', '增设窗口；推行预约', '区行政审批局', '', '5月底前'],
      ['2', '公开结果', '区司法局', '', '年内'],
    ])
    expect(
      table('1\t减少检查\t区司法局\t年内', '2\t"推行""综合', '', '查"""\t区城管局', '区商务局\t6月底前').slice(1),
    ).toEqual([['2', '推行"综合查"', '区城管局、区商务局', '', '6月底前']])
    expect(table('1\t减少检查\t区司法局\t年内', '2\t公布清单', '3\t开展评议\t区商务局\t6月底前')).toEqual([
      ['1', '减少检查', '区司法局', '', '年内'],
      ['2', '公布清单', '区司法局', '', '年内'],
      ['3', '开展评议', '区商务局', '', '6月底前'],
    ])
  })

  it('goes on with a table where its last cell breaks, and below 续表', () => {
    const text = (between: string) =>
      `某区2022年整改清单\n序号\t工作任务\t责任单位\t备注\n1\t减少检查\t区司法局\t已完成\n${between}\n2\t公布清单\t区商务局\n`
    for (const between of ['五成', '其余\n待验收', '（续表）'])
      expect(rows(text(between)).map(([id, , lead]) => [id, lead])).toEqual([
        ['1', '区司法局'],
        ['2', '区商务局'],
      ])
  })

  it('takes no sentence between the rows for a cell, and says which rows have no head', () => {
    const text =
      '某区2022年整改清单\n序号\t工作任务\t责任单位\t完成时限\n1\t减少检查\t区司法局\t6月底前\n以上每月通报。\n2\t公布清单\t区商务局\t年内\n另附\n4\t清理文件\t区档案馆\t年内\n'
    expect(rows(text).map(([id, , , , time]) => [id, time])).toEqual([
      ['1', '6月底前'],
      ['2', '年内'],
    ])
    expect(parse(text).questions.find(({ kind }) => kind === 'unsure-row')).toMatchObject({
      line: 7,
      proposal: '不读入',
    })
  })

  it('tells the line of every cell', () => {
    const task = parse(COLUMNS).tasks[3]
    expect(task?.source.line).toBe(10)
    expect(task?.sources.lead).toEqual([{ line: 8, raw: '区司法局' }])
    expect(task?.sources.deadlines).toEqual([{ line: 10, raw: '2022年11月底前', from: 'column' }])
  })

  it('numbers rows that have no number, between bars', () => {
    expect(rows(BARS)).toEqual([
      ['1', '新建公办幼儿园2所', '县教育体育局', '县住房城乡建设局、县财政局', '9月1日前'],
      ['2', '改造农村寄宿制学校5所', '县教育体育局', '县住房城乡建设局、县财政局', '10月底'],
      ['3', '建成社区食堂6个', '县民政局、各乡镇人民政府', '', '年底前'],
    ])
  })
})

it('reads further rows of one number, and offices one below the other in a cell', () => {
  const text = [
    '序号\t任务名称\t目标任务\t责任领导\t牵头单位\t责任单位\t完成时限',
    '1\t治污\t优良天数比率提高\t李某\t市生态环境局\t市工信局 市住建局 各区县政府\t全年',
    '\t\t建成污水处理厂2座\t\t市住建局\t市水务局\t2019年9月底前',
  ].join('\n')
  expect(rows(`大岭市2019年重点工作清单\n${text}`)).toEqual([
    ['1-1', '优良天数比率提高', '市生态环境局、市工信局、市住建局、各区县政府', '', '全年'],
    ['1-2', '建成污水处理厂2座', '市住建局、市水务局', '', '2019年9月底前'],
  ])
})

describe('a table flattened to text', () => {
  const draft = parse(FLATTENED)

  it('puts texts to their numbers and spreads merged cells', () => {
    expect(rows(FLATTENED)).toEqual([
      ['1', '对全市水库逐座排查，建立问题清单', '市水利局、市应急局', '', '2020年5月底前'],
      ['2', '修订超标洪水防御预案', '市水利局、市应急局', '', '2020年5月底前'],
      ['3', '组织防汛抢险演练，检验预案的可操作性', '市水利局、市应急局', '', '2020年5月底前'],
      ['4', '开展墒情监测', '市农业农村局', '', '全年工作'],
      ['5', '编制应急供水方案，报市政府批准', '市农业农村局', '', '全年工作'],
      ['6', '做好人工增雨作业', '市气象局', '', '全年工作'],
    ])
    expect(draft.tasks[0]?.section).toEqual(['防汛备汛', '隐患排查'])
    expect(draft.tasks[0]?.divided).toBe(true)
  })

  it('says which rows are not sure', () => {
    const unsure = draft.questions.filter((q) => q.kind === 'unsure-row')
    expect(unsure.map((q) => [q.task, q.line])).toEqual([
      ['1', 3],
      ['4', 8],
    ])
    expect(draft.tasks[3]?.note).toContain('拆开')
  })

  it('asks where a page with a column for times has none', () => {
    const text = '序号\t事项\t责任单位\t完成时限\n1\t甲事\t市教育局\t\n2\t乙事\t市科技局\t\n'
    expect(parse(text).questions).toContainEqual(expect.objectContaining({ kind: 'no-time', task: '1', line: 2 }))
  })
})
