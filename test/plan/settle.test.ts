import { describe, expect, it } from 'vitest'
import type { Deadline } from '../../src/model/deadline.ts'
import type { PlanDraft, Question, TaskDraft } from '../../src/model/plan.ts'
import { carryOver, fieldsChanged, matchTasks } from '../../src/plan/difference.ts'
import { dutiesOf } from '../../src/plan/duties.ts'
import { eachOnce, quoted } from '../../src/plan/questions.ts'
import { settle } from '../../src/plan/settle.ts'
import { openCalendar } from '../../src/time/calendar.ts'
import { openRegistry } from '../../src/unit/names.ts'
import { readRosterJson, rosterOf } from '../../src/unit/roster.ts'

const roster = rosterOf(
  readRosterJson({
    level: '市',
    units: ['市教育局', '市水利局', '市住建局', '市公安局', '东河区政府', '西山县政府'],
    groups: { 各县区: ['东河区政府', '西山县政府'] },
  }),
)
const registry = openRegistry(roster)
const calendar = openCalendar()
const context = { registry, calendar }

type Given = Partial<Omit<TaskDraft, 'deadlines'>> & { limits?: [Deadline, 'text' | 'column'][] }
const task = ({ limits = [], ...given }: Given): TaskDraft => ({
  ...{ id: '1', section: [], text: '', lead: [], support: [], openEnded: false, divided: false, note: '' },
  deadlines: limits.map(([limit]) => limit),
  source: { line: 7, raw: '' },
  sources: {
    lead: (given.lead ?? []).map((raw) => ({ line: 7, raw })),
    support: [],
    deadlines: limits.map(([{ raw }, from]) => ({ line: 7, raw, from })),
  },
  ...given,
})
const draftOf = (...tasks: TaskDraft[]): PlanDraft => ({
  document: { title: '方案', number: '', issuer: '', issuedOn: '2017-03-01', year: 2017 },
  ...{ tasks, common: [], questions: [] },
})
/** The questions that the duties of a draft bring up, so that their real words are answered. */
const asked = (draft: PlanDraft, kind: Question['kind']): Question => {
  const options = { classOf: registry.classOf, calendar, zone: 'Asia/Shanghai', startOn: null }
  const found = dutiesOf(draft, roster, options).questions.find((one) => one.kind === kind)
  if (!found) throw new Error(`no question of ${kind}`)
  return found
}
const answered = (draft: PlanDraft, question: Question, answer: string) => {
  const made = settle({ ...draft, questions: [question] }, question, answer, context)
  if (typeof made === 'string') return made
  expect(made.draft.questions).toEqual([])
  return made.draft
}
const tasksAfter = (draft: PlanDraft, question: Question, answer: string) => {
  const made = answered(draft, question, answer)
  return typeof made === 'string' ? made : made.tasks
}
const date = (raw: string, by: string): Deadline => ({ kind: 'date', raw, by })

