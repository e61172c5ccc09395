import { isConflict } from '../../../../db/conflict.ts'
import { describeError } from '../../../log.ts'
import type { DocumentLine, PlanDraft, PlanState } from '../../../model/plan.ts'
import { BadInput } from '../../../model/problem.ts'
import type { ReadStage } from '../../../plan/parse-file.ts'
import { questionKey } from '../../../plan/questions.ts'
import type { Deps } from '../../deps.ts'
import {
  type Answer,
  applyReissue,
  brief,
  effectWords,
  fieldMoves,
  headWord,
  type ImportResult,
  importPlan,
  isDifferent,
  limitsOf,
  type Reissue,
  reissueOf,
  STALE,
  settleWritten,
  signOf,
  unitWords,
} from '../../import.ts'
import { isTouched } from '../../plan/reissue.ts'
import { whyNotTaken } from '../../secrecy.ts'
import { questionShown } from '../plans.ts'
import { sessionStamp } from '../sign-in.ts'

/** Files that people of the office hand in at the console: read in the background, told by stages, stored as drafts. */

type Stage = 'waiting' | ReadStage | 'storing' | 'done' | 'failed'

/** A new version of a released plan that waits to be confirmed. */
interface Pending {
  plan: string
  draft: PlanDraft
  lines: readonly DocumentLine[]
  bytes: Uint8Array
}

interface Job {
  id: string
  office: string
  name: string
  stage: Stage
  at: Date
  error?: string
  result?: Omit<ImportResult, 'questions' | 'entered'> & { state: PlanState; questions: number }
  pending?: Pending
}

/** How long a job is known after it began, and how many are read or wait at once. */
const KEPT_MS = 4 * 3_600_000
const MOST_OPEN = 8
const MOST_KEPT = 50
const TRIES = 10

/** The jobs of one process, in memory: what a restart loses is handed in again. */
export const openImports = () => new Map<string, Job>()
export type Imports = ReturnType<typeof openImports>

const isOpen = ({ stage }: Job): boolean => stage !== 'done' && stage !== 'failed'

const forget = (jobs: Imports, now: Date): void => {
  for (const [id, job] of jobs)
    if (!isOpen(job) && (now.getTime() - job.at.getTime() > KEPT_MS || jobs.size > MOST_KEPT)) jobs.delete(id)
}

const stored = async (deps: Deps, job: Job, person: string, bytes: Uint8Array): Promise<void> => {
  if (!deps.parseFile) throw new BadInput('这里读不了文件：请在命令行导入 duban import 文件')
  const read = await deps.parseFile(bytes, {
    name: job.name,
    onStage: (stage) => {
      job.stage = stage
    },
  })
  job.stage = 'storing'
  const { answers, lines } = read
  const written = answers ? await settleWritten(deps, { draft: read.draft, answers }) : { draft: read.draft }
  const { draft } = written
  const stamp = sessionStamp(deps, person)
  const { plan, code, state, tasks, ...done } = await stubbornly(() =>
    importPlan(deps, draft, bytes, stamp, { ...written, lines }),
  )
  let { status } = done
  if (status === 'differs') {
    if (isDifferent(await reissueOf(deps, plan, draft, stamp))) job.pending = { plan, draft, lines, bytes }
    else status = 'same'
  }
  job.result = { plan, code, state, tasks, status, questions: done.questions.length }
}

/** Two files of one plan at once: the second is taken for what it then is. */
const stubbornly = async <T>(once: () => Promise<T>): Promise<T> => {
  for (let tries = 1; ; tries++)
    try {
      return await once()
    } catch (error) {
      if (!isConflict(error) || tries >= TRIES) throw error
    }
}

/**
 * Begins to read a file in the background; undefined where too many are being read.
 * @throws BadInput where its very name says that it must not be here
 */
