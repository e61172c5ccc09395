import { type CaseRow, caseNumbered, casesOf, nextCaseNumber } from '../db/queries/cases.ts'
import { requestNumber } from '../src/chat/request-words.ts'
import type { IntentOf } from '../src/model/intent.ts'
import { isOffice, knownRoles } from '../src/model/person.ts'
import { BadInput } from '../src/model/problem.ts'
import { application } from '../src/register/application/index.ts'
import { decide, open } from '../src/register/decide.ts'
import { numberOf } from '../src/register/register.ts'
import { caseIn, readsCase, registerView, unitsRead } from './cases.ts'
import type { Command, Context, Outcome } from './command.ts'
import { problem } from './problem.ts'
import { requestCard, requestList, SOON } from './request-card.ts'
import { forms, meantBy, meantRegistered } from './request-deeds.ts'

type Frame = IntentOf<'request'>
type Action = Exclude<NonNullable<Frame['action']>, 'register' | 'list'>

const isOpen = ({ closedOn }: CaseRow): boolean => closedOn === null

const noSuch = (example: string): Outcome => ({
  reply: problem('没有这一件', '登记簿里没有这个编号的依申请，或者不是本单位承办的。', example),
})

/** Two years have an application of that number: the speaker says which. */
const asked = (intent: Frame, rows: readonly CaseRow[]): Outcome => ({
  reply: {
    ...problem('是哪一件？', '两年都有这个编号的依申请，请回复序号。'),
    blocks: [
      { kind: 'text', text: '两年都有这个编号的依申请，请回复序号。' },
      { kind: 'list', lines: rows.map((row, i) => ({ text: `${i + 1}. ${numberOf(application, row)} ${row.title}` })) },
    ],
  },
  ask: { intent, want: 'task', options: rows.map(({ year, ord }) => ({ ...intent, year, ord })) },
})

/** A bare number is the open application of it of this year or the last; none open, the only one that is there. */
const found = async (c: Context, intent: Frame, example: string): Promise<CaseRow | Outcome> => {
  const said = intent.ord === undefined ? requestNumber(c.message.text) : { ord: intent.ord, year: intent.year }
  if (!said)
    return {
      reply: problem('请写明是哪一件', '请写上编号，例如依申请3号；其他年度的写全，例如依申请2026-3。', example),
    }
  const thisYear = Number(c.today.slice(0, 4))
  const years = said.year === undefined ? [thisYear, thisYear - 1] : [said.year]
  const rows: CaseRow[] = []
  for (const year of years) {
    const row = await caseNumbered(c.db, 'application', year, said.ord)
    if (row && readsCase(c, row)) rows.push(row)
  }
  const open = rows.filter(isOpen)
  const meant = open.length > 0 ? open : rows
  const [one] = meant
  if (!one) return noSuch(example)
  return meant.length > 1 ? asked(intent, meant) : one
}

const isRow = (one: CaseRow | Outcome): one is CaseRow => 'version' in one

/** What the law or the course of the case forbids is told with its article; nothing is changed. */
const orProblem = async (example: string, run: () => Promise<Outcome>): Promise<Outcome> => {
  try {
    return await run()
  } catch (error) {
    if (!(error instanceof BadInput)) throw error
    return { reply: problem('没有登记', `${error.message}。`, example) }
  }
}

const refused = (title: string): Outcome => ({
  reply: problem('没有这项权限', `${title}由主管科室办理，本次没有登记。`),
  refused: 'role',
})

const register = async (c: Context): Promise<Outcome> => {
  if (!isOffice(c.actor)) return refused('登记依申请公开')
  const said = meantRegistered(c)
  if ('lacks' in said) return { reply: said.lacks }
  return orProblem(forms.register, async () => {
    const year = Number(said.input.at?.slice(0, 4))
    const ord = await nextCaseNumber(c.db, 'application', year)
    const decided = open(application, { ...said.input }, { year, ord }, registerView(c))
    return { reply: requestCard(c, '已登记', decided.next), cases: [{ id: c.newId(), decided }] }
  })
}

const act = async (c: Context, intent: Frame, action: Action): Promise<Outcome> => {
  if (!isOffice(c.actor) && (action !== 'note' || c.actor.role === 'leader'))
    return refused('依申请公开的答复、延期和交办')
  const row = await found(c, intent, forms[action])
  if (!isRow(row)) return row
  const it = caseIn(row)
  const meant = meantBy(c, action, it)
  if ('lacks' in meant) return { reply: meant.lacks }
  return orProblem(forms[action], async () => {
    const decided = decide(application, it, meant.deed, meant.input, registerView(c))
    const was = { version: row.version, head: row.head }
    return { reply: requestCard(c, meant.title, decided.next), cases: [{ id: row.id, was, decided }] }
  })
}

const listed = async (c: Context, intent: Frame): Promise<Outcome> => {
  if (intent.ord !== undefined || requestNumber(c.message.text)) {
    const row = await found(c, intent, '例：依申请3号')
    return isRow(row) ? { reply: { ...requestCard(c, '依申请公开', caseIn(row)), tone: 'plain' } } : row
  }
  const units = unitsRead(c)
  const text = c.message.text
  const rows = await casesOf(c.db, { kinds: ['application'], open: true, ...(units && { units }) })
  const late = /逾期|超期(?!的?前)/.test(text) && !/快|将|要/.test(text)
  const soon = !late && /到期|超期/.test(text)
  const until = late ? c.today : c.calendar.addWorkdays(c.today, SOON)
  const shown = late || soon ? rows.filter(({ due }) => due !== null && (late ? due < until : due <= until)) : rows
  const title = late ? '逾期未答复的依申请' : soon ? `${SOON}个工作日内到期和已逾期的依申请` : '未办结的依申请'
  if (shown.length > 0) return { reply: requestList(c, title, shown) }
  return { reply: problem(`没有${title}`, rows.length > 0 ? `未办结的共${rows.length}件。` : '登记簿里没有未办结的。') }
}

/** 依申请公开: entered, handed to a unit, extended and answered by the office; a unit reads its own and tells how it stands. */
export const request: Command<'request'> = {
  intent: 'request',
  title: '依申请公开',
  usage: '登记依申请…；把依申请3号交某单位办；依申请3号延期…；依申请3号已答复…；依申请3号；依申请有哪些快到期',
  example: '依申请有哪些快到期',
  officeExample: forms.register.replace(/^例：|。.*$/g, ''),
  roles: knownRoles,
  run: (c, intent) => {
    const { action = 'list' } = intent
    if (action === 'register') return register(c)
    return action === 'list' ? listed(c, intent) : act(c, intent, action)
  },
}
