import { findDuties } from '../db/queries/duties.ts'
import type { IntentOf } from '../src/model/intent.ts'
import { answered, change } from './change.ts'
import type { Command, Context, Outcome } from './command.ts'
import { ownUnits } from './find.ts'
import { chooseDuty, ownMeant } from './meant.ts'
import { withRest } from './partly.ts'
import { problem } from './problem.ts'

const example = '例：1-2 已经保密审查（审查人：王科长）'

/** Without a number: the speaker's only report that waits without it; several are asked about. */
const withoutNumber = async (c: Context, intent: IntentOf<'secrecy'>): Promise<Outcome> => {
  const units = ownUnits(c, intent.units)
  if ('outcome' in units) return units.outcome
  const reported = await findDuties(c.db, { units: units.ok, states: ['review', 'standing'] })
  const waiting = reported.filter((duty) => duty.reportedOn !== null && duty.clearedOn === null)
  if (waiting.length === 0) return { reply: problem('没有要注明的反馈', '请先反馈完成情况，再注明保密审查。', example) }
  const tasks = [...new Set(waiting.map((duty) => duty.number))]
  return waiting.length === 1 ? cleared(c, intent, waiting) : chooseDuty(c, { ...intent, tasks }, waiting, true)
}

const cleared = (c: Context, intent: IntentOf<'secrecy'>, duties: Parameters<typeof change>[1]): Outcome =>
  answered(c, change(c, duties, 'cleared', {}, { by: intent.by ?? '' }), {
    title: '已注明保密审查',
    tone: 'good',
    fields: [['审查人', intent.by ?? '']],
  })

/** 已经保密审查: said of a report that was made; the reviewer sees whether it was. */
export const secrecy: Command<'secrecy'> = {
  intent: 'secrecy',
  title: '注明保密审查',
  usage: '编号 已经保密审查（审查人：…）',
  example: '1-2 已经保密审查（审查人：王科长）',
  roles: ['liaison', 'office', 'admin'],
  run: async (c, intent) => {
    if (!intent.tasks?.length) return withoutNumber(c, intent)
    const found = await ownMeant(c, intent, {
      kind: 'cleared',
      also: (duty) => duty.reportedOn !== null,
      rounds: 'one',
      example,
      none: '还没有反馈，请先反馈完成情况。',
    })
    return 'outcome' in found ? found.outcome : withRest(cleared(c, intent, found.ok), found.rest)
  },
}
