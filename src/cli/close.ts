import { roundWords } from '../../commands/present.ts'
import type { Deps } from '../flow/deps.ts'
import {
  type Closed,
  closePlan,
  type Ending,
  endingOf,
  type Fate,
  groupWords,
  needsReason,
  type OpenDuty,
  openGroups,
  refuseEarly,
  targetOf,
} from '../flow/import.ts'
import { BadInput } from '../model/problem.ts'
import { type Ask, isInteractive, withAsk } from './ask.ts'
import { askYes } from './interview.ts'
import { out } from './print.ts'
import { stampOf } from './runtime.ts'

/** `plan close`: what is open, what is proposed, and the close itself once it is confirmed. */

export const closeUsage =
  'plan close PLAN [--carry 编号[=单位]]… [--archive 编号[=单位]]… [--to PLAN] [--reason 理由] [--dry | --yes]'

export interface CloseAsked {
  carry: string[]
  archive: string[]
  to: string | undefined
  reason: string
  yes: boolean
  /** Lists alone, and changes nothing. */
  dry: boolean
}

/** Why what is open is history, where a script says no other reason. */
const REASON = '方案办结'

const WORDS = 24
const fateWords: Record<Fate, string> = { carry: '结转', archive: '归档' }

/** The open duties that `45`, `公开17-45` or `45=市财政局` names. @throws BadInput for what is not open */
const namedBy = (option: string, text: string, { open, stored }: Ending): OpenDuty[] => {
  const { code } = stored.row
  const [task = '', unit] = text.split(/[=＝]/).map((part) => part.trim())
  const number = task.startsWith(`${code}-`) ? task.slice(code.length + 1) : task.replace(/号$/, '')
  const found = open.filter((one) => one.number === number && (unit === undefined || one.unit === unit))
  if (found.length > 0) return found
  const known = stored.tasks.some((one) => one.number === number)
  if (!known) throw new BadInput(`${option} ${text}：${code} 没有 ${number} 号任务；编号写作 ${code}-12 或 12`)
  throw new BadInput(
    unit === undefined
      ? `${option} ${text}：${code}-${number} 没有未完成的事项（已办结或免予办理的不结转、不归档）`
      : `${option} ${text}：${code}-${number} 没有${unit}未完成的事项；单位写全称`,
  )
}

/** What becomes of each open duty: as proposed, but for what was named. @throws BadInput where one is named for both */
const fatesOf = (ending: Ending, { carry, archive }: Pick<CloseAsked, 'carry' | 'archive'>): Map<string, Fate> => {
  const carried = new Set(carry.flatMap((text) => namedBy('--carry', text, ending)))
  const archived = new Set(archive.flatMap((text) => namedBy('--archive', text, ending)))
  const both = [...carried].find((one) => archived.has(one))
  if (both) throw new BadInput(`${both.code} ${both.unit}：--carry 和 --archive 只能写一个`)
  return new Map(
    ending.open.map((one) => [one.id, carried.has(one) ? 'carry' : archived.has(one) ? 'archive' : one.fate]),
  )
}

const lineOf = (one: OpenDuty, fate: Fate, today: string): string => {
  const text = one.secret ? '' : one.text
  const words = [...text].length > WORDS ? `${[...text].slice(0, WORDS).join('')}……` : text
  const due = one.dueOn ? `${one.dueOn}到期` : ''
  const why = fate === one.fate ? one.why : '指定'
  return `  ${[one.code, one.unit, roundWords(one.round, today), due, words].filter(Boolean).join('  ')} → ${fateWords[fate]}（${why}）`
}

