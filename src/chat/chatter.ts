import type { Reading } from './reading.ts'

const CHAIN = /接龙/
const NUMBERED = /(?:^|\n)\s*\d{1,2}\s*[.、:)）]\s*\S/g
const FORWARDED =
  /^\s*[[【(]?(?:转发|转|转自|FW|Fwd|通知|紧急通知|温馨提示|重要通知|提醒|会议通知|工作提示)[\])】:：!]|以下(?:是|为)?转发|转发自|-{3,}\s*转发|通知如下|(?:有关|相关)?事[项宜](?:通知|提示)如下|特此(?:通知|函告|告知)|请(?:各|大家|你们|诸位|互相|相互|知悉|周知|转告|扩散)|(?:各位|各单位|各部门|各县区|各县\(区\)|各县\(区\)人民政府|各联络员|各位领导|各位同事|大家|同志们|所有人|全体)[^，,。;]{0,16}[:：，,!]|(?:收到|看到|阅后)(?:后)?请(?:及时|务必)?(?:回复|回|反馈|确认)|回复收到|收到请|^\s*(?:关于.{2,40}的)?(?:通知|函|公告)[:：\n]|^\s*关于(?:印发|开展|做好|召开|报送|举办|调整|进一步|组织).{2,60}的?(?:通知|函|公告)|请.{0,8}(?:联络员|同志|参会|人员|负责人).{0,6}(?:参加|参会|到会|出席|知悉)|(?:群公告|本群|入群|改(?:群)?昵称|群昵称|备注)(?!\s*[ÜŦ])/
const TO_PEOPLE =
  /^(?:@|亲|老师|主任|局长|处长|科长|老[王李张刘陈杨赵黄周吴]|小[王李张刘陈杨赵黄周吴]|[王李张刘陈杨赵黄周吴徐孙马朱胡林郭何高罗](?:主任|局长?|处长?|科长?|老师|姐|哥|总|秘书长|市长))|(?:你|您|你们|您们)(?:好|们|那|那边|这边|看|帮|有空|在(?:吗|不)|是不是|啥时候|什么时候|来|去|先|把|也|说|的|能|可以|知道|收到|方便|何时|今天|明天)|有(?:没有)?人|哪位|谁(?:有|知道|能|去|在(?!办)|来|会|方便|认识|帮|那里有)|麻烦(?:哪位|大家|各位)|加(?:我|个)(?:微信|好友)|拉(?:我|他|她|一下)(?:进群|入群)?/
const SMALL_TALK =
  /^(?:谢谢|感谢|多谢|辛苦|早(?:上好|安)?|晚安|晚上好|中午好|下午好|上午好|你好|您好|大家好|hi|hello|嗨|哈哈|呵呵|嘿嘿|哦|噢|嗯+|呃|好的?|好滴|好嘞|行|可以|没问题|ok|okay|是的|对的?|不是|不对|666|赞|棒|厉害|节日快乐|新年|新春|周末愉快|再见|拜拜|不客气|不用谢|加油|恭喜|祝|没事|知道了?|明白|了解|了然|好吧|是啊|对啊)[了的哈呀啊吧呢嘛哦,，。.!！~ ]*(?:谢谢.*|感谢.*|辛苦.*|您|大家|各位|领导|老师|同志们|主任|我知道了?)?[,，。.!！~ ]*$/i
const LIFE =
  /食堂|吃(?:饭|啥|什么|了)|午饭|晚饭|早餐|午休|聚餐|喝茶|喝酒|下班|打车|停车|堵车|天气|下雨|降温|好热|太冷|快递|外卖|生日|球赛|篮球|红包|电影|打印机|复印机|空调|停电|停水|断网|网线|密码忘|会议室|开会|参会|签到表|座位|订票|车票|机票|酒店|体检|工资|奖金|补贴发|合影|照片|视频会|投票给|点个赞|帮忙(?:转发|投票|点赞)|转发朋友圈/
const PRAISE =
  /(?:完成|办|做|干|搞|弄)得?(?:不错|很好|真好|挺好|好$|漂亮|很棒|棒|可以|到位|及时|很及时|很快|扎实)|辛苦(?:了|大家|各位)|干得漂亮|值得(?:表扬|肯定)|继续(?:努力|加油|保持)|再接再厉|为.{1,8}点赞/

/** Is the text of a shape that no one says to a bot: a chain of several people, a notice passed on? */
export function isForwarded(r: Reading): boolean {
  if (CHAIN.test(r.text)) return true
  const lines = r.text.match(NUMBERED)?.length ?? 0
  if (lines >= 2 && r.text.includes('\n')) return true
  return r.text.length > 600
}

/** A notice or a word to people; a question or an order to the bot in so many words is judged before. */
export const isNotice = (r: Reading): boolean => FORWARDED.test(r.text)

export const isSmallTalk = (r: Reading): boolean =>
  SMALL_TALK.test(r.text) || PRAISE.test(r.words) || !/[\p{L}\p{N}]/u.test(r.text)

export const isLife = (r: Reading): boolean => LIFE.test(r.words)

export const isToPeople = (r: Reading): boolean => TO_PEOPLE.test(r.text)
