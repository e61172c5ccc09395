import type { Speaker } from './office.ts'
import type { Phrasing } from './phrasings.ts'

type Frame = Record<string, unknown>
const reports = (tasks: string[], more: Frame = {}): Frame => ({ intent: 'report', tasks, ...more })
const going = (...tasks: string[]): Frame => ({ intent: 'progress', tasks })
const list = (more: Frame = {}): Frame => ({ intent: 'list', state: 'open', ...more })
const none: Frame = { intent: 'none' }
const own = { units: ['市财政局'] }
const may = { from: '2018-05-01', to: '2018-05-31' }
const june = { from: '2018-06-01', to: '2018-06-30' }
const q2 = { from: '2018-04-01', to: '2018-06-30' }
const url = 'http://jyj.linjiang.gov.cn/zs/20180516/88.htm'
const all = (as: Speaker, frame: Frame, ...texts: string[]): Phrasing[] => texts.map((text) => [as, text, frame])

/** A last hearing: written when the rules stood, to see what they make of new people. */
export const heardFifth: Phrasing[] = [
  ...all(
    'L',
    reports(['12']),
    '亲，12号完成了哟',
    '12号弄妥了，您看看行不行',
    '12号的公示信息挂到网上去了',
    '12号任务按要求完成，已公开',
    '尊敬的领导：12号任务已完成，请审阅',
    '报告！12号完成任务！',
    '12号已印发并上网',
    '12号总算弄完了哈哈',
    '12号完成喽',
    '12号指南已编制完成并公开',
    '12号已按程序公开，特此反馈',
    '12号任务财政局已完成',
    '12号，已完成，已公开，请销号',
    '12号昨天上午已经上传到网站',
    '12号已经在公众号推送了',
  ),
  ['L', '2号、12号、22号任务，我局均已完成', reports(['2', '12', '22'])],
  ['L', '12号跟13号都搞定了', reports(['12', '13'])],
  ['L', '12/13/14号完成', reports(['12', '13', '14'])],
  ['L', `12号见链接${url}`, reports(['12'], { links: [url] })],
  ['L', `教育资助政策已公开 ${url}`, { intent: 'report', keyword: '教育资助政策', links: [url] }],
  ['L', '4号四月的昨天发出去了', reports(['4'], { period: '2018-04' })],
  ['L', '4号5月的提前公开了', reports(['4'], { period: '2018-05' })],
  ['L', '9号1季度数据已公开', reports(['9'], { period: '2018-Q1' })],
  ...all(
    'L',
    going('12'),
    '12号没来得及公开',
    '12号还在跟踪落实',
    '12号今天之内争取弄完',
    '12号等统计局数据一出来就公开',
    '12号已经准备好了，等通知公开',
    '12号稿子已经在局长桌上了',
    '12号业务科室还在对数据',
    '12号完成了主要内容，附件在整理',
    '12号公开前还要过一遍法审',
    '12号正按要求整改',
    '12号差不多可以公开了',
    '12号已安排专人负责',
    '12号方案讨论稿有了',
    '12号今年肯定能完成',
    '12号招标挂网了，还没开标',
    '12号刚把通知发下去',
    '12号问题比较多，还要时间',
    '12号我们明天上午报',
  ),
  ['L', '12号ok，13号还要两天', reports(['12'])],
  ['L', '12、13、14号都在推进', going('12', '13', '14')],
  [
    'C',
    '交通局上个月的任务完成了没',
    list({ units: ['市交通运输局'], window: { from: '2018-04-01', to: '2018-04-30' } }),
  ],
  ['C', '看下这个月都有啥要交的', list({ window: may })],
  ['C', '6月哪些单位有任务', list({ window: june })],
  ['C', '今年逾期的都有哪些', list({ window: { from: '2018-01-01', to: '2018-12-31' }, state: 'overdue' })],
  ['C', '二季度财政局完成情况', { intent: 'figures', window: q2, ...own }],
  ['C', '谁完成率高', { intent: 'rank' }],
  ['C', '12号是干嘛的', { intent: 'task', tasks: ['12'] }],
  ['C', '关于停车难的任务', list({ keyword: '停车难', state: 'all' })],
  ['C', '督促一下水利局', { intent: 'urge', units: ['市水利局'] }],
  [
    'C',
    '请卫计委牵头，教育局配合，本周五前拿出意见',
    {
      intent: 'instruct',
      units: ['市卫生计生委', '市教育局'],
      until: '2018-05-18',
    },
  ],
  ['O', '12号可以销号了', { intent: 'approve', tasks: ['12'] }],
  ['O', '教育局12号退回修改', { intent: 'return', tasks: ['12'], units: ['市教育局'] }],
  ['O', '同意教育局12号延期申请', { intent: 'extension', tasks: ['12'], units: ['市教育局'], grant: true }],
  ['O', '12号派错了，改派公安局', { intent: 'reassign', tasks: ['12'], to: '市公安局' }],
  ['O', '法制办来电，12号已印发', reports(['12'], { units: ['市法制办'], via: 'phone' })],
  ['O', '哪些没审', list({ state: 'review' })],
  ['O', '各单位签收情况，谁没签', list({ state: 'unsigned' })],
  ['O', '导一份逾期台账', { intent: 'export', what: 'ledger' }],
  ['O', '每周五下午5点推送周报', { intent: 'subscribe', every: 'week', on: 5, at: '17:00' }],
  ['L', '12号保密审查已完成，审查人王某', { intent: 'secrecy', tasks: ['12'], by: '王某' }],
  ['L', '12号宽限到周五行不行', { intent: 'extend', tasks: ['12'], until: '2018-05-18' }],
  ['L', '12号不属于我们单位职责范围', { intent: 'decline', tasks: ['12'] }],
  ['L', '12号交错了，撤回', { intent: 'withdraw', tasks: ['12'] }],
  ['L', '收到，照办', { intent: 'accept', all: true }],
  ['L', '我局12、13、18号认领，别的不涉及', { intent: 'claim', tasks: ['12', '13', '18'], rest: 'not' }],
  [
    'L',
    '4月网站45条微信12条微博3条',
    { intent: 'tally', period: '2018-04', counts: { website: 45, wechat: 12, weibo: 3 } },
  ],
  ...all(
    'L',
    none,
    '我这边网络不好',
    '12号楼会议室空着没',
    '培训12号结束',
    '各位老师好，群里改个备注',
    '下午的会取消了吗',
    '材料已签收，谢谢快递小哥',
    '刚交了电费',
    '报销单已提交',
    '年终考核表交了',
    '体温已报',
    '接龙\n1. 财政局 12号已办\n2. 教育局 12号已办',
    '小李，12号公开了没',
    '领导，什么时候开会',
  ),
  ...all('O', none, '各单位抓紧把12号报上来哈', '@全体成员 12号任务今天截止', '明天交材料的最后一天，别忘了'),
]
