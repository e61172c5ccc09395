import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Deadline } from '../../src/model/deadline.ts'
import type { DutySeed } from '../../src/model/duty.ts'
import type { CommonDemand, DocumentHead, TaskDraft } from '../../src/model/plan.ts'
import type { Roster, Unit } from '../../src/model/unit.ts'
import { type ClassOf, type DutyOptions, dutiesOf } from '../../src/plan/duties.ts'
import { openCalendar } from '../../src/time/calendar.ts'
import { openRegistry } from '../../src/unit/names.ts'

const calendar = openCalendar()

const unit = (name: string, short: string[] = []): Unit => ({
  ...{ id: name, name, short, level: name.startsWith('县') ? '县' : '', kind: 'unit', members: null },
  ...{ origin: 'roster', leader: '', head: '' },
})
const departments = [
  '县政府办公室',
  '县教育局',
  '县公安局',
  '县农牧局',
  '县质量技术监督局',
  '县国土资源局',
  '县国资委',
  '县水利局',
]
const towns = ['城关镇政府', '河口镇政府']
const roster: Roster = {
  level: '县',
  units: [...departments, ...towns].map((name) => unit(name, name === '县教育局' ? ['教育局'] : [])),
}
const classes: Record<string, string[]> = {
  各乡镇: towns,
  县级各部门: departments,
  各部门: departments,
  各级各部门: [...towns, ...departments],
}
const classOf: ClassOf = (name) => {
  if (roster.units.some(({ id }) => id === name)) return { kind: 'unit', id: name }
  const members = classes[name]
  if (members) return { kind: 'class', id: name, members, whole: true }
  if (/有关|相关/.test(name)) return { kind: 'class', id: name, members: departments, whole: false }
  return /^各/.test(name) ? { kind: 'class', id: name, members: null, whole: true } : undefined
}

const head: DocumentHead = { title: '年度要点', number: '', issuer: '', issuedOn: '2018-04-10', year: 2018 }
let made = 0
type Given = Partial<Omit<TaskDraft, 'deadlines'>> & { deadlines?: Deadline[]; from?: 'text' | 'column' }
const task = ({ from, deadlines = [], ...given }: Given): TaskDraft => ({
  ...{ id: String(++made), section: [], text: '', lead: [], support: [], openEnded: false, divided: false, note: '' },
  ...{ deadlines, source: { line: made, raw: '' } },
  sources: {
    lead: [],
    support: [],
    deadlines: deadlines.map(({ raw }) => ({ line: made, raw, from: from ?? 'text' })),
  },
  ...given,
})
const date = (by: string, raw = `${by}前`): Deadline => ({ kind: 'date', raw, by })
const options: DutyOptions = { classOf, calendar, zone: 'Asia/Shanghai', startOn: null, checkEvery: null }
const of = (
  tasks: TaskDraft[],
  more: Partial<DutyOptions> & { common?: CommonDemand[]; document?: Partial<DocumentHead> } = {},
) => {
  const { common = [], document = {}, ...rest } = more
  return dutiesOf({ document: { ...head, ...document }, tasks, common }, roster, { ...options, ...rest })
}
/** Unit → state of its only duty, in short. */
const states = (seeds: DutySeed[]) => Object.fromEntries(seeds.map(({ unit, state }) => [unit, state]))
const holders = (seeds: DutySeed[], state: DutySeed['state']) =>
  seeds.filter((seed) => seed.state === state).map((seed) => seed.unit)

