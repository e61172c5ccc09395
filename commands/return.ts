import type { DutyView } from '../db/queries/duties.ts'
import { factsOf } from '../db/queries/duties.ts'
import { Address } from '../src/model/message.ts'
import { answered, change, tellUnits } from './change.ts'
import { reportsMeant } from './check.ts'
import type { Command, Context, Notice } from './command.ts'
import { dayWords } from './present.ts'
import { problem } from './problem.ts'
import { reasonOf } from './reason.ts'

/** The chat in which the report was made, so that its return is heard there; the unit's room where it is not known. */
const whereReported = async (c: Context, duties: readonly DutyView[]): Promise<Map<string, Address>> => {
  const facts = await factsOf(
    c.db,
    'duty',
    duties.map((duty) => duty.id),
  )
  const reports = facts.filter((fact) => fact.kind === 'reported')
  return new Map(
    reports.flatMap((fact) => {
      const room = Address.safeParse(fact.words?.room)
      return room.success ? [[fact.id, room.data] as const] : []
    }),
  )
}

/** Sent back with its reason and a new day (3 workdays unless the office names one); who reported hears it. */
export const sendBack: Command<'return'> = {
  intent: 'return',
  title: '退回',
  usage: '退回 [单位] 编号，原因',
  example: '退回 1-2，链接打不开',
  roles: ['office', 'admin'],
  run: async (c, intent) => {
    const found = await reportsMeant(c, intent)
    if ('outcome' in found) return found.outcome
    const until = intent.until ?? c.calendar.addWorkdays(c.today, 3)
    if (until < c.today)
      return {
        reply: problem(
          '日期已过',
          `${dayWords(until, c.today)}已经过去，请写以后的日期。`,
          '例：退回 1-2，链接打不开，8月25日前重报',
        ),
      }
    const reason = reasonOf(c.message.text)
    const fields: [string, string][] = [['原因', reason]]
    const changed = change(c, found.ok, 'returned', { until }, { reason })
    const rooms = await whereReported(c, found.ok)
    const told = changed.flatMap((one) =>
      tellUnits(c, 'returned', [one], { title: '反馈已退回，请补正后重报', tone: 'warn', fields }).map(
        (notice): Notice => {
          const room = rooms.get(one.duty.id)
          return room ? { ...notice, to: { address: room } } : notice
        },
      ),
    )
    return { ...answered(c, changed, { title: '已退回', tone: 'warn', fields }), notices: told }
  },
}