/** The list of what is open, by how it stands. */
const endingLines = (ending: Ending, fates: ReadonlyMap<string, Fate>): string[] => {
  const { open, stored, today } = ending
  const counts = openGroups.flatMap((group) => {
    const n = open.filter((one) => one.group === group).length
    return n > 0 ? [`${groupWords[group]}${n}`] : []
  })
  return [
    `${stored.row.code} 还有${open.length}项没有完成：${counts.join('、')}`,
    ...openGroups.flatMap((group) => {
      const own = open.filter((one) => one.group === group)
      return own.length === 0
        ? []
        : [
            `${groupWords[group]}（${own.length}）：`,
            ...own.map((one) => lineOf(one, fates.get(one.id) ?? one.fate, today)),
          ]
    }),
  ]
}

const sumLine = (ending: Ending, fates: ReadonlyMap<string, Fate>, to: string | undefined): string => {
  const carried = ending.open.filter(({ id }) => fates.get(id) === 'carry').length
  const target = targetOf(ending, to)
  const into = carried > 0 ? `（转入${target ? `${target.code}对应的任务；没有对应的转入` : ''}下一年的交办台账）` : ''
  return `结转${carried}项${into}，归档${ending.open.length - carried}项。办结是最后一步，办结以后不能撤回。`
}

const told = ({ code, carried, archived, ended }: Closed, tell: (line: string) => void): void => {
  tell(
    `已结 ${code}${carried.length + archived > 0 ? `：结转${carried.length}项，归档${archived}项（其中持续推进${ended}项）` : ''}`,
  )
  for (const { from, to, unit } of carried) tell(`  ${from}（转入${to}）  ${unit}`)
}

const planId = async (deps: Deps, code: string | undefined): Promise<string | undefined> => {
  if (code === undefined) return undefined
  const { view } = await deps.cache(deps.store)
  const plan = view.plans.find((one) => one.code === code)
  if (!plan) throw new BadInput(`--to ${code}：没有这份方案，用 plan list 查看简称`)
  return plan.id
}

interface Asking {
  ask?: Ask
  tell(line: string): void
}

/**
 * Lists what is open and closes the plan: as somebody at the terminal confirms it, in a script (CONTRACTS: `plan close
 * PLAN`) as it is proposed. @throws BadInput where a report waits for review
 */
const carryOutClose = async (deps: Deps, plan: string, asked: CloseAsked, { ask, tell }: Asking): Promise<void> => {
  const ending = await endingOf(deps, plan)
  const { code } = ending.stored.row
  refuseEarly(ending)
  const to = await planId(deps, asked.to)
  const fates = fatesOf(ending, asked)
  targetOf(ending, to)
  const chosen = ending.open.map(({ id, version }) => ({ id, version, fate: fates.get(id) ?? 'archive' }))
  const unsaid = ending.open.some((one) => fates.get(one.id) === 'archive' && needsReason(one))
  const waits = ending.open.some(({ group }) => group === 'review')
  let reason = asked.reason.trim()
  if (ending.open.length > 0) {
    for (const line of endingLines(ending, fates)) tell(line)
    if (!waits) {
      tell(sumLine(ending, fates, to))
      if (!asked.yes && !asked.dry && ask) {
        if (unsaid && reason === '') reason = (await ask('归档的理由 > '))?.trim() ?? ''
        if (!(await askYes({ ask, tell }, `是否办结 ${code}？`))) return tell('没有办结，台账没有改动。')
      }
    }
  }
  if (asked.dry) return tell('只是列出，没有办结，台账没有改动。')
  if (unsaid && !ask) reason ||= REASON
  const made = await closePlan(deps, plan, { chosen, reason, to }, stampOf(deps))
  if ('stale' in made) throw new BadInput(`${code} 的事项刚有变动，没有办结：请再执行一次，核对新的清单`)
  told(made.done, tell)
}

/** The same with whoever sits at the terminal, where somebody does. */
export const runClose = (deps: Deps, plan: string, asked: CloseAsked): Promise<void> =>
  asked.yes || asked.dry || !isInteractive()
    ? carryOutClose(deps, plan, asked, { tell: out })
    : withAsk((ask) => carryOutClose(deps, plan, asked, { ask, tell: out }))
