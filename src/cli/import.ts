import {
  applyReissue,
  followingOf,
  type ImportResult,
  importPlan,
  isDifferent,
  reissueOf,
  settleWritten,
} from '../flow/import.ts'
import { type ReadPlan, readPlanFile } from '../plan/parse-file.ts'
import { dayOf } from '../time/day.ts'
import { dayArg, readArgs } from './args.ts'
import { isInteractive, withAsk } from './ask.ts'
import { differenceLines } from './difference.ts'
import { readInput } from './files.ts'
import { follow, followingLines } from './follow.ts'
import { askStart, askYes, interview, interviewReissue, type Talk } from './interview.ts'
import { out } from './print.ts'
import { questionLines, release } from './release.ts'
import { type Runtime, stampOf, withRuntime } from './runtime.ts'

const usage = 'import FILE [--yes] [--from DAY]'

interface Given extends ReadPlan {
  bytes: Uint8Array
  yes: boolean
  from: string | undefined
  /** Somebody to ask; absent where nobody sits there. */
  talk?: Talk
}

/** A plan that is in the ledger as released: its difference, and what becomes of it where that is confirmed. */
const revise = async (
  { deps }: Pick<Runtime, 'deps'>,
  done: ImportResult,
  { draft, lines, bytes, yes, talk }: Given,
  tell: Talk['tell'],
) => {
  const first = await reissueOf(deps, done.plan, draft, stampOf(deps))
  if (!isDifferent(first)) return tell(`${done.code} 已在台账里，内容没有变化。`)
  for (const line of differenceLines(first)) tell(line)
  const asked = talk && !yes ? await interviewReissue(deps, done.plan, draft, talk, stampOf(deps)) : undefined
  if (asked === null) return tell('没有改动台账。')
  for (const line of asked ? [] : questionLines(first.questions, first.draft, yes)) tell(line)
  if (asked && asked.answers.length > 0) for (const line of differenceLines(asked.reissue)) tell(line)
  const confirmed = yes || (talk !== undefined && (await askYes(talk, '是否按此修订台账？')))
  if (!confirmed) return tell('没有改动台账。核对后加 --yes 写入。')
  const applied = await applyReissue(deps, done.plan, draft, bytes, stampOf(deps), asked?.answers, lines)
  tell(
    `已修订 ${applied.code}：新增${applied.added}项、变更${applied.changed}项、删去${applied.dropped}项任务；` +
      `责任事项新开${applied.opened}条、调整${applied.amended}条、免予办理${applied.waived}条`,
  )
}

/** A plan of a matter that the office has had before goes on from it: shown, and settled where that is said. */
const goOnFrom = async (
  deps: Runtime['deps'],
  plan: string,
  talk: Talk | undefined,
  yes: boolean,
  tell: Talk['tell'],
) => {
  const following = await followingOf(deps, plan)
  const { old, settled, plan: stored } = following
  if (!old || settled) return
  for (const line of followingLines(following)) tell(line)
  if (yes || (talk && (await askYes(talk, '这样接续对吗？'))))
    return follow(deps, following, { pairs: [], fresh: [] }, tell)
  tell(`核对后确认接续：duban plan follow ${stored.row.code} ${old.row.code} --yes`)
}

/** A draft's questions asked, and its release where that is said. */
const settleAndRelease = async (
  { deps }: Pick<Runtime, 'deps'>,
  done: ImportResult,
  talk: Talk,
  from: string | undefined,
) => {
  const later = () => talk.tell(`没有下达。核对后下达：duban plan release ${done.code}`)
  const heard = await interview(deps, done.plan, talk, () => stampOf(deps))
  if (heard.gone) return later()
  const start = from ?? (await askStart(talk, dayOf(deps.now(), deps.zone)))
  if (start === null || !(await askYes(talk, `是否下达 ${done.code}？`))) return later()
  await release({ deps }, done.plan, start, talk.tell)
}

/**
 * Takes a plan over: as a draft, its questions, its release; or what a new version of it changes. Without somebody to ask
 * the questions are printed and the draft waits; `yes` takes every proposal.
 */
export const takeOver = async (runtime: Pick<Runtime, 'deps'>, given: Given, tell: Talk['tell']): Promise<void> => {
  const { deps } = runtime
  const { bytes, lines, yes, talk, from, answers } = given
  const written = answers ? await settleWritten(deps, { draft: given.draft, answers }) : undefined
  const draft = written?.draft ?? given.draft
  const done = await importPlan(deps, draft, bytes, stampOf(deps), { ...written, lines })
  if (done.status === 'differs') return revise(runtime, done, { ...given, draft }, tell)
  if (done.status === 'same') tell(`${done.code} 已在台账里，内容没有变化。`)
  else {
    const how = done.status === 'replaced' ? '，替换原来的草稿' : ''
    tell(`已导入《${draft.document.title}》为草稿 ${done.code}：${done.tasks}项任务${how}`)
  }
  if (done.status !== 'same' && done.entered.length > 0)
    tell(
      `录入单位${done.entered.length}个：${done.entered.slice(0, 12).join('、')}${done.entered.length > 12 ? '等' : ''}`,
    )
  if (done.state !== 'draft') return
  await goOnFrom(deps, done.plan, talk, yes, tell)
  if (!yes && talk) return settleAndRelease(runtime, done, talk, from)
  if (yes) return release(runtime, done.plan, from, tell)
  for (const line of questionLines(done.questions, draft, false)) tell(line)
  tell(`核对后下达：duban plan release ${done.code}`)
}

export const run = async (argv: string[]): Promise<void> => {
  const { values, positionals } = readArgs(argv, { yes: { type: 'boolean' }, from: { type: 'string' } }, usage)
  const from = values.from === undefined ? undefined : dayArg(values.from, '--from')
  const bytes = await readInput(positionals[0], usage)
  const read = await readPlanFile(bytes, { name: positionals[0] ?? '' })
  const given = { ...read, bytes, yes: values.yes === true, from }
  await withRuntime(values, async (runtime) => {
    if (given.yes || !isInteractive()) return takeOver(runtime, given, out)
    await withAsk((ask) => takeOver(runtime, { ...given, talk: { ask, tell: out } }, out))
  })
}