describe('who', () => {
  const all = [date('2018-09-30')]

  it('several leads have it at once, and claim it where they divide the work', () => {
    const lead = ['县教育局', '县公安局']
    expect(states(of([task({ lead, deadlines: all })]).seeds)).toEqual({ 县教育局: 'open', 县公安局: 'open' })
    expect(states(of([task({ lead, deadlines: all, divided: true })]).seeds)).toEqual({
      县教育局: 'unclaimed',
      县公安局: 'unclaimed',
    })
    expect(states(of([task({ lead: ['县教育局'], deadlines: all, divided: true })]).seeds)).toEqual({
      县教育局: 'open',
    })
  })

  it.each([
    ['由县教育局公布学区；由县公安局公布户籍办法', ['县教育局', '县公安局']],
    ['教育局牵头建立台账，做好与县公安局的衔接', ['县教育局']],
    ['按要求公开本部门办事清单', ['县教育局', '县公安局']],
    ['县教育局、县公安局要公布校车线路', ['县教育局', '县公安局']],
    ['公开县教育局的年度预算', []],
  ])('dividing leads: %s', (text, own) => {
    const { seeds } = of([task({ lead: ['县教育局', '县公安局'], text, divided: true, deadlines: all })])
    expect(holders(seeds, 'open')).toEqual(own)
  })

  it('a unit that leads and supports leads; support sleeps without a day', () => {
    const { seeds } = of([task({ lead: ['县教育局'], support: ['县教育局', '县公安局'], deadlines: all })])
    expect(seeds.map(({ unit, role, state, dueOn }) => [unit, role, state, dueOn])).toEqual([
      ['县教育局', 'lead', 'open', '2018-09-30'],
      ['县公安局', 'support', 'asleep', null],
    ])
  })

  it('a class is its members, one whose members nobody said a line of its own', () => {
    const { seeds, questions } = of([
      task({ lead: ['各乡镇', '县公安局', '各园区', '有关部门'], deadlines: all, divided: true }),
    ])
    expect(seeds.map(({ unit, state, named }) => [unit, state, named])).toEqual([
      ['城关镇政府', 'open', false],
      ['河口镇政府', 'open', false],
      ['县公安局', 'unclaimed', true],
      ['各园区', 'unclaimed', false],
      ['有关部门', 'unclaimed', false],
    ])
    expect(questions.map(({ kind }) => kind)).toEqual(['class-without-members', 'class-without-members'])
  })

  it('named and in a class is one duty, named', () => {
    const { seeds } = of([task({ lead: ['县公安局', '县级各部门'], deadlines: all })])
    expect(seeds).toHaveLength(departments.length)
    expect(seeds[0]).toMatchObject({ unit: '县公安局', named: true })
  })

  it('有牵头任务的部门 are the leads of this plan', () => {
    const { seeds } = of([
      task({ lead: ['县公安局'], deadlines: all }),
      task({ lead: ['有牵头任务的部门'], deadlines: all }),
    ])
    expect(seeds.map(({ unit }) => unit)).toEqual(['县公安局', '县公安局'])
  })

  it('asks about names that it does not know and tasks without a unit', () => {
    const { seeds, questions } = of([task({ lead: ['县邮政局'] }), task({})])
    expect(seeds).toEqual([])
    expect(questions.map(({ kind, task }) => [kind, task])).toEqual([
      ['unknown-unit', String(made - 1)],
      ['no-unit', String(made)],
    ])
  })
})

describe('a text that narrows its unit cell', () => {
  it('by sector words', () => {
    const text = '按照统一部署，教育、公安、农业、质检、国资等部门要牵头制定公开目录，明确公开内容、公开时限等'
    const { seeds, questions } = of([
      task({ lead: ['各乡镇', '县级各部门'], text, deadlines: [date('2018-06-30')], from: 'column' }),
    ])
    expect(holders(seeds, 'open')).toEqual(['县教育局', '县公安局', '县农牧局', '县质量技术监督局', '县国资委'])
    expect(holders(seeds, 'unclaimed')).toEqual([...towns, '县政府办公室', '县国土资源局', '县水利局'])
    expect(questions.map(({ kind }) => kind)).toEqual(['narrower-subject'])
  })

  it.each([
    '加强与教育、公安、质检等部门的沟通',
    '教育、医疗、养老等民生信息要全面公开',
    '高等教育、继续教育、职业教育等要统筹',
    '涉及医疗卫生、教育、公安等民生事项，行业主管部门要公开',
  ])('not by a list that is spoken of: %s', (text) => {
    const { seeds } = of([task({ lead: ['县级各部门'], text, deadlines: [date('2018-06-30')], from: 'column' })])
    expect(holders(seeds, 'open')).toEqual(departments)
  })

  it('by the subject of the sentence in which the time stands', () => {
    const text =
      '年内建成平台。2018年6月30日前，县级各部门要编制目录；9月底前，各乡镇、与民生密切相关的县级有关部门公布清单'
    const deadlines = [date('2018-12-31', '年内'), date('2018-06-30', '2018年6月30日前'), date('2018-09-30', '9月底前')]
    const { seeds } = of([task({ lead: ['各乡镇', '县级各部门'], text, deadlines })])
    const open = (demand: number) =>
      holders(
        seeds.filter((seed) => seed.demand === demand),
        'open',
      )
    expect(open(0)).toEqual([...towns, ...departments])
    expect(open(1)).toEqual(departments)
    expect(open(2)).toEqual(towns)
  })

  it('not by a subject that is the whole cell', () => {
    const text = '各乡镇、有牵头任务的部门年内开展评估'
    const tasks = [
      task({ lead: ['县公安局'] }),
      task({ lead: ['各乡镇', '有牵头任务的部门'], text, deadlines: [date('2018-12-31', '年内')] }),
    ]
    expect(holders(of(tasks).seeds, 'open')).toEqual([...towns, '县公安局'])
  })

  it('leaves a lead named by name its own', () => {
    const text = '各乡镇每季度报送进展情况'
    const rule: Deadline = { kind: 'recurring', raw: '每季度', every: 'quarter' }
    const { seeds } = of([task({ lead: ['县水利局', '各乡镇', '各部门'], text, deadlines: [rule] })])
    expect(new Set(holders(seeds, 'open'))).toEqual(new Set(['县水利局', ...towns]))
  })
})

