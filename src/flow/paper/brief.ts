import type { Context } from '../../../commands/command.ts'
import { asideWords } from '../../../commands/figures.ts'
import { codeOf, type Seen, scopeName, seen, unitName } from '../../../commands/present.ts'
import { percent } from '../../../commands/rate.ts'
import { findDuties } from '../../../db/queries/duties.ts'
import type { Paper, PaperBlock } from '../../model/paper.ts'
import { addDays } from '../../time/day.ts'
import { type Asked, fullDay, fullSpan, issuerOf, planTitle, type Scope, scopeOf } from './asked.ts'
import { daysLate, type Figures, figuresOf, lateUnits, matterOf, overallText, overdueIn } from './figures.ts'

/** What one page holds of units and of matters, and signs of a matter in two lines. */
const UNITS = 5
const MATTERS = 5
const MATTER = 24

const lateTable = ({ c }: Scope, figures: Figures, items: readonly Seen[]): PaperBlock => ({
  kind: 'table',
  title: '逾期较多的单位',
  columns: [
    { title: '责任单位', width: 56, align: 'left' },
    ...['应完成', '已办结', '逾期未办'].map((title) => ({ title, width: 22 })),
    { title: '完成率', width: 22 },
    { title: '最长逾期', width: 24 },
  ],
  rows: lateUnits(figures)
    .slice(0, UNITS)
    .map(([unit, { due, done, red }]) => {
      const most = Math.max(...items.filter(({ duty }) => duty.unit === unit).map((item) => daysLate(item, c.today)))
      return [unitName(c, unit), ...[due, done, red].map(String), percent(done, due), `${most}天`]
    }),
})

const mattersTable = ({ c }: Scope, items: readonly Seen[]): PaperBlock => ({
  kind: 'table',
  title: '逾期最久的任务',
  columns: [
    { title: '任务编号', width: 28 },
    { title: '事项', width: 62, align: 'left' },
    { title: '责任单位', width: 52, align: 'left' },
    { title: '逾期', width: 18 },
  ],
  rows: [...items]
    .sort((a, b) => daysLate(b, c.today) - daysLate(a, c.today))
    .slice(0, MATTERS)
    .map((item) => [
      codeOf(item.duty),
      matterOf(item, MATTER),
      unitName(c, item.duty.unit),
      `${daysLate(item, c.today)}天`,
    ]),
})

/** What comes up within the week, and what waits for a decision of the office. */
const aheadText = async ({ c, units, plans }: Scope, { sum }: Figures): Promise<string> => {
  const narrowed = { ...(units && { units }), ...(plans && { plans }) }
  const days = { from: c.today, to: addDays(c.today, 6) }
  const coming = (await findDuties(c.db, { ...narrowed, states: ['open', 'returned'], role: 'lead', due: days }))
    .map((duty) => seen(c, duty))
    .filter(({ overdue }) => !overdue)
  const asked = await findDuties(c.db, { ...narrowed, asked: true })
  const extensions = asked.filter((duty) => duty.asked?.kind === 'extension').length
  return `${fullSpan(days)}到期${coming.length}项；待审核${sum.review}项，待批延期${extensions}项，待定职责${asked.length - extensions}项。`
}

/** One page for a leader: how it stands, who is behind with what, what comes up. */
export const brief = async (c: Context, asked: Asked): Promise<Paper> => {
  const scope = scopeOf(c, asked)
  const figures = await figuresOf(scope)
  const overdue = await overdueIn(scope, figures)
  const whose = asked.unit ? unitName(c, asked.unit) : scopeName(c, asked.units, 1) || c.office.name
  return {
    ...{ v: 1, kind: 'brief', to: '', asOf: c.today, issuer: issuerOf(scope) },
    title: `${whose}${fullSpan(scope.window)}${planTitle(scope)}任务督办情况`,
    blocks: [
      { kind: 'text', text: overallText(scope, figures) },
      { kind: 'text', text: await aheadText(scope, figures) },
      ...(overdue.length > 0
        ? [lateTable(scope, figures, overdue), mattersTable(scope, overdue)]
        : [{ kind: 'text' as const, text: '没有逾期未办的任务。' }]),
      {
        kind: 'note',
        text: `注：完成率＝已办结÷应完成，数据截至${fullDay(c.today)}。不计入完成率：${asideWords(figures.sum)}。`,
      },
    ],
    ...{ units: lateUnits(figures).map(([unit]) => unit), duties: [], remarks: [] },
  }
}
