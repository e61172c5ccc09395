import type { CaseRow } from '../db/queries/cases.ts'
import type { Block, Card, Line } from '../src/model/card.ts'
import type { Case, CaseView } from '../src/model/case.ts'
import { isOffice } from '../src/model/person.ts'
import { application } from '../src/register/application/index.ts'
import { numberOf } from '../src/register/register.ts'
import { stepBlocks } from './case-steps.ts'
import { clockWords, isOver, runningOf } from './case-words.ts'
import { registerView, viewOf } from './cases.ts'
import type { Context } from './command.ts'
import { unitName } from './present.ts'

/** Who asked and what for is told to the office alone, and to nobody where others read along. */
const seesApplicant = (c: Context): boolean => c.place.scope === 'private' && isOffice(c.actor)

const personal = (c: Context, { secret }: Case): [string, string][] =>
  seesApplicant(c)
    ? (['name', 'contact', 'description'] as const).flatMap((field): [string, string][] => {
        const text = secret[`registered.${field}`]
        return text === undefined ? [] : [[labels[field], text]]
      })
    : []
const labels = { name: '申请人', contact: '联系方式', description: '申请内容' } as const

/** An application as it stands, with the steps of its limits. */
export const requestCard = (c: Context, title: string, it: Case): Card => {
  const view: CaseView = application.view(it, registerView(c))
  const warned = view.facts.some(([label]) => label === '注意')
  const running = runningOf(view.clocks)
  const blocks: Block[] = [
    {
      kind: 'fields',
      fields: [
        ['事由', view.title],
        ...personal(c, it),
        ['办理状态', application.states[view.state] ?? view.state],
        ...(view.unit ? ([['承办单位', unitName(c, view.unit)]] as [string, string][]) : []),
        ...(running.length > 0
          ? ([['时限', running.map((clock) => clockWords(c, clock)).join('；')]] as [string, string][])
          : []),
        ...view.facts,
      ],
    },
    ...stepBlocks(c, view.clocks),
  ]
  return { title: `${title}：${numberOf(application, it)}`, tone: warned ? 'warn' : 'good', blocks }
}

/** Workdays before its end from which a limit is told as near. */
export const SOON = 5

const lineOf = (c: Context, row: CaseRow): Line => {
  const { clocks, title } = viewOf(row, registerView(c))
  const [ending] = runningOf(clocks)
  const due = ending?.due ?? null
  const soon = due !== null && c.calendar.workdaysBetween(c.today, due) <= 3
  const state = application.states[row.state] ?? row.state
  return {
    text: [
      `${numberOf(application, row)} ${title}`,
      row.unit ? unitName(c, row.unit) : '未交办',
      ending ? clockWords(c, ending) : state,
    ].join(' · '),
    ...(due !== null && { light: isOver(c, due) ? ('red' as const) : soon ? ('yellow' as const) : ('green' as const) }),
  }
}

const MOST = 20

export const requestList = (c: Context, title: string, rows: readonly CaseRow[]): Card => ({
  title: `${title}${rows.length}件`,
  tone: 'plain',
  blocks: [
    { kind: 'list', lines: rows.slice(0, MOST).map((row) => lineOf(c, row)) },
    ...(rows.length > MOST
      ? [{ kind: 'note', text: `只列最先到期的${MOST}件，其余请到网页版看` } satisfies Block]
      : []),
    { kind: 'note', text: '看一件的时限怎么算：依申请加编号，例：依申请3号' },
  ],
})
