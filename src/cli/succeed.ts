import type { Deps } from '../flow/deps.ts'
import {
  foresee,
  foreseenLines,
  isOneBatch,
  isPending,
  nameList,
  type Request,
  succeed,
  unsaidLines,
} from '../flow/succession.ts'
import { BadInput } from '../model/problem.ts'
import { dayArg, readArgs } from './args.ts'
import { type Ask, isInteractive, withAsk } from './ask.ts'
import { askShares, shareOf } from './ask-shares.ts'
import { askYes } from './interview.ts'
import { out } from './print.ts'
import { stampOf, withRuntime } from './runtime.ts'

export const succeedUsage =
  'roster succeed 原单位… 新单位… --from DAY [--reason 依据] [--yes]；合并用 --to 新单位，拆分用 --to 甲 --to 乙'

/** How it is confirmed. */
interface Asking {
  /** Somebody to ask; absent where nobody sits there. */
  ask?: Ask
  tell(line: string): void
  yes: boolean
}

/** Shows what a succession moves and, once that is confirmed, moves it. */
export const carryOut = async (deps: Deps, asked: Request, { ask, tell, yes }: Asking): Promise<void> => {
  const foreseen = await foresee(deps, asked)
  if (!isPending(foreseen)) return tell(`${nameList(foreseen.olds)} 的承接已登记，没有要移的`)
  for (const line of foreseenLines(foreseen)) tell(line)
  const open = unsaidLines(foreseen)
  for (const line of open) tell(line)
  const shares = open.length > 0 && ask && !yes ? await askShares({ ask, tell }, foreseen) : asked.shares
  if (shares !== null && shares !== asked.shares)
    for (const line of foreseenLines(await foresee(deps, { ...asked, shares }))) tell(line)
  if (!isOneBatch(foreseen)) tell('事项较多，分批写入；若中断，再执行同样的命令会接着做')
  const confirmed = shares !== null && (yes || (ask !== undefined && (await askYes({ ask, tell }, '是否登记？'))))
  if (shares === null || !confirmed) return tell('没有改动台账。核对后加 --yes 写入。')
  const done = await succeed(deps, { ...asked, shares }, stampOf(deps))
  const joined = done.ended > 0 ? `，合并去${done.ended}条` : ''
  tell(
    `已登记承接：责任事项移${done.moved}条${joined}，人员${done.people}名，群${done.rooms}个` +
      `${done.batches > 1 ? `（分${done.batches}批写入）` : ''}`,
  )
}

/** Runs work with whoever sits at the terminal, where somebody does and has not said yes to all beforehand. */
export const withTalk = async (yes: boolean, work: (talk: Asking) => Promise<void>): Promise<void> =>
  yes || !isInteractive() ? work({ tell: out, yes }) : withAsk((ask) => work({ ask, tell: out, yes }))

export const runSucceed = async (argv: string[]): Promise<void> => {
  const many = { type: 'string', multiple: true } as const
  const { values, positionals } = readArgs(
    argv,
    {
      ...{ from: { type: 'string' }, reason: { type: 'string' }, yes: { type: 'boolean' } },
      ...{ to: many, duties: many, people: many, rooms: many },
    },
    succeedUsage,
  )
  const named = positionals.slice(1)
  // Without --to the last name is the new one.
  const heirs = values.to ?? named.slice(-1)
  const olds = values.to ? named : named.slice(0, -1)
  if (olds.length === 0 || heirs.length === 0) throw new BadInput(`用法：duban ${succeedUsage}`)
  if (values.from === undefined) throw new BadInput('从哪一天起承接？用 --from 写明，例如 --from 2019-03-01')
  const shares = (option: 'duties' | 'people' | 'rooms') =>
    (values[option] ?? []).map((text) => shareOf(`--${option}`, text))
  const request: Request = {
    ...{ olds, heirs, from: dayArg(values.from, '--from'), reason: values.reason ?? '' },
    shares: { duties: shares('duties'), people: shares('people'), rooms: shares('rooms') },
  }
  await withRuntime(values, ({ deps }) => withTalk(values.yes === true, (talk) => carryOut(deps, request, talk)))
}
