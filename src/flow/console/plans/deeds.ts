import { isConflict } from '../../../../db/conflict.ts'
import type { Day } from '../../../model/deadline.ts'
import { BadInput } from '../../../model/problem.ts'
import type { TaskEdit } from '../../../plan/correct.ts'
import { questionKey } from '../../../plan/questions.ts'
import type { Deps } from '../../deps.ts'
import {
  addTask,
  answerQuestion,
  correctHead,
  correctTask,
  dropTask,
  type HeadEdit,
  openDraft,
  releasePlan,
  STALE,
} from '../../import.ts'
import { readPlan } from '../../plan/read.ts'
import { whyNotTaken } from '../../secrecy.ts'
import { planPage, taskShown } from '../plans.ts'
import { sessionStamp } from '../sign-in.ts'

/** What the office does to a plan at the console. Where somebody else was first, it is told what stands there now. */

/** What was asked for was done, or somebody else was first: `now` is what stands there. */
export type Done<T> = { done: T } | { stale: unknown }

const TRIES = 10

/** What is typed into a draft is refused by the same marks as the file it came from. @throws BadInput */
const refuseMarked = (typed: unknown): void => {
  const words = (value: unknown): string =>
    typeof value === 'string'
      ? value
      : Object.values(value ?? {})
          .map(words)
          .join('\n')
  if (whyNotTaken(words(typed))) throw new BadInput('这里带有密级标志：涉密内容不能放到这里，没有保存')
}

/** Answers one question of a draft; an empty answer takes the proposal. `wrong`: what the answer should be. */
export const answerPlan = async (
  deps: Deps,
  plan: string,
  { key, answer }: { key: string; answer: string },
  person: string,
): Promise<Done<{ wrong?: string }>> => {
  refuseMarked(answer)
  for (let tries = 1; ; tries++) {
    const { questions } = await openDraft(deps, plan)
    const question = questions.find((one) => questionKey(one) === key)
    if (!question) return { stale: await planPage(deps, plan, true) }
    try {
      const wrong = await answerQuestion(deps, plan, question, answer, sessionStamp(deps, person))
      return { done: wrong === undefined ? {} : { wrong } }
    } catch (error) {
      if (!isConflict(error) || tries >= TRIES) throw error
    }
  }
}

/** The task as it stands, null where it is gone. */
const taskNow = async (deps: Deps, plan: string, number: string) => {
  const { tasks } = await readPlan(deps, plan)
  const task = tasks.find((one) => one.number === number && !one.dropped)
  return task ? taskShown(task) : null
}

export interface SeenTask {
  number: string
  version: number
}

export const correctDraftTask = async (
  deps: Deps,
  plan: string,
  seen: SeenTask,
  edit: TaskEdit,
  person: string,
): Promise<Done<null>> => {
  refuseMarked(edit)
  const made = await correctTask(deps, plan, seen, edit, sessionStamp(deps, person))
  return made === STALE ? { stale: await taskNow(deps, plan, seen.number) } : { done: null }
}

export const addDraftTask = (
  deps: Deps,
  plan: string,
  written: TaskEdit & { number: string; text: string },
  person: string,
): Promise<void> => addTask(deps, plan, written, sessionStamp(deps, person))

export const dropDraftTask = async (deps: Deps, plan: string, seen: SeenTask, person: string): Promise<Done<null>> => {
  const made = await dropTask(deps, plan, seen, sessionStamp(deps, person))
  return made === STALE ? { stale: await taskNow(deps, plan, seen.number) } : { done: null }
}

export const correctDraftHead = async (
  deps: Deps,
  plan: string,
  { was, now }: { was: HeadEdit; now: HeadEdit },
  person: string,
): Promise<Done<null>> => {
  refuseMarked(now)
  const made = await correctHead(deps, plan, was, now, sessionStamp(deps, person))
  return made === STALE ? { stale: (await planPage(deps, plan, true))?.head } : { done: null }
}

/** 下达 a draft as it was looked at, not as somebody made it meanwhile. */
export const releaseDraft = async (
  deps: Deps,
  plan: string,
  { version, startOn }: { version: number; startOn: Day },
  person: string,
): Promise<Done<{ code: string; duties: number; units: number }>> => {
  const { row } = await readPlan(deps, plan)
  if (row.version !== version) return { stale: await planPage(deps, plan, true) }
  const { code, duties, units } = await releasePlan(deps, plan, sessionStamp(deps, person), startOn)
  return { done: { code, duties, units } }
}
