import type { Deps } from '../flow/deps.ts'
import { type Foreseen, foresee, isPending, type Request, type Share, succeed } from '../flow/succession.ts'
import { BadInput } from '../model/problem.ts'
import { dayArg, readArgs } from './args.ts'
import { type Ask, isInteractive, withAsk } from './ask.ts'
import { askYes } from './interview.ts'
import { out } from './print.ts'
import { stampOf, withRuntime } from './runtime.ts'
import { foreseenLines, nameList, unsaidLines } from './succession-lines.ts'

export const succeedUsage =
  'roster succeed 原单位… 新单位… --from DAY [--reason 依据] [--yes]；合并用 --to 新单位，拆分用 --to 甲 --to 乙'

/** `公开17-12,公开17-13=市A局` */
const shareOf = (option: string, text: string): Share => {
  const [what = '', unit = '', ...more] = text.split('=')
  const list = what
    .split(/[,，、]/)
    .map((one) => one.trim())
    .filter(Boolean)
  if (list.length === 0 || unit.trim() === '' || more.length > 0)
    throw new BadInput(`${option} 应写作 名称,名称=单位，而不是“${text}”`)
  return { what: list, unit: unit.trim() }
}

interface Talk {
  /** Somebody to ask; absent where nobody sits there. */
  ask?: Ask
  yes: boolean
}

/** What nobody assigned of a split, asked as one: all of it to one of the heirs. Null when nobody was there any more. */
const askRest = async (ask: Ask, request: Request, { heirs, unsaid, people, rooms }: Foreseen) => {
  const first = heirs[0]?.name ?? ''
  for (;;) {
    const heard = await ask(`这些归哪个单位？（回车：${first}，或写${nameList(heirs.slice(1))}）> `)
    if (heard === null) return null
    const unit = heard.trim() || first
    if (heirs.every(({ name }) => name !== unit)) {
      out(`  请写${nameList(heirs)}之一`)
      continue
    }
    const codes = [...new Set(unsaid.map(({ planCode, number }) => `${planCode}-${number}`))]
    const persons = people.filter((one) => one.unsaid).map(({ row }) => row.name)
    const keys = rooms.filter((one) => one.unsaid).map(({ row }) => row.key)
    const { shares } = request
    return {
      ...request,
      shares: {
        duties: [...shares.duties, { what: codes, unit }],
        people: [...shares.people, { what: persons, unit }],
        rooms: [...shares.rooms, { what: keys, unit }],
      },
    }
  }
}

/** Shows what a succession moves and, once that is confirmed, moves it. */
export const carryOut = async (deps: Deps, asked: Request, { ask, yes }: Talk): Promise<void> => {
  const foreseen = await foresee(deps, asked)
  if (!isPending(foreseen)) return out(`${nameList(foreseen.olds)} 的承接已登记，没有要移的`)
  for (const line of foreseenLines(foreseen)) out(line)
  const open = unsaidLines(foreseen)
  for (const line of open) out(line)
  const request = open.length > 0 && ask && !yes ? await askRest(ask, asked, foreseen) : asked
  const confirmed = request !== null && (yes || (ask !== undefined && (await askYes({ ask, tell: out }, '是否登记？'))))
  if (request === null || !confirmed) return out('没有改动台账。核对后加 --yes 写入。')
  const done = await succeed(deps, request, stampOf(deps))
  const joined = done.ended > 0 ? `，合并去${done.ended}条` : ''
  out(
    `已登记承接：责任事项移${done.moved}条${joined}，人员${done.people}名，群${done.rooms}个` +
      `${done.batches > 1 ? `（分${done.batches}批写入；若中断，再执行同样的命令会接着做）` : ''}`,
  )
}

/** Runs work with whoever sits at the terminal, where somebody does and has not said yes to all beforehand. */
export const withTalk = async (yes: boolean, work: (talk: Talk) => Promise<void>): Promise<void> =>
  yes || !isInteractive() ? work({ yes }) : withAsk((ask) => work({ ask, yes }))

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
