import { findTimes } from '../src/chat/times.ts'
import { answered, change } from './change.ts'
import { reportsMeant } from './check.ts'
import type { Command } from './command.ts'
import { dayWords } from './present.ts'
import { problem } from './problem.ts'
import { askReason, reasonOf } from './reason.ts'
import { tellReporters } from './reporters.ts'

const example = '例：退回 1-2，链接打不开，8月25日前重报'

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
    const reason = reasonOf(c.message.text)
    // Which report it was is settled: the answer brings the reason alone.
    const meant = { ...intent, reports: found.ok.map(({ id, version }) => `${id}@${version}`) }
    if (reason === '') return askReason(meant, '原因', example)
    const named = intent.until ?? findTimes(reason, c.today).times.find((time) => time.before)?.to
    const until = named ?? c.calendar.addWorkdays(c.today, 3)
    if (until < c.today)
      return { reply: problem('日期已过', `${dayWords(until, c.today)}已经过去，请写以后的日期。`, example) }
    const fields: [string, string][] = [['原因', reason]]
    const changed = change(c, found.ok, 'returned', { until }, { reason })
    const words = { title: '反馈已退回，请补正后重报', tone: 'warn' as const, fields }
    return {
      ...answered(c, changed, { title: '已退回', tone: 'warn', fields }),
      notices: await tellReporters(c, 'returned', changed, words),
    }
  },
}
