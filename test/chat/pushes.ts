import type { Intent } from '../../src/model/intent.ts'
import type { Content } from '../../src/model/subscription.ts'
import type { Speaker } from './office.ts'

const subscribe = (rest: object = {}): Intent => ({ intent: 'subscribe', ...rest }) as Intent
const weekly = (on: number, at?: string) => subscribe({ every: 'week', on, ...(at && { at }) })
const monthly = (on: number, at?: string) => subscribe({ every: 'month', on, ...(at && { at }) })
const unsubscribe: Intent = { intent: 'unsubscribe' }
const subscriptions: Intent = { intent: 'subscriptions' }

/** A standing push asked for, with what it is to say. */
export const wished: [as: Speaker, text: string, frame: Intent, content: Content][] = [
  ['O', '每周一9点推送本周到期任务', weekly(1, '09:00'), 'due'],
  ['O', '以后每周一早上九点把本周到期清单推送到本群', weekly(1, '09:00'), 'due'],
  ['O', '请每周五下午3点推送逾期清单', weekly(5, '15:00'), 'overdue'],
  ['O', '每周五下午三点半推送超期未办的', weekly(5, '15:30'), 'overdue'],
  ['O', '每个星期二10时推送待审核的反馈', weekly(2, '10:00'), 'review'],
  ['O', '每天上午10点推送待审核', subscribe({ every: 'day', at: '10:00' }), 'review'],
  ['O', '每周四15时30分给市财政局群推送到期清单', weekly(4, '15:30'), 'due'],
  ['O', '每月1号9点给工作群推送本月到期清单', monthly(1, '09:00'), 'due'],
  ['O', '每月最后一天下午4点推送完成率', monthly(31, '16:00'), 'figures'],
  ['O', '每月10号上午10点推送各单位排名', monthly(10, '10:00'), 'figures'],
  ['O', '每月五号推送上月完成情况', monthly(5), 'figures'],
  ['O', '每个工作日8点40推送今天到期的', subscribe({ every: 'workday', at: '08:40' }), 'due'],
  ['O', '工作日下午4点推送明天到期的任务', subscribe({ every: 'workday', at: '16:00' }), 'next'],
  ['O', '每周五16:30推送下周到期清单', weekly(5, '16:30'), 'next'],
  ['O', '每月月底推送下个月要交的', monthly(31), 'next'],
  ['O', '订阅逾期清单，每周三上午10点', weekly(3, '10:00'), 'overdue'],
  ['O', '订阅周报', subscribe({ every: 'week' }), 'figures'],
  ['O', '设置日报，每天17点', subscribe({ every: 'day', at: '17:00' }), 'figures'],
  ['O', '设个推送，每周二下午2点一刻，逾期任务', weekly(2, '14:15'), 'overdue'],
  ['O', '逢周三11点推送未完成任务', weekly(3, '11:00'), 'due'],
  ['O', '每礼拜天晚上8点推送本周数据', weekly(7, '20:00'), 'figures'],
  ['O', '每天晚上12点推送逾期清单', subscribe({ every: 'day', at: '00:00' }), 'overdue'],
  ['O', '可以每周一9点推送到期清单吗', weekly(1, '09:00'), 'due'],
  ['O', '麻烦每周一推送一下逾期的', weekly(1), 'overdue'],
  ['O', '每天中午12点半发到本群今天到期的', subscribe({ every: 'day', at: '12:30' }), 'due'],
  ['O', '以后每天早上把待审核的发给我', subscribe({ every: 'day' }), 'review'],
  ['O', '每两周推送一次逾期清单', subscribe(), 'overdue'],
  ['O', '每季度推送完成情况', subscribe(), 'figures'],
  ['O', '每周一、三、五9点推送到期清单', subscribe({ every: 'week', at: '09:00' }), 'due'],
  ['C', '每周一上午九点给我发逾期清单', weekly(1, '09:00'), 'overdue'],
  ['L', '每周五提醒我报材料', weekly(5), 'due'],
]

