import type { Context } from '../../../commands/command.ts'
import { codeOf, type Seen, seen, unitName } from '../../../commands/present.ts'
import type { Standing } from '../../../commands/rate.ts'
import { type DutyView, findDuties } from '../../../db/queries/duties.ts'
import { happenedBetween } from '../../../db/queries/papers.ts'
import type { Day } from '../../model/deadline.ts'
import { ledgerStateWords } from '../../model/ledger.ts'
import type { Paper, PaperBlock } from '../../model/paper.ts'
import { addDays, atOffice, dayOf } from '../../time/day.ts'
import {
  type Asked,
  counted,
  fullDay,
  fullSpan,
  issuerOf,
  namesWords,
  planTitle,
  type Scope,
  scopeOf,
} from './asked.ts'
import {
  asideNote,
  type Figures,
  figuresOf,
  idleNote,
  lateUnits,
  matterOf,
  overallText,
  overdueIn,
  overdueTable,
  unitsPicture,
  unitsTable,
} from './figures.ts'

/** Units that a sentence names; all stand in the annex. */
const NAMED = 20

interface Return {
  duty: DutyView
  /** The day on which it was sent back. */
  on: string
}

/** Reports that were sent back within the window, oldest first. */
const returnsIn = async ({ c, window, units, plans }: Scope): Promise<Return[]> => {
  const begin = (day: string): Date => atOffice(day, '00:00', c.zone)
  const from = window ? begin(window.from) : new Date(0)
  const to = window && window.to < c.today ? begin(addDays(window.to, 1)) : c.now
  const facts = await happenedBetween(c.db, { kinds: ['returned'], from, to })
  const filter = { ids: [...new Set(facts.map(({ duty }) => duty))], ...(units && { units }), ...(plans && { plans }) }
  const duties = new Map((await findDuties(c.db, filter)).map((duty) => [duty.id, duty]))
  return facts.flatMap(({ duty: id, at }) => {
    const duty = duties.get(id)
    return duty ? [{ duty, on: dayOf(at, c.zone) }] : []
  })
}

/** 市财政局2项、市教育局1项 */
const eachWords = (c: Context, counts: readonly (readonly [unit: string, n: number])[], word: string): string => {
  const named = counts.slice(0, NAMED).map(([unit, n]) => `${unitName(c, unit)}${n}${word}`)
  return `${named.join('、')}${counts.length > NAMED ? `，另有${counts.length - NAMED}家` : ''}`
}

const allOnTime = ({ due, done, doneLate }: Standing): boolean => due > 0 && done === due && doneLate === 0

const goodWords = ({ c }: Scope, { all }: Figures): string[] => {
  const good = [...all].filter(([, sum]) => allOnTime(sum)).sort(([, a], [, b]) => b.due - a.due)
  const ids = good.map(([unit]) => unit)
  return good.length === 0 ? [] : [`到期任务全部按时办结的有${good.length}家：${namesWords(c, ids, NAMED)}。`]
}

const lateWords = ({ c }: Scope, figures: Figures, items: readonly Seen[], annex: string): string => {
  const late = lateUnits(figures)
  if (items.length === 0) return '没有逾期未办的任务。'
  const counts = late.map(([unit, { red }]) => [unit, red] as const)
  return `${late.length}家单位的${items.length}项任务逾期未办：${eachWords(c, counts, '项')}。逐项情况见附件${annex}。`
}

const returnWords = ({ c }: Scope, returns: readonly Return[], annex: string): string => {
  if (returns.length === 0) return '没有退回的反馈。'
  const counts = new Map<string, number>()
  for (const { duty } of returns) counts.set(duty.unit, (counts.get(duty.unit) ?? 0) + 1)
  const sorted = [...counts].sort(([, a], [, b]) => b - a)
  return `共退回反馈${returns.length}次，涉及${counts.size}家单位：${eachWords(c, sorted, '次')}。逐项情况见附件${annex}。`
}

const returnsTable = (c: Context, returns: readonly Return[]): PaperBlock => ({
  kind: 'table',
  columns: [
    { title: '序号', width: 11 },
    { title: '责任单位', width: 27, align: 'left' },
    { title: '任务编号', width: 25 },
    { title: '事项', width: 50, align: 'left' },
    { title: '退回日期', width: 25 },
    { title: '目前状态', width: 19 },
  ],
  rows: returns.map(({ duty, on }, i) => {
    const item = seen(c, duty)
    return [String(i + 1), unitName(c, duty.unit), codeOf(duty), matterOf(item), on, ledgerStateWords[item.state]]
  }),
})

/** The day of the 整改 is set with the signature. */
const NO_DAY: PaperBlock = { kind: 'blank', text: '（逾期未办任务的整改期限：登记签发时填写）' }

