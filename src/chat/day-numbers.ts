import { NUMBER, numberOf } from './numbers.ts'

const DATE_AFTER =
  '(?:之前|以前|前|之后|以后|后|下午|上午|早上|晚上|中午|早晨|傍晚|晚|凌晨|那天|当天|左右|开会|召开|开(?![放具])|出差|请假|休假|截止(?!日期|时间|期限|到|是)|放假|上班|值班|到期的|之内|考试|那个会(?![计议商谈])|参会|要?下[雨雪]|的(?:票|机票|车票|动车|航班|饭|餐|班|值班|酒店|行程|课|考试|发言)|的会|会议(?!纪要|情况|信息|公开|议题|材料)|体检|报到(?![^,。]{0,8}(?:领导|局|县|市|那))|出发|(?:就|才|再|要|都|已经|我|本人)*(?:回来|回单位|回去|回办公室|到家|走了|出差|请假|休假|放假|上班|出发|返回|(?:发|涨|领|扣)(?:了)?(?:工资|奖金|补贴|福利))|见(?![链网附下如:Łh])|回来|回单位|(?=(?:在|去|到)[^,。]{0,8}(?:开会|召开|举行|集合|培训|学习|报到|出差))|周[一二三四五六日]|星期|聚|吃|举行)'
const DATED = new RegExp(`${NUMBER}号${DATE_AFTER}`, 'g')
const TODAY_IS = new RegExp(
  `(?:今天|今日|明天|昨天|后天|Đ)(?:是|才|都|已经|就是)?${NUMBER}号(?!任务|项)|^${NUMBER}号了(?=[,。!]|$)`,
  'g',
)
const DELAYED = new RegExp(
  `(延期?|延长|推迟|宽限|顺延|延后|改期?|推|拖|缓|挪|放|展期|延缓)(?:到|至)[ ]?(${NUMBER})[号日]`,
  'g',
)
/** 争取20号, 公示到25号: a day after a word of planning, or after 到 where no range begins. */
const AIMED = new RegExp(
  `(?:争取|预计|预期|计划|力争|确保|打算|估计|定于|定在|最迟|最晚|至迟|(?<![\\d号项第到])到)[ ]?(${NUMBER})[号日](?!任务|项)`,
  'g',
)
const BY_DAY = new RegExp(`(?<![月\\d])(${NUMBER})日(?=之前|以前|前)`, 'g')
const EACH_MONTH = new RegExp(`每(?:个)?月(?:的)?(${NUMBER})[号日]`, 'g')
const BEFORE_NOW = new RegExp(`(?:(?<![关对由属鉴基位等至])于|截止|截至|截止到|截至到)(${NUMBER})[号日]`, 'g')
const DAY_RANGE = new RegExp(`(${NUMBER})[号日](?:到|至|~|-|—)(${NUMBER})[号日]`, 'g')

/** Are the N号 of this text days (请假, 有哪些) rather than tasks? */
const SPEAKS_OF_DAYS =
  /要(?:交|报|完成|办)的?[?。]?$|请假|休假|出差|年假|外出|值班|放假|培训|学习|期间|哪些|多少|哪几|到期/

/** Days of this month that look like tasks: 20号前, 12号下午, 延期到20号, 3号到5号请假. */
export function findDayNumbers(
  text: string,
): { start: number; end: number; days: [number, number]; before: boolean }[] {
  const out: { start: number; end: number; days: [number, number]; before: boolean }[] = []
  if (!/[号日]/.test(text)) return out
  const add = (start: number, end: number, days: [number, number], before: boolean): void => {
    const fits = days.every((d) => d >= 1 && d <= 31) && !out.some((o) => start < o.end && o.start < end)
    if (fits && !/[#第]/.test(text.charAt(start - 1)) && !text.slice(start - 2, start).endsWith('任务')) {
      out.push({ start, end, days, before })
    }
  }
  const days = SPEAKS_OF_DAYS.test(text)
  for (const m of text.matchAll(DELAYED)) {
    const d = numberOf(m[2] ?? '')
    add(m.index + (m[0].length - (m[2] ?? '').length - 1), m.index + m[0].length, [d, d], false)
  }
  for (const m of text.matchAll(BY_DAY)) {
    const d = numberOf(m[1] ?? '')
    add(m.index, m.index + m[0].length + (text.charAt(m.index + m[0].length) === '前' ? 1 : 2), [d, d], true)
  }
  for (const m of [...text.matchAll(EACH_MONTH), ...text.matchAll(AIMED)]) {
    const d = numberOf(m[1] ?? '')
    add(m.index + m[0].length - (m[1] ?? '').length - 1, m.index + m[0].length, [d, d], false)
  }
  for (const m of text.matchAll(BEFORE_NOW)) {
    const d = numberOf(m[1] ?? '')
    add(m.index + m[0].length - (m[1] ?? '').length - 1, m.index + m[0].length, [d, d], true)
  }
  if (days)
    for (const m of text.matchAll(DAY_RANGE))
      add(m.index, m.index + m[0].length, [numberOf(m[1] ?? ''), numberOf(m[2] ?? '')], false)
  for (const m of text.matchAll(DATED)) {
    const n = /号/.exec(m[0])?.index ?? 0
    const d = numberOf(m[0].slice(0, n))
    const joined =
      /[到至~、,和及-]$/.test(text.slice(0, m.index)) && /\d[号]?[到至~、,和及-]$/.test(text.slice(0, m.index))
    const before = /^(?:之前|以前|前)/.test(m[0].slice(n + 1))
    const length = n + 1 + (before ? (m[0].slice(n + 1).startsWith('前') ? 1 : 2) : 0)
    if (!joined) add(m.index, m.index + length, [d, d], before)
  }
  for (const m of text.matchAll(TODAY_IS)) add(m.index, m.index + m[0].length, [1, 1], false)
  return out.sort((a, b) => a.start - b.start)
}
