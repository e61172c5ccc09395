import type { Head } from './head.ts'
import { isDayLine } from './passages.ts'
import type { Passage } from './sheet.ts'

/** Each needs more than its first word: 附件清单由县档案馆更新 and 6月底前印发 are work. */
const FOOT = new RegExp(
  [
    '^(?:抄送|抄报|主送)',
    '^(?:分送|发送|报送|报|送|发|主持人?|记录|参会|参加|出席|列席)(?:人员?|会议|单位|领导|范围)?[:：]',
    '^(?:参会|出席|列席)[^，。；（]{0,40}$',
    '^附件(?:[\\d一二三四五六七八九十:：.、]|$)',
    '^联系(?:人|电话|方式)(?:及[^，。；]{1,8})?(?:[:：]|$|[^，。；]{0,8}\\d{3}|[^，。；]{2,3}[，,](?:联系)?电话)',
    '^（?此件',
    '^[—－-]?\\s?\\d{1,3}\\s?[—－-]?$',
    '^[^，。；]{0,40}(?<![前内底末并])印发$',
  ].join('|'),
)

/** What stands on a document around its text: whom copies go to, who signed on which day. */
export function isFurniture(passage: Passage, head: Head): boolean {
  const line = passage.starts[0]?.line
  return (
    FOOT.test(passage.text) ||
    isDayLine(passage.text) ||
    (line === head.lines.issuer && passage.text === head.document.issuer)
  )
}
