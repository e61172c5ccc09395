import { describe, expect, it } from 'vitest'
import type { Case } from '../../src/model/case.ts'
import { settingsOf } from '../../src/model/settings.ts'
import { decide, open } from '../../src/register/decide.ts'
import type { RegisterContext } from '../../src/register/register.ts'
import { suggestion } from '../../src/register/suggestion/index.ts'
import { openCalendar } from '../../src/time/calendar.ts'
import { saidClock } from '../clock/said.ts'

const calendar = openCalendar()
const { registers: settings } = settingsOf({})
const on = (today: string): RegisterContext => ({ calendar, today, now: `${today}T10:00`, settings })

const paper = {
  source: 'deputy',
  title: '加密老城区公交线路',
  session: '市六届人大四次会议',
  number: '第12号',
  unit: 'bureau',
}

type Done = readonly [deed: string, input: Record<string, unknown>]
const entered = (more: Record<string, unknown>, ...done: Done[]): Case => {
  const year = Number(String(more.at).slice(0, 4))
  const opened = open(suggestion, { ...paper, ...more }, { year, ord: 1 }, on('2026-11-20')).next
  return done.reduce((was, [deed, input]) => decide(suggestion, was, deed, input, on('2026-11-20')).next, opened)
}
const viewOf = (it: Case, today = '2026-11-20') => suggestion.view(it, on(today))
const linesOf = (it: Case) => viewOf(it).clocks.map(saidClock)

const MET: Done = ['met', { way: 'visit', at: '2026-03-20' }]
const REPLIED: Done = [
  'replied',
  { at: '2026-04-10', result: 'solved', public: true, link: 'https://yunling.example/12' },
]
const UNHAPPY: Done = ['opinion', { satisfied: 'no', at: '2026-04-20' }]
const BACK: Done = ['returned-anew', { by: '2026-05-20', at: '2026-04-22' }]

describe('a suggestion', () => {
  it('of a deputy is answered in three months', () => {
    // 2026-02-25 + 3 months; 05-25 is a Monday
    const view = viewOf(entered({ at: '2026-02-25', hard: false }))
    expect(view).toMatchObject({ state: 'open', title: '加密老城区公交线路', unit: 'bureau', openedOn: '2026-02-25' })
    expect(view.clocks.map(({ name, due }) => [name, due])).toEqual([['reply', '2026-05-25']])
  })

  it('that is found to be hard has six from the beginning, not from then', () => {
    const it = entered({ at: '2025-11-30' }, ['regraded', { at: '2026-02-20' }])
    // no 02-30, and 02-28 is worked; then 05-30 is a Saturday: 06-01
    expect(linesOf(it)).toEqual([
      [
        '2025-11-30 交办 | 代表法（2025年修正）第五十一条第二款 | 3个月 | 2026-02-28 |  | 调休上班02-28',
        '2026-02-20 认定涉及面广、处理难度大 | 代表法（2025年修正）第五十一条第二款 | 6个月 | 2026-06-01 | 周末05-30~05-31 |  |  | 原2026-05-30',
      ],
    ])
    expect(viewOf(it).clocks[0]?.steps[1]?.from).toBe('2025-11-30')
  })

  it('of the consultative conference goes by months that the office should look up', () => {
    const [clock] = viewOf(entered({ source: 'proposal', hard: true, at: '2026-01-20' })).clocks
    expect(clock).toMatchObject({ due: '2026-07-20', steps: [{ basis: { law: '参照代表法', confirmed: false } }] })
  })

  it('ends its clock with the reply, and shows what was replied', () => {
    const view = viewOf(
      entered({ at: '2026-02-25' }, MET, REPLIED, ['opinion', { satisfied: 'yes', at: '2026-04-20' }]),
    )
    expect(view).toMatchObject({ state: 'replied', clocks: [{ state: 'ended', due: null }] })
    expect(Object.fromEntries(view.facts)).toMatchObject({
      ...{ 来源: '人大代表建议', 编号: '第12号', 办理结果: '已经解决或采纳' },
      ...{ 答复公开: 'https://yunling.example/12', 提出人意见: '满意' },
    })
  })

  it('that is sent back is answered anew by the day that was set', () => {
    const it = entered({ at: '2026-02-25' }, MET, REPLIED, UNHAPPY, BACK)
    expect(viewOf(it)).toMatchObject({
      state: 'anew',
      clocks: [{ state: 'ended' }, { name: 'anew', due: '2026-05-20' }],
    })
    const again = decide(
      suggestion,
      it,
      'replied',
      { at: '2026-05-10', result: 'planned', public: false, why: 'private' },
      on('2026-11-20'),
    ).next
    expect(viewOf(again)).toMatchObject({ state: 'replied', clocks: [{ state: 'ended' }, { state: 'ended' }] })
    expect(viewOf(again).facts).toContainEqual(['答复公开', '不公开：涉及商业秘密、个人隐私'])
    const closed = decide(suggestion, again, 'finished', { at: '2026-05-12' }, on('2026-11-20')).next
    expect(viewOf(closed)).toMatchObject({ state: 'done', closedOn: '2026-05-12' })
  })

  it('keeps who proposed it out of what is chained', () => {
    const { event, words } = open(
      suggestion,
      { ...paper, proposer: '李四', at: '2026-02-25' },
      { year: 2026, ord: 1 },
      on('2026-11-20'),
    )
    expect(words).toEqual({ proposer: '李四' })
    expect(JSON.stringify(event)).not.toContain('李四')
  })
})

