import { roundWords } from '../../../../commands/present.ts'
import type { Deps } from '../../deps.ts'
import {
  type Closing,
  closePlan,
  type Ending,
  endingOf,
  type Following,
  followingOf,
  followPlan,
  groupWords,
  needsReason,
} from '../../import.ts'
import { isRegister } from '../../plan/ending.ts'
import { sessionStamp } from '../sign-in.ts'
import type { Done } from './deeds.ts'

/** The year's end at the console: what is open of a plan, its close, and which plan a new one goes on from. */

const endingShown = (ending: Ending) => {
  const { stored, now, today, lastDay, open } = ending
  const others = now.view.plans.filter(({ id, state }) => id !== stored.row.id && state === 'released')
  const follower = others.find(({ follows }) => follows === stored.row.id)
  return {
    ...{ id: stored.row.id, code: stored.row.code, title: stored.row.document.title, lastDay },
    early: isRegister(stored.row) && today <= lastDay,
    open: open.map((one) => ({
      ...{ id: one.id, version: one.version, code: one.code, text: one.text, unit: one.unit, role: one.role },
      ...{
        round: roundWords(one.round, today),
        dueOn: one.dueOn ?? '',
        group: one.group,
        state: groupWords[one.group],
      },
      ...{ fate: one.fate, why: one.why, reason: needsReason(one) },
    })),
    targets: others.map(({ id, code, document }) => ({ id, code, title: document.title })),
    target: follower?.id ?? '',
  }
}

/** What is open of a released plan, with what is proposed for each. @throws BadInput unless it is released */
export const endingPage = async (deps: Deps, plan: string) => endingShown(await endingOf(deps, plan))

/** 办结 as it was looked at; where the ledger moved since, the list as it now stands. */
export const closeReleased = async (
  deps: Deps,
  plan: string,
  closing: Closing,
  person: string,
): Promise<Done<{ code: string; carried: { from: string; to: string; unit: string }[]; archived: number }>> => {
  const made = await closePlan(deps, plan, closing, sessionStamp(deps, person))
  return 'stale' in made ? { stale: endingShown(made.stale) } : made
}

const followingShown = ({ plan, old, settled, pairs, candidates }: Following) => ({
  ...{ id: plan.row.id, code: plan.row.code, title: plan.row.document.title, version: plan.row.version, settled },
  old: old ? { id: old.row.id, code: old.row.code, title: old.row.document.title } : null,
  pairs: pairs.map(({ old: from, ...now }) => ({ ...now, old: from?.number ?? '' })),
  olds: (old?.tasks ?? [])
    .filter(({ kind, dropped }) => kind === 'demand' && !dropped)
    .map(({ number, draft: { text, lead } }) => ({ number, text, lead })),
  candidates: candidates.map(({ id, code, document }) => ({ id, code, title: document.title })),
})

/** The new plan's tasks beside last year's. */
export const followingPage = async (deps: Deps, plan: string, from: string | undefined) =>
  followingShown(await followingOf(deps, plan, from))

/** Settles the pairs of the plan as it was looked at. */
export const settleFollowing = async (
  deps: Deps,
  plan: string,
  { version, old, pairs }: { version: number; old: string; pairs: { now: string; old: string }[] },
  person: string,
): Promise<Done<{ code: string; old: string; pairs: number; joined: number }>> => {
  const before = await followingOf(deps, plan)
  if (before.plan.row.version !== version) return { stale: followingShown(before) }
  const named = pairs.map((pair): [string, string] => [pair.now, pair.old])
  return { done: await followPlan(deps, plan, old, named, sessionStamp(deps, person)) }
}
