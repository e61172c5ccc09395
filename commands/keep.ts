import { answered, change, tellUnits } from './change.ts'
import type { Command } from './command.ts'
import { officeMeant } from './meant.ts'
import { statedReason } from './reason.ts'

/** The office leaves a duty with the unit that declined it. */
export const keep: Command<'keep'> = {
  intent: 'keep',
  title: '维持责任单位',
  usage: '维持 [单位] 编号，说明',
  example: '维持12号，按职责分工由你局办理',
  roles: ['office', 'admin'],
  run: async (c, intent) => {
    const found = await officeMeant(c, intent, {
      kind: 'kept',
      also: (duty) => duty.asked?.kind === 'decline',
      rounds: 'all',
      example: '例：维持12号',
      none: '没有单位报不涉及，不需要答复。',
    })
    if ('outcome' in found) return found.outcome
    const reason = statedReason(c.message.text)
    const fields: [string, string][] = [['说明', reason]]
    const changed = change(c, found.ok, 'kept', {}, { reason })
    return {
      ...answered(c, changed, { title: '维持不变，仍由原单位负责', tone: 'plain', fields }),
      notices: tellUnits(c, 'kept', changed, { title: '经研究，任务仍由本单位负责', tone: 'warn', fields }),
    }
  },
}
