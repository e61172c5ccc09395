import { projectDuty } from '../src/model/life.ts'
import { reportsMeant } from './check.ts'
import type { Command } from './command.ts'
import { answerRow, codeOf, dayWords, dutyLine, roundWords, seen } from './present.ts'
import { problem } from './problem.ts'
import { reasonOf } from './reason.ts'
import { dutyRow } from './row.ts'

/** Sent back with its reason and a new day (3 workdays unless the office names one); the unit's room is told. */
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
    const body = { on: c.today, until }
    const after = found.ok.map((duty) => ({ ...duty, ...projectDuty(duty, { kind: 'returned', body }) }))
    return {
      reply: {
        title: '已退回',
        tone: 'warn',
        blocks: [
          { kind: 'list', lines: after.map((duty) => dutyLine(c, seen(c, duty), true)) },
          ...(reason ? [{ kind: 'fields' as const, fields: [['原因', reason] as [string, string]] }] : []),
        ],
      },
      rows: after.map((duty) => answerRow(c, seen(c, duty))),
      facts: found.ok.map((duty) => ({ row: dutyRow(duty), kind: 'returned', body, words: { reason } })),
      notices: found.ok.map((duty) => ({
        cause: `returned:${duty.id}:${duty.version + 1}`,
        to: { unit: duty.unit },
        tasks: [codeOf(duty)],
        card: {
          title: '反馈已退回，请补正后重报',
          tone: 'warn',
          blocks: [
            {
              kind: 'text',
              text: [`${codeOf(duty)}`, roundWords(duty.round, c.today), `请于${dayWords(until, c.today)}前重报`]
                .filter(Boolean)
                .join(' · '),
            },
            ...(reason ? [{ kind: 'fields' as const, fields: [['原因', reason] as [string, string]] }] : []),
          ],
        },
      })),
    }
  },
}