describe('what an answer makes of the draft', () => {
  const twoDays = draftOf(
    task({
      lead: ['市教育局'],
      limits: [
        [date('6月底前', '2017-06-30'), 'text'],
        [date('7月底', '2017-07-31'), 'column'],
      ],
    }),
  )
  it.each([
    ['', ['2017-06-30', '2017-07-31']],
    ['栏', ['2017-07-31']],
    ['正文', ['2017-06-30']],
    ['2017-07-15', ['2017-07-15']],
    ['6月底前', ['2017-06-30']],
  ])('two days for one thing: %s', (answer, days) => {
    const made = tasksAfter(twoDays, asked(twoDays, 'contradiction'), answer)
    expect(made).toMatchObject([{ deadlines: days.map((by) => ({ by })) }])
    if (typeof made !== 'string') expect(made[0]?.sources.deadlines).toHaveLength(days.length)
  })
  it('and no day is asked for again', () => {
    expect(answered(twoDays, asked(twoDays, 'contradiction'), '都可以')).toMatch(/请写日期.*“正文”“栏”/)
  })

  const clocks = draftOf(
    task({
      id: '1',
      lead: ['市教育局'],
      limits: [[{ kind: 'relative', raw: '批复后', event: '批复', n: 3, unit: 'workday' }, 'text']],
    }),
    task({
      id: '2',
      lead: ['市水利局'],
      limits: [[{ kind: 'relative', raw: '5小时内', event: '批复', n: 5, unit: 'hour' }, 'text']],
    }),
    task({
      id: '3',
      lead: ['市水利局'],
      limits: [[{ kind: 'relative', raw: '印发', event: '省文件印发', n: 5, unit: 'day' }, 'text']],
    }),
  )
  it('an event that has happened, for every clock that hangs on it', () => {
    const made = tasksAfter(clocks, asked(clocks, 'relative-event'), '2017年4月28日')
    expect(made).toMatchObject([
      { deadlines: [{ kind: 'date', by: '2017-05-04' }] },
      { deadlines: [{ kind: 'date', by: '2017-04-29' }] },
      { deadlines: [{ kind: 'relative' }] },
    ])
  })

  const classes = draftOf(
    task({ id: '1', lead: ['有关部门'] }),
    task({ id: '2', lead: ['市教育局', '有关部门'], support: ['有关部门'] }),
  )
  it('a class is the units that the clerk names, in every task, each with the line of the class', () => {
    const made = tasksAfter(classes, asked(classes, 'class-without-members'), '教育局、市水利局')
    expect(made).toMatchObject([
      { lead: ['市教育局', '市水利局'], sources: { lead: [{ line: 7, raw: '有关部门' }, { line: 7 }] } },
      { lead: ['市教育局', '市水利局'], support: ['市教育局', '市水利局'] },
    ])
    expect(answered(classes, asked(classes, 'class-without-members'), '市邮政局')).toMatch(/通讯录里没有“市邮政局”/)
  })

  const narrow = draftOf(
    task({
      lead: ['各县区', '市教育局', '市水利局'],
      text: '各县区6月底前编制目录',
      limits: [[date('6月底前', '2017-06-30'), 'text']],
      divided: true,
    }),
  )
  it('a narrower subject: all of the cell, or those whom the clerk names', () => {
    const question: Question = {
      kind: 'narrower-subject',
      task: '1',
      line: 7,
      text: '正文只点了一部分',
      proposal: '其余待认领',
    }
    expect(tasksAfter(narrow, question, '全部')).toMatchObject([
      { lead: ['东河区政府', '西山县政府', '市教育局', '市水利局'] },
    ])
    expect(tasksAfter(narrow, question, '市水利局')).toMatchObject([{ lead: ['市水利局'] }])
    expect(tasksAfter(narrow, question, '')).toEqual(narrow.tasks)
  })

  it('a task without a unit', () => {
    const draft = draftOf(task({ text: '做好工作' }))
    expect(tasksAfter(draft, asked(draft, 'no-unit'), '市公安局')).toMatchObject([
      { lead: ['市公安局'], sources: { lead: [{ line: 7, raw: '市公安局' }] } },
    ])
    const loose: Question = { kind: 'no-unit', line: 9, text: '没有写责任单位：加强领导', proposal: '不单列任务' }
    expect(answered(draft, loose, '市公安局')).toMatch(/“任务”表里加一行/)
  })

  it('the head', () => {
    const head = (text: string): Question => ({ kind: 'head', line: 1, text, proposal: '留空' })
    const draft = draftOf(task({}))
    const documentAfter = (text: string, answer: string) => {
      const made = answered(draft, head(text), answer)
      return typeof made === 'string' ? made : made.document
    }
    expect(documentAfter('文中没有文号，请补上', '云政发〔2017〕1号')).toMatchObject({ number: '云政发〔2017〕1号' })
    expect(documentAfter('文中没有印发日期，请补上', '2017年4月1日')).toMatchObject({ issuedOn: '2017-04-01' })
    expect(documentAfter('文中没有印发日期，请补上', '四月')).toMatch(/请写日期/)
    expect(documentAfter('文中没有写明是哪一年的方案，请补上', '2018')).toMatchObject({ year: 2018 })
    expect(documentAfter('文中没有写明是哪一年的方案，请补上', '明年')).toMatch(/四位年份/)
  })

  it('rows of a page without times', () => {
    const draft = draftOf(task({ id: '1' }), task({ id: '2' }), task({ id: '3' }))
    const question: Question = {
      kind: 'no-time',
      task: '1',
      line: 7,
      text: '第1—2号所在的页没有完成时限',
      proposal: '不设时限',
    }
    expect(tasksAfter(draft, question, '每季度')).toMatchObject([
      ...[{ deadlines: [{ every: 'quarter' }] }, { deadlines: [{ every: 'quarter' }] }, { deadlines: [] }],
    ])
  })

  it('a name that the rules read as another: another unit after all', () => {
    const question: Question = {
      kind: 'unknown-unit',
      task: '1',
      line: 7,
      text: '“市水务局”与“市水利局”是同一单位？',
      proposal: '按同一单位',
    }
    expect(settle(draftOf(task({ lead: ['市水务局'] })), question, '不是', context)).toMatchObject({
      apart: '市水务局',
    })
  })
})

