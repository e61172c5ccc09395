import { type DutyView, findDuties } from '../db/queries/duties.ts'
import type { Intent, IntentOf } from '../src/model/intent.ts'
import type { Context, Outcome } from './command.ts'
import { shownAs } from './meant.ts'
import { answerRow, dutyLine, isClassLine, seen, unitName } from './present.ts'
import { problem } from './problem.ts'
import { roundsMeant } from './rounds.ts'

const SHOWN = 15

/** What the speaker's units owe by now: of each task the rounds that have begun, the soonest due first. */
const owed = async (c: Context, intent: IntentOf<'report'>, units: string[]): Promise<DutyView[]> => {
  const found = await findDuties(c.db, { units, states: ['open', 'returned', 'unclaimed'] })
  const open = found.filter((duty) => ['open', 'returned'].includes(seen(c, duty).state) && !isClassLine(c, duty.unit))
  const periods = intent.periods ?? (intent.period ? [intent.period] : [])
  const groups = new Map<string, DutyView[]>()
  for (const duty of open) {
    const key = `${duty.task} ${duty.unit} ${duty.demand}`
    groups.set(key, [...(groups.get(key) ?? []), duty])
  }
  const meant = [...groups.values()].flatMap((duties) => {
    const rounds = roundsMeant(duties, periods, c.today)
    return 'choose' in rounds ? rounds.choose : rounds.meant
  })
  return open.filter((duty) => meant.includes(duty))
}

/**
 * “都弄完了” closes nothing: what its units owe, each with a number, of which the speaker ticks one or several (1、3).
 */
export const tickList = async (c: Context, intent: IntentOf<'report'>, units: string[]): Promise<Outcome> => {
  const duties = await owed(c, intent, units)
  if (duties.length === 0)
    return { reply: problem('没有要反馈的任务', '本单位目前没有在办、该反馈的任务。', '例：本月有哪些到期任务') }
  const shown = duties.slice(0, SHOWN)
  const options = shown.map(
    (duty): Intent => ({
      ...intent,
      ...{ tasks: [duty.number], plan: duty.planCode, units: [unitName(c, duty.unit)], reports: [shownAs(duty)] },
    }),
  )
  return {
    reply: {
      title: '请逐项确认，回复序号才登记',
      tone: 'plain',
      blocks: [
        {
          kind: 'list',
          lines: shown.map((duty, i) => ({ text: `${i + 1}. ${dutyLine(c, seen(c, duty), units.length > 1).text}` })),
        },
        {
          kind: 'note',
          text: `已经完成的回复序号，可以一次几项，例：1、3${duties.length > SHOWN ? `；另有${duties.length - SHOWN}项未显示` : ''}`,
        },
      ],
    },
    rows: duties.map((duty) => answerRow(c, seen(c, duty))),
    ask: { intent, want: 'task', options },
  }
}
