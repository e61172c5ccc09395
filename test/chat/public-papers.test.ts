import { describe, expect, it } from 'vitest'
import { dayHappened } from '../../src/chat/happened.ts'
import type { Intent } from '../../src/model/intent.ts'
import { hear, type Speaker } from './office.ts'

const intentOf = (text: string, as: Speaker) => {
  const { intent, action } = hear(text, as) as Intent & { action?: string }
  return action ? `${intent} ${action}` : intent
}

describe('papers and activities', () => {
  it.each<[string, string]>([
    ['登记文件 云府发〔2026〕3号 关于做好防汛工作的通知 主动公开 市财政局', 'publication register'],
    ['登记文件', 'publication register'],
    ['文件3号保密审查通过 张三审', 'publication review'],
    ['文件3号保密审查未通过 张三审', 'publication review'],
    ['文件2026-3已公开 https://a.gov.cn/1', 'publication disclose'],
    ['文件3号已解读 https://a.gov.cn/2', 'publication interpret'],
    ['文件3号免予解读：事务性通知', 'publication exempt'],
    ['文件3号改为不予公开：内部事务', 'publication attribute'],
    ['文件3号退回：标题不符', 'publication return'],
    ['文件3号办结：不再公开', 'publication finish'],
    ['文件3号还没公开', 'publication show'],
    ['文件3号怎么样了', 'publication show'],
    ['公开文件有哪些没解读', 'publication list'],
    ['登记发布会 8月3日 市教育局 义务教育招生 主要负责人出席', 'activity register'],
    ['登记一次听取政务公开汇报 8月3日 市教育局', 'activity register'],
    ['撤销活动3号：登记重复', 'activity cancel'],
    ['活动3号网址 https://a.gov.cn/3', 'activity link'],
    ['12号按主要负责人发布会计数', 'activity feed'],
    ['12号不按登记计数', 'activity feed'],
    ['新闻发布会开了几次', 'activity count'],
    ['今年开了几次发布会', 'activity count'],
  ])('%s', (text, meant) => {
    expect(intentOf(text, 'O')).toBe(meant)
  })

  it.each([
    '12号文件已公开 https://a.gov.cn/1',
    '3号已公开 https://a.gov.cn/1',
    '12号的发布会已开',
    '12号发布会开了几次了',
    '12号政策解读已完成 https://a.gov.cn/1',
    '登记表已填好，12号完成',
    '文件已公开，12号完成 https://a.gov.cn/1',
    '培训已完成，12号',
    '活动方案已印发',
    '请各单位登记发布会安排',
  ])('takes no sentence about the plan’s duties: %s', (text) => {
    for (const as of ['L', 'O'] as const) expect(intentOf(text, as)).not.toMatch(/^(?:publication|activity)/)
  })

  it('only the office says what counts', () => {
    expect(intentOf('12号按发布会计数', 'L')).not.toBe('activity feed')
  })

  it.each([
    ['8月3日', '2026-08-03'],
    ['8月20日', '2026-08-20'],
    ['今天', '2026-08-10'],
    ['2月30日', undefined],
    ['关于公开的通知', undefined],
  ])('%s said on 10 August 2026 is %s', (text, day) => {
    expect(dayHappened(text, '2026-08-10')).toBe(day)
  })

  it('a day far ahead is last year’s', () => {
    expect(dayHappened('12月30日', '2027-01-05')).toBe('2026-12-30')
    expect(dayHappened('2027年12月30日', '2027-01-05')).toBe('2027-12-30')
  })
})
