import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BadInput } from '../../src/model/problem.ts'
import { parse } from '../../src/plan/parse.ts'
import { BRACKETS, LABELLED } from './layouts.ts'

const rows = (text: string) =>
  parse(text).tasks.map((t) => [
    t.id,
    t.text,
    t.lead.join('、'),
    t.support.join('、'),
    t.deadlines.map((d) => d.raw).join('、'),
  ])
const plan = (body: string) => `白石县2020年工作要点\n白石县人民政府办公室\n2020年3月1日\n\n一、工作任务\n${body}\n`

describe('a narrative plan', () => {
  it('ends a task where a group of units closes, before or after the full stop', () => {
    const text = plan(
      '1. 推进水网建设。实施水网工程，按月公开进度（县水利局）。整治河道（县生态环境局、水利局）。完善台账。（县河长办）',
    )
    expect(rows(text)).toEqual([
      ['1-1', '实施水网工程，按月公开进度', '县水利局', '', '按月'],
      ['1-2', '整治河道', '县生态环境局、县水利局', '', ''],
      ['1-3', '完善台账', '县河长办', '', ''],
    ])
  })

  it('takes brackets that name no units for text', () => {
    const text = plan(
      '1. 推进项目公开。推进合作（PPP）项目（以下统称“两类项目”）公开，统一平台（含移动端）建设（县财政局）。',
    )
    expect(rows(text)[0]?.[1]).toBe('推进合作（PPP）项目（以下统称“两类项目”）公开，统一平台（含移动端）建设')
  })

  it('joins what a page break cut, also inside the group', () => {
    const text = plan(
      '1. 做好普查。组织开展农村房屋普\n\n查工作，形成成果（县住建局、县自然资\n\n源局）。\n\n2. 抓好复核。逐户复核（县民政局）。',
    )
    expect(rows(text)).toEqual([
      ['1-1', '组织开展农村房屋普查工作，形成成果', '县住建局、县自然资源局', '', ''],
      ['2-1', '逐户复核', '县民政局', '', ''],
    ])
  })

  it('carries both numbers where items begin again under each part', () => {
    const text = plan(
      '（一）强基础\n1. 做好甲事（县教育局）。\n2. 做好乙事（县科技局）。\n（二）补短板\n1. 做好丙事（县商务局）。',
    )
    expect(rows(text).map((r) => r[0])).toEqual(['1.1-1', '1.2-1', '2.1-1'])
  })

  it('keeps the whole text of an item without a heading sentence, and its headings apart', () => {
    const [task] = parse(plan('（一）强基础\n1. 公布办事指南（县政务服务中心）。')).tasks
    expect(task?.text).toBe('公布办事指南')
    expect(task?.section).toEqual(['一、工作任务', '（一）强基础'])
  })

  it('takes a time limit of its own line or brackets for its task, also where it is a day', () => {
    const text = plan(
      '1. 建设中转站。\n牵头单位：县住建局\n配合单位：县供销社\n完成时限：2020年8月31日\n2. 新建闸站。（责任单位：县水利局）（完成时限：9月30日）\n3. 公布结果。（县司法局）',
    )
    expect(rows(text)).toEqual([
      ['1-1', '建设中转站', '县住建局', '县供销社', '2020年8月31日'],
      ['2-1', '新建闸站', '县水利局', '', '9月30日'],
      ['3-1', '公布结果', '县司法局', '', ''],
    ])
    expect(parse(text).questions.map(({ kind }) => kind)).toEqual(['head'])
  })

  it('drops what stands around the text and nothing that only begins or ends as it does', () => {
    const text = `${plan(
      '1. 健全制度\n出台细则，年底前印发\n责任单位：县人社局\n2. 加强宣传。做好发布（县融媒体中心）\n附件清单按季度更新。（县档案馆）\n联系人制度由县信访局建立。（县信访局）\n出席会议情况每月通报（县直机关工委）',
    )}附件：1.任务表\n联系人：张三，电话1234567\n抄送：县委办公室\n白石县人民政府办公室 2020年3月1日印发\n`
    expect(rows(text).map(([id, words, lead]) => [id, words, lead])).toEqual([
      ['1-1', '出台细则，年底前印发', '县人社局'],
      ['2-1', '做好发布', '县融媒体中心'],
      ['2-2', '附件清单按季度更新', '县档案馆'],
      ['2-3', '联系人制度由县信访局建立', '县信访局'],
      ['2-4', '出席会议情况每月通报', '县直机关工委'],
    ])
  })

  it('knows who acts behind the words that only count (一是, 首先)', () => {
    const text = `${plan('1. 管好水网（县水利局）。\n2. 管好路网。一是县交通运输局按月公开进度；二是县公安局6月底前完成改造。')}二、保障措施\n（一）加强领导。一是各乡镇于4月底前报送方案；二是县教育局年内自查一次。首先，县审计局年底前审计。其次，县司法局按季度抽查。\n`
    expect(rows(text).map(([id, , lead]) => [id, lead])).toEqual([
      ['1-1', '县水利局'],
      ['2-1', '县交通运输局'],
      ['2-2', '县公安局'],
      ['R-1', '各乡镇'],
      ['R-2', '县教育局'],
      ['R-3', '县审计局'],
      ['R-4', '县司法局'],
    ])
  })

  it('makes a task of a sentence whose subject is a named unit, and of no class', () => {
    const text = plan(
      '1. 甲项。做好甲事（县教育局）。\n2. 乙项。各部门做好乙事。县司法局制定清单，定期更新。加强培训。',
    )
    expect(rows(text).slice(1)).toEqual([['2-1', '县司法局制定清单，定期更新', '县司法局', '', '']])
    expect(parse(text).questions.filter((q) => q.kind === 'no-unit')).toHaveLength(2)
  })

  it('gives what no unit answers for to the class that the plan hands it to', () => {
    const text = `${plan('1. 甲项。做好甲事（县教育局）。\n2. 乙项。11月底前做好乙事，加强培训。\n3. 丙项。做好丙事（县科技局）。')}二、保障措施\n未明确责任单位的事项作为共性任务，各乡镇、各部门要抓好落实。\n`
    const draft = parse(text)
    expect(draft.common).toEqual([
      {
        section: ['一、工作任务', '2. 乙项'],
        text: '11月底前做好乙事，加强培训',
        units: ['各乡镇', '各部门'],
        deadlines: [{ kind: 'date', raw: '11月底前', by: '2020-11-30' }],
        source: { line: 7, raw: '11月底前做好乙事，加强培训' },
        sources: { deadlines: [{ line: 7, raw: '11月底前', from: 'text' }] },
      },
    ])
    expect(draft.questions.filter((q) => q.kind === 'no-unit')).toEqual([])
  })

  it.each([
    ['以上任务未注明完成时限的，均于11月底前完成。', '11月底前', '2020-11-30'],
    ['各项工作除另有说明外，应于2020年12月20日前完成。', '2020年12月20日前', '2020-12-20'],
    ['上述各项任务均须在年底前完成。', '年底前', '2020-12-31'],
  ])('gives a time that is said once for all to the tasks without one: %s', (rule, raw, by) => {
    const work = plan('1. 甲项。做好甲事（县教育局）。\n2. 乙项。6月底前做好乙事（县科技局）。')
    const { tasks } = parse(`${work}二、工作要求\n${rule}\n`)
    expect(tasks.map(({ deadlines }) => deadlines)).toEqual([
      [{ kind: 'date', raw, by }],
      [{ kind: 'date', raw: '6月底前', by: '2020-06-30' }],
    ])
    expect(tasks[0]?.sources.deadlines).toEqual([{ line: 9, raw, from: 'column' }])
  })

  it('takes no other closing sentence for such a rule', () => {
    const work = plan('1. 甲项。做好甲事（县教育局）。')
    const { tasks } = parse(`${work}二、工作要求\n各部门对上述任务要细化措施，11月底前报送总结。\n`)
    expect(tasks.map(({ deadlines }) => deadlines.length)).toEqual([0, 1])
  })

  it('tells the line and the words of every value', () => {
    const [task] = parse(plan('1. 甲项。2020年6月底前做好甲事\n（县教育局、科技局）。')).tasks
    expect(task?.source).toEqual({ line: 6, raw: '2020年6月底前做好甲事' })
    expect(task?.sources.lead).toEqual([
      { line: 7, raw: '县教育局' },
      { line: 7, raw: '科技局' },
    ])
    expect(task?.sources.deadlines).toEqual([{ line: 6, raw: '2020年6月底前', from: 'text' }])
  })

  it('asks about words in a list that name no unit it knows', () => {
    const draft = parse(plan('1. 甲项。做好甲事（县教育局、驻村第一书记负责落实）。'))
    expect(draft.tasks[0]?.lead).toEqual(['县教育局'])
    expect(draft.questions).toContainEqual(expect.objectContaining({ kind: 'unknown-unit', task: '1-1', line: 6 }))
  })

  it('reads a time that stands with the units', () => {
    const text = plan('1. 甲项。做好甲事（县教育局牵头，县科技局配合，10月底前完成）。')
    expect(rows(text)).toEqual([['1-1', '做好甲事', '县教育局', '县科技局', '10月底前']])
  })

  it('asks about a day that is only roughly said', () => {
    const draft = parse(plan('1. 甲项。6月中旬前做好甲事（县教育局）。'))
    expect(draft.questions).toContainEqual(
      expect.objectContaining({ kind: 'vague-day', task: '1-1', line: 6, proposal: '2020-06-20' }),
    )
  })
})

