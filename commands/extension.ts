import type { DutyView } from '../db/queries/duties.ts'
import { findTimes } from '../src/chat/times.ts'
import { answered, change, tellUnits } from './change.ts'
import type { Command } from './command.ts'
import { officeMeant } from './meant.ts'
import { codeOf, dayWords } from './present.ts'
import { problem } from './problem.ts'
import { statedReason } from './reason.ts'

const asked = (duty: DutyView) => (duty.asked?.kind === 'extension' ? duty.asked : undefined)

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
      example: '例：同意12号延期；不同意12号延期，请按原定时间办结',
      none: '没有待答复的延期申请。主管科室要改时限，请回复：12号时限改为9月30日，因…',
    })
    if ('outcome' in found) return found.outcome
    // The office may grant another day than the one that was asked for.
    const said = grant
      ? findTimes(c.message.text, c.today).times.find((time) => time.day || time.before)?.to
      : undefined
    const early = found.ok.find((duty) => said && (said <= c.today || (duty.dueOn !== null && said <= duty.dueOn)))
    if (early)
      return {
        reply: problem(
          '延期的日期不对',
          `${codeOf(early)} 原定${dayWords(early.dueOn ?? c.today, c.today)}，延期要写今天和原定日期以后的一天，本次没有登记。`,
          '例：同意12号延期到9月30日',
        ),
      }
    const reason = statedReason(c.message.text)
    const fields: [string, string][] = [['说明', reason]]
    const changed = found.ok.flatMap((duty) =>
      grant
        ? change(c, [duty], 'extension-granted', { until: said ?? asked(duty)?.until ?? c.today }, { reason })
        : change(c, [duty], 'extension-refused', {}, { reason }),
    )
    return {
      ...answered(c, changed, {
        title: grant ? '已同意延期' : '未同意延期，仍按原定时间办理',
        tone: 'good',
      }),
      notices: tellUnits(c, 'extension-answered', changed, {
        title: grant ? '延期申请已同意' : '延期申请未同意，请按原定时间办理',
        tone: grant ? 'good' : 'warn',
        fields,
      }),
    }
  },
}