describe('from when', () => {
  it('what was due before the start is to be confirmed', () => {
    const deadlines = [date('2018-03-31', '3月底前'), date('2018-05-31', '5月底前'), date('2018-10-31', '10月底前')]
    const at = (startOn: string | null) =>
      of([task({ lead: ['县公安局'], deadlines })], { startOn }).seeds.map(({ state }) => state)
    expect(at(null)).toEqual(['unconfirmed', 'open', 'open'])
    expect(at('2018-06-10')).toEqual(['unconfirmed', 'unconfirmed', 'open'])
  })

  it('without a year its rules cannot be laid out, and that is asked', () => {
    const rule: Deadline = { kind: 'recurring', raw: '每月', every: 'month' }
    const { seeds, questions } = of([task({ lead: ['县公安局'], deadlines: [rule] })], {
      document: { issuedOn: '', year: 0 },
    })
    expect(seeds.map(({ state }) => state)).toEqual(['standing'])
    expect(questions.map(({ kind }) => kind)).toEqual(['head'])
  })
})

describe('what the ledger adds', () => {
  const standing = task({ lead: ['县公安局', '县教育局'] })
  const report = (text: string, by = '2018-12-10') =>
    task({ lead: ['各部门'], text, deadlines: [date(by, '12月10日前')] })
  const checks = (seeds: DutySeed[], unit: string) =>
    seeds.filter((seed) => seed.task === '调度' && seed.unit === unit).map(({ round, dueOn }) => `${round} ${dueOn}`)

  it('a check each quarter for whoever has work without a day', () => {
    const { seeds, tasks } = of([standing, task({ lead: ['县水利局'], deadlines: [date('2018-09-30')] })], {
      checkEvery: 'quarter',
    })
    expect(checks(seeds, '县公安局')).toEqual(['2018-Q2 2018-06-30', '2018-Q3 2018-09-30', '2018-Q4 2018-12-31'])
    expect(checks(seeds, '县水利局')).toEqual([])
    expect(tasks).toMatchObject([{ number: '调度', kind: 'check', deadlines: [{ every: 'quarter' }] }])
  })

  it('also where it is ongoing beside a date, and in the rhythm that is set', () => {
    const ongoing: Deadline = { kind: 'ongoing', raw: '全年', year: 2018 }
    const both = task({ lead: ['县水利局'], deadlines: [date('2018-09-30'), ongoing] })
    expect(checks(of([both], { checkEvery: 'half-year' }).seeds, '县水利局')).toEqual([
      '2018-H1 2018-06-30',
      '2018-H2 2018-12-31',
    ])
    expect(of([both], { checkEvery: 'month' }).seeds.filter((seed) => seed.task === '调度')).toHaveLength(8)
    expect(of([both]).tasks).toEqual([])
  })

  it('the year-end report takes the place of the last', () => {
    const yearEnd = report('各部门将要点落实情况于12月10日前报县政府办公室')
    const { seeds } = of([standing, yearEnd], { checkEvery: 'quarter', office: '县政府办公室' })
    expect(checks(seeds, '县公安局')).toEqual(['2018-Q2 2018-06-30', '2018-Q3 2018-09-30'])
    const other = report('县级各部门于12月10日前公布抽查结果')
    expect(checks(of([standing, other], { checkEvery: 'quarter' }).seeds, '县公安局')).toHaveLength(3)
  })

  it('the office hands itself nothing in and checks itself nowhere', () => {
    const office = '县政府办公室'
    const given = [task({ lead: ['各部门'] }), report('实施方案于12月10日前报送'), report('公布年度报告、清单')]
    const { seeds } = of(given, { checkEvery: 'quarter', office })
    expect(seeds.filter(({ unit }) => unit === office).map((seed) => seed.task)).toEqual([given[0]?.id, given[2]?.id])
    const others = of([report('工作方案报县国资委')], { office }).seeds.map(({ unit }) => unit)
    expect(others).toContain(office)
    expect(others).not.toContain('县国资委')
  })

  it("everyone's work is one line a unit", () => {
    const common = ['清理网站', '培训人员'].map((text) => ({
      section: [],
      text,
      units: ['各乡镇', '各园区'],
      deadlines: [],
      source: { line: 1, raw: '' },
      sources: { deadlines: [] },
    }))
    const { seeds, tasks } = of([], { common, checkEvery: 'quarter' })
    const lines = seeds.filter((seed) => seed.task === '共性')
    expect(states(lines)).toEqual({ 城关镇政府: 'standing', 河口镇政府: 'standing', 各园区: 'unclaimed' })
    expect(tasks.map(({ number, text }) => [number, text])).toContainEqual(['共性', '清理网站；培训人员'])
    expect(checks(seeds, '城关镇政府')).toHaveLength(3)
    expect(checks(seeds, '各园区')).toHaveLength(0)
  })
})