describe('closing chapters and notices', () => {
  const closing = (text: string) =>
    rows(`${plan('1. 甲项。做好甲事（县教育局）。')}二、工作要求\n${text}\n`)
      .slice(1)
      .map((r) => [r[0], r[1], r[2]])

  it('takes only demands with a time, each with its own', () => {
    const text =
      '（一）强化责任。各乡镇、各部门要高度重视；实施方案于2020年4月10日前报县政府办公室，总结于12月5日前报送（联系人：王某；联系电话：1234567）。加强宣传。'
    expect(closing(text)).toEqual([
      ['R-1', '实施方案于2020年4月10日前报县政府办公室', '各乡镇、各部门'],
      ['R-2', '总结于12月5日前报送', '各乡镇、各部门'],
    ])
  })

  it.each([
    [
      '各部门要明确联系人、联系电话，于3月25日前报县政府办公室。',
      '各部门要明确联系人、联系电话，于3月25日前报县政府办公室',
    ],
    [
      '请各部门于3月25日前报送总结，电子版发至邮箱：a@b.cn，联系电话：8712345。',
      '请各部门于3月25日前报送总结，电子版发至',
    ],
    ['各单位联系电话于4月15日前报送县政府办公室。', '各单位联系电话于4月15日前报送县政府办公室'],
    ['各部门于4月15日前报送名单（办公室设在县政府大楼，电子邮箱：a@b.cn）。', '各部门于4月15日前报送名单'],
  ])('leaves out whom to ring, and no demand for it: %s', (said, text) => {
    const work = plan('1. 甲项。做好甲事（县教育局）。')
    const { tasks } = parse(`${work}二、工作要求\n${said}\n联系人：王某，电话8712345，5月1日起更换。\n`)
    expect(tasks.slice(1).map((task) => task.text)).toEqual([text])
  })

  it.each([
    ['各承办单位收到建议后要逐件登记。不属于本单位承办的，3个工作日内退回县政府办公室。', '各承办单位'],
    ['经县政府同意，现将任务分解印发，请各乡镇、各部门于4月20日前报送落实方案。', '各乡镇、各部门'],
  ])('finds who is to act: %s', (said, units) => {
    const work = plan('1. 甲项。做好甲事（县教育局）。')
    const { tasks } = parse(`${work}二、工作要求\n${said}\n`)
    expect(tasks.slice(1).map(({ lead }) => lead.join('、'))).toEqual([units])
  })

  it('takes a counted demand with its own subject', () => {
    const text = '（一）加强领导。各乡镇、各部门要提高认识，主要负责同志年内至少听取一次汇报，研究工作；要明确专人。'
    expect(closing(text)).toEqual([['R-1', '主要负责同志年内至少听取一次汇报', '各乡镇、各部门']])
  })

  it('names the unit that a sentence itself begins with', () => {
    expect(closing('各部门要抓好落实。县政府办公室将开展督查，年底组织考核。')).toEqual([
      ['R-1', '县政府办公室将开展督查，年底组织考核', '县政府办公室'],
    ])
  })
})

