import { type DutyView, findDuties } from '../db/queries/duties.ts'
import type { IntentOf } from '../src/model/intent.ts'
import { answered, change } from './change.ts'
import type { Command, Context, Outcome } from './command.ts'
import { reportsOf } from './evidence.ts'
import { ownUnits } from './find.ts'
import { ownMeant } from './meant.ts'
import { withRest } from './partly.ts'
import { problem } from './problem.ts'
import { countsTakenBack } from './report-count.ts'

const example = '例：撤回 1-2'
const none = '没有待审核的反馈可以撤回；已经审核通过的，请联系主管科室。'

/** Takes back the last report of each; of several that were added to one another the others stand. */
const takenBack = async (c: Context, duties: readonly DutyView[]): Promise<Outcome> => {
  const reports = await reportsOf(c, duties)
  const changed = duties.flatMap((duty) => {
    const left = Math.max(0, (reports.get(duty.id)?.length ?? 1) - 1)
    return change(c, [duty], 'withdrawn', left > 0 ? { left } : {}, { text: c.message.text })
  })
  const some = changed.some(({ after }) => after.state === 'review')
  const taken = duties.map((duty) => ({ duty, report: reports.get(duty.id)?.at(-1) }))
  const tallied = await countsTakenBack(c, taken)
  const outcome = answered(c, changed, {
    title: some ? '已撤回最后一份反馈' : '已撤回反馈，任务恢复为在办',
    tone: 'plain',
    notes: [
      ...(some ? ['此前的反馈仍在，继续待审核。'] : []),
      ...(tallied.length > 0 ? ['随这份反馈计入的报数一并撤回。'] : []),
    ],
  })
  return { ...outcome, tallied }
}

/** Without a number: what the speaker's own last message reported. */
const lastReport = async (c: Context, intent: IntentOf<'withdraw'>): Promise<Outcome> => {
  const units = ownUnits(c, intent.units)
  if ('outcome' in units) return units.outcome
  const found = await findDuties(c.db, { units: units.ok, states: ['review', 'standing'] })
  const waiting = found.filter((duty) => duty.reportedOn !== null)
  const reports = await reportsOf(c, waiting)
  const own = waiting.flatMap((duty) => {
    const last = reports.get(duty.id)?.at(-1)
    return last?.by === c.actor.id ? [{ duty, last }] : []
  })
  const latest = own
    .map(({ last }) => last)
    .sort((a, b) => b.at.getTime() - a.at.getTime() || (b.via < a.via ? -1 : 1))[0]
  const meant = own.filter(({ last }) => last.via === latest?.via)
  return meant.length > 0
    ? takenBack(
        c,
        meant.map(({ duty }) => duty),
      )
    : { reply: problem('没有可以撤回的反馈', `您${none}`, example) }
}

/** A unit takes its last report back, as long as nobody has checked it. */
export const withdraw: Command<'withdraw'> = {
  intent: 'withdraw',
  title: '撤回反馈',
  usage: '撤回 编号',
  example: '撤回 1-2',
  roles: ['liaison', 'office', 'admin'],
  run: async (c, intent) => {
    if (!intent.tasks?.length) return lastReport(c, intent)
    const found = await ownMeant(c, intent, {
      kind: 'withdrawn',
      also: (duty) => duty.reportedOn !== null,
      rounds: 'one',
      example,
      none,
    })
    return 'outcome' in found ? found.outcome : withRest(await takenBack(c, found.ok), found.rest)
  },
}