describe("times in everyone's work", () => {
  const demand = (text: string, ...deadlines: Deadline[]) => ({
    ...{ section: [], text, units: ['各乡镇'], deadlines, source: { line: 4, raw: text } },
    sources: { deadlines: deadlines.map(({ raw }) => ({ line: 4, raw, from: 'text' as const })) },
  })
  const quarterly: Deadline = { kind: 'recurring', raw: '每季度', every: 'quarter' }
  const given = (...common: CommonDemand[]) => of([], { common, checkEvery: 'quarter' })
  const dues = (seeds: readonly DutySeed[]) =>
    seeds
      .filter(({ task, unit }) => task === '共性' && unit === '城关镇政府')
      .map(({ demand: index, round, dueOn }) => [index, round, dueOn])

  it('makes a round a time, and a standing line only for what has none', () => {
    const both = given(demand('培训人员', date('2018-11-30')), demand('清理网站'))
    expect(dues(both.seeds)).toEqual([
      [0, '2018-11-30', '2018-11-30'],
      [-1, 'standing', null],
    ])
    expect(both.tasks.find(({ number }) => number === '共性')?.deadlines).toEqual([date('2018-11-30')])
    expect(dues(given(demand('培训人员', date('2018-11-30'))).seeds)).toHaveLength(1)
  })

  it('keeps two demands of one rhythm apart', () => {
    const rounds = dues(given(demand('报送情况', quarterly), demand('检查网站', quarterly)).seeds)
    expect(new Set(rounds.map(([index]) => index))).toEqual(new Set([0, 1]))
    expect(new Set(rounds.map(String)).size).toBe(rounds.length)
  })

  it('is no line of the check where every demand has its day', () => {
    expect(given(demand('培训人员', date('2018-11-30'))).tasks.map(({ number }) => number)).toEqual(['共性'])
    expect(given(demand('清理网站')).tasks.map(({ number }) => number)).toEqual(['共性', '调度'])
  })
})

describe('whatever the plan is', () => {
  const name = fc.constantFrom(
    ...departments,
    ...towns,
    '各乡镇',
    '各部门',
    '各级各部门',
    '有关部门',
    '各园区',
    '县邮政局',
  )
  const deadline = fc.constantFrom<Deadline>(
    date('2018-02-28'),
    date('2018-11-30'),
    { kind: 'recurring', raw: '每季度', every: 'quarter' },
    { kind: 'recurring', raw: '每年', every: 'year', by: '03-31' },
    { kind: 'relative', raw: '印发后', event: '印发', n: 20, unit: 'workday' },
    { kind: 'relative', raw: '批复后', event: '批复', n: 20, unit: 'day' },
    { kind: 'ongoing', raw: '全年', year: 2018 },
  )
  const anyTask = fc.record({
    lead: fc.array(name, { maxLength: 4 }),
    support: fc.array(name, { maxLength: 3 }),
    deadlines: fc.array(deadline, { maxLength: 3 }),
    divided: fc.boolean(),
    text: fc.constantFrom('', '各部门每季度报送落实情况', '由县教育局公布', '教育、公安、水利等部门要公布'),
  })

  it('a unit owes a round of a demand once, and everything is the same again', () => {
    fc.assert(
      fc.property(fc.array(anyTask, { maxLength: 5 }), (given) => {
        const tasks = given.map(task)
        const { seeds } = of(tasks, { checkEvery: 'quarter', office: '县政府办公室' })
        expect(new Set(seeds.map((seed) => [seed.unit, seed.task, seed.demand, seed.round].join())).size).toBe(
          seeds.length,
        )
        expect(of(tasks, { checkEvery: 'quarter', office: '县政府办公室' }).seeds).toEqual(seeds)
        for (const { role, state, dueOn } of seeds) {
          if (state === 'open') expect(dueOn !== null && dueOn >= head.issuedOn).toBe(true)
          expect(role === 'support').toBe(state === 'asleep')
        }
      }),
      { numRuns: 60 },
    )
  })
})

