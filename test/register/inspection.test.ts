import { describe, expect, it } from 'vitest'
import type { Case } from '../../src/model/case.ts'
import { settingsOf } from '../../src/model/settings.ts'
import { decide, open } from '../../src/register/decide.ts'
import { inspection } from '../../src/register/inspection/index.ts'
import type { RegisterContext } from '../../src/register/register.ts'
import { openCalendar } from '../../src/time/calendar.ts'
import { saidClock } from '../clock/said.ts'

const calendar = openCalendar()
const { registers: settings } = settingsOf({})
const on = (today: string, siblings: readonly Case[] = []): RegisterContext => ({
  ...{ calendar, today, now: `${today}T10:00`, settings, siblings },
})
const LATE = '2026-11-20'

const plan = {
  sort: 'special',
  title: '政务公开落实情况',
  objects: ['housing'],
  content: '公开栏目更新',
  scope: '2026年上半年',
}

type Done = readonly [deed: string, input: Record<string, unknown>]
const begun = (more: Record<string, unknown>, siblings: readonly Case[] = []): Case =>
  open(inspection, { ...plan, at: '2026-08-03', ...more }, { year: 2026, ord: 1 }, on(LATE, siblings)).next
const inspected = (more: Record<string, unknown>, ...done: Done[]): Case =>
  done.reduce((was, [deed, input]) => decide(inspection, was, deed, input, on(LATE)).next, begun(more))
const viewOf = (it: Case, today = LATE) => inspection.view(it, on(today))
const clockOf = (it: Case, name: string, today = LATE) => viewOf(it, today).clocks.find((clock) => clock.name === name)

const FOUND: Done = ['found', { problem: '三个栏目一年没有更新', by: '2026-08-28', at: '2026-08-10' }]
const RECTIFIED: Done = ['rectified', { report: '已更新', at: '2026-08-25' }]
const PASSED: Done = ['checked', { passed: true, at: '2026-08-31' }]
const FAILED: Done = ['checked', { passed: false, by: '2026-09-18', at: '2026-08-31' }]
const CONCLUDED: Done = ['concluded', { conclusion: '栏目更新不及时', at: '2026-09-02' }]
const ASKED: Done = ['review-asked', { ground: '栏目已归并', at: '2026-09-28' }]
const DECIDED: Done = ['review-decided', { outcome: 'changed', recused: true, at: '2026-10-12' }]

describe('an inspection', () => {
  it('runs to the day that its plan has, and is its office’s own until something is found', () => {
    const it = begun({ until: '2026-08-31' })
    expect(viewOf(it)).toMatchObject({ state: 'open', unit: '', clocks: [{ name: 'round', due: '2026-08-31' }] })
    expect(saidClock(viewOf(it).clocks[0] ?? never())).toEqual([
      '2026-08-03 立项 | 政府督查工作条例第十五条第一款 |  | 2026-08-31',
    ])
    expect(viewOf(inspected({}, FOUND)).unit).toBe('housing')
    expect(viewOf(inspected({ objects: ['housing', 'water'] }, ['found', { ...FOUND[1], object: 'water' }])).unit).toBe(
      '',
    )
  })

  it('has what was found put right by a day, and looked at again', () => {
    const it = inspected({}, FOUND, RECTIFIED, FAILED)
    expect(viewOf(it).state).toBe('rectifying')
    expect(saidClock(clockOf(it, 'rectify-1') ?? never())).toEqual([
      '2026-08-10 发现问题 | 政府督查工作条例第十八条 |  | 2026-08-28',
      '2026-08-25 报告整改 | 政府督查工作条例第十八条 |  | 2026-08-28',
      '2026-08-31 核查未通过 | 政府督查工作条例第十八条 |  | 2026-09-18',
    ])
    const again = decide(inspection, it, 'checked', { passed: true, at: '2026-09-16' }, on(LATE)).next
    expect(viewOf(again)).toMatchObject({ state: 'open', clocks: [{ state: 'ended', due: null }] })
  })

  it('keeps a clock for each object', () => {
    const it = inspected(
      { objects: ['housing', 'water'] },
      ['found', { ...FOUND[1], object: 'housing' }],
      ['found', { problem: '没有公开电话', by: '2026-08-20', at: '2026-08-11', object: 'water' }],
      ['rectified', { report: '已公开', at: '2026-08-19', object: 'water' }],
    )
    expect(viewOf(it).clocks.map(({ title, due }) => [title, due])).toEqual([
      ['整改（第1个督查对象）', '2026-08-28'],
      ['整改（第2个督查对象）', null],
    ])
    expect(viewOf(it).facts).toContainEqual(['整改', '2个对象有问题，0个已整改到位'])
  })

  it('may be objected to for 30 days, which are decided on in 30', () => {
    // 09-02 and 30: 10-02, a day of the holiday: 10-08. 09-28 and 30: 10-28.
    const told = inspected({}, CONCLUDED)
    expect(saidClock(clockOf(told, 'objection', '2026-09-10') ?? never())).toEqual([
      '2026-09-02 收到督查结论 | 政府督查工作条例第十七条 | 30日 | 2026-10-08 | 国庆节10-02~10-07 |  |  | 原2026-10-02',
    ])
    const asked = decide(inspection, told, 'review-asked', ASKED[1], on(LATE)).next
    expect(viewOf(asked)).toMatchObject({ state: 'reviewing' })
    expect(clockOf(asked, 'decision')).toMatchObject({ state: 'running', due: '2026-10-28' })
    const decided = decide(inspection, asked, 'review-decided', DECIDED[1], on(LATE)).next
    expect(clockOf(decided, 'decision')).toMatchObject({ state: 'ended' })
    expect(viewOf(decided).facts).toContainEqual(['复核', '变更原结论'])
  })

  it('is beyond objection when the thirty days are over', () => {
    const told = inspected({}, CONCLUDED)
    expect(clockOf(told, 'objection', '2026-10-08')).toMatchObject({ state: 'running' })
    expect(clockOf(told, 'objection', '2026-10-09')).toMatchObject({ state: 'lapsed', due: null })
    const closed = decide(inspection, told, 'finished', { at: '2026-10-09' }, on(LATE)).next
    expect(viewOf(closed)).toMatchObject({ state: 'done', closedOn: '2026-10-09' })
  })

  it('keeps what was found out of what is chained', () => {
    const { event, words } = decide(inspection, begun({}), ...FOUND, on(LATE))
    expect(event.body).toEqual({ by: '2026-08-28', object: 'housing' })
    expect(words).toEqual({ problem: '三个栏目一年没有更新' })
  })
})