export const beginImport = (
  deps: Deps,
  jobs: Imports,
  person: string,
  { name, bytes }: { name: string; bytes: Uint8Array },
): { id: string } | undefined => {
  if (whyNotTaken(name)) throw new BadInput('文件名带有密级标志：涉密内容不能放到这里，没有读，也没有保存')
  const now = deps.now()
  forget(jobs, now)
  if ([...jobs.values()].filter(isOpen).length >= MOST_OPEN) return undefined
  const job: Job = { id: deps.newId(), office: deps.store.office, name, stage: 'waiting', at: now }
  jobs.set(job.id, job)
  const work = stored(deps, job, person, bytes).then(
    () => {
      job.stage = 'done'
    },
    (error: unknown) => {
      job.stage = 'failed'
      job.error =
        error instanceof BadInput ? error.message : '读这个文件时出错了，没有保存任何内容：请另存为 .docx 再试'
      if (!(error instanceof BadInput))
        deps.log({ event: 'import', id: job.id, outcome: 'failed', error: describeError(error) })
    },
  )
  deps.background(work)
  return { id: job.id }
}

const jobOf = (deps: Deps, jobs: Imports, id: string): Job | undefined => {
  const job = jobs.get(id)
  return job?.office === deps.store.office ? job : undefined
}

/** How far a file has come; undefined for one that this process does not know (any more). */
export const importState = (deps: Deps, jobs: Imports, id: string) => {
  const job = jobOf(deps, jobs, id)
  if (!job) return undefined
  const { name, stage, error, result } = job
  return { id, name, stage, ...(error !== undefined && { error }), ...(result && { result }) }
}

export interface KeyedAnswer {
  key: string
  answer: string
}

/** The answers with the questions that they are to; those to questions that are none of the version's are left. */
const answersTo = ({ questions }: Reissue, keyed: readonly KeyedAnswer[]): Answer[] =>
  keyed.flatMap(({ key, answer }) => {
    const question = questions.find((one) => questionKey(one) === key)
    return question ? [{ question, answer }] : []
  })

const taskChanges = ({ tasks }: Reissue) =>
  tasks.filter(isTouched).flatMap((change) => {
    const task = change.after ?? change.before?.draft
    if (!task) return []
    return [
      {
        ...{ sign: signOf(change), number: task.id, text: brief(task.text), fields: fieldMoves(change) },
        ...{ units: unitWords(task), limits: limitsOf(task), effect: effectWords(change) },
        kept: change.effect.kept.length,
      },
    ]
  })

const shown = (reissue: Reissue) => {
  const own = reissue.tasks.filter(({ kind }) => kind === 'demand')
  return {
    ...{ plan: reissue.stored.row.id, code: reissue.stored.row.code, version: reissue.stored.row.version },
    added: own.filter(({ before }) => before === null).length,
    changed: own.filter(({ before, after, fields }) => before && after && fields.length > 0).length,
    dropped: own.filter(({ after }) => after === null).length,
    head: reissue.head.map(({ field, before, after }) => ({ name: headWord(field), before, after })),
    commonMoved: reissue.commonMoved,
    tasks: taskChanges(reissue),
    questions: reissue.questions.map((question) => questionShown(question, reissue.draft)),
  }
}

const laidOver = async (deps: Deps, person: string, pending: Pending, keyed: readonly KeyedAnswer[]) => {
  const stamp = sessionStamp(deps, person)
  const first = await reissueOf(deps, pending.plan, pending.draft, stamp)
  const answers = answersTo(first, keyed)
  const reissue = answers.length > 0 ? await reissueOf(deps, pending.plan, pending.draft, stamp, answers) : first
  return { stamp, answers, reissue }
}

/** What a new version of a released plan changes, with these answers to its questions; nothing is written. Undefined where none waits. */
export const importDifference = async (
  deps: Deps,
  jobs: Imports,
  id: string,
  person: string,
  keyed: readonly KeyedAnswer[],
) => {
  const pending = jobOf(deps, jobs, id)?.pending
  return pending && shown((await laidOver(deps, person, pending, keyed)).reissue)
}

/** Takes a new version over as it was confirmed; `stale` with what it changes by now where the plan has moved since. */
export const confirmReissue = async (
  deps: Deps,
  jobs: Imports,
  id: string,
  person: string,
  { answers: keyed, version }: { answers: readonly KeyedAnswer[]; version: number },
) => {
  const job = jobOf(deps, jobs, id)
  if (!job?.pending) return undefined
  const { pending } = job
  const { stamp, answers, reissue } = await laidOver(deps, person, pending, keyed)
  if (reissue.stored.row.version !== version) return { [STALE]: shown(reissue) }
  const applied = await applyReissue(deps, pending.plan, pending.draft, pending.bytes, stamp, answers, pending.lines)
  delete job.pending
  return { applied }
}