/** A push that is moved: what is new of it. */
export const moved: [as: Speaker, text: string, frame: Intent][] = [
  ['O', '把每周一的推送改到周二上午10点', weekly(2, '10:00')],
  ['O', '推送改成9点半', subscribe({ at: '09:30' })],
  ['O', '把推送时间调整为8点40', subscribe({ at: '08:40' })],
  ['O', '推送时间改到下午3点', subscribe({ at: '15:00' })],
  ['O', '每周一的推送改成每天', subscribe({ every: 'day' })],
  ['O', '每周一9点的推送改为每个工作日10点', subscribe({ every: 'workday', at: '10:00' })],
  ['O', '把9点的推送挪到10点', subscribe({ at: '10:00' })],
  ['O', '逾期清单改为每周五推送', weekly(5)],
  ['O', '逾期清单的推送换到周四', weekly(4)],
  ['O', '每月1号的推送改到5号', monthly(5)],
  ['O', '月底的推送改成每月25日下午4点', monthly(25, '16:00')],
  ['O', '把待审核的推送提前到8点半', subscribe({ at: '08:30' })],
  ['O', '本群的推送推迟到10点', subscribe({ at: '10:00' })],
]

export const stopped: [as: Speaker, text: string, frame: Intent][] = [
  ['O', '取消每周一的推送', unsubscribe],
  ['O', '停止推送', unsubscribe],
  ['O', '退订', unsubscribe],
  ['O', '退订逾期清单', unsubscribe],
  ['O', '全部退订', unsubscribe],
  ['O', '把每周五的逾期清单推送停了', unsubscribe],
  ['O', '不要再推送待审核了', unsubscribe],
  ['O', '取消本群全部推送', unsubscribe],
  ['O', '关掉市财政局群的推送', unsubscribe],
  ['O', '取消订阅', unsubscribe],
  ['O', '停掉周报', unsubscribe],
  ['O', '每天的提醒取消吧', unsubscribe],
  ['O', '不用再推了', unsubscribe],
  ['L', '别再推送了', unsubscribe],
]

export const listed: [as: Speaker, text: string, frame: Intent][] = [
  ['O', '有哪些推送', subscriptions],
  ['O', '推送安排', subscriptions],
  ['O', '订阅列表', subscriptions],
  ['O', '下次推送是什么时候', subscriptions],
  ['O', '现在设了哪些推送', subscriptions],
  ['O', '本群有什么推送', subscriptions],
  ['O', '看一下推送设置', subscriptions],
  ['O', '查看订阅', subscriptions],
  ['O', '我的订阅', subscriptions],
  ['O', '推送计划发一下', subscriptions],
  ['O', '每周一几点推送？', subscriptions],
  ['O', '每周推送什么', subscriptions],
  ['O', '什么时候推送', subscriptions],
  ['O', '下一次推送什么时候', subscriptions],
  ['O', '推送都有哪些', subscriptions],
  ['O', '是不是每周一都会推送？', subscriptions],
  ['O', '市财政局群设了哪些推送', subscriptions],
]

/** Near neighbours: publishing of their own, demands on people, what has happened, tasks' texts. */
export const otherwise: [as: Speaker, text: string][] = [
  ['L', '我们每周都在公众号推送政策解读'],
  ['L', '每周在微信公众号推送一期信息'],
  ['L', '每月向社会推送政策信息'],
  ['L', '我局每天推送了三条信息'],
  ['L', '公众号每天推送的信息请审核'],
  ['L', '每月公开财政收支'],
  ['L', '每周推送稿件两篇'],
  ['L', '停止公众号推送'],
  ['L', '取消抖音号推送'],
  ['L', '不要推送未审核的信息到网站'],
  ['L', '已推送到各科室，每天提醒一次'],
  ['L', '不用提醒他了'],
  ['L', '别提醒我了，我知道'],
  ['L', '请在5个工作日内发给我'],
  ['O', '请各单位每周五前发给我进度'],
  ['O', '各单位每月25日前报给我'],
  ['O', '大家每天发一次进度给我'],
  ['O', '请你们每周发我一份材料'],
  ['C', '每周五前报给我'],
  ['L', '推送得很及时'],
  ['L', '推送了'],
  ['L', '已经推送'],
  ['L', '每天发一次朋友圈'],
  ['L', '收到推送'],
  ['O', '今天的推送大家看到了吗'],
  ['L', '每月通过短信向企业推送惠企政策'],
  ['L', '工作日9点上班'],
]
