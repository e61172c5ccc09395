import { dayWords, firstWords, roundWords, spanWords } from '../../commands/present.ts'
import { problem } from '../../commands/problem.ts'
import type { Card } from '../model/card.ts'
import type { Day } from '../model/deadline.ts'
import type { Intent, ListState, Window } from '../model/intent.ts'

const stateNames: Record<ListState, string> = {
  ...{ open: '未办结', overdue: '逾期', done: '已办结', review: '待审核', all: '全部', unsigned: '未签收' },
  ...{ unclaimed: '待认领', returned: '被退回', extension: '申请延期', waiting: '等待触发', unconfirmed: '待核实' },
}

/** The slots of every frame that may be guessed. */
interface Slots {
  tasks?: string[]
  not?: string[]
  units?: string[]
  to?: string
  by?: string
  window?: Window
  until?: Day
  on?: Day
  period?: string
  state?: ListState
  keyword?: string
  proof?: string
  parts?: string[]
  links?: string[]
  mine?: boolean
  rest?: 'claim' | 'not'
  zero?: boolean
  all?: boolean
  grant?: boolean
  back?: boolean
}

/** Every value of the frame in words, so that whoever says yes has read what the yes is to. */
const fieldsOf = (guess: Slots, today: Day): [string, string][] => {
  const { tasks, not, units, to, by, window, until, on, period, state, keyword, proof, parts, links } = guess
  const { mine, rest, zero, all, grant, back } = guess
  const fields: [string, string | undefined | false][] = [
    ['任务', all ? '全部' : tasks?.join('、')],
    ['不涉及', not?.join('、')],
    ['其余任务', rest && (rest === 'claim' ? '认领' : '不涉及')],
    ['单位', units?.join('、') ?? (mine && '我分管的')],
    ['状态', state && stateNames[state]],
    ['关键词', keyword],
    ['时间', window && spanWords(window, today)],
    ['期次', period && (roundWords(period, today) || period)],
    ['到', until && dayWords(until, today)],
    ['发生在', on && dayWords(on, today)],
    ['由', to],
    ['审查人', by],
    ['材料', proof],
    ['科室', parts?.join('、')],
    ['链接', links?.join(' ')],
    ['零报告', zero && '是'],
    ['答复', grant === undefined ? undefined : grant ? '同意' : '不同意'],
    ['销假', back && '是'],
  ]
  return fields.flatMap(([label, value]): [string, string][] => (value ? [[label, value]] : []))
}

/** What was guessed, as a question to whoever spoke: `question` is the key of their message. */
export const guessCard = (
  guess: Intent,
  { title, said, question, today }: { title: string; said: string; question: string; today: Day },
): Card => {
  const fields = fieldsOf(guess as Slots, today)
  return {
    title: `您是要“${title}”吗？`,
    tone: 'plain',
    blocks: [
      { kind: 'text', text: `您说的是：“${firstWords(said)}”` },
      ...(fields.length > 0 ? [{ kind: 'fields' as const, fields }] : []),
      { kind: 'note', text: '这是大模型猜的，还没有办。回复“是”就办，“不是”就不办，十分钟内有效，只听您本人的。' },
    ],
    buttons: [
      { label: '是', intent: { intent: 'answer', question, yes: true }, style: 'primary' },
      { label: '不是', intent: { intent: 'answer', question, yes: false } },
    ],
  }
}

/** After 不是. */
export const notMeant: Card = {
  ...problem(
    '好，没有办',
    '请换个说法再说一次，写明任务编号或单位。',
    '例：1-2 7月的已公开 http://…（回复“帮助”看全部用法）',
  ),
  tone: 'plain',
}

/** 好的, 嗯: it may have been said to something else. */
export const sayWhich: Card = problem('请回复“是”或“不是”', '刚才那句话是猜的，要您说“是”才办，现在还没有办。')

/** A button of a question that was put to somebody else, is answered already, or has run out. */
export const notAsked: Card = problem(
  '这个问题不能答了',
  '它只问刚才说话的人，十分钟内答一次，本次没有登记。',
  '要办什么，请直接说一遍。',
)
