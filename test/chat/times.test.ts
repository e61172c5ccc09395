import { describe, expect, it } from 'vitest'
import { numberOf } from '../../src/chat/numbers.ts'
import { pastPeriod } from '../../src/chat/spans.ts'
import { findTasks } from '../../src/chat/tasks.ts'
import { findTimes } from '../../src/chat/times.ts'

const on = '2018-05-16'
const spans: [text: string, from: string, to: string][] = [
  ['今天', on, on],
  ['后天', '2018-05-18', '2018-05-18'],
  ['本周', '2018-05-14', '2018-05-20'],
  ['下下周', '2018-05-28', '2018-06-03'],
  ['周一', '2018-05-21', '2018-05-21'],
  ['本周一', '2018-05-14', '2018-05-14'],
  ['下周日', '2018-05-27', '2018-05-27'],
  ['周五前', on, '2018-05-18'],
  ['这个月', '2018-05-01', '2018-05-31'],
  ['上个月底', '2018-04-21', '2018-04-30'],
  ['月底前', on, '2018-05-31'],
  ['6月中旬', '2018-06-11', '2018-06-20'],
  ['9月前', on, '2018-09-30'],
  ['2017年12月', '2017-12-01', '2017-12-31'],
  ['去年8月', '2017-08-01', '2017-08-31'],
  ['2018-06-05', '2018-06-05', '2018-06-05'],
  ['2018年6月5日前', on, '2018-06-05'],
  ['6月5日到6月8日', '2018-06-05', '2018-06-08'],
  ['6月5日至8日', '2018-06-05', '2018-06-08'],
  ['1到3月', '2018-01-01', '2018-03-31'],
  ['第三季度', '2018-07-01', '2018-09-30'],
  ['上季度', '2018-01-01', '2018-03-31'],
  ['下半年', '2018-07-01', '2018-12-31'],
  ['年底前', on, '2018-12-31'],
  ['今年以来', '2018-01-01', on],
  ['去年', '2017-01-01', '2017-12-31'],
  ['未来7天', on, '2018-05-23'],
  ['三天内', on, '2018-05-19'],
  ['近两周', on, '2018-05-30'],
  ['过去一周', '2018-05-09', on],
  ['国庆前', on, '2018-09-30'],
]

describe('times', () => {
  it.each(spans)('%s', (text, from, to) => {
    expect(findTimes(text, on).times).toMatchObject([{ from, to }])
  })
  it.each(['2月30日', '13月5日', '4月31日前', '2018-02-30'])('%s is no day', (text) => {
    expect(findTimes(text, on).times.every((t) => !t.day)).toBe(true)
  })
  it('takes a month to come for last year’s', () => {
    expect(pastPeriod('2018-12', on, false)).toBe('2017-12')
    expect(pastPeriod('2018-12', on, true)).toBe('2018-12')
    expect(pastPeriod('2018-Q2', on, false)).toBe('2018-Q2')
    expect(pastPeriod('2018-Q3', on, false)).toBe('2017-Q3')
  })
})

const numbers: [text: string, ids: string[]][] = [
  ['#12', ['12']],
  ['12号', ['12']],
  ['第十二项', ['12']],
  ['任务12', ['12']],
  ['一百二十号任务', ['120']],
  ['1-2', ['1-2']],
  ['2.3-1', ['2.3-1']],
  ['r-2已报', ['R-2']],
  ['3到5号', ['3', '4', '5']],
  ['4、9、12已完成', ['4', '9', '12']],
  ['12号和13号', ['12', '13']],
  ['第3-5项', ['3', '4', '5']],
  ['4号楼', []],
  ['12号文件', []],
  ['12点', []],
  ['3楼', []],
  ['5号线', []],
  ['[2018]24号', []],
  ['13800000000', []],
  ['0818-2222222', []],
  ['完成80%', []],
  ['还剩12项', []],
  ['发了3条', []],
]

describe('task numbers', () => {
  it.each(numbers)('%s', (text, ids) => {
    expect(findTasks(text, []).tasks.flatMap((t) => t.ids)).toEqual(ids)
  })
  it('tells the plan from the number', () => {
    expect(findTasks('公开18-1-2已报', ['公开18'])).toMatchObject({ plan: '公开18', tasks: [{ ids: ['1-2'] }] })
    expect(findTasks('要点19-7', [])).toMatchObject({ plan: '要点19', tasks: [{ ids: ['7'] }] })
  })
  it.each([
    ['十二', 12],
    ['九十六', 96],
    ['一百零三', 103],
    ['二十', 20],
    ['两', 2],
    ['15', 15],
  ])('%s is %d', (text, n) => {
    expect(numberOf(text)).toBe(n)
  })
  it.each(['', '号', '十十', '一a'])('“%s” is no number', (text) => {
    expect(numberOf(text)).toBeNaN()
  })
})
