import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BadInput } from '../../src/model/problem.ts'
import { dayFromNumber, dayNumber } from '../../src/time/day.ts'
import { readDayRows, readDaysJson } from '../../src/time/own-days.ts'

const read = (...lines: string[]) =>
  readDayRows(lines.map((text, i) => ({ line: i + 1, cells: [text] }))).map(({ day, kind }) => `${day} ${kind ?? '-'}`)

describe("an office's days in a file", () => {
  it.each<[string, string[], string[]]>([
    ['a day', ['2027-02-07 班'], ['2027-02-07 work']],
    ['a day off', ['2027/3/9 休'], ['2027-03-09 off']],
    ['what it is stands before it', ['休 2027-03-09'], ['2027-03-09 off']],
    ['a range', ['2027-02-05至2027-02-07 休'], ['2027-02-05 off', '2027-02-06 off', '2027-02-07 off']],
    ['over the end of a year', ['2026年12月31日至2027年1月1日放假'], ['2026-12-31 off', '2027-01-01 off']],
    ['taken back', ['2027-02-07 取消'], ['2027-02-07 -']],
    ['said twice', ['2027-02-07 班', '2027年2月7日 上班'], ['2027-02-07 work']],
    ['a head, a blank row', ['日期 安排', '', '2027-02-07 补班'], ['2027-02-07 work']],
    [
      'a notice as it is written',
      [
        '现将2027年部分节假日安排通知如下。',
        '一、元旦：1月1日（周五）至3日（周日）放假，共3天。',
        '二、春节：2月5日（星期五）至6日（星期六）放假调休，共2天。2月7日（星期日）、2月20日（星期六）上班。',
        '三、清明节：4月5日放假，与周末连休。',
        '节假日期间，要妥善安排好值班。',
      ],
      [
        ...['2027-01-01 off', '2027-01-02 off', '2027-01-03 off', '2027-02-05 off', '2027-02-06 off'],
        ...['2027-02-07 work', '2027-02-20 work', '2027-04-05 off'],
      ],
    ],
  ])('%s', (_, lines, expected) => expect(read(...lines)).toEqual(expected))

  it('rows of a sheet are read by their cells', () => {
    expect(readDayRows([{ line: 2, cells: ['2027年2月5日', '休', '彝族年'] }])).toEqual([
      { day: '2027-02-05', kind: 'off' },
    ])
  })

  it.each([
    ['2027-02-30 休', /第1行：没有“2027-02-30”这一天。应为“日期 休”/],
    ['2月7日 班', /第1行：“2月7日”没有写是哪一年/],
    ['2027-02-07', /第1行：“2027-02-07”没有写休还是班/],
    ['2027-02-07 班、2027-02-08 休、2027-02-09', /第1行：“2027-02-09”没有写休还是班/],
    ['2027-02-11至2027-02-05 休', /第1行：“2027-02-11至2027-02-05”前后不对/],
    ['2027-01-01至2027-06-01 休', /超过31天/],
    ['1999-10-01 休', /不在2004年至2099年之间/],
    ['没有日子', /文件里没有日期。应为/],
  ])('%s is refused with what would be right', (line, words) => {
    expect(() => read(line)).toThrow(BadInput)
    expect(() => read(line)).toThrow(words)
  })

  it('a day that is both is refused, with both places', () => {
    expect(() => read('2027-02-07 班', '2027-02-06至2027-02-08 休')).toThrow(/第2行：2027-02-07 与第1行说的不一样/)
    expect(() => read('2027年2月5日至11日放假。2月7日（星期日）上班。')).toThrow(/第1行：2027-02-07 又写休又写班/)
  })

  it('JSON by year', () => {
    expect(
      readDaysJson({ '2027': { off: ['2027-01-01', '2027-02-05至2027-02-06'], work: ['2027-02-07'], none: [] } }),
    ).toEqual([
      { day: '2027-01-01', kind: 'off' },
      { day: '2027-02-05', kind: 'off' },
      { day: '2027-02-06', kind: 'off' },
      { day: '2027-02-07', kind: 'work' },
    ])
    expect(readDaysJson({ '2027': { none: ['2027-02-07'] } })).toEqual([{ day: '2027-02-07', kind: null }])
  })

  it.each([
    [[], /^文件不对：应写成/],
    [{ '27': { off: [] } }, /“27”下面不对/],
    [{ '2027': [] }, /“2027”下面不对/],
    [{ '2027': { rest: [] } }, /2027年的“rest”不对/],
    [{ '2027': { off: ['2028-01-01'] } }, /2027年的“off”里“2028-01-01”不对/],
    [{ '2027': { off: ['2027-01-01 休'] } }, /不对/],
    [{ '2027': { off: [20270101] } }, /不对/],
    [{ '2027': { off: ['2027-13-01'] } }, /没有“2027-13-01”这一天/],
    [{ '2027': { off: [], work: [] } }, /文件里没有日期/],
  ])('%j is refused', (value, words) => expect(() => readDaysJson(value)).toThrow(words))

  it('whatever stands in a file ends in days or in one line that says what is wrong', () => {
    const bits = fc.constantFrom(
      '2027',
      '-',
      '02',
      '年',
      '月',
      '5',
      '日',
      '至',
      '休',
      '班',
      ' ',
      '（',
      '）',
      '、',
      '周',
    )
    fc.assert(
      fc.property(fc.array(bits, { maxLength: 24 }), (parts) => {
        try {
          for (const { day } of readDayRows([{ line: 1, cells: [parts.join('')] }]))
            expect(dayFromNumber(dayNumber(day))).toBe(day)
        } catch (error) {
          expect(error).toBeInstanceOf(BadInput)
        }
      }),
      { numRuns: 1000 },
    )
  })
})
