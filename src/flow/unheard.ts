import type { Outcome } from '../../commands/command.ts'
import { problem } from '../../commands/problem.ts'
import type { Card } from '../model/card.ts'
import type { Day } from '../model/deadline.ts'
import { noSuchDay } from '../time/no-such-day.ts'

const EXAMPLE = '例：本月有哪些到期任务；1-2 7月的已公开 http://…（回复“帮助”看全部用法）'
/** Nobody writes so much to a bot; what is longer is not read. */
const LONGEST = 600

const UNHEARD: [string, string] = ['没有听懂', '请换个说法，写明任务编号或单位。']

const why = (text: string | undefined): [title: string, text: string] => {
  if (text === undefined) return UNHEARD
  if (text.length > LONGEST) return ['这条消息太长，没有读', `一条消息请不超过${LONGEST}字，一次说一件事。`]
  if (!/[\p{L}\p{N}]/u.test(text)) return ['没有收到文字', '消息里没有可以识别的文字。']
  return UNHEARD
}

/** What was said to the bot (or what a button carries, which has no words) and is no request: what is wrong with it, and an example. */
export const notUnderstood = (text?: string): Card => ({ ...problem(...why(text), EXAMPLE), tone: 'plain' })

/** A request that names a day or month that no calendar has; undefined where there is none. */
export const impossibleDay = (text: string, today: Day): Card | undefined => {
  const said = noSuchDay(text, today)
  return said === undefined
    ? undefined
    : problem(
        '没有这个日期',
        `“${said}”不存在，请核对后再说一次，本次没有登记。`,
        '例：12号申请延期到9月30日，因征求意见尚未结束',
      )
}

/** Something of the message was entered: the numbers of which nothing was are told, so that nothing is lost unseen. */
export const tellLeft = ({ facts = [] }: Outcome, card: Card, left: readonly string[]): Card =>
  facts.length === 0 || left.length === 0
    ? card
    : { ...card, blocks: [...card.blocks, { kind: 'note', text: `${left.join('、')} 这次没有登记，请另发一条。` }] }