describe('units and times on lines of their own', () => {
  const draft = parse(LABELLED)

  it('reads the head', () => {
    expect(draft.document).toEqual({
      title: '清河市2021—2023年营商环境提升行动方案',
      number: '清政办发〔2021〕18号',
      issuer: '清河市人民政府办公室',
      issuedOn: '2021-04-30',
      year: 2021,
      untilYear: 2023,
    })
  })

  it('reads the tasks', () => {
    expect(rows(LABELLED)).toEqual([
      [
        '1-1',
        '依托一体化平台，实现企业登记、公章刻制、发票申领、社保登记“一表填报”，2021年6月底前全市推开',
        '市市场监管局',
        '市公安局、市税务局、市人力资源和社会保障局',
        '2021年6月底前、2021年7月底前',
      ],
      ['2-1', '清理规范审批中介服务，公布中介服务事项清单', '市行政审批局、各区县人民政府', '', '持续推进'],
      ['3-1', '（1）建立政策直达快享机制；（2）每季度公布落实情况', '市税务局、市财政局', '', '每季度'],
      ['R-1', '各区县应于2021年5月20日前将实施细则报市政府办公室', '各区县', '', '2021年5月20日前'],
      ['R-2', '各区县、各部门要建立工作专班，明确责任人，每季度向市营商办报送进展情况', '各区县、各部门', '', '每季度'],
    ])
  })

  it('tells a time of the label from a time of the text', () => {
    expect(draft.tasks[0]?.sources.deadlines).toEqual([
      { line: 20, raw: '2021年6月底前', from: 'text' },
      { line: 23, raw: '2021年7月底前', from: 'column' },
    ])
  })
})

