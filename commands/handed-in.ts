import type { DutyView, TaskView } from '../db/queries/duties.ts'
import type { Block } from '../src/model/card.ts'
import type { Day } from '../src/model/deadline.ts'
import { type DutyState, stateWords } from '../src/model/duty.ts'
import type { Window } from '../src/model/intent.ts'
import { periodOf } from '../src/time/schedule.ts'
import type { Context, Outcome } from './command.ts'
import { dutiesOfTasks, withoutMerged } from './find.ts'
import {
  answerRow,
  asOf,
  codeOf,
  dayWords,
  firstWords,
  roundWords,
  type Seen,
  seen,
  textOf,
  titleOf,
  unitName,
} from './present.ts'
import { refuseReading } from './refuse.ts'

/** Rounds of one task in an answer: two that are late, and the one that runs. */
const LATE = 2
/** Rounds in an answer about several tasks. */
const SHOWN = 6

/** One demand of a task in one round, at all its units; rounds of one day that stand alike are one. */
interface Sitting {
  rounds: string[]
  /** The day as it stood before anybody was given a later one. */
  due: Day | null
  /** One a unit, and beside them those of the rounds that stand alike. */
  items: Seen[]
  rows: Seen[]
}

const dueOf = ({ duty }: Seen): Day | null => duty.firstDueOn ?? duty.owedOn ?? duty.dueOn

const sittingsOf = (items: readonly Seen[]): Sitting[] => {
  const sittings = new Map<string, Sitting>()
  for (const item of items) {
    const key = `${item.duty.demand} ${item.duty.round}`
    const due = dueOf(item)
    const known = sittings.get(key)
    if (!known) sittings.set(key, { rounds: [item.duty.round], due, items: [item], rows: [item] })
    else {
      known.items.push(item)
      known.rows.push(item)
      if (due && (!known.due || due < known.due)) known.due = due
    }
  }
  return [...sittings.values()].sort((a, b) => ((a.due ?? '9') < (b.due ?? '9') ? -1 : 1))
}

const standsAlike = ({ due, items }: Sitting): string =>
  [due, ...items.map(({ duty, state }) => `${duty.unit} ${state} ${duty.dueOn}`)].join('|')

const alikeTogether = (sittings: readonly Sitting[]): Sitting[] => {
  const merged = new Map<string, Sitting>()
  for (const sitting of sittings) {
    const known = merged.get(standsAlike(sitting))
    if (known) {
      known.rounds.push(...sitting.rounds)
      known.rows.push(...sitting.rows)
    } else merged.set(standsAlike(sitting), sitting)
  }
  return [...merged.values()]
}

const lacks = ({ items }: Sitting): boolean =>
  items.some(({ state }) => ['open', 'returned', 'review', 'unclaimed'].includes(state))

const hasBegun = ({ rounds }: Sitting, today: Day): boolean => (periodOf(rounds[0] ?? '')?.from ?? today) <= today

/** What is on the table: the rounds of the window; else those that are late and not all in, and the one that runs. */
const onTable = (all: readonly Sitting[], today: Day, window: Window | undefined): Sitting[] => {
  const wanted = window ? all.filter(({ due }) => due && due >= window.from && due <= window.to) : []
  if (wanted.length > 0) return wanted
  const late = all.filter((one) => one.due && one.due < today && lacks(one)).slice(-LATE)
  const ahead = all.filter((one) => one.due && one.due >= today)
  const running = ahead.find((one) => hasBegun(one, today)) ?? (late.length > 0 ? undefined : ahead[0])
  const shown = [...late, ...(running ? [running] : [])]
  if (shown.length > 0) return shown
  const dated = all.filter(({ due }) => due)
  return dated.length > 0 ? dated.slice(-1) : [...all]
}

/** What stands beside a unit's name: what of it the day of all does not tell. */
const remark = (c: Context, { duty, state }: Seen): string => {
  const said = [
    state === 'returned' ? '已退回' : '',
    duty.firstDueOn && duty.dueOn ? `延期到${dayWords(duty.dueOn, c.today)}` : '',
    duty.asked?.kind === 'extension' ? `申请延期到${dayWords(duty.asked.until, c.today)}` : '',
    duty.asked?.kind === 'decline' ? '已报不涉及' : '',
    duty.times > 1 && state !== 'done' ? `已报${duty.approved}/${duty.times}次` : '',
  ].filter(Boolean)
  return said.length > 0 ? `（${said.join('，')}）` : ''
}

const names = (c: Context, items: readonly Seen[], limit: number): string => {
  const all = items.map((item) => `${unitName(c, item.duty.unit)}${remark(c, item)}`)
  return all.length <= limit ? all.join('、') : `${all.slice(0, limit).join('、')}等${all.length}家`
}

const groups: readonly { label: string; states: readonly DutyState[]; names: number }[] = [
  { label: '未报', states: ['open', 'returned'], names: 60 },
  { label: '已报待审核', states: ['review'], names: 10 },
  { label: '已办结', states: ['done'], names: 10 },
]
const others: readonly DutyState[] = [
  'unclaimed',
  'standing',
  'waiting',
  'suspended',
  'waived',
  'unconfirmed',
  'asleep',
]

