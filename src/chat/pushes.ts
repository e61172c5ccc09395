import type { Intent } from '../model/intent.ts'
import type { Content } from '../model/subscription.ts'
import type { Reading } from './reading.ts'
import { rhythmIn, type Said } from './rhythm.ts'

/** Subscriptions: asked for, moved, stopped, listed. The frame holds the rhythm; what and where is read from the words. */

const PUSH =
  /推送|提醒|发送|发给|发一?[下份]|发(?:我|到|一次|本|今|昨|Đ|周报|清单|简报|逾期|超期|待审|未[办完报])|(?:设置?|开通|开启).{0,4}[日周月]报|我[想要]每[^,。]{0,12}收到|推(?:给|到|一|今|昨|明|本|下|Đ)|发通报|播报|通知我|报给我|订阅/
const EVERY =
  /每(?:一)?(?:个)?(天|日|早|晚|周|星期|礼拜|月|工作日|季度|[两二2]|半|上午|下午|中午)|(?:订阅|开通|开启|设置?)(?:.{0,4})(?:日报|周报|月报)|逢周|隔周|(?<!\d个?|[一二三四五六七八九十两几]个?)工作日(?!内|后|前|之|以)/

/** 公众号推送, 向企业推送: publishing of their own. */
const PUBLISHED =
  /公众号|官微|微博|网站|门户|客户端|app|抖音|头条|视频号|新媒体|朋友圈|短信|[向对](?:社会|公众|群众|企业|市民|居民|用户)|政策|解读|稿件?|文章|新闻|宣传|视频|图文|招聘|岗位|未(?:经)?审核的信息|打卡|会议|例会|开会|学习强国|党建/i
/** What people are asked for, and what they tell of themselves. */
const TO_PEOPLE =
  /(?<![给向到对])(?:各(?:单位|部门|县区|科室|地)|大家|你们|你局|我们|我局|本局|本单位|我单位|我委|我办|我处)[^,。给]{0,6}每|每[^,。]{0,8}(?:公开|报送|上报|发布|更新)/
/** 每周五前报给我 is a limit for people. */
const BY_THEN = /每[^,。点时:]{1,6}(?<!提)前/
const TOLD = /推送(?:了|过|完成(?![率情数])|得|到位)|(?:已经?|都|刚)(?:推送|订阅)|推了/

const STOP =
  /取消|撤销|撤掉|去掉|删除|删掉|删了|移除|停一[停下]|停止|关闭|关掉|关了|停了|停掉|停用|退订|暂停|不(?:要|用|想|需要)再?|别(?:再)?|不再|终止|解除/
const STOPPED = /推送|订阅|退订|推了|播报|日报|周报|月报|通知我|(?:发|发送)了[。!吧]?$/
/** 不用提醒他了 is said of people; a standing reminder is named as one. */
const REMINDER =
  /(?:每|定时|定期)[^,。]{0,6}提醒|^(?:请|帮我)?(?:取消|停止|关闭|关掉|停掉|终止|删除|删掉)(?:本群)?(?:的)?提醒(?:吧|了)?[。!]?$/

const MOVE = /(?:改|调整?|换|挪|移|推迟|提前|延后)(?:到|成|为|至)/
const PUSHED = /推送(?!会)|订阅|播报|推到|推给/

const LISTED =
  /(?:有|设|订|定|开)(?:了|过|着)?(?:哪些|什么|啥|几个|几条|多少)(?:定时|定期)?(?:推送|订阅)|订阅了(?:什么|啥|哪些)|(?:推送|订阅)(?:都|一共|共|现在|目前)?(?:有|设了|是)?(?:哪些|几个|几条|多少|什么(?!时|情))|(?<!每[^,。]{0,12})(?:推送|订阅)(?:的)?(?:安排|计划|设置|列表|清单|一览|时间表)(?:是什么|有哪些|发(?:一?下|我|给我)|看(?:一?下|看))?[?。!]?$|^(?:请|帮我)?(?:查看?|看看?|看一?下|列出?|我的|本群的?)(?:一?下)?(?:本群|我|现在|当前|所有|全部)?(?:的)?(?:推送|订阅)(?:安排|计划|设置|列表|时间)?[?。!]?$|(?:下一?次|下回)(?:的)?推送|(?:几点|几号|什么时候|啥时候|何时|周几|星期几|哪天)(?:会|要)?(?:推送|发推送)|推送(?:是|在)?(?:几点|什么时[候间]|啥时候|何时|周几|哪天)|每[^,。]{0,6}(?:会|都)?推送(?:什么|啥|哪些)|是不是每[^,。]{0,8}推送/