const rectifyBy = (day: Day): PaperBlock => ({
  kind: 'text',
  text: `附件所列逾期未办任务的责任单位，请于${fullDay(day)}前完成整改，并通过督办台账报送办理结果。`,
})

/** The bulletin as it is signed: with the day by which what it names must be put right. */
export const withRectifyDay = <P extends Pick<Paper, 'blocks'>>(paper: P, day: Day): P => ({
  ...paper,
  blocks: paper.blocks.map((block) =>
    block.kind === NO_DAY.kind && block.text === NO_DAY.text ? rectifyBy(day) : block,
  ),
})

const demandsOf = (asked: Asked, late: boolean): PaperBlock[] => {
  const words: PaperBlock[] = asked.demand ? [{ kind: 'text', text: asked.demand }] : []
  if (!late) return asked.demand ? words : [{ kind: 'blank', text: '（此处请补充：下一步工作要求）' }]
  return [asked.by ? rectifyBy(asked.by) : NO_DAY, ...words]
}

const annexesWords = (titles: readonly string[]): string =>
  titles.length === 1
    ? `附件：${titles[0]}`
    : titles.map((title, i) => `${i === 0 ? '附件：' : '　　　'}${i + 1}. ${title}`).join('\n')

/** The rule behind the mark on it, for whoever has it signed. */
const remarksOf = (named: number): string[] => [
  ...(named > 0 ? [`本通报点名${named}家单位逾期或退回的任务，属于批评。`] : []),
  '按《政府督查工作条例》第二十一条，表扬、批评等要经本级人民政府或者其负责人审核批准：登记签发（签发人、文号、日期）之前，每页都有“待签发”字样，不得印发；群里回复“同意”不算签发。',
]

/** 通报 of a window, of all or of one plan: figures, who is late and with what, what was sent back, what is demanded. */
export const bulletin = async (c: Context, asked: Asked): Promise<Paper> => {
  const scope = scopeOf(c, asked)
  const figures = await figuresOf(scope)
  const [overdue, returns] = [await overdueIn(scope, figures), await returnsIn(scope)]
  const titles = [
    ...(figures.sum.due > 0 ? ['各责任单位任务完成情况表'] : []),
    ...(overdue.length > 0 ? ['逾期未办任务清单'] : []),
    ...(returns.length > 0 ? ['退回反馈清单'] : []),
  ]
  const annexOf = (title: string) => (titles.length > 1 ? String(titles.indexOf(title) + 1) : '')
  const good = goodWords(scope, figures)
  const sections: { title: string; blocks: PaperBlock[] }[] = [
    { title: '总体情况', blocks: [{ kind: 'text', text: overallText(scope, figures) }] },
    ...(good.length > 0
      ? [{ title: '按时办结情况', blocks: good.map((text) => ({ kind: 'text' as const, text })) }]
      : []),
    {
      title: '逾期和退回情况',
      blocks: [
        { kind: 'text', text: lateWords(scope, figures, overdue, annexOf('逾期未办任务清单')) },
        { kind: 'text', text: returnWords(scope, returns, annexOf('退回反馈清单')) },
      ],
    },
    { title: '下一步要求', blocks: demandsOf(asked, overdue.length > 0) },
  ]
  const named = [...new Set([...overdue.map(({ duty }) => duty.unit), ...returns.map(({ duty }) => duty.unit)])]
  const span = fullSpan(scope.window)
  return {
    ...{ v: 1, kind: 'bulletin', asOf: c.today, issuer: issuerOf(scope), to: '各责任单位' },
    title: `关于${span}${planTitle(scope)}任务办理情况的通报`,
    blocks: [
      { kind: 'text', text: `现将${span}${planTitle(scope)}任务办理情况通报如下。` },
      ...sections.flatMap(({ title, blocks }, i): PaperBlock[] => [
        { kind: 'heading', level: 1, text: `${counted(i + 1)}、${title}` },
        ...blocks,
      ]),
      ...(titles.length > 0 ? [{ kind: 'text' as const, text: `\n${annexesWords(titles)}` }] : []),
      ...(figures.sum.due > 0
        ? [
            { kind: 'annex' as const, title: '各责任单位任务完成情况表' },
            ...unitsPicture(scope, figures),
            unitsTable(scope, figures),
            asideNote(scope, figures),
            ...idleNote(scope, figures),
          ]
        : []),
      ...(overdue.length > 0
        ? [{ kind: 'annex' as const, title: '逾期未办任务清单' }, overdueTable(scope, overdue)]
        : []),
      ...(returns.length > 0 ? [{ kind: 'annex' as const, title: '退回反馈清单' }, returnsTable(c, returns)] : []),
    ],
    units: named,
    duties: overdue.map(({ duty }) => duty.id),
    remarks: remarksOf(named.length),
  }
}
