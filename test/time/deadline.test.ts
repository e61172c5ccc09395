import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Deadline } from '../../src/model/deadline.ts'
import { isTimeLabel, readDeadlines } from '../../src/time/deadline.ts'
import { lines } from './lines.ts'
import { phrases } from './phrases.ts'

const here = { asOf: '2025-03-12', year: 2025 }

function short(deadline: Deadline): string {
  switch (deadline.kind) {
    case 'date':
      return `by ${deadline.by}`
    case 'ongoing':
      return `ongoing ${deadline.year}`
    case 'prompt':
      return 'prompt'
    case 'relative':
      return `after ${deadline.event} ${deadline.n} ${deadline.unit}`
    case 'recurring': {
      const { within, by, times } = deadline
      const window = within ? ` ${within.n} ${within.unit} ${within.of === 'period-start' ? 'this' : 'next'}` : ''
      return `every ${deadline.every}${window}${by ? ` ${by}` : ''}${times ? ` x${times}` : ''}`
    }
  }
}

describe('lines of official documents', () => {
  it.each([...lines, ...phrases].map(([text, ...expected]) => ({ text, expected })))('$text', ({ text, expected }) => {
    const column = text.startsWith('栏：')
    const read = readDeadlines(column ? text.slice(2) : text, { ...here, column })
    expect(read.map(({ deadline }) => short(deadline))).toEqual(expected)
  })
})

describe('where the words stand', () => {
  it('gives the offsets of raw in the text as given, blanks and full-width digits included', () => {
    const text = '一、请于 ２０２５ 年 ７ 月 底前报送；二是每 季 度结束后 10 个工作日内公布'
    for (const { deadline, start, end } of readDeadlines(text, here)) expect(text.slice(start, end)).toBe(deadline.raw)
    expect(readDeadlines(text, here).map(({ deadline }) => deadline.raw)).toEqual([
      '２０２５ 年 ７ 月 底前',
      '每 季 度结束后 10 个工作日内',
    ])
  })

  it('keeps prepositions out of raw and the event in it', () => {
    const raws = (text: string) => readDeadlines(text, here).map(({ deadline }) => deadline.raw)
    expect(raws('并在本通知公布后30个工作日内报送')).toEqual(['本通知公布后30个工作日内'])
    expect(raws('有关材料应按要求于文件公开后10个工作日内提交')).toEqual(['文件公开后10个工作日内'])
    expect(raws('自公布之日起十五个工作日内提出')).toEqual(['自公布之日起十五个工作日内'])
    expect(raws('方案于2025年7月20日前报送')).toEqual(['2025年7月20日前'])
  })

  it.each([
    ['完成时限', true],
    ['整改时限：', true],
    ['时限要求', true],
    ['完成时间', true],
    ['时间要求', true],
    ['办结时限', true],
    ['完成 时限', true],
    ['时间节点', true],
    ['责任单位', false],
    ['工作任务', false],
    ['完成情况', false],
    ['明确办结时限', false],
  ])('%s names a time-limit column: %s', (text, is) => {
    expect(isTimeLabel(text)).toBe(is)
  })
})

describe('years and reference days', () => {
  const days = (text: string, asOf: string, year = Number(asOf.slice(0, 4))) =>
    readDeadlines(text, { asOf, year }).map(({ deadline }) => short(deadline))

  it('takes leap years, the year that the sentence stated, and the turn of the year', () => {
    expect(days('2月底前完成', '2024-02-01')).toEqual(['by 2024-02-29'])
    expect(days('2026年3月底前立项，8月底前开工', '2025-03-12')).toEqual(['by 2026-03-31', 'by 2026-08-31'])
    expect(days('2026年3月底前立项。8月底前开工', '2025-03-12')).toEqual(['by 2026-03-31', 'by 2025-08-31'])
    expect(days('1月10日前报送总结', '2025-12-20')).toEqual(['by 2026-01-10'])
    expect(days('下月底前完成', '2025-12-20')).toEqual(['by 2026-01-31'])
    expect(days('春节前完成', '2025-02-10')).toEqual(['by 2026-02-16'])
    expect(days('2月30日前完成', '2025-01-10')).toEqual([])
  })
})

describe('any text', () => {
  const pieces = [
    '2025年',
    '12',
    '月',
    '底前',
    '每',
    '季度',
    '、',
    '后',
    '10',
    '个工作日',
    '内',
    '（',
    '）',
    '至',
    '，',
    '。',
    '十',
    '一',
    '前',
    '完成',
    ' ',
    '不少于',
    '次',
    '年',
    '日',
    '“',
    '五',
    '本周',
    '时限：',
    '及时',
    '全年',
  ]

  it('yields deadlines of the model, in order, with their own words', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 24 }), fc.boolean(), (words, column) => {
        const text = words.join('')
        let before = -1
        for (const { deadline, start, end } of readDeadlines(text, { ...here, column })) {
          expect(Deadline.safeParse(deadline).success).toBe(true)
          expect(text.slice(start, end)).toBe(deadline.raw)
          expect(start).toBeGreaterThanOrEqual(before)
          expect(end).toBeGreaterThan(start)
          before = start
        }
      }),
      { numRuns: 3000 },
    )
  })

  it('takes time in proportion to the length, whatever is repeated', () => {
    const time = (text: string) => {
      const begun = performance.now()
      readDeadlines(text, here)
      return performance.now() - begun
    }
    for (const piece of [
      '1、',
      '每月、',
      '第一',
      '于后',
      '至',
      '2025年',
      '十',
      '（',
      '周',
      '季度、',
      '之日起',
      '十、',
      '完成',
    ]) {
      time(piece.repeat(2000))
      expect(time(piece.repeat(20000)), piece).toBeLessThan(1500)
    }
  })
})
