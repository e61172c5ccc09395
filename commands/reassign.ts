import type { DutyView } from '../db/queries/duties.ts'
import { answered, type Changed, change, tellUnits } from './change.ts'
import type { Command, Context } from './command.ts'
import { dutiesOfTasks } from './find.ts'
import { afterwards, happen, may } from './happen.ts'
import { officeMeant } from './meant.ts'
import { codeOf, unitName } from './present.ts'
import { problem } from './problem.ts'
import { reasonOf } from './reason.ts'
import { dutyRow } from './row.ts'
import { unitSaid } from './units.ts'

const example = '例：73号改派市交通运输局'

/** A duty that waits to be claimed is its new unit's at once: the office has decided. */
const moved = (c: Context, duty: DutyView, to: string): Changed => {
  const facts = happen(c, duty, 'reassigned', { to })
  const now = afterwards(duty, facts)
  const claimed = now.state === 'unclaimed' ? [{ row: dutyRow(duty), kind: 'claimed', body: { on: c.today } }] : []
  return { duty, facts: [...facts, ...claimed], after: afterwards(now, claimed) }
}

/** The office moves a task's duties to another unit; where that has the same share already, the old one ends. */
export const reassign: Command<'reassign'> = {
  intent: 'reassign',
  title: '改派',
  usage: '编号 改派 单位',
  example: '73号改派市交通运输局',
  roles: ['office', 'admin'],
  run: async (c, intent) => {
    const to = unitSaid(c, intent.to)
    if (!to)
      return {
        reply: problem(
          '请写明改派给哪个单位',
          intent.to ? `通讯录里没有认出“${intent.to}”。` : '回复单位名称即可。',
          example,
        ),
        ask: { intent, want: 'to', options: [] },
      }
    const found = await officeMeant(c, intent, {
      kind: 'reassigned',
      also: (duty) => duty.unit !== to.id && duty.role === 'lead',
      rounds: 'all',
      example,
      none: `没有可以改派给${to.name}的责任：已经办结，或本来就是它的。`,
    })
    if ('outcome' in found) return found.outcome
    const held = await dutiesOfTasks(
      c,
      [...new Set(found.ok.map((duty) => duty.task))].map((id) => ({ id })),
      [to.id],
    )
    const same = (a: DutyView, b: DutyView) => a.task === b.task && a.demand === b.demand && a.round === b.round
    const doubled = found.ok.filter((duty) => held.some((other) => same(duty, other)) && may(c, 'waived', duty))
    const free = found.ok.filter((duty) => !held.some((other) => same(duty, other)))
    if (doubled.length + free.length === 0)
      return { reply: problem('不能改派', `${to.name}已有同一期的责任，请先审核待审核的反馈。`, example) }
    const changed = free.map((duty) => moved(c, duty, to.id))
    const ended = change(c, doubled, 'waived', { reason: `${to.name}已负责同一事项` })
    const reason = reasonOf(c.message.text)
    const fields: [string, string][] = [['说明', reason]]
    const from = [...new Set(found.ok.map((duty) => unitName(c, duty.unit)))].join('、')
    return {
      ...answered(c, [...changed, ...ended], {
        title: `已改派给${to.name}`,
        tone: 'good',
        fields: [['原责任单位', from]],
      }),
      notices: [
        ...tellUnits(c, 'reassigned', changed, { title: '有任务改派给本单位', tone: 'plain', fields }),
        ...tellFormer([...changed, ...ended], to.name),
      ],
    }
  },
}

/** The unit that had them hears that they are gone. */
const tellFormer = (changed: readonly Changed[], to: string) =>
  [...new Set(changed.map(({ duty }) => duty.unit))].map((unit) => {
    const own = changed.filter(({ duty }) => duty.unit === unit)
    const codes = [...new Set(own.map(({ duty }) => codeOf(duty)))]
    return {
      cause: `reassigned-from:${own[0]?.duty.id}:${own[0]?.duty.version}`,
      to: { unit },
      card: {
        title: '任务已改派',
        tone: 'plain' as const,
        blocks: [{ kind: 'text' as const, text: `${codes.join('、')} 已改派给${to}，本单位不再负责。` }],
      },
      tasks: codes,
    }
  })
