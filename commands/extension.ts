import type { DutyView } from '../db/queries/duties.ts'
import { answered, change, tellUnits } from './change.ts'
import type { Command } from './command.ts'
import { officeMeant } from './meant.ts'
import { reasonOf } from './reason.ts'

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
      none: '没有待答复的延期申请。',
    })
    if ('outcome' in found) return found.outcome
    const reason = reasonOf(c.message.text)
    const fields: [string, string][] = [['说明', reason]]
    const changed = found.ok.flatMap((duty) =>
      grant
        ? change(c, [duty], 'extension-granted', { until: asked(duty)?.until ?? c.today }, { reason })
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
