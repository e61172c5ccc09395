import type { DutyView } from '../db/queries/duties.ts'
import { findTimes } from '../src/chat/times.ts'
import type { Button } from '../src/model/card.ts'
import type { IntentOf } from '../src/model/intent.ts'
import { overdueOn } from '../src/time/schedule.ts'
import { answered, change, tellOffice } from './change.ts'
import type { Command, Context, Outcome } from './command.ts'
import { ownMeant } from './meant.ts'
import { withRest } from './partly.ts'
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

/** The words without the clauses that say the day alone, as an answer to the bot's question does. */
const withoutDays = (c: Context): string =>
  c.message.text
    .split(/[，,]/)
    .filter((clause) => findTimes(clause, c.today).masked.replace(/Đ|延期?|长|到|至|请|的|吧|\s/g, '') !== '')
    .join('，')

/** A reason that says no more than what is asked for and until when is none: 3月申请延期到4月25日. */
const reasonSaid = (c: Context): string => {
  const reason = reasonOf(withoutDays(c))
  const rest = findTimes(reason, c.today).masked.replace(/[ĐÞ]|申请|请求|延期?|长|推迟|到|至|请|的|吧|[\s,，。.]/g, '')
  return rest === '' ? '' : reason
}

/** The day is missing, or is no later one: asked for, of the very rounds that were meant. */
const askDay = (c: Context, intent: IntentOf<'extend'>, duties: DutyView[], early: DutyView | undefined): Outcome => {
  const { until: _, ...frame } = intent
  const these = { tasks: duties.map(({ number }) => number), reports: duties.map(({ id }) => id) }
  return {
    reply: early
      ? problem(
          '延期的日期不对',
          `${codeOf(early)} 原定${dayWords(early.dueOn ?? c.today, c.today)}，延期要写今天和原定日期以后的一天，本次没有登记。请重新回复日期。`,
          example,
        )
      : problem('请写明延期到哪一天', `${duties.map(codeOf).join('、')} 要延到什么时候？回复日期即可。`, example),
    ask: { intent: { ...frame, ...these }, want: 'until', options: [] },
  }
}

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
    const { until } = intent
    const early = found.ok.find((duty) => until !== undefined && (until <= c.today || until <= (duty.dueOn ?? '')))
    if (until === undefined || early) return withRest(askDay(c, intent, found.ok, early), found.rest)
    const reason = reasonSaid(c)
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
    const done = answered(c, all, { title: '已提出延期申请，待主管科室答复', tone: 'plain', fields })
    const notices = made.flatMap(({ changed, late: after }) =>
      changed.flatMap((one) =>
        tellOffice(c, 'extension-asked', [one], {
          title: `延期申请：${unitName(c, one.duty.unit)}${after ? '（逾期后申请）' : ''}`,
          tone: 'warn',
          fields,
          buttons: answers(c, one.after),
        }),
      ),
    )
    return withRest({ ...done, notices }, found.rest)
  },
}