describe('planned rounds of one object in a year', () => {
  const rounds = (...sorts: string[]) => sorts.map((sort) => begun({ sort }))

  it('are as many as the office has set', () => {
    expect(() => begun({}, rounds('special'))).not.toThrow()
    expect(() => begun({}, rounds('special', 'general'))).toThrow(
      '已督查2次：应当严格控制督查频次（政府督查工作条例第十五条第一款），本单位设定对同一对象一年最多2次',
    )
    expect(() => begun({ objects: ['water'] }, rounds('special', 'general'))).not.toThrow()
  })

  it('are not held against what follows from events, nor against what was taken back', () => {
    expect(() => begun({ sort: 'clue' }, rounds('special', 'general'))).not.toThrow()
    expect(() => begun({}, rounds('special', 'event', 'daily'))).not.toThrow()
    const cancelled = inspected({}, ['cancelled', { reason: '并入综合督查' }])
    expect(() => begun({}, [...rounds('special'), cancelled])).not.toThrow()
  })
})

describe('what is not right is refused', () => {
  const TWO = { objects: ['housing', 'water'] }
  it.each<[string, () => unknown, string]>([
    ['a day that has not come', () => begun({ at: '2026-11-21' }), '2026-11-21还没有到'],
    ['a day before the regulation', () => begun({ at: '2021-01-31' }), '政府督查工作条例还没有施行'],
    ['no content', () => begun({ content: '' }), '请填写督查内容'],
    ['an end before the beginning', () => begun({ until: '2026-08-02' }), '第十五条第一款'],
    ['an object twice', () => begun({ objects: ['water', 'water'] }), '重复'],
    [
      'an object that the plan has not',
      () => inspected({}, ['found', { ...FOUND[1], object: 'water' }]),
      '不得变更督查对象（政府督查工作条例第十五条第二款）',
    ],
    ['a finding with nobody named', () => inspected(TWO, FOUND), '请填写督查对象'],
    ['a finding before the round', () => inspected({}, ['found', { ...FOUND[1], at: '2026-08-02' }]), '早于登记的日期'],
    [
      'a day to put right that is over',
      () => inspected({}, ['found', { ...FOUND[1], by: '2026-08-09' }]),
      '整改期限不能早于',
    ],
    [
      'a check that failed without a day',
      () => inspected({}, FOUND, ['checked', { passed: false, at: '2026-08-31' }]),
      '再次整改的期限（政府督查工作条例第十八条）',
    ],
    ['a report where nothing was found', () => inspected({}, RECTIFIED), '现在不能报告整改'],
    ['a finding after the conclusion', () => inspected({}, CONCLUDED, FOUND), '现在不能发现问题'],
    [
      'an objection after thirty days',
      () => inspected({}, CONCLUDED, ['review-asked', { ground: '理由', at: '2026-10-09' }]),
      '30日已于2026-10-08届满（政府督查工作条例第十七条）',
    ],
    [
      'an objection before the conclusion came',
      () => inspected({}, CONCLUDED, ['review-asked', { ground: '理由', at: '2026-09-01' }]),
      '早于收到督查结论之日',
    ],
    ['a second objection', () => inspected({}, CONCLUDED, ASKED, DECIDED, ASKED), '现在不能申请复核'],
    [
      'a decision by those who concluded',
      () => inspected({}, CONCLUDED, ASKED, ['review-decided', { outcome: 'upheld', recused: false }]),
      '应当回避（政府督查工作条例第十七条）',
    ],
    [
      'an end while something is to be put right',
      () => inspected({}, FOUND, CONCLUDED, ['finished', {}]),
      '还有1个督查对象没有整改到位',
    ],
    [
      'an end while it may be objected to',
      () => inspected({}, CONCLUDED, ['finished', { at: '2026-10-08' }]),
      '到2026-10-08都可以申请复核',
    ],
  ])('%s', (_, doing, said) => {
    expect(doing).toThrow(said)
  })

  it('not a decision on what was decided, nor an end that is right', () => {
    expect(viewOf(inspected({}, FOUND, RECTIFIED, PASSED, CONCLUDED, ASKED, DECIDED, ['finished', {}])).state).toBe(
      'done',
    )
  })
})

function never(): never {
  throw new Error('no such clock')
}
