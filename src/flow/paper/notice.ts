import type { Context } from '../../../commands/command.ts'
import { codeOf, dueWords, type Seen, seen, unitName } from '../../../commands/present.ts'
import { findDuties } from '../../../db/queries/duties.ts'
import type { DutyState } from '../../model/duty.ts'
import type { Paper, PaperBlock } from '../../model/paper.ts'
import { BadInput } from '../../model/problem.ts'
import { type Asked, fullDay, issuerOf, oneUnit, type Scope, scopeOf } from './asked.ts'
import { daysLate, figuresOf, matterOf, overdueIn } from './figures.ts'

/** What a unit can be pressed for: what it owes, its share as lead or a part that was collected. */
const owed: readonly DutyState[] = ['open', 'returned', 'unclaimed', 'standing', 'waiting', 'review']

/** The duties that codes name, soonest due first. @throws BadInput where the unit owes nothing by one of them */
const ofCodes = async ({ c, units }: Scope, codes: readonly string[], unit: string): Promise<Seen[]> => {
  const found = (await findDuties(c.db, { ...(units && { units }), states: owed })).map((duty) => seen(c, duty))
  const unknown = codes.filter((code) => !found.some(({ duty }) => codeOf(duty) === code))
  if (unknown.length > 0)
    throw new BadInput(
      `${unitName(c, unit)}没有未办结的${unknown.join('、')}：任务编号应像 公开17-3，可先导出任务清单查看`,
    )
  const named = found.filter(({ duty }) => codes.includes(codeOf(duty)))
  // Of a task with several rounds those that are late are meant; where none is, the next one.
  return codes.flatMap((code) => {
    const own = named.filter(({ duty }) => codeOf(duty) === code)
    const late = own.filter(({ overdue }) => overdue)
    return late.length > 0 ? late : own.slice(0, 1)
  })
}

const mattersOf = async (scope: Scope, asked: Asked, unit: string): Promise<Seen[]> => {
  if (asked.codes && asked.codes.length > 0) return ofCodes(scope, [...new Set(asked.codes)], unit)
  const overdue = await overdueIn(scope, await figuresOf(scope))
  if (overdue.length === 0)
    throw new BadInput(`${unitName(scope.c, unit)}没有逾期未办的任务：要督办其他事项，请写明任务编号`)
  return overdue
}

const mattersTable = (c: Context, items: readonly Seen[]): PaperBlock => ({
  kind: 'table',
  columns: [
    { title: '序号', width: 11 },
    { title: '任务编号', width: 26 },
    { title: '督办事项', width: 69, align: 'left' },
    { title: '应完成日', width: 26 },
    { title: '办理情况', width: 24 },
  ],
  rows: items.map((item, i) => [
    String(i + 1),
    codeOf(item.duty),
    matterOf(item),
    item.duty.dueOn ?? '',
    item.overdue ? `逾期${daysLate(item, c.today)}天` : dueWords(c, item),
  ]),
})

/** 督办通知单 to one unit: matters, demand, by when to answer, whom to ask, and a receipt to send back. */
export const notice = async (c: Context, asked: Asked): Promise<Paper> => {
  const unit = oneUnit(asked, '督办通知单')
  const scope = scopeOf(c, asked)
  const items = await mattersOf(scope, asked, unit)
  const late = items.filter(({ overdue }) => overdue).length
  const lateWords = late === 0 ? '' : late === items.length ? '，均已逾期' : `，其中${late}项已逾期`
  return {
    ...{ v: 1, kind: 'notice', title: '督办通知单', to: unitName(c, unit), asOf: c.today, issuer: issuerOf(scope) },
    blocks: [
      {
        kind: 'text',
        text: `截至${fullDay(c.today)}，你单位承担的以下${items.length}项任务尚未办结${lateWords}，现予督办。`,
      },
      mattersTable(c, items),
      {
        kind: 'text',
        text:
          asked.demand ??
          '请你单位抓紧办理，并通过督办台账报送办理结果；因客观原因不能按期完成的，请说明原因，提出完成时限。',
      },
      asked.by
        ? { kind: 'text', text: `请于${fullDay(asked.by)}前书面回复，并将签收回执交回。` }
        : { kind: 'blank', text: '（此处请补充：回复期限）' },
      asked.contact
        ? { kind: 'text', text: `联系人及电话：${asked.contact}` }
        : { kind: 'blank', text: '（此处请补充：联系人及电话）' },
      {
        kind: 'receipt',
        title: '签收回执',
        text: `${issuerOf(scope)}：督办通知单（　　〔　　〕　　号）已收悉。`,
        fields: ['签收单位（盖章）', '签收人', '联系电话', '签收时间'],
      },
    ],
    units: [unit],
    duties: items.map(({ duty }) => duty.id),
    remarks: [
      '督办通知单要送达责任单位，登记签发（签发人、文号、日期）之前每页都有“待签发”字样，不得印发；群里回复“同意”不算签发。',
    ],
  }
}
