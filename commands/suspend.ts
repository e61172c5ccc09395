import type { DutyView } from '../db/queries/duties.ts'
import type { Intent, IntentName } from '../src/model/intent.ts'
import { answered, change, tellUnits } from './change.ts'
import type { Command, Context, Outcome } from './command.ts'
import type { Move } from './happen.ts'
import { type Naming, officeMeant, shownAs } from './meant.ts'
import { answerRow, dutyLine, seen } from './present.ts'
import { askReason, reasonOf } from './reason.ts'

/** 中止, 恢复 and 免予办理 are one thing in three directions: the office says so with a reason, and the unit hears it. */
interface Direction {
  kind: Extract<Move, 'suspended' | 'resumed' | 'waived'>
  done: string
  none: string
  example: string
  /** Without a reason it is asked for. */
  reason: boolean
}

const PLAIN_WAIVER = /免予?办|免办|不再督办|取消督办|终止督办|撤销督办/

/** 是 waives what was shown; 否 shows the task as it stands. */
const confirmed = (c: Context, intent: Naming, duties: DutyView[]): Outcome => ({
  reply: {
    title: '要免予办理吗？',
    tone: 'warn',
    blocks: [
      { kind: 'list', lines: duties.map((duty) => dutyLine(c, seen(c, duty), true)) },
      { kind: 'note', text: '免予办理以后不再督办，不能恢复。回复“是”或“否”。' },
    ],
  },
  rows: duties.map((duty) => answerRow(c, seen(c, duty))),
  ask: {
    intent,
    want: 'confirm',
    options: [
      { ...intent, reports: duties.map(shownAs) } as Intent,
      { intent: 'task', tasks: [duties[0]?.number ?? ''], plan: duties[0]?.planCode ?? '' },
    ],
  },
})

const turn = async (
  c: Context,
  intent: Parameters<typeof officeMeant>[1],
  { kind, done, none, example, reason: wanted }: Direction,
): Promise<Outcome> => {
  const found = await officeMeant(c, intent, { kind, rounds: 'all', example: `例：${example}`, none })
  if ('outcome' in found) return found.outcome
  const reason = reasonOf(c.message.text)
  if (wanted && reason === '') return askReason(intent, '理由', `例：${example}`)
  // Nothing takes a waiver back: what was said in passing (不用报了) is confirmed first.
  if (kind === 'waived' && !intent.reports && !PLAIN_WAIVER.test(c.message.text)) return confirmed(c, intent, found.ok)
  const changed =
    kind === 'waived'
      ? change(c, found.ok, 'waived', { reason: '主管科室决定' }, { reason })
      : change(c, found.ok, kind, {}, { reason })
  const fields: [string, string][] = [['理由', reason]]
  const late = changed.find(({ after }) => seen(c, after).overdue)
  const notes = late ? [`中止期间已过原定日期，要改时限请回复：${late.duty.number}时限改为…，因…`] : []
  return {
    ...answered(c, changed, { title: done, tone: 'plain', fields, notes }),
    notices: tellUnits(c, kind, changed, { title: done, tone: 'plain', fields }),
  }
}

const command = <N extends Extract<IntentName, 'suspend' | 'resume' | 'waive'>>(
  intent: N,
  title: string,
  usage: string,
  direction: Direction,
): Command<N> => ({
  intent,
  title,
  usage,
  example: direction.example,
  roles: ['office', 'admin'],
  run: (c, said) => turn(c, said as Parameters<typeof officeMeant>[1], direction),
})

export const suspend = command('suspend', '中止', '中止 [单位] 编号，理由', {
  kind: 'suspended',
  done: '已中止办理，不再计时',
  none: '不在办理中，不能中止；待审核的请先审核。',
  example: '中止12号，等待上级文件',
  reason: true,
})

export const resume = command('resume', '恢复', '恢复 [单位] 编号', {
  kind: 'resumed',
  done: '已恢复办理',
  none: '没有中止，不需要恢复。',
  example: '恢复12号',
  reason: false,
})

export const waive = command('waive', '免予办理', '免予办理 [单位] 编号，理由', {
  kind: 'waived',
  done: '已免予办理，不再督办',
  none: '已经办结或正在待审核，不能免予办理。',
  example: '免予办理12号，与15号合并',
  reason: true,
})
