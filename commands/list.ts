import {
  countDuties,
  type DutyFilter,
  type DutyView,
  findDuties,
  findTasksSaying,
  readTasks,
  type TaskView,
} from '../db/queries/duties.ts'
import { type Card, moreButton } from '../src/model/card.ts'
import type { Day } from '../src/model/deadline.ts'
import type { DutyState } from '../src/model/duty.ts'
import type { IntentOf, Window } from '../src/model/intent.ts'
import { approvals } from './approvals.ts'
import type { Command, Context, Outcome } from './command.ts'
import { foreignTask, readScope, tasksNamed, tellNotOwn, withoutMerged } from './find.ts'
import { handedIn } from './handed-in.ts'
import { matching } from './match.ts'
import { listCard, together, unclaimedLine } from './page.ts'
import { answerRow, codeOf, isClassLine, type Seen, scopeName, seen, spanWords } from './present.ts'
import { plansNamed } from './rate.ts'

type List = IntentOf<'list'>
type State = NonNullable<List['state']>

const titles: Record<State, string> = {
  open: '到期任务',
  overdue: '逾期任务',
  done: '已办结任务',
  review: '待审核的反馈',
  all: '任务清单',
  unsigned: '未签收任务',
  unclaimed: '待认领任务',
  returned: '已退回任务',
  extension: '延期中的任务',
  waiting: '等待触发的任务',
  unconfirmed: '待核实的任务',
}

const running: readonly DutyState[] = ['open', 'returned', 'standing', 'waiting', 'unclaimed']
const owing: readonly DutyState[] = ['open', 'returned', 'review', 'unclaimed']

/** What to read for a state: the window selects by due day, day of report or day of closing, as the state means. */
const filterOf = (state: State, units: string[] | undefined, window: Window | undefined, today: Day): DutyFilter => {
  const base: DutyFilter = units ? { units } : {}
  switch (state) {
    case 'review':
      return { ...base, states: ['review'], ...(window && { reported: window }) }
    case 'done':
      return { ...base, states: ['done'], ...(window && { closed: window }) }
    case 'overdue':
      // Nothing due later than today is late: the rest of the year is not read.
      return { ...base, states: owing, due: { ...window, to: window && window.to < today ? window.to : today } }
    case 'unclaimed':
    case 'returned':
    case 'waiting':
    case 'unconfirmed':
      return { ...base, states: [state] }
    case 'unsigned':
      return { ...base, states: running, role: 'lead', ...(window && { due: window }) }
    case 'extension':
      return { ...base, states: ['open', 'returned'], ...(window && { due: window }) }
    case 'all':
      return { ...base, ...(window && { due: window }) }
    default:
      return { ...base, states: owing, due: { ...(window && { to: window.to }) } }
  }
}

const isUnclaimed = (c: Context, item: Seen): boolean =>
  item.state === 'unclaimed' && !item.duty.disclaimed && !isClassLine(c, item.duty.unit)

/** 延期中: asked and not answered, or granted and not yet done. */
const isExtended = ({ duty }: Seen): boolean => duty.asked?.kind === 'extension' || duty.firstDueOn !== null

/** What the state of a duty alone does not tell. */
const picks: Partial<Record<State, (c: Context, item: Seen) => boolean>> = {
  overdue: (_, item) => item.overdue,
  unclaimed: isUnclaimed,
  unsigned: (c, item) => item.duty.acceptedOn === null && !isClassLine(c, item.duty.unit) && item.state !== 'unclaimed',
  extension: (_, item) => isExtended(item),
}

const isOwed = (item: Seen): boolean => ['open', 'returned', 'review'].includes(item.state)

/** The three parts of an answer about what is owed: due in the window, overdue from before, and still unclaimed. */
const partition = (c: Context, duties: DutyView[], window: Window | undefined) => {
  const items = duties.map((duty) => seen(c, duty))
  const inside = (item: Seen) => window === undefined || (item.duty.dueOn ?? '') >= window.from
  const running = window === undefined || (window.from <= c.today && c.today <= window.to)
  return {
    due: items.filter((item) => isOwed(item) && inside(item)),
    before: running ? items.filter((item) => item.overdue && isOwed(item) && !inside(item)) : [],
    unclaimed: items.filter((item) => isUnclaimed(c, item) && inside(item)),
    undivided: items.filter((item) => item.state === 'unclaimed' && isClassLine(c, item.duty.unit) && inside(item)),
  }
}

/** Of the tasks those of which somebody owes something by a day; all where of none. */
const owedNow = async (c: Context, tasks: TaskView[]): Promise<TaskView[]> => {
  const ids = tasks.map(({ id }) => id)
  const owed = new Set((await findDuties(c.db, { tasks: ids, states: owing })).map(({ task }) => task))
  return owed.size > 0 ? tasks.filter(({ id }) => owed.has(id)) : tasks
}

/** A question as it came: the frame, whose duties, and what the answer is called. */
interface Asked {
  intent: List
  units: string[] | undefined
  name: string
}

