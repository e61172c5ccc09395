import { findDuties } from '../db/queries/duties.ts'
import type { Command } from './command.ts'
import { readScope } from './find.ts'
import { isClassLine, scopeName, seen } from './present.ts'
import { countsIn, percent } from './rate.ts'

/** 完成率 = approved ÷ due up to today, with its parts, so that they add up. */
export const figures: Command<'figures'> = {
  intent: 'figures',
  title: '看数字',
  usage: '[单位] [时间] 完成率/完成情况',
  example: '市财政局完成率多少',
  roles: ['liaison', 'head', 'leader', 'office', 'admin', 'unknown'],
  run: async (c, intent) => {
    const scope = readScope(c, intent.units)
    if ('outcome' in scope) return scope.outcome
    const plans = intent.plan
      ? c.office.plans.filter((plan) => plan.code === intent.plan).map((plan) => plan.id)
      : undefined
    const duties = await findDuties(c.db, {
      ...(scope.ok && { units: scope.ok }),
      ...(plans && { plans }),
      role: 'lead',
    })
    const items = duties.filter((duty) => !isClassLine(c, duty.unit)).map((duty) => seen(c, duty))
    const { due, to } = countsIn(items, intent.window, c.today)
    const of = (state: string) => items.filter((item) => item.state === state).length
    const done = due.filter((item) => item.state === 'done')
    const late = done.filter((item) => item.duty.late)
    const review = due.filter((item) => item.state === 'review')
    const open = due.length - done.length - review.length
    const red = due.filter((item) => item.overdue)
    const name = scope.ok === undefined ? '全部单位' : scopeName(c, scope.ok, 3)
    const aside = [
      [of('standing'), '持续推进'],
      [of('unclaimed'), '待认领'],
      [of('waiting'), '等待触发'],
      [of('unconfirmed'), '待核实'],
    ] as const
    return {
      reply: {
        title: `${name} 完成情况`,
        tone: red.length > 0 ? 'late' : 'good',
        blocks: [
          {
            kind: 'fields',
            fields: [
              ['完成率', `${percent(done.length, due.length)}（已办结${done.length} ÷ 应完成${due.length}）`],
              ['已办结', `${done.length}项：按时${done.length - late.length}，逾期办结${late.length}`],
              ['待审核', `${review.length}项`],
              ['未完成', `${open}项，其中逾期${red.length}项`],
            ],
          },
          {
            kind: 'note',
            text: `截至${to}${intent.window ? `，${intent.window.from}起到期` : ''}。不计入完成率：${
              aside
                .filter(([n]) => n > 0)
                .map(([n, word]) => `${word}${n}项`)
                .join('、') || '无'
            }。`,
          },
        ],
      },
    }
  },
}
