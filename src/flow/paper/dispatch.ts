import type { Context } from '../../../commands/command.ts'
import { codeOf, isClassLine, type Seen, seen, unitName } from '../../../commands/present.ts'
import { findDuties } from '../../../db/queries/duties.ts'
import type { Day } from '../../model/deadline.ts'
import type { DutyState } from '../../model/duty.ts'
import type { Paper, PaperBlock } from '../../model/paper.ts'
import { addDays, endOf, startOf } from '../../time/day.ts'
import { type Asked, counted, fullDay, fullSpan, issuerOf, planTitle, type Scope, scopeOf } from './asked.ts'
import {
  asideNote,
  figuresOf,
  idleNote,
  matterOf,
  overallText,
  overdueIn,
  overdueTable,
  unitsPicture,
  unitsTable,
} from './figures.ts'

const dutiesIn = async ({ c, units, plans }: Scope, filter: Parameters<typeof findDuties>[1]): Promise<Seen[]> =>
  (await findDuties(c.db, { ...(units && { units }), ...(plans && { plans }), ...filter }))
    .filter(({ unit }) => !isClassLine(c, unit))
    .map((duty) => seen(c, duty))

const mattersTable = (
  c: Context,
  items: readonly Seen[],
  last: string,
  lastOf: (item: Seen) => string,
): PaperBlock => ({
  kind: 'table',
  columns: [
    { title: '序号', width: 11 },
    { title: '责任单位', width: 28, align: 'left' },
    { title: '任务编号', width: 25 },
    { title: '事项', width: 60, align: 'left' },
    { title: last, width: 32 },
  ],
  rows: items.map((item, i) => [
    String(i + 1),
    unitName(c, item.duty.unit),
    codeOf(item.duty),
    matterOf(item),
    lastOf(item),
  ]),
})

/** What keeps a duty from going on, in words. */
const blockedBy = ({ duty, state }: Seen): string => {
  if (duty.asked?.kind === 'extension') return `申请延期到${duty.asked.until}`
  if (duty.asked?.kind === 'decline') return '报不属本单位职责'
  if (state === 'waiting') return '等待触发'
  return state === 'suspended' ? '已中止' : ''
}

const held: readonly DutyState[] = ['waiting', 'suspended']

const blockersIn = async (scope: Scope): Promise<Seen[]> => {
  const [asking, waiting] = [
    await dutiesIn(scope, { asked: true }),
    await dutiesIn(scope, { states: held, role: 'lead' }),
  ]
  const known = new Set(asking.map(({ duty }) => duty.id))
  return [...asking, ...waiting.filter(({ duty }) => !known.has(duty.id))]
}

interface Section {
  title: string
  blocks: PaperBlock[]
}

const listed = (words: string, none: string, items: readonly Seen[], table: () => PaperBlock): PaperBlock[] =>
  items.length === 0 ? [{ kind: 'text', text: none }] : [{ kind: 'text', text: words }, table()]

/** What the window is called: a month, unless another was asked for. */
const spanWords = (from: Day, to: Day) =>
  from === startOf(from, 'month') && to === endOf(from, 'month')
    ? { own: '本月', before: '以前月份', next: '下月' }
    : { own: '本期', before: '以前各期', next: '接下来' }

/** 月度调度情况, for the house: this month's figures, what is late, what is due next month, what stands in the way, what is going on without end. */
export const dispatch = async (c: Context, asked: Asked): Promise<Paper> => {
  const from = asked.from ?? startOf(c.today, 'month')
  const to = asked.to ?? endOf(from, 'month')
  const scope = scopeOf(c, { ...asked, from, to })
  const after = { from: addDays(to, 1), to: endOf(addDays(to, 1), 'month') }
  const figures = await figuresOf(scope)
  const overdue = await overdueIn({ ...scope, window: undefined }, await figuresOf({ ...scope, window: undefined }))
  const owing: DutyState[] = ['open', 'returned', 'unclaimed']
  const next = (await dutiesIn(scope, { states: owing, role: 'lead', due: after })).filter(
    ({ state }) => state !== 'unclaimed',
  )
  const blockers = await blockersIn(scope)
  const results = await dutiesIn(scope, { states: ['standing'], reported: { from, to } })
  const span = fullSpan({ from, to })
  const words = spanWords(from, to)
  const due = figures.sum.due > 0
  const sections: Section[] = [
    {
      title: `${words.own}任务完成情况`,
      blocks: [
        { kind: 'text', text: overallText(scope, figures) },
        ...unitsPicture(scope, figures),
        ...(due ? [unitsTable(scope, figures), asideNote(scope, figures), ...idleNote(scope, figures)] : []),
      ],
    },
    {
      title: '累计逾期未办任务',
      blocks: listed(
        `截至${fullDay(c.today)}共${overdue.length}项（含${words.before}）。`,
        '没有逾期未办的任务。',
        overdue,
        () => overdueTable(scope, overdue),
      ),
    },
    {
      title: `${words.next}到期任务`,
      blocks: listed(
        `${fullSpan(after)}到期、尚未报送的任务${next.length}项。`,
        `${fullSpan(after)}没有到期的任务。`,
        next,
        () => mattersTable(c, next, '到期日', ({ duty }) => `${duty.dueOn}${duty.provisional ? '（暂定）' : ''}`),
      ),
    },
    {
      title: '需要协调的事项',
      blocks: listed(
        `申请延期、报不属本单位职责、等待触发和已中止的任务${blockers.length}项。`,
        '没有需要协调的事项。',
        blockers,
        () => mattersTable(c, blockers, '情况', blockedBy),
      ),
    },
    {
      title: '持续推进任务阶段成果',
      blocks: listed(
        `${words.own}报送阶段成果的任务${results.length}项。`,
        `${words.own}没有报送阶段成果。`,
        results,
        () => mattersTable(c, results, '最近报送日', ({ duty }) => duty.reportedOn ?? ''),
      ),
    },
  ]
  return {
    ...{ v: 1, kind: 'dispatch', title: `${span}${planTitle(scope)}任务调度情况`, to: '', asOf: c.today },
    issuer: issuerOf(scope),
    blocks: sections.flatMap(({ title, blocks }, i): PaperBlock[] => [
      { kind: 'heading', level: 1, text: `${counted(i + 1)}、${title}` },
      ...blocks,
    ]),
    units: [...new Set(overdue.map(({ duty }) => duty.unit))],
    duties: [],
    remarks: ['调度情况供内部使用，不发责任单位；对外点名要用通报，并登记签发。'],
  }
}
