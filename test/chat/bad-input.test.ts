import { describe, expect, it } from 'vitest'
import type { Speaker } from './office.ts'
import { hear } from './office.ts'

const everybody: Speaker[] = ['L', 'Q', 'O', 'C']

describe('what is no message', () => {
  const texts: [what: string, text: string][] = [
    ['empty', ''],
    ['blank', ' \t\n\u3000\u00a0 '],
    ['emoji only', '😀🎉👍🏻👨‍👩‍👧🇨🇳'],
    ['faces only', '[强][抱拳][OK]'],
    ['control characters only', '\u0000\u0001\u0007\u001b\u200b\u202e\ufeff'],
    ['punctuation only', '。。。？！……——'],
    ['a lone surrogate', '\ud83d'],
    ['our own marks', 'ŦÜĐŁÞÑŦÜ'],
    ['10,000 characters of a duty done', '12号已完成，'.repeat(1429)],
    ['10,000 characters without a word', '的'.repeat(10_000)],
    ['10,000 brackets', '(（[【「'.repeat(2000)],
  ]
  it.each(texts)('%s', (_, text) => {
    for (const as of everybody) expect(hear(text, as)).toEqual({ intent: 'none' })
  })

  it('control characters between the words change nothing', () => {
    expect(hear('1\u200b2\u0000号已\u202e完成\u0007')).toEqual({ intent: 'report', tasks: ['12'] })
  })
  it('marks of ours in a text are no entities', () => {
    expect(hear('Ŧ已完成')).toEqual(hear('已完成'))
  })
})

describe('a day that does not exist', () => {
  it.each(['2月30日', '4月31日', '2018年13月5日', '2018-02-29', '6月0日'])('%s is never read as its month', (day) => {
    expect(hear(`12号申请延期到${day}`)).toEqual({ intent: 'extend', tasks: ['12'] })
    expect(hear(`新增任务：审计局${day}前报送整改材料`, 'O')).toEqual({ intent: 'assign', units: ['市审计局'] })
  })
  it('is no task either', () => {
    expect(hear('12号延期到31号', 'L', { asOf: '2018-06-10' })).toEqual({ intent: 'extend', tasks: ['12'] })
    expect(hear('12号31号前完成', 'L', { asOf: '2018-06-10' }).intent).not.toBe('report')
  })
})

describe('a day in the past', () => {
  it('stays the day that was said', () => {
    expect(hear('12号申请延期到4月1日')).toEqual({ intent: 'extend', tasks: ['12'], until: '2018-04-01' })
  })
  it('of this month is the next one of its name', () => {
    expect(hear('12号延期到10号')).toEqual({ intent: 'extend', tasks: ['12'], until: '2018-06-10' })
  })
})

describe('numbers that no plan has', () => {
  it.each(['0号完成', '第零项完成', '99999号完成', '-号完成', '12345678901234567890号完成'])('%s', (text) => {
    expect(hear(text).intent).toBe('none')
  })
})
