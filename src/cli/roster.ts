import type { Deps } from '../flow/deps.ts'
import { applyRoster, rosterNow } from '../flow/roster.ts'
import { readRosterFile } from '../flow/roster-file.ts'
import { foresee, isPending, noShares } from '../flow/succession.ts'
import { BadInput } from '../model/problem.ts'
import { dayOf } from '../time/day.ts'
import { type RosterDraft, rosterDifference } from '../unit/roster.ts'
import { readArgs } from './args.ts'
import { readInput } from './files.ts'
import { err, out } from './print.ts'
import { findAccounts, findersOf } from './roster-find.ts'
import { stampOf, withRuntime } from './runtime.ts'
import { carryOut, runSucceed, succeedUsage, withTalk } from './succeed.ts'

const usage = `roster import FILE [--find] [--yes]（xlsx 或 json；--find 按手机号绑定平台账号）；${succeedUsage}`

/** The successions of a file, each shown and confirmed; of those that are all written nothing is said. */
const takeSuccessions = async (deps: Deps, draft: RosterDraft, yes: boolean): Promise<void> => {
  const today = dayOf(deps.now(), deps.zone)
  for (const { old, heirs, from, reason } of draft.successions) {
    if (from > today) {
      out(`${old} 自 ${from} 起由 ${heirs.join('、')} 承接：还没有到日，到日以后再导入一次`)
      continue
    }
    const request = { olds: [old], heirs, from, reason, shares: noShares }
    if (isPending(await foresee(deps, request))) await withTalk(yes, (talk) => carryOut(deps, request, talk))
  }
}

export const run = async (argv: string[]): Promise<void> => {
  if (argv[0] === 'succeed') return runSucceed(argv)
  const { values, positionals } = readArgs(argv, { yes: { type: 'boolean' }, find: { type: 'boolean' } }, usage)
  const [verb, path] = positionals
  if (verb !== 'import' || path === undefined) throw new BadInput(`用法：duban ${usage}`)
  const draft = await readRosterFile(path, await readInput(path, usage))
  await withRuntime(values, async ({ config, deps }) => {
    const finders = values.find ? await findersOf(config, deps) : []
    const change = rosterDifference(await rosterNow(deps), draft)
    await applyRoster(deps, draft, stampOf(deps))
    for (const line of change.lines) out(line)
    err(`通讯录：新增${change.added.length}，变更${change.changed.length}，文件中没有${change.gone.length}（保留不动）`)
    await takeSuccessions(deps, draft, values.yes === true)
    if (values.find) await findAccounts(deps, draft, finders)
  })
}
