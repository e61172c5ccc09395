import { asideWords, together } from '../../../commands/figures.ts'
import { mostLateFirst } from '../../../commands/late-first.ts'
import { unitsChart } from '../../../commands/leader-chart.ts'
import { codeOf, demandWords, isClassLine, roundWords, type Seen, seen, unitName } from '../../../commands/present.ts'
import { ranked } from '../../../commands/rank.ts'
import { judgedUpTo, percent, type Standing, standings } from '../../../commands/rate.ts'
import { type DutyView, findDuties } from '../../../db/queries/duties.ts'
import type { Day } from '../../model/deadline.ts'
import type { PaperBlock } from '../../model/paper.ts'
import { daysBetween } from '../../time/day.ts'
import { fullDay, fullSpan, namesWords, type Scope } from './asked.ts'

/** How all that a paper is about stands: what `standings` counts for the chat and the console. */
export interface Figures {
  all: Map<string, Standing>
  sum: Standing
}

export const figuresOf = async ({ c, units, plans, window }: Scope): Promise<Figures> => {
  const all = await standings(c, { units, plans, window })
  return { all, sum: together(all.values()) }
}

const owing = ({ all }: Figures): string[] => [...all].filter(([, { due }]) => due > 0).map(([unit]) => unit)

const ofWhich = (words: string, n: number, parts: string): string => (n > 0 ? `${words}（${parts}）` : words)

/** 已办结8项……完成率66.7%: the rate and its parts, which add up to what was due. */
const rateWords = (sum: Standing): string => {
  const { due, done, doneLate, review, reviewLate, red } = sum
  const left = due - done - review
  const parts = [
    ofWhich(`已办结${done}项`, done, `按时${done - doneLate}项、逾期办结${doneLate}项`),
    ofWhich(`待审核${review}项`, review, `按时报送${review - reviewLate}项、逾期报送${reviewLate}项`),
    ofWhich(`未完成${left}项`, left, `其中逾期${red}项`),
  ]
  return `${parts.join('，')}，完成率${percent(done, due)}。`
}

/** The days of the window that are judged: 2026年三季度, and while it runs 2026年7月1日至8月20日. */
const judgedWords = ({ c, window }: Scope): string =>
  window ? fullSpan({ from: window.from, to: judgedUpTo(window, c.today) }) : ''

/** What was due and how it stands, as a paper begins. */
export const overallText = (scope: Scope, figures: Figures): string => {
  const { c, window, units } = scope
  const asOf = `截至${fullDay(c.today)}，`
  if (figures.sum.due === 0) return `${asOf}${fullSpan(window)}没有到期应完成的任务。`
  const among = units?.length === 1 ? '' : `，涉及${owing(figures).length}家责任单位`
  const due = `应完成任务${figures.sum.due}项${among}`
  return window
    ? `${judgedWords(scope)}${due}。${asOf}${rateWords(figures.sum)}`
    : `${asOf}${due}。其中，${rateWords(figures.sum)}`
}

/** What the rate leaves out, in small print. */
export const asideNote = ({ c, window }: Scope, { sum }: Figures): PaperBlock => ({
  kind: 'note',
  text: `注：完成率＝已办结÷应完成，数据截至${fullDay(c.today)}。不计入完成率：${window ? '' : `未到期${sum.later}项、`}${asideWords(sum)}。`,
})

const openOf = ({ due, done, review, red }: Standing): number => due - done - review - red

const cellsOf = (sum: Standing): string[] => [
  ...[sum.due, sum.done - sum.doneLate, sum.doneLate, sum.review, openOf(sum), sum.red].map(String),
  percent(sum.done, sum.due),
]

