import { overdueOn } from '../src/time/schedule.ts'
import type { Command } from './command.ts'
import { afterwards, happen } from './happen.ts'
import { ownMeant } from './meant.ts'
import { answerRow, codeOf, dayWords, dutyLine, seen, unitName } from './present.ts'
import { problem } from './problem.ts'
import { reasonOf } from './reason.ts'

const example = '例：12号申请延期到9月30日，因征求意见尚未结束'

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
    if (until === undefined)
      return {
        reply: problem(
          '请写明延期到哪一天',
          `${found.ok.map(codeOf).join('、')} 要延到什么时候？回复日期即可。`,
          example,
        ),
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
    const facts = found.ok.map((duty) => {
      const late = duty.dueOn !== null && overdueOn(duty.dueOn, c.today, c.calendar)
      return { duty, late, facts: happen(c, duty, 'extension-asked', { until, late }, { reason }) }
    })
    return {
      reply: {
        title: '已提出延期申请，待主管科室答复',
        tone: 'plain',
        blocks: [
          { kind: 'list', lines: facts.map((one) => dutyLine(c, seen(c, afterwards(one.duty, one.facts)), false)) },
          {
            kind: 'fields',
            fields: [
              ['申请延期到', dayWords(until, c.today)],
              ['理由', reason || '未写明（可补充，例：12号延期的理由是…）'],
            ],
          },
          ...(facts.some((one) => one.late)
            ? [{ kind: 'note' as const, text: '到期后才提出，已注明“逾期后申请”。' }]
            : []),
        ],
      },
      rows: found.ok.map((duty) => answerRow(c, seen(c, duty))),
      facts: facts.flatMap((one) => one.facts),
      notices: facts.map(({ duty, late }) => ({
        cause: `extension-asked:${duty.id}:${duty.version + 1}`,
        to: { office: true as const },
        tasks: [codeOf(duty)],
        card: {
          title: `延期申请：${unitName(c, duty.unit)}`,
          tone: 'warn' as const,
          blocks: [
            { kind: 'list' as const, lines: [dutyLine(c, seen(c, duty), true)] },
            {
              kind: 'fields' as const,
              fields: [
                ['申请延期到', dayWords(until, c.today)],
                ['理由', reason || '未写明'],
                ...(late ? [['注', '逾期后申请'] as [string, string]] : []),
              ] as [string, string][],
            },
          ],
          buttons: [
            {
              label: '同意',
              style: 'primary' as const,
              intent: {
                intent: 'extension' as const,
                tasks: [duty.number],
                units: [unitName(c, duty.unit)],
                grant: true,
                plan: duty.planCode,
              },
            },
            {
              label: '不同意',
              intent: {
                intent: 'extension' as const,
                tasks: [duty.number],
                units: [unitName(c, duty.unit)],
                grant: false,
                plan: duty.planCode,
              },
            },
          ],
        },
      })),
    }
  },
}
