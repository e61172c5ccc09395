import type { TaskView } from '../db/queries/duties.ts'
import type { Block } from '../src/model/card.ts'
import type { Context, Outcome } from './command.ts'
import { dutiesOfTasks, withoutMerged } from './find.ts'
import { answerRow, codeOf, dayWords, firstWords, roundWords, type Seen, seen, textOf, unitName } from './present.ts'

/** The rounds of a task that are on the table: the last that has a day and has begun to be due, else the next, else all. */
const currentRound = (items: Seen[], today: string): string | undefined => {
  const days = [
    ...new Set(items.filter((item) => item.duty.dueOn).map((item) => `${item.duty.dueOn} ${item.duty.round}`)),
  ].sort()
  const open = days.filter((day) =>
    items.some(
      (item) =>
        `${item.duty.dueOn} ${item.duty.round}` === day &&
        ['open', 'returned', 'review', 'unclaimed'].includes(item.state),
    ),
  )
  const past = open.filter((day) => day.slice(0, 10) < today)
  return (past.at(-1) ?? open[0] ?? days.at(-1))?.slice(11)
}

const names = (c: Context, items: Seen[], limit: number): string => {
  const all = [...new Set(items.map((item) => unitName(c, item.duty.unit)))]
  return all.length <= limit ? all.join('、') : `${all.slice(0, limit).join('、')}等${all.length}家`
}

/** Who has handed in and who has not: one block a task, for the round that is on the table. */
export const handedIn = async (
  c: Context,
  tasks: readonly TaskView[],
  units: readonly string[] | undefined,
): Promise<Outcome> => {
  const duties = await withoutMerged(c, await dutiesOfTasks(c, tasks, units))
  const rows: Seen[] = []
  const blocks: Block[] = []
  for (const task of tasks) {
    const all = duties.filter((duty) => duty.task === task.id && duty.role === 'lead').map((duty) => seen(c, duty))
    const round = currentRound(all, c.today)
    const items = round === undefined ? all : all.filter((item) => item.duty.round === round)
    const missing = items.filter((item) => ['open', 'returned'].includes(item.state))
    const review = items.filter((item) => item.state === 'review')
    const done = items.filter((item) => item.state === 'done')
    const unclaimed = items.filter((item) => item.state === 'unclaimed')
    const other = items.filter((item) => ![...missing, ...review, ...done, ...unclaimed].includes(item))
    const due = items.find((item) => item.duty.dueOn)?.duty.dueOn
    blocks.push({
      kind: 'text',
      text: [
        `${codeOf(task)} ${firstWords(textOf(task))}`,
        roundWords(round ?? '', c.today),
        due ? `${dayWords(due, c.today)}到期` : '',
      ]
        .filter(Boolean)
        .join(' · '),
    })
    const fields: [string, string][] = [
      [`未报 ${missing.length}家`, names(c, missing, 30) || '无'],
      [`已报待审核 ${review.length}家`, names(c, review, 10) || '无'],
      [`已办结 ${done.length}家`, names(c, done, 10) || '无'],
    ]
    if (unclaimed.length > 0) fields.push([`待认领 ${unclaimed.length}家`, names(c, unclaimed, 10)])
    if (other.length > 0) fields.push([`其他 ${other.length}家`, names(c, other, 10)])
    blocks.push({ kind: 'fields', fields })
    rows.push(...items)
  }
  return {
    reply: { title: '反馈情况', tone: rows.some((item) => item.overdue) ? 'late' : 'plain', blocks },
    rows: rows.map((item) => answerRow(c, item)),
  }
}
