import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Intent } from '../../src/model/intent.ts'
import { chatter } from './chatter.ts'
import { heard } from './heard.ts'
import { heardAgain } from './heard-again.ts'
import { heardEighth } from './heard-eighth.ts'
import { heardFifth } from './heard-fifth.ts'
import { heardFourth } from './heard-fourth.ts'
import { heardNinth } from './heard-ninth.ts'
import { heardSeventh } from './heard-seventh.ts'
import { heardSixth } from './heard-sixth.ts'
import { heardTenth } from './heard-tenth.ts'
import { heardThird } from './heard-third.ts'
import { inside } from './inside.ts'
import { notDone } from './not-done.ts'
import { hear, registry, today } from './office.ts'
import { all as written } from './phrasings.ts'

const all = [...written, ...heard, ...heardAgain, ...heardThird, ...heardFourth, ...heardFifth, ...inside]
const inHand = all.flatMap(([as, text, frame]) => (as === 'L' && frame.intent === 'progress' ? [text] : []))

describe('what people write', () => {
  it.each(all)('%s: %s', (as, text, frame) => {
    expect(hear(text, as)).toEqual(frame)
  })

  it.each([...heardSixth, ...heardSeventh, ...heardEighth, ...heardNinth, ...heardTenth])(
    'on a Tuesday %s: %s',
    (as, text, frame) => {
      expect(hear(text, as, { asOf: '2017-08-15' })).toEqual(frame)
    },
  )

  it('has many phrasings', () => {
    expect(all.length).toBeGreaterThanOrEqual(1000)
    expect(new Set(notDone).size).toBeGreaterThanOrEqual(200)
    expect(chatter.length).toBeGreaterThanOrEqual(60)
  })
})

describe('what is not done', () => {
  it.each(notDone)('closes nothing: %s', (text) => {
    expect(hear(text).intent).not.toBe('report')
  })

  it.each([...notDone, ...inHand])('closes nothing in an answer to a task either: %s', (text) => {
    expect(hear(text, 'L', { quoted: { tasks: ['12'] } }).intent).not.toBe('report')
  })
})

describe('what people say to people', () => {
  it.each(chatter)('%s: %s', (as, text) => {
    expect(hear(text, as)).toEqual({ intent: 'none' })
  })
})

describe('an answer to a message of the bot', () => {
  const quoted = { tasks: ['12'] }
  it('brings its tasks', () => {
    expect(hear('已完成', 'L', { quoted })).toEqual({ intent: 'report', tasks: ['12'] })
    expect(hear('正在办', 'L', { quoted })).toEqual({ intent: 'progress', tasks: ['12'] })
    expect(hear('收到', 'L', { quoted })).toEqual({ intent: 'accept', tasks: ['12'] })
    expect(hear('申请延期到月底', 'L', { quoted })).toEqual({ intent: 'extend', tasks: ['12'], until: '2018-05-31' })
    expect(hear('通过', 'O', { quoted })).toEqual({ intent: 'approve', tasks: ['12'] })
    expect(hear('退回，链接打不开', 'O', { quoted })).toEqual({ intent: 'return', tasks: ['12'] })
  })
  it('gives way to a number that is said', () => {
    expect(hear('13号已完成', 'L', { quoted })).toEqual({ intent: 'report', tasks: ['13'] })
  })
})

describe('who speaks', () => {
  it('narrows a liaison to its own units, all of them', () => {
    const self = { role: 'liaison' as const, units: ['市财政局', '市国税局'] }
    expect(hear('本周要交什么', 'L', { self })).toMatchObject({ units: ['市财政局', '市国税局'] })
  })
  it('knows no unit of an unknown sender', () => {
    const self = { role: 'unknown' as const, units: [] }
    expect(hear('本周要交什么', 'L', { self })).toEqual({
      intent: 'list',
      state: 'open',
      window: { from: '2018-05-14', to: '2018-05-20' },
    })
  })
  it('takes no report from a leader', () => {
    expect(hear('12号已完成', 'C').intent).toBe('none')
  })
})

describe('any text', () => {
  const words = [
    '12号',
    '完成',
    '没',
    '财政局',
    '已',
    '公开',
    '下周',
    '7月',
    '#4',
    '1-2',
    '，',
    '\n',
    '请',
    '？',
    ' ',
    '收到',
    '😀',
    '\u0000',
  ]
  it('gives a frame of the model and never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string({ unit: 'binary' }),
          fc.array(fc.constantFrom(...words)).map((w) => w.join('')),
        ),
        fc.constantFrom('L' as const, 'O' as const, 'C' as const),
        (text, as) => {
          expect(Intent.safeParse(hear(text, as)).success).toBe(true)
        },
      ),
      { numRuns: 1500 },
    )
  })
  it('closes nothing where 还没 or 正在 stands in every clause', () => {
    const clause = fc.constantFrom('12号还没公开', '正在审', '4月的还没报', '13号正在办', '材料还没齐')
    fc.assert(
      fc.property(fc.array(clause, { minLength: 1, maxLength: 5 }), (clauses) => {
        expect(hear(clauses.join('，')).intent).not.toBe('report')
      }),
    )
  })
  it('takes no longer for a long text than its length allows', () => {
    const begin = performance.now()
    for (const part of [
      '12号',
      '完成',
      '1、',
      '财政局',
      '已',
      '的',
      ' ',
      '1-',
      '月',
      '没',
      'a.',
      '请各单位',
      '\n1.',
      '（',
      '第',
      '在',
      '已在',
      '于市',
      '按',
      '通过网站',
      '我局同意',
      '会',
      '科、',
      '分给科',
      '领导好，',
      '公开',
      '报到',
      '12号公开后',
      'Đ公开',
      '其他12号',
      '[强]',
      '嗯',
      '统计、',
    ]) {
      hear(part.repeat(Math.ceil(10_000 / part.length)))
      for (const as of ['L', 'O', 'C'] as const) hear(`12号${part.repeat(Math.floor(590 / part.length))}`, as)
    }
    expect(performance.now() - begin).toBeLessThan(4000)
  })
  it('leaves no state behind from text to text', () => {
    const texts = all.map(([as, text]) => [as, text] as const)
    const first = texts.map(([as, text]) => hear(text, as))
    expect(texts.map(([as, text]) => hear(text, as))).toEqual(first)
    expect(registry.roster.units.length).toBeGreaterThan(0)
    expect(today).toBe('2018-05-16')
  })
})