describe('questions', () => {
  it('about one name are one', () => {
    const about = (task: string): Question => ({
      kind: 'class-without-members',
      task,
      line: 1,
      text: '“有关部门”指哪些单位？',
      proposal: '',
    })
    expect(eachOnce([about('1'), about('2'), { ...about('3'), text: '“各园区”指哪些单位？' }])).toHaveLength(2)
  })
  it.each([
    ['第1项的“9月前”没有写明', 0, '9月前'],
    ['“甲“乙”丙”与“丁”', 0, '甲“乙”丙'],
    ['“甲“乙”丙”与“丁”', 1, '丁'],
    ['没有引号', 0, ''],
  ])('quote words: %s', (text, nth, words) => {
    expect(quoted(text, nth)).toBe(words)
  })
})

describe('tasks of two versions', () => {
  const of = (...texts: [string, string][]) => texts.map(([id, text]) => task({ id, text }))
  const told = (before: TaskDraft[], after: TaskDraft[]) => {
    const { pairs, added, dropped } = matchTasks(before, after)
    return {
      pairs: pairs.map(([a, b]) => `${before[a]?.id}→${after[b]?.id}`),
      added: added.map((i) => after[i]?.id),
      dropped: dropped.map((i) => before[i]?.id),
    }
  }
  const old = of(
    ['1', '推进财政预决算信息公开，细化公开内容'],
    ['2', '推进重大建设项目信息公开，公开审批结果'],
    ['3', '推进教育领域信息公开，公布招生结果'],
  )

  it('a row put in between moves the numbers, not the tasks', () => {
    const next = of(
      ['1', old[0]?.text ?? ''],
      ['2', '推进食品药品监管信息公开'],
      ['3', `${old[1]?.text}和变更`],
      ['4', old[2]?.text ?? ''],
    )
    expect(told(old, next)).toEqual({ pairs: ['1→1', '2→3', '3→4'], added: ['2'], dropped: [] })
  })
  it('another text under the same number is another task', () => {
    const next = of(['1', old[0]?.text ?? ''], ['2', '组织开展消防安全培训'], ['3', old[2]?.text ?? ''])
    expect(told(old, next)).toEqual({ pairs: ['1→1', '3→3'], added: ['2'], dropped: ['2'] })
  })
  it('equal texts keep their order', () => {
    const twice = of(['1', '加强检查'], ['2', '加强检查'])
    expect(told(twice, of(['2', '加强检查'], ['3', '加强检查']))).toEqual({
      pairs: ['1→3', '2→2'],
      added: [],
      dropped: [],
    })
  })
  it('a blank or a mark is no difference of a task', () => {
    expect(told(old, of(['1', '推进财政预决算信息公开，细化 公开内容']))).toMatchObject({
      pairs: ['1→1'],
      dropped: ['2', '3'],
    })
  })

  it('what was settled stays where the document says the same, and goes where it says something else', () => {
    const read = task({ lead: ['有关部门'], limits: [[date('9月前', '2017-09-30'), 'text']] })
    const now = task({ lead: ['市教育局'], limits: [[date('9月前', '2017-08-31'), 'text']] })
    expect(carryOver(read, now, { ...read, text: '新' })).toMatchObject({
      lead: ['市教育局'],
      deadlines: [{ by: '2017-08-31' }],
    })
    const next = task({ lead: ['市公安局'], limits: [[date('10月前', '2017-10-31'), 'text']] })
    expect(carryOver(read, now, next)).toMatchObject({ lead: ['市公安局'], deadlines: [{ by: '2017-10-31' }] })
    expect(fieldsChanged(now, carryOver(read, now, read))).toEqual([])
    expect(fieldsChanged(now, next)).toEqual(['units', 'limits'])
  })
})