describe('what is not right is refused', () => {
  const it1 = () => entered({ at: '2026-02-25' })
  it.each<[string, () => unknown, string]>([
    ['a day that has not come', () => entered({ at: '2026-11-21' }), '2026-11-21还没有到'],
    ['a day before the law', () => entered({ at: '2015-08-28' }), '还没有施行'],
    ['no source', () => entered({ at: '2026-02-25', source: 'other' }), '来源应是：人大代表建议、政协提案'],
    [
      'a reply before it came',
      () =>
        entered(
          { at: '2026-02-25' },
          ['met', { way: 'phone', at: '2026-02-26' }],
          ['replied', { at: '2026-02-24', result: 'solved', public: true }],
        ),
      '早于登记的日期（2026-02-25）',
    ],
    [
      'a reply to a deputy whom nobody talked with',
      () =>
        decide(suggestion, it1(), 'replied', { at: '2026-04-10', result: 'solved', public: true }, on('2026-11-20')),
      '第五十一条第二款',
    ],
    [
      'a secret reply without a reason',
      () => entered({ at: '2026-02-25' }, MET, ['replied', { at: '2026-04-10', result: 'solved', public: false }]),
      '不公开的理由',
    ],
    [
      'a public reply with one',
      () =>
        entered({ at: '2026-02-25' }, MET, [
          'replied',
          { at: '2026-04-10', result: 'solved', public: true, why: 'secret' },
        ]),
      '不填不公开的理由',
    ],
    [
      'six months after the three are over',
      () => entered({ at: '2026-02-25' }, ['regraded', { at: '2026-05-26' }]),
      '三个月已于2026-05-25届满（代表法（2025年修正）第五十一条第二款）',
    ],
    [
      'to be sent back by one who is content',
      () => entered({ at: '2026-02-25' }, MET, REPLIED, BACK),
      '现在不能退回重办',
    ],
    ['a second reply', () => entered({ at: '2026-02-25' }, MET, REPLIED, REPLIED), '现在不能答复'],
    [
      'an end before the reply is published',
      () =>
        entered(
          { at: '2026-02-25' },
          MET,
          ['replied', { at: '2026-04-10', result: 'solved', public: true }],
          ['finished', { at: '2026-04-12' }],
        ),
      '还没有登记公开的网址',
    ],
    [
      'an end while one is not content',
      () => entered({ at: '2026-02-25' }, MET, REPLIED, UNHAPPY, ['finished', {}]),
      '现在不能办结',
    ],
  ])('%s', (_, doing, said) => {
    expect(doing).toThrow(said)
  })

  it('a deputy of the older law is talked with by its own article', () => {
    expect(() =>
      entered({ at: '2024-03-01' }, ['replied', { at: '2024-04-10', result: 'solved', public: true }]),
    ).toThrow('代表法（2015年修正）第四十二条第二款')
  })
})
