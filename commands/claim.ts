import { type DutyView, findDuties, type TaskView } from '../db/queries/duties.ts'
import type { Intent, IntentOf } from '../src/model/intent.ts'
import { stateOn } from '../src/model/life.ts'
import { change } from './change.ts'
import type { Command, Context, Outcome } from './command.ts'
import { decline } from './decline.ts'
import { dutiesOfTasks, ownUnits, tasksSorted } from './find.ts'
import { chooseUnit } from './meant.ts'
import { allUnclear, withRest } from './partly.ts'
import { answerRow, codeOf, seen } from './present.ts'
import { problem } from './problem.ts'
import { refuseForeign } from './refuse.ts'

type Claim = IntentOf<'claim'>

const codesOf = (of: readonly { planCode: string; number: string }[]): string => [...new Set(of.map(codeOf))].join('、')

/** Unclaimed duties of the units in the plan of which numbers were named: “其余” is its rest, never another plan's. */
const unclaimedIn = (c: Context, intent: Claim, units: string[], tasks: readonly TaskView[]): Promise<DutyView[]> => {
  const named = [...new Set(tasks.map((task) => task.plan))]
  const ofPlan = c.office.plans.filter((plan) => plan.code === intent.plan).map((plan) => plan.id)
  const plans = named.length > 0 ? named : intent.plan ? ofPlan : undefined
  return findDuties(c.db, { units, states: ['unclaimed'], ...(plans && { plans }) })
}

const entered = (c: Context, yes: DutyView[], no: DutyView[]): Outcome => {
  const changed = [...change(c, yes, 'claimed', {}), ...change(c, no, 'disclaimed', {})]
  const fields: [string, string][] = [
    ['认领', codesOf(yes)],
    ['不涉及（待主管科室确认）', codesOf(no)],
  ]
  return {
    reply: {
      title: '已登记认领',
      tone: 'good',
      blocks: [{ kind: 'fields', fields: fields.filter(([, codes]) => codes !== '') }],
    },
    rows: changed.map(({ after }) => answerRow(c, seen(c, after))),
    facts: changed.flatMap(({ facts }) => facts),
  }
}

/** Named and not to be claimed: what is the unit's already, and what it takes no share in. */
const owned = (tasks: readonly TaskView[]): Outcome => ({
  reply: problem('不用认领', `${codesOf(tasks)} 已经是本单位的任务，或已经答复。`, '回复“还有哪些没认领”可查看。'),
})

/** A unit answers once for the whole plan which of the shared tasks are its own; the office confirms what is not. */
export const claim: Command<'claim'> = {
  intent: 'claim',
  title: '认领',
  usage: '认领 编号…，其余不涉及',
  example: '认领 1、3、7，其余不涉及',
  roles: ['liaison', 'office', 'admin'],
  run: async (c, intent) => {
    const units = ownUnits(c, intent.units)
    if ('outcome' in units) return units.outcome
    const numbers = [...(intent.tasks ?? []), ...(intent.not ?? [])]
    const { tasks, unclear } = await tasksSorted(c, { ...intent, tasks: numbers }, units.ok)
    const shares = await dutiesOfTasks(c, tasks)
    const isOwn = ({ id }: TaskView) => shares.some((duty) => duty.task === id && units.ok.includes(duty.unit))
    const wanted = tasks.filter((task) => intent.tasks?.includes(task.number))
    const away = tasks.filter((task) => !wanted.includes(task))
    // “其余” means nothing where no number that was named is a task.
    const nothing = numbers.length > 0 && tasks.length === 0
    const unclaimed = nothing ? [] : await unclaimedIn(c, intent, units.ok, tasks)
    const holders = [...new Set(unclaimed.map((duty) => duty.unit))]
    const among = (list: readonly TaskView[]) => (duty: DutyView) => list.some(({ id }) => id === duty.task)
    const yes = unclaimed.filter((duty) => among(wanted)(duty) || (intent.rest === 'claim' && !among(away)(duty)))
    // After the claim day silence has made it the unit's own: what it says then is for the office to decide.
    const no = unclaimed.filter(
      (duty) =>
        !yes.includes(duty) &&
        !duty.disclaimed &&
        stateOn(duty, c.today) === 'unclaimed' &&
        (among(away)(duty) || intent.rest === 'not'),
    )
    if (holders.length > 1 && !intent.units?.length && yes.length + no.length > 0) return chooseUnit(c, intent, holders)
    const foreign = wanted.filter((task) => !isOwn(task))
    const settled = wanted.filter((task) => isOwn(task) && !yes.some((duty) => duty.task === task.id))
    const declined = away.filter((task) => isOwn(task) && !no.some((duty) => duty.task === task.id))
    const rest = allUnclear([
      ...(declined.length > 0 ? [await declinedOf(c, intent, declined)] : []),
      ...unclear,
      ...(settled.length > 0 ? [owned(settled)] : []),
      ...(foreign.length > 0 ? [await refuseForeign(c, foreign, shares)] : []),
    ])
    if (yes.length + no.length > 0) return withRest(entered(c, yes, no), rest)
    return rest ?? { reply: problem('没有待认领的任务', '本单位没有待认领的任务。', '回复“还有哪些没认领”可查看。') }
  },
}

/** 不涉及 of what is the unit's own: asked of the office. */
const declinedOf = (c: Context, intent: Claim, tasks: readonly TaskView[]): Promise<Outcome> => {
  const asked: Intent & { intent: 'decline' } = {
    ...{ intent: 'decline', tasks: tasks.map(({ number }) => number) },
    ...(intent.plan && { plan: intent.plan }),
    ...(intent.units && { units: intent.units }),
  }
  return decline.run(c, asked)
}
