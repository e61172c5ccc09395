import type { Intent } from '../model/intent.ts'
import { type Reading, unitsOf } from './reading.ts'

const POINTS =
  /考核(?:的)?(?:总)?(?:得分|分数|评分|扣分|成绩|结果)|(?:绩效|考核).{0,4}(?:得了?|有|是)?多少分|^(?:我们?|本|咱们?|Ü|各|全市|全县|所有)?(?:单位|局|委|办|部门)?(?:的)?(?:得分|扣分|扣了?多少分|得了?多少分)(?:情况|明细)?(?:是?多少|怎么样|如何)?[?。!]*$/
/** 指标, 办法, 通知: papers about it, and what is published of it, are no question for points. */
const OTHERWISE =
  /导|下载|生成|打印|制作|表[。!]?$|指标|办法|细则|方案|通知|公开|公示|公布|发布|报送|上报|要求|排名|排行|网站|第一|最[高低好差]/
const LONGEST = 28

const SELF =
  /^(?:.{0,20}?[ :：,，])?(?:我(?:单位|局|委|办)?)?自评[ :：,，]*(\d{1,3}(?:[.．-]\d{1,3})*)(?:号|项|指标)?[ :：,，]+(\d{1,4}(?:[.．]\d{1,2})?)[ ]*分[ :：,，。;；]*([\s\S]*)$/

/** 自评 1.2 4.5分 见附件: a unit gives its own points. */
const readSelf = (r: Reading): Intent | undefined => {
  const [, number = '', points = '', proof = ''] = SELF.exec(r.text.normalize('NFKC').trim()) ?? []
  if (number === '') return undefined
  const [whole = '0', part = ''] = points.split('.')
  return {
    intent: 'self-score',
    indicator: number,
    points: Number(whole) * 100 + Number(part.padEnd(2, '0')),
    proof: proof.trim(),
    ...unitsOf(r),
  }
}

/** 我单位考核得分, 各单位考核得分, 市财政局考核扣分: points of an assessment; 自评 gives some. */
export function readScores(r: Reading): Intent | undefined {
  if (r.links.length > 0 || r.toOther) return undefined
  const own = readSelf(r)
  if (own) return own
  if (r.said.length > 0 || r.words.length > LONGEST || OTHERWISE.test(r.words) || !POINTS.test(r.words))
    return undefined
  return {
    intent: 'scores',
    ...unitsOf(r),
    ...(/各单位|各部门|所有单位|全市|全县|大家/.test(r.words) && { all: true }),
  }
}