/** Lines of a class whose members nobody has named: the office's to divide. */
const undividedLine = (items: Seen[]): string => {
  const codes = [...new Set(items.map((item) => codeOf(item.duty)))]
  return `待分解${codes.length}项（由主管科室分解到单位）：${codes.slice(0, 12).join('、')}${codes.length > 12 ? '等' : ''}`
}

const ask = (intent: List, reply: Card): Outcome['ask'] => {
  const more = moreButton(reply)
  return more && { intent, want: 'task', options: [more.intent] }
}

const owedList = (c: Context, asked: Asked, duties: DutyView[], done: number): Outcome => {
  const { intent, units, name } = asked
  const { due, before, unclaimed, undivided } = partition(c, duties, intent.window)
  const lists = [
    { ...(before.length > 0 && { title: '本期到期' }), entries: together(due) },
    ...(before.length > 0 ? [{ title: '此前逾期', entries: together(before, true) }] : []),
  ]
  const notes = [
    ...(unclaimed.length > 0 ? [unclaimedLine(c, unclaimed)] : []),
    ...(undivided.length > 0 ? [undividedLine(undivided)] : []),
    ...(done > 0 ? [`同期已办结${done}项。`] : []),
  ]
  const reply = listCard(c, intent, name, lists, notes, units?.length !== 1)
  const more = ask(intent, reply)
  return {
    reply,
    rows: [...due, ...before, ...unclaimed, ...undivided].map((item) => answerRow(c, item)),
    ...(more && { ask: more }),
  }
}

const plainList = (c: Context, { intent, units, name }: Asked, items: Seen[]): Outcome => {
  const byTask = ['overdue', 'unclaimed', 'unsigned'].includes(intent.state ?? '')
  const entries = byTask ? together(items, true) : items.map((item) => [item])
  const reply = listCard(c, intent, name, [{ entries }], [], units?.length !== 1, (shown) => approvals(c, shown))
  const more = ask(intent, reply)
  return { reply, rows: items.map((item) => answerRow(c, item)), ...(more && { ask: more }) }
}

/** Tasks that an answer tells one by one, who has handed in and who has not; more of them are a list. */
const TOLD = 3

/** Tasks that words speak of: those that hold them, else those that are most like them. */
const tasksSaid = async (c: Context, words: string, plans: readonly string[] | undefined): Promise<TaskView[]> => {
  const inPlans = (tasks: TaskView[]) => (plans ? tasks.filter(({ plan }) => plans.includes(plan)) : tasks)
  const holding = inPlans(await findTasksSaying(c.db, words))
  return holding.length > 0 ? holding : matching(inPlans(await readTasks(c.db)), words)
}

/** Where nothing is said of the window: sorted so that what is owed comes before what merely stands. */
const everything = (items: Seen[]): Seen[] => {
  const rank = (item: Seen) => (item.overdue ? 0 : isOwed(item) ? 1 : item.state === 'done' ? 3 : 2)
  return items
    .map((item, i) => ({ item, i }))
    .sort((a, b) => rank(a.item) - rank(b.item) || a.i - b.i)
    .map(({ item }) => item)
}

export const list: Command<'list'> = {
  intent: 'list',
  title: '查任务',
  usage: '[单位] [时间] 有哪些到期/逾期/已办结/待审核的任务',
  example: '本月市财政局有哪些到期任务',
  roles: ['liaison', 'head', 'leader', 'office', 'admin', 'unknown'],
  run: async (c, intent) => {
    const scope = readScope(c, intent.units, intent.mine)
    if ('outcome' in scope) return scope.outcome
    const units = scope.ok
    if (intent.tasks?.length) {
      const tasks = await tasksNamed(c, intent, units)
      if ('outcome' in tasks) return tasks.outcome
      const foreign = await foreignTask(c, tasks.ok, units)
      return foreign ? tellNotOwn(foreign) : handedIn(c, tasks.ok, units, intent.window)
    }
    const { keyword, window } = intent
    const state = intent.state ?? 'open'
    const plans = plansNamed(c, intent.plan)
    const said = keyword ? await tasksSaid(c, keyword, plans) : undefined
    const due = said && (await owedNow(c, said))
    // 实施方案还有哪些单位没报: who reads of several units hears of each task who is missing.
    if (due && state === 'open' && units?.length !== 1 && due.length > 0 && due.length <= TOLD)
      return handedIn(c, due, units, window)
    const filter = {
      ...filterOf(state, units, window, c.today),
      ...(plans && { plans }),
      ...(said && { tasks: said.map(({ id }) => id) }),
    }
    const duties = await withoutMerged(c, await findDuties(c.db, filter))
    const when = window ? spanWords(window, c.today) : ''
    const titled = state === 'open' && !when ? '在办任务' : titles[state]
    const name = [scopeName(c, units, 2), intent.plan, when, keyword ? `“${keyword}”` : '', titled]
    const asked = { intent, units, name: name.filter(Boolean).join(' ') }
    if (state === 'open') {
      const done = window ? await countDuties(c.db, { ...filter, states: ['done'], due: window }) : 0
      return owedList(c, asked, duties, done)
    }
    const items = duties.map((duty) => seen(c, duty))
    const pick = picks[state]
    return plainList(c, asked, pick ? items.filter((item) => pick(c, item)) : everything(items))
  },
}