/** What a unit's people cannot mean of their own publishing. */
const CLEARLY =
  /订阅|推送(?:的)?(?:安排|计划|设置|列表|时间表)|(?:有|设了)(?:哪些|什么|几个|几条)推送[?。!]?$|下一?次推送(?:是|在)?(?:几点|什么时候|啥时候|何时|哪天)[?。!]?$/

/** 怎么取消推送 asks how it is done. */
const HOW = /(?:怎么|如何|咋|怎样)(?:样)?(?:取消|停止|关闭|关掉|退订|设置?|修改|改|订阅|定制|开启)/

/** What a push is to say, as its words call it; the due list where they call it nothing. */
export const contentIn = (text: string): Content => {
  if (/待审核?|未审核?|要审核/.test(text)) return 'review'
  if (/(?<!频)率|排名|排行/.test(text)) return 'figures'
  if (/逾期|超期|过期|超时|红灯/.test(text)) return 'overdue'
  const next =
    /下(?:个|一个?)?(?:周|星期|礼拜|月)(?![一二三四五六日天末]|起|开始)|明[天日](?!起|开始)|次日|(?<!倒数)第二天/.test(
      text,
    )
  const list = /到期|清单|待办|未完成|未办|未报|没报|要交|该交|要报/.test(text)
  if (
    !list &&
    /情况|进[度展](?!$)|数字|数据|统计|通报|简报|[日周月]报(?!送)/.test(text.replace(/报(?:送|一?下)?进[度展]/, ''))
  )
    return 'figures'
  if (!list && /进[度展]$/.test(text) && !/报(?:送|一?下)?进[度展]/.test(text)) return 'figures'
  return next ? 'next' : 'due'
}

/** Does the text call a content by name, or leave it open? */
export const namesContent = (text: string): boolean =>
  contentIn(text) !== 'due' || /到期|清单|待办|未完成|未办/.test(text)

/** 改到下周二, 改到明天: moved once, which no subscription can be. */
export const isOnce = (after: string): boolean =>
  !/每/.test(after) && /[下本这]个?(?:周|星期|礼拜|月)|明[天日]|后天|今[天日]/.test(after)

/** The rhythm before and after a change: 把每周一的推送改到周二上午10点. */
export const moveIn = (text: string): { from: Said; to: Said; before: string } | undefined => {
  const move = MOVE.exec(text)
  if (!move) return undefined
  const before = text.slice(0, move.index)
  return { before, from: rhythmIn(before, true), to: rhythmIn(text.slice(move.index), true) }
}

const isMove = (r: Reading): boolean => {
  const move = PUSHED.test(r.words) ? moveIn(r.text) : undefined
  if (!move) return false
  if (isOnce(r.text.slice(move.before.length))) return true
  return Object.keys(move.to).length > 0 || namesContent(r.text.slice(move.before.length))
}

/** 订阅逾期清单: wished for, and how often is still to be said. */
const SUBSCRIBES = /^(?:请|帮我|我要|我想)*订阅(?!号).{2,}/

const isWish = (r: Reading): boolean =>
  ((EVERY.test(r.text) && PUSH.test(r.words)) || (SUBSCRIBES.test(r.words) && namesContent(r.words))) &&
  !TO_PEOPLE.test(r.words) &&
  !BY_THEN.test(r.text) &&
  !TOLD.test(r.words)

/** 节假日不要推送: they never come then. */
const RESTING =
  /(?:节假?日|周末|假期|休息日|非工作日|晚上)[^,。]{0,4}(?:不|别)|(?:不要?|别|不用)在?(?:节假?日|周末|假期|休息日|非工作日|晚上)/

const isEnd = (r: Reading): boolean =>
  !RESTING.test(r.text) &&
  STOP.test(r.words) &&
  (STOPPED.test(r.words) || REMINDER.test(r.words)) &&
  !/别忘|吗|\?/.test(r.words)

/** 每周一9点推送…, 推送改到10点, 取消推送, 有哪些推送; a number of a task, or publishing of their own, is about work. */
export const readPushes = (r: Reading): Intent | undefined => {
  if (r.said.length > 0 || PUBLISHED.test(r.words)) return undefined
  if (/推送|订阅/.test(r.words) && HOW.test(r.words)) return { intent: 'help', topic: '推送' }
  if (LISTED.test(r.words) && !STOP.test(r.words) && (!r.liaison || CLEARLY.test(r.words)))
    return { intent: 'subscriptions' }
  if (isMove(r)) return { intent: 'subscribe', ...moveIn(r.text)?.to }
  if (isEnd(r)) return { intent: 'unsubscribe' }
  return isWish(r) ? { intent: 'subscribe', ...rhythmIn(r.text) } : undefined
}
