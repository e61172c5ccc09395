import { type Channel, channelWords, measures } from '../../model/tally.ts'
import type { Mismatch } from './sum.ts'

/** 12条, 1场, 3个. */
export const counted = (channel: Channel, count: number): string => `${count}${measures[channel]}`

/** 2017年7月, 2017年: a period of figures. */
export const periodWords = (period: string): string =>
  period.length === 4 ? `${period}年` : `${period.slice(0, 4)}年${Number(period.slice(5))}月`

/** 各渠道合计161204条，比总数172532条少11328条. */
export const totalWords = ({ said, parts }: { said: number; parts: number }): string =>
  `各渠道合计${parts}条，比总数${said}条${parts < said ? '少' : '多'}${Math.abs(said - parts)}条`

/** One thing that does not add up, as a question for people. `name`: whose it is. */
export const mismatchWords = ({ kind, channel, said, parts }: Mismatch, name: string, year: number): string => {
  if (kind === 'total') return `${year}年${totalWords({ said, parts })}：请核对`
  const [whole, sum] = [counted(channel, said), counted(channel, parts)]
  return kind === 'below'
    ? `${year}年${channelWords[channel]}：各单位合计${sum}，比${name}数${whole}还多：请核对`
    : `${name}${year}年${channelWords[channel]}：各月${channel === 'points' ? '最后' : '合计'}${sum}，全年数填的是${whole}：请核对`
}
