import type { DutyView } from '../db/queries/duties.ts'
import type { Command, Context, Notice } from './command.ts'
import { afterwards, happen } from './happen.ts'
import { officeMeant } from './meant.ts'
import { answerRow, codeOf, dayWords, dutyLine, seen } from './present.ts'
import { reasonOf } from './reason.ts'

const example = '例：同意12号延期；不同意12号延期，请按原定时间办结'

const asked = (duty: DutyView) => (duty.asked?.kind === 'extension' ? duty.asked : undefined)

const told = (c: Context, duty: DutyView, after: DutyView, grant: boolean, reason: string): Notice => ({
  cause: `extension-answered:${duty.id}:${duty.version + 1}`,
  to: { unit: duty.unit },
  tasks: [codeOf(duty)],
  card: {
    title: grant ? '延期申请已同意' : '延期申请未同意',
    tone: grant ? 'good' : 'warn',
    blocks: [
      { kind: 'list', lines: [dutyLine(c, seen(c, after), false)] },
      ...(reason ? [{ kind: 'fields' as const, fields: [['说明', reason] as [string, string]] }] : []),
    ],
  },
})

/** The office answers an extension that was asked for; the unit's room hears it. The old day stays to be seen. */
export const extension: Command<'extension'> = {
  intent: 'extension',
  title: '答复延期',
  usage: '同意/不同意 [单位] 编号 延期',
  example: '同意12号延期',
  roles: ['office', 'admin'],
  run: async (c, intent) => {
    const grant = intent.grant !== false
    const found = await officeMeant(c, intent, {
      kind: grant ? 'extension-granted' : 'extension-refused',
      also: (duty) => asked(duty) !== undefined,
      rounds: 'one',
      example,
      none: '没有待答复的延期申请。',
    })
    if ('outcome' in found) return found.outcome
    const reason = reasonOf(c.message.text)
    const done = found.ok.map((duty) => {
      const until = asked(duty)?.until ?? duty.dueOn ?? c.today
      const facts = grant
        ? happen(c, duty, 'extension-granted', { until }, { reason })
        : happen(c, duty, 'extension-refused', {}, { reason })
      return { duty, facts, after: afterwards(duty, facts) }
    })
    return {
      reply: {
        title: grant ? '已同意延期' : '未同意延期，仍按原定时间办理',
        tone: 'good',
        blocks: [
          { kind: 'list', lines: done.map(({ after }) => dutyLine(c, seen(c, after), true)) },
          ...(grant
            ? [
                {
                  kind: 'note' as const,
                  text: done
                    .map(({ after }) => `${codeOf(after)} 原定${dayWords(after.firstDueOn ?? c.today, c.today)}`)
                    .join('；'),
                },
              ]
            : []),
        ],
      },
      rows: done.map(({ after }) => answerRow(c, seen(c, after))),
      facts: done.flatMap(({ facts }) => facts),
      notices: done.map(({ duty, after }) => told(c, duty, after, grant, reason)),
    }
  },
}