describe('brackets, and a rule given once', () => {
  it('reads the tasks', () => {
    expect(rows(BRACKETS)).toEqual([
      [
        '1-1',
        '对矿山、危化、消防等领域全面排查，5月底前建立台账',
        '州应急管理局',
        '州自然资源局、州消防救援支队',
        '5月底前',
      ],
      ['1-2', '对排查出的隐患逐项整改，验收销号后10日内公示', '州应急管理局', '', '验收销号后10日内'],
      ['2-1', '建设风险监测预警系统，接入企业不少于200家', '州工业和信息化局', '国网北山供电公司、北山学院', ''],
      ['4-1', '完善值班制度', '各县市人民政府、州级有关部门', '', ''],
      ['R-1', '各县市、各部门每月25日前报送工作进展', '各县市、各部门', '', '每月25日前'],
    ])
    expect(parse(BRACKETS).questions.map((q) => q.kind)).toEqual(['no-unit'])
  })
})

describe('whatever it is given', () => {
  const words = fc.constantFrom(
    '一、',
    '（一）',
    '1. ',
    '（市财政局）',
    '（市财政局牵头',
    '2020年5月底前',
    '各部门要',
    '。',
    '；',
    '\n',
    '\t',
    '|',
    '（',
    '）',
    '责任单位：',
    '市水利局',
    '序号',
    '做好工作',
  )
  it('gives a plan whose sources stand in the document, or says in one line what is wrong', () => {
    fc.assert(
      fc.property(fc.array(words, { maxLength: 60 }), (parts) => {
        const text = parts.join('')
        const last = text.split('\n').length
        try {
          for (const task of parse(text).tasks) {
            const sources = [task.source, ...task.sources.lead, ...task.sources.support, ...task.sources.deadlines]
            expect(sources.every((s) => s.line >= 1 && s.line <= last)).toBe(true)
            expect(task.sources.lead).toHaveLength(task.lead.length)
            expect(task.sources.deadlines).toHaveLength(task.deadlines.length)
          }
        } catch (problem) {
          if (!(problem instanceof BadInput)) throw problem
          expect(problem.message).not.toContain('\n')
        }
      }),
      { numRuns: 300 },
    )
  })
})

it('takes time in proportion to length', () => {
  const item =
    '1. 推进甲项。按月公开进度（县水利局、财政局）。整治河道，6月底前完成（县生态环境局牵头，会同县水利局落实）。\n'
  const time = (n: number): number => {
    const text = plan(item.repeat(n))
    const start = performance.now()
    expect(parse(text).tasks).toHaveLength(2 * n)
    return performance.now() - start
  }
  time(300)
  const [one, ten] = [Math.min(time(300), time(300)), Math.min(time(3000), time(3000))]
  expect(ten).toBeLessThan(25 * one)
})