const gold = new URL('../../../shared/gold/', import.meta.url)
const absent = !existsSync(gold)
interface GoldTask extends Omit<TaskDraft, 'source' | 'sources' | 'divided'> {}

describe.skipIf(absent)(`a plan of a city${absent ? ' (shared/gold is absent)' : ''}`, () => {
  const read = (file: string) => JSON.parse(readFileSync(new URL(file, gold), 'utf8'))
  const city = absent ? undefined : cityPlan()

  function cityPlan() {
    const { document, tasks } = read('panzhihua-2017.json') as { document: DocumentHead; tasks: GoldTask[] }
    const { level, units } = read('units-panzhihua.json') as { level: string; units: string[] }
    const people = {
      level,
      units: units.map((name) => ({ ...unit(name), level: name.startsWith(level) ? level : '' })),
    }
    const drafts = tasks.map(({ id, lead, support, deadlines, text, section }) => {
      const dividing = lead.length > 1 && !lead.some((name) => name.startsWith('各'))
      const draft = task({ id, lead, support, deadlines, text, section, divided: dividing })
      for (const [index, source] of draft.sources.deadlines.entries())
        source.from = text.includes(deadlines[index]?.raw ?? '') ? 'text' : 'column'
      return draft
    })
    const { classOf } = openRegistry(people)
    const at = { classOf, calendar, zone: 'Asia/Shanghai', startOn: null, office: '市政府办公室' }
    return dutiesOf({ document, tasks: drafts, common: [] }, people, at)
  }

  const rounds = (id: string, who?: string) => {
    const seeds = city?.seeds.filter(({ task, unit }) => task === id && (!who || unit === who)) ?? []
    return [...new Set(seeds.map(({ round, dueOn }) => (dueOn && dueOn !== round ? `${round} ${dueOn}` : round)))]
  }

  it.each([
    ['4', ['2017-06 2017-07-20', '2017-07 2017-08-20', '2017-Q2 2017-07-20', '2017-Q4 2018-01-20']],
    ['5', ['2017-06 2017-07-28', '2017-12 2018-01-28', '2017-Q3 2017-10-28']],
    ['13', ['2017-07 2017-07-31', '2017-12 2017-12-31']],
    ['86', ['2017-06 2017-07-31', '2017-12 2018-01-31']],
  ])('row %s has, among others, %j', (id, some) => expect(rounds(id)).toEqual(expect.arrayContaining(some)))

  it.each([
    ['8', ['2017-07-31']],
    ['14', ['waiting']],
    ['28', ['2017-07-31']],
    ['90', ['2017-Q3 2017-07-07', '2017-Q4 2017-10-07']],
    ['97', ['2017-12-31', '2017-08-25']],
    ['116', ['waiting']],
    ['117', ['2017-Q3 2017-09-30', '2017-Q4 2017-12-31']],
    ['124', ['2018 2018-03-31']],
    ['R-2', ['2017-08-14']],
    ['调度', ['2017-Q3 2017-09-30', '2017-Q4 2017-12-31']],
  ])('row %s comes to %j', (id, all) => expect(rounds(id)).toEqual(all))

  it('row 96 is for the sectors that it names, row 97 by August for the departments', () => {
    const by = (id: string, who: string) =>
      city?.seeds.filter(({ task, unit }) => task === id && unit === who).map(({ state }) => state)
    expect(by('96', '市农牧局')).toEqual(['open'])
    expect(by('96', '市质监局')).toEqual(['open'])
    expect(by('96', '市档案局')).toEqual(['unclaimed'])
    expect(by('97', '市档案局')).toEqual(['open', 'open'])
    expect(by('97', '东区政府')).toEqual(['open', 'unclaimed'])
  })

  it('the office hands in nothing to itself, and a unit bound by the year-end report has no last check', () => {
    expect(rounds('R-2', '市政府办公室')).toEqual([])
    expect(rounds('调度', '市政府办公室')).toEqual([])
    expect(rounds('调度', '市财政局')).toEqual(['2017-Q3 2017-09-30'])
  })

  it('asks only what a clerk would ask', () => {
    const kinds = new Set(city?.questions.map(({ kind }) => kind))
    expect(kinds).toEqual(new Set(['relative-event', 'class-without-members', 'contradiction', 'narrower-subject']))
    expect(city?.questions.length).toBeLessThan(20)
  })
})
