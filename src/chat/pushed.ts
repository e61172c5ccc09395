import type { Day } from '../model/deadline.ts'
import type { Intent } from '../model/intent.ts'
import { type Reading, unitsOf, windowOf } from './reading.ts'

/** What a unit publishes is pushed and sent too: those figures are none of the bot's. */
const PUBLISHED = /公众号|微信|微博|网站|平台|发布会|信息|文章|报道|稿|短信|视频|新闻|政务公开/
/** 每周一推送清单 orders a push; 大家都收到清单了吗 is said to people. */
const OTHERWISE = /每(?:一|个)?(?:天|日|早|晚|周|星期|月|工作日|季)|订阅|退订|大家|各位|你们|诸位|怎么(?:设|改|取消)/
const STOPS = /^(?:请)?(?:别|不要|不用|停|取消|暂停|关|恢复)/

const QUESTION = /\?|吗|没有?[。!]*$|哪|谁|几|多少|有没有|有无|是否|情况|看|查/

const ACCOUNT =
  /(?:推送|发送|送达|群发)(?:的)?(?:送达|到达|发送|接收|完成|执行)?(?:情况|结果|报告|状态|明细|记录|率)(?:怎么样|如何)?(?:查?看?一?下|发?给?我)?[?。!]*$/
const ARRIVED =
  /推送(?:的)?(?:清单|消息|任务)?(?:都|全|全部|已经?|是否|有没有|发|没|未|漏)*(?:送到|送达|收到|发到|发送?成功|成功|到位|发出(?:去|来)?|失败)|(?:清单|提醒|推送)(?:都|全|全部|已经?|是否|有没有)*(?:送到|送达|发到|发出|推到|推送到)(?:各|每个|去|位)?/
const FAILED = /(?:推送|发送|送达)(?:没有?成功|未成功|不成功|失败)|(?:漏发|没发出去|没推送?(?:到|成功|出去))/
/** 哪些群没有收到: only what is sent to groups is meant. */
const MISSED =
  /(?:哪些|哪几个|哪个|有没有|几个|多少个?|什么)(?:单位)?(?:的)?(?:工作)?群(?:里)?(?:还|都|是)?(?:没有?|未|收不|发不|推不|联系不|机器人)(?:能)?(?:收到|送达|送到|到|进去?|出去|上|发到|发成功|推送?到|被移出|移除|推送成功)|(?:哪些|哪几个|哪个|谁)(?:单位|家)?(?:还)?(?:没有?|未)(?:收到|接到)(?:Đ|的)*(?:推送|清单|提醒)/

/** 推送情况, 本周推送都送到了吗, 哪些群没有收到: did the pushes arrive? */
const isAccount = ({ words }: Reading): boolean =>
  ACCOUNT.test(words) || MISSED.test(words) || ((ARRIVED.test(words) || FAILED.test(words)) && QUESTION.test(words))

const COUNTED =
  /消息(?:数量|条数|总数|数|量)?(?:的)?(?:统计|汇总|情况统计)|消息(?:数量|条数|总数|量)(?:有?多少|是多少)?[?。!]*$|(?:发|推送?|提醒|打扰|通知)(?:了|过|出)?(?:Ü|各单位|各群|他们|它们|大家)?(?:一共|总共|共)?(?:了|过)?(?:多少|几)(?:条|次|回)(?:消息|提醒|推送|通知)?|(?:多少|几)条(?:消息|提醒|推送)|(?:收到|接到)(?:了|过)?(?:多少|几)(?:条|次|回)?(?:消息|提醒|推送)|(?:机器人|督办|Ñ|你)?(?:追?问)(?:了|过)(?:Ü|各单位|他们)?(?:多少|几)(?:次|个问题|遍)|打扰(?:了|过)?(?:Ü|各单位|他们)?(?:多少|几)?次?(?:多少|几)次/
const SENT = /消息|提醒|推送|打扰|追?问[了过]/

/** 上月给各单位发了多少条消息, 消息统计: how much did units hear of us? */
const isNoise = ({ words }: Reading): boolean => COUNTED.test(words) && SENT.test(words)

/** The longest question of this kind that people write. */
const LONGEST = 32

/** What was sent is asked of, so 12月 said in January is the last one. */
const pastWindow = (r: Reading): ReturnType<typeof windowOf> => {
  const { window } = windowOf(r)
  if (!window || window.from <= r.asOf || /\d{4}年|明年/.test(r.text)) return window ? { window } : {}
  return { window: { from: yearBefore(window.from), to: yearBefore(window.to) } }
}
const yearBefore = (day: Day): Day => `${Number(day.slice(0, 4)) - 1}${day.slice(4).replace('-02-29', '-02-28')}`

/** Questions about the bot's own messages: whether they arrived, and how many there were. */
export function readPushed(r: Reading): Intent | undefined {
  if (r.said.length > 0 || r.links.length > 0 || r.toOther || r.words.length > LONGEST) return undefined
  if (PUBLISHED.test(r.words) || OTHERWISE.test(r.text) || STOPS.test(r.words)) return undefined
  if (isAccount(r)) return { intent: 'deliveries', ...pastWindow(r) }
  return isNoise(r) ? { intent: 'noise', ...unitsOf(r), ...pastWindow(r) } : undefined
}
