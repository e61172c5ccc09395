import type { Deps } from '../flow/deps.ts'
import { type Following, followingOf, followPlan } from '../flow/import.ts'
import { BadInput } from '../model/problem.ts'
import { stampOf } from './runtime.ts'

/** `plan follow`: which of last year's tasks each task of a plan goes on from. */

export const followUsage = 'plan follow PLAN [上一年的PLAN] [--pair 新编号=旧编号]… [--new 新编号]… [--yes]'

const WORDS = 20
const brief = (text: string): string => ([...text].length > WORDS ? `${[...text].slice(0, WORDS).join('')}……` : text)

export interface FollowAsked {
  pairs: string[]
  fresh: string[]
}

const bareNumber = (text: string, code: string): string =>
  (text.trim().startsWith(`${code}-`) ? text.trim().slice(code.length + 1) : text.trim()).replace(/号$/, '')

/** The proposal as it was corrected. @throws BadInput */
const corrected = ({ plan, old, pairs }: Following, { pairs: said, fresh }: FollowAsked): [string, string][] => {
  const made = new Map(pairs.flatMap(({ number, old: from }) => (from ? [[number, from.number] as const] : [])))
  for (const text of said) {
    const [now, from, ...more] = text.split(/[=＝]/)
    if (!now || !from || more.length > 0)
      throw new BadInput(`--pair ${text}：应写作 新编号=旧编号，例如 --pair 3-1=2-4`)
    const number = bareNumber(now, plan.row.code)
    const oldNumber = bareNumber(from, old?.row.code ?? '')
    // What is named goes before what was proposed for another.
    for (const [key, value] of made) if (value === oldNumber) made.delete(key)
    made.set(number, oldNumber)
  }
  for (const text of fresh) {
    const number = bareNumber(text, plan.row.code)
    if (!pairs.some((one) => one.number === number))
      throw new BadInput(`--new ${text}：${plan.row.code} 没有 ${number} 号任务`)
    made.delete(number)
  }
  return [...made]
}

/** The pairs side by side, with what has none. */
export const followingLines = ({ plan, old, pairs, settled }: Following): string[] => {
  if (!old)
    return [`${plan.row.code} 没有找到上一年的同类方案；要接续哪一份：plan follow ${plan.row.code} 上一年的简称`]
  const matched = pairs.filter((one) => one.old)
  return [
    `${plan.row.code} 接续 ${old.row.code}（${settled ? '已确认' : '建议'}）：${pairs.length}项任务中${matched.length}项对应上一年`,
    ...pairs.map(({ number, text, old: from, why }) =>
      from
        ? `  ${number} ${brief(text)} ← ${from.number} ${brief(from.text)}${why ? `（${why}）` : ''}`
        : `  ${number} ${brief(text)} ← 新任务`,
    ),
  ]
}

/** Settles the pairs, and tells what came of it. */
export const follow = async (
  deps: Deps,
  following: Following,
  asked: FollowAsked,
  tell: (line: string) => void,
): Promise<void> => {
  const { plan, old } = following
  if (!old) throw new BadInput(followingLines(following)[0] ?? '')
  const done = await followPlan(deps, plan.row.id, old.row.id, corrected(following, asked), stampOf(deps))
  tell(
    `已确认 ${done.code} 接续 ${done.old}：对应${done.pairs}项${done.joined > 0 ? `，上一年结转的${done.joined}项事项并入` : ''}`,
  )
}

/** Shows the pairs; settles them where that is said. */
export const runFollow = async (
  deps: Deps,
  plan: string,
  old: string | undefined,
  { yes, ...asked }: FollowAsked & { yes: boolean },
  tell: (line: string) => void,
): Promise<void> => {
  const following = await followingOf(deps, plan, old)
  for (const line of followingLines(following)) tell(line)
  const said = asked.pairs.length + asked.fresh.length > 0
  if (yes || said) return follow(deps, following, asked, tell)
  if (following.old && !following.settled)
    tell(`没有改动台账。确认请加 --yes；改一项用 --pair 新编号=旧编号，算作新任务用 --new 编号`)
}
