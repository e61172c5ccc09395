import type { DutyView } from '../db/queries/duties.ts'
import type { Button } from '../src/model/card.ts'
import { overdueOn } from '../src/time/schedule.ts'
import { answered, change, tellOffice } from './change.ts'
import type { Command, Context } from './command.ts'
import { ownMeant } from './meant.ts'
import { codeOf, dayWords, unitName } from './present.ts'
import { problem } from './problem.ts'
import { reasonOf } from './reason.ts'

const example = '例：12号申请延期到9月30日，因征求意见尚未结束'

const answers = (c: Context, duty: DutyView): Button[] =>
  [true, false].map((grant) => ({
    label: grant ? '同意' : '不同意',
    ...(grant && { style: 'primary' as const }),
    intent: {
      intent: 'extension',
      tasks: [duty.number],
      units: [unitName(c, duty.unit)],
      reports: [`${duty.id}@${duty.version + 1}`],
      grant,
      plan: duty.planCode,
    },
  }))

/** A unit asks for a later day, before or after the due day (marked so); the office answers. */
export const extend: Command<'extend'> = {
  intent: 'extend',
  title: '申请延期',
  usage: '编号 申请延期到 日期，因…',
  example: '12号申请延期到9月30日，因征求意见尚未结束',
  roles: ['liaison', 'office', 'admin'],
  run: async (c, intent) => {
    const found = await ownMeant(c, intent, {
      kind: 'extension-asked',
      also: (duty) => duty.dueOn !== null,
      rounds: 'one',
      example,
      none: '现在不在办理期内，或没有到期日，不需要延期。',
    })
    if ('outcome' in found) return found.outcome
    const codes = found.ok.map(codeOf).join('、')
    const { until } = intent
    if (until === undefined)
      return {
        reply: problem('请写明延期到哪一天', `${codes} 要延到什么时候？回复日期即可。`, example),
        ask: { intent, want: 'until', options: [] },
      }
    const early = found.ok.find((duty) => until <= c.today || (duty.dueOn !== null && until <= duty.dueOn))
    if (early)
      return {
        reply: problem(
          '延期的日期不对',
          `${codeOf(early)} 原定${dayWords(early.dueOn ?? c.today, c.today)}，延期要写今天和原定日期以后的一天，本次没有登记。`,
          example,
        ),
      }
    const reason = reasonOf(c.message.text)
    const made = found.ok.map((duty) => {
      const late = duty.dueOn !== null && overdueOn(duty.dueOn, c.today, c.calendar)
      return { late, changed: change(c, [duty], 'extension-asked', { until, late }, { reason }) }
    })
    const all = made.flatMap(({ changed }) => changed)
    const late = made.some((one) => one.late)
    const fields: [string, string][] = [
      ['申请延期到', dayWords(until, c.today)],
      ['理由', reason || '未写明'],
      ...(late ? [['注明', '逾期后申请'] as [string, string]] : []),
    ]
    return {
      ...answered(c, all, { title: '已提出延期申请，待主管科室答复', tone: 'plain', fields }),
      notices: made.flatMap(({ changed, late: after }) =>
        changed.flatMap((one) =>
          tellOffice(c, 'extension-asked', [one], {
            title: `延期申请：${unitName(c, one.duty.unit)}${after ? '（逾期后申请）' : ''}`,
            tone: 'warn',
            fields,
            buttons: answers(c, one.after),
          }),
        ),
      ),
    }
  },
}
