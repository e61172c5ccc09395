import { describe, expect, it } from 'vitest'
import { hear, type Speaker } from './office.ts'

const may = { from: '2018-05-01', to: '2018-05-31' }
const april = { from: '2018-04-01', to: '2018-04-30' }
const week = { from: '2018-05-14', to: '2018-05-20' }

describe('did the pushes arrive', () => {
  const asked: [Speaker, string, object][] = [
    ['O', '推送情况', {}],
    ['O', '推送情况？', {}],
    ['O', '看一下推送情况', {}],
    ['O', '今天推送情况怎么样', { window: { from: '2018-05-16', to: '2018-05-16' } }],
    ['O', '推送送达情况', {}],
    ['O', '本周推送情况', { window: week }],
    ['O', '推送结果', {}],
    ['O', '推送记录发我', {}],
    ['O', '送达情况', {}],
    ['O', '送达率', {}],
    ['O', '本周推送都送到了吗', { window: week }],
    ['O', '推送都成功了吗', {}],
    ['O', '12月推送情况', { window: { from: '2017-12-01', to: '2017-12-31' } }],
    ['O', '2018年12月推送情况', { window: { from: '2018-12-01', to: '2018-12-31' } }],
    ['O', '昨天的推送全部送达了没有', { window: { from: '2018-05-15', to: '2018-05-15' } }],
    ['O', '清单都发到各群了吗', {}],
    ['O', '今天的提醒都发出去了吗', { window: { from: '2018-05-16', to: '2018-05-16' } }],
    ['O', '有没有推送失败的', {}],
    ['O', '推送失败的有哪些', {}],
    ['O', '有没有漏发的', {}],
    ['O', '哪些群没有收到', {}],
    ['O', '哪些群没收到推送', {}],
    ['O', '哪几个群收不到', {}],
    ['O', '哪些群发不进去', {}],
    ['O', '哪个单位的群没有收到', {}],
    ['O', '哪些群机器人被移出了', {}],
    ['O', '哪些单位没收到清单', {}],
    ['O', '哪些单位没有收到本周推送', { window: week }],
    ['L', '推送情况', {}],
  ]
  it.each(asked)('%s: %s', (as, text, slots) => {
    expect(hear(text, as)).toEqual({ intent: 'deliveries', ...slots })
  })
})

describe('how much did units hear of us', () => {
  const asked: [Speaker, string, object][] = [
    ['O', '消息统计', {}],
    ['O', '各单位收到了多少消息', {}],
    ['O', '本月消息统计', { window: may }],
    ['O', '上月消息统计', { window: april }],
    ['O', '4月消息统计', { window: april }],
    ['C', '上月给各单位发了多少条消息', { window: april }],
    ['O', '上个月给市财政局发了几条消息', { units: ['市财政局'], window: april }],
    ['O', '本月推送了多少条', { window: may }],
    ['O', '这个月发了多少条提醒', { window: may }],
    ['O', '给各单位一共发了多少条消息', {}],
    ['O', '上月打扰了各单位多少次', { window: april }],
    ['O', '问了各单位多少次', {}],
    ['O', '上月追问了市审计局几次', { units: ['市审计局'], window: april }],
    ['C', '消息数量', {}],
  ]
  it.each(asked)('%s: %s', (as, text, slots) => {
    expect(hear(text, as)).toEqual({ intent: 'noise', ...slots })
  })
})

describe('what stands beside them means something else', () => {
  const others: [Speaker, string, string][] = [
    ['O', '每周一推送清单', 'subscribe'],
    ['O', '每天9点推送逾期情况', 'subscribe'],
    ['O', '每周推送完成情况', 'subscribe'],
    ['O', '别推送了', 'unsubscribe'],
    ['O', '取消推送', 'unsubscribe'],
    ['O', '停止推送情况', 'unsubscribe'],
    ['L', '静音一小时', 'mute'],
    ['L', '微信公众号推送了12条', 'tally'],
    ['L', '网站公开30条信息，微信推送12条', 'tally'],
    ['O', '完成情况', 'figures'],
    ['O', '统计一下完成情况', 'figures'],
    ['O', '哪些单位没签收', 'list'],
    ['O', '哪些单位没有反馈', 'list'],
    ['O', '哪些单位还没报', 'list'],
    ['O', '催办所有逾期单位', 'urge'],
    ['L', '12号推送情况已上传', 'none'],
  ]
  it.each(others)('%s: %s', (as, text, intent) => {
    const heard = hear(text, as).intent
    if (intent === 'none') expect(['deliveries', 'noise']).not.toContain(heard)
    else expect(heard).toBe(intent)
  })

  const said: [Speaker, string][] = [
    ['O', '通知都收到了吗'],
    ['O', '大家都收到清单了吗'],
    ['O', '请各单位收到消息后回复'],
    ['L', '没有收到文件'],
    ['L', '我们没收到通知'],
    ['L', '消息已收到'],
    ['L', '公众号推送了多少条'],
    ['L', '微信推送情况已报'],
    ['L', '推送很及时，谢谢'],
    ['O', '这条消息收到了几个人回复'],
  ]
  it.each(said)('%s: %s', (as, text) => {
    expect(['deliveries', 'noise']).not.toContain(hear(text, as).intent)
  })
})