/** Every unit stands in one of the lines, so that their counts add up to the first. */
const fieldsOf = (c: Context, items: readonly Seen[]): [string, string][] => {
  const late = items.filter(({ overdue }) => overdue).length
  const main = groups.map(({ label, states, names: most }): [string, string] => {
    const own = items.filter(({ state }) => states.includes(state))
    return [`${label} ${own.length}家`, names(c, own, most) || '无']
  })
  const said = main.filter((_, i) => i === 0 || main[i]?.[1] !== '无')
  const rest = others.flatMap((state): [string, string][] => {
    const own = items.filter((item) => item.state === state)
    return own.length > 0 ? [[`${stateWords[state]} ${own.length}家`, names(c, own, 10)]] : []
  })
  return [['涉及', `${items.length}家${late > 0 ? `，其中逾期${late}家` : ''}`], ...said, ...rest]
}

/** The lead's 配合 units: whose part is in, whose is not, whom nobody has asked yet. */
const partFields = (c: Context, parts: readonly Seen[]): [string, string][] => {
  const until = (item: Seen) => (item.duty.dueOn ? `（${dayWords(item.duty.dueOn, c.today)}前）` : '')
  const line = (label: string, states: readonly DutyState[], day: boolean): [string, string][] => {
    const own = parts.filter(({ state }) => states.includes(state))
    const said = own.map((item) => `${unitName(c, item.duty.unit)}${day ? until(item) : ''}`)
    return own.length > 0 ? [[`${label} ${own.length}家`, said.join('、')]] : []
  }
  return [
    ...line('配合材料未交', ['open', 'returned'], true),
    ...line('配合材料已交', ['review', 'done'], false),
    ...line('配合单位未收', ['asleep'], false),
  ]
}

const headOf = (c: Context, task: TaskView, { rounds, due, items }: Sitting): string =>
  [
    items[0] ? titleOf(items[0]) : `${codeOf(task)} ${firstWords(textOf(task))}`,
    rounds
      .map((round) => roundWords(round, c.today))
      .filter(Boolean)
      .join('、'),
    due ? `${dayWords(due, c.today)}到期` : '',
  ]
    .filter(Boolean)
    .join(' · ')

interface Told {
  blocks: Block[]
  rows: Seen[]
}

/** One task: a block a round, then the parts; `seesParts` for who leads it, and for who reads all. */
const tell = (c: Context, task: TaskView, own: readonly Seen[], parts: readonly Seen[], window?: Window): Told[] => {
  const sittings = alikeTogether(onTable(sittingsOf(own), c.today, window))
  const shown = sittings.map((sitting): Told => {
    const same = parts.filter(({ duty }) => sitting.rounds.includes(duty.round) || sitting.rounds.includes('standing'))
    return {
      blocks: [
        { kind: 'text', text: headOf(c, task, sitting) },
        { kind: 'fields', fields: [...fieldsOf(c, sitting.items), ...partFields(c, same)] },
      ],
      rows: [...sitting.rows, ...same],
    }
  })
  if (own.length > 0 || parts.length === 0) return shown
  const head = headOf(c, task, { rounds: [], due: null, items: [], rows: [] })
  return [
    {
      blocks: [
        { kind: 'text', text: head },
        { kind: 'fields', fields: partFields(c, parts) },
      ],
      rows: [...parts],
    },
  ]
}

/**
 * Who has handed in and who has not, task by task, for the rounds on the table. Who leads a task reads the parts of its
 * 配合 units as well; of other units' shares a unit reads nothing.
 */
export const handedIn = async (
  c: Context,
  tasks: readonly TaskView[],
  units: readonly string[] | undefined,
  window?: Window,
): Promise<Outcome> => {
  const all = await withoutMerged(c, await dutiesOfTasks(c, tasks))
  const mine = ({ unit }: DutyView) => units === undefined || units.includes(unit)
  const foreign = tasks.filter((task) => !all.some((duty) => duty.task === task.id && mine(duty)))
  if (foreign.length > 0 && foreign.length === tasks.length) return refuseReading(foreign)
  const told = tasks.flatMap((task) => {
    const duties = all.filter((duty) => duty.task === task.id)
    const own = duties.filter((duty) => duty.role === 'lead' && mine(duty)).map((duty) => seen(c, duty))
    const parts = duties.filter((duty) => duty.role === 'support' && (own.length > 0 || mine(duty)))
    return tell(
      c,
      task,
      own,
      parts.map((duty) => seen(c, duty)),
      window,
    )
  })
  const left = told.length - SHOWN
  const rows = told.flatMap((one) => one.rows)
  return {
    reply: {
      title: '反馈情况',
      tone: rows.some((item) => item.overdue) ? 'late' : 'plain',
      blocks: [
        ...told.slice(0, SHOWN).flatMap((one) => one.blocks),
        { kind: 'note', text: `${asOf(c)}${left > 0 ? `，另有${left}段未显示，请写一个编号再问` : ''}` },
      ],
    },
    rows: rows.map((item) => answerRow(c, item)),
  }
}