/** Units that owed something in their places, and a sum where there are several. */
export const unitsTable = ({ c }: Scope, { all, sum }: Figures): PaperBlock => {
  const rows = ranked(all).map((place) => [String(place.rank), unitName(c, place.unit), ...cellsOf(place)])
  return {
    kind: 'table',
    columns: [
      { title: '位次', width: 12 },
      { title: '责任单位', width: 42, align: 'left' },
      ...['应完成', '按时\n办结', '逾期\n办结', '待审核', '在办', '逾期\n未办'].map((title) => ({ title, width: 14 })),
      { title: '完成率', width: 18 },
    ],
    rows: rows.length > 1 ? [...rows, ['', '合计', ...cellsOf(sum)]] : rows,
  }
}

/** The picture of the table; none where fewer than two units owed anything. */
export const unitsPicture = ({ c }: Scope, { all }: Figures): PaperBlock[] => {
  const chart = unitsChart(c, all)
  return chart ? [{ kind: 'chart', chart }] : []
}

/** Units that the paper is about and that owed nothing, in small print. */
const NAMED = 60
export const idleNote = ({ c }: Scope, { all }: Figures): PaperBlock[] => {
  const idle = [...all].filter(([, { due }]) => due === 0).map(([unit]) => unit)
  return idle.length === 0
    ? []
    : [{ kind: 'note', text: `没有到期任务、不排位次的${idle.length}家：${namesWords(c, idle, NAMED)}。` }]
}

/** Who is late, most first. */
export const lateUnits = ({ all }: Figures): [unit: string, sum: Standing][] =>
  [...all].filter(([, { red }]) => red > 0).sort(mostLateFirst)

/** What is overdue of the leads' shares, in the units' order and by day: as many as the figures count. */
export const overdueIn = async (scope: Scope, figures: Figures): Promise<Seen[]> => {
  const { c, units, plans, window } = scope
  const states = ['open', 'returned', 'unclaimed'] as const
  const found = await findDuties(c.db, {
    ...(units && { units }),
    ...(plans && { plans }),
    ...{ states, role: 'lead', due: { to: c.today } },
  })
  const { from, to } = { from: window?.from ?? '1000-01-01', to: judgedUpTo(window, c.today) }
  const place = new Map(lateUnits(figures).map(([unit], i) => [unit, i]))
  return found
    .filter(({ unit, owedOn }) => !isClassLine(c, unit) && owedOn !== null && owedOn >= from && owedOn <= to)
    .map((duty) => seen(c, duty))
    .filter(({ overdue }) => overdue)
    .sort((a, b) => (place.get(a.duty.unit) ?? 0) - (place.get(b.duty.unit) ?? 0))
}

/** How many days it is late, as the chat says it. */
export const daysLate = ({ duty }: Seen, today: Day): number => (duty.dueOn ? daysBetween(duty.dueOn, today) : 0)

/** Signs of a matter in a table: three lines. */
const MATTER = 48

/** What a duty is about and which of its rounds: of a 工作秘密 task nothing but its number. */
export const matterOf = (item: Seen, length = MATTER): string => {
  const { duty } = item
  const round = roundWords(duty.round, '')
  const words = duty.secret ? '工作秘密事项，内容从略' : demandWords(duty, length)
  return round ? `${words}（${round}）` : words
}

/** Does the text say what the duty is about, as `matterOf` says it of one that is no 工作秘密? */
export const saysMatter = (text: string, duty: DutyView): boolean =>
  text.includes(demandWords({ ...duty, secret: false }, MATTER))

/** What is overdue: who, what, since when. */
export const overdueTable = ({ c }: Scope, items: readonly Seen[]): PaperBlock => ({
  kind: 'table',
  columns: [
    { title: '序号', width: 11 },
    { title: '责任单位', width: 27, align: 'left' },
    { title: '任务编号', width: 25 },
    { title: '事项', width: 52, align: 'left' },
    { title: '应完成日', width: 25 },
    { title: '逾期\n天数', width: 17 },
  ],
  rows: items.map((item, i) => [
    String(i + 1),
    unitName(c, item.duty.unit),
    codeOf(item.duty),
    matterOf(item),
    item.duty.dueOn ?? '',
    `${daysLate(item, c.today)}天`,
  ]),
})
