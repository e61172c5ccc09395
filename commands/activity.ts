import { type CaseRow, casesOf, nextCaseNumber } from '../db/queries/cases.ts'
import { type DutyView, findDuties, type TaskView } from '../db/queries/duties.ts'
import { ACTIVITY_NUMBER, sortIn } from '../src/chat/public-papers.ts'
import { normal } from '../src/chat/text.ts'
import type { Button } from '../src/model/card.ts'
import type { Deadline } from '../src/model/deadline.ts'
import type { IntentOf } from '../src/model/intent.ts'
import { stateOn } from '../src/model/life.ts'
import { isOffice } from '../src/model/person.ts'
import { isLed, activity as register, type Sort, sortOf, sortWord, stands } from '../src/register/activity.ts'
import { decide, open } from '../src/register/decide.ts'
import { behindColon, caseSaid, given, notTaken, takeApart, takeWord, valueIn, yearOf } from './case-said.ts'
import { caseNumber } from './case-words.ts'
import { caseIn, registerView, unitsRead } from './cases.ts'
import type { Command, Context, Outcome } from './command.ts'
import { type Counts, countsOf, countsSaid, type Fed, fedBy, fedFacts, feeding } from './feeding.ts'
import { tasksNamed } from './find.ts'
import { asOf, codeOf, firstWords, roundWords, textOf, unitName } from './present.ts'
import { problem } from './problem.ts'
import { taskRead } from './row.ts'

type Activity = IntentOf<'activity'>
type Field = [label: string, value: string]

const examples = {
  register: '例：登记发布会 8月3日 市教育局 义务教育招生 主要负责人出席 https://…',
  cancel: '例：撤销活动3号：登记重复',
  link: '例：活动3号网址 https://…',
  feed: '例：12号按主要负责人发布会计数（不再计数：12号不按登记计数）',
  count: '例：今年新闻发布会开了几次',
}

const SPEAKERS = [
  [/主要(?:负责人|领导|负责同志)/, 'chief'],
  [/分管(?:负责人|领导|负责同志)/, 'deputy'],
  [/新闻发言人/, 'spokesman'],
  [/其他(?:负责人|人员)/, 'other'],
] as const

const HEAD =
  /^\s*(?:请)?(?:登记|补登|补记)(?:一[次场个条期篇])?(?:(?:新闻)?发布会|(?:政策)?解读|(?:在线)?访谈|听取.{0,8}汇报|(?:业务|专题)?培训班?|会议|列席(?:会议)?)\s*[:：,，]?/

const registered = (c: Context, sort: Sort | undefined): Record<string, unknown> => {
  const said = takeApart(c, c.message.text.replace(/^@\S+\s*/, '').replace(HEAD, ' '))
  const speaker = takeWord(
    said,
    /^(?:由)?(?:主要|分管)(?:负责人|领导|负责同志)|^新闻发言人|^其他(?:负责人|人员)/,
  )?.input
  const people = takeWord(said, /^(?:参加|参训|培训)?(?:人数)?(\d{1,6})人/)?.[1]
  const hours = takeWord(said, /^(\d{1,4})(?:个)?(?:学时|课时|小时)$/)?.[1]
  return given({
    ...{ sort, title: said.words.join(' '), unit: said.unit, at: said.day, link: said.links[0], people, hours },
    speaker: speaker && valueIn(SPEAKERS, speaker),
  })
}

/** 公开17-12 2026年上半年：1/3，还差2次 */
const dutyWords = (c: Context, duty: DutyView): string => {
  const left = duty.times - duty.approved
  const round = roundWords(duty.round, c.today)
  const state = duty.state === 'done' ? '已办结' : left > 0 ? `还差${left}次` : ''
  return `${[codeOf(duty), round].filter(Boolean).join(' ')}：${duty.approved}/${duty.times}${state && `，${state}`}`
}

const fedField = (c: Context, fed: readonly Fed[]): Field[] => {
  const moved = fed.filter(({ facts }) => facts.length > 0)
  const waiting = moved.filter(({ after }) => after.state === 'review')
  return [
    ...(moved.length > 0 ? [['任务计数', moved.map(({ after }) => dutyWords(c, after)).join('\n')] as Field] : []),
    ...(waiting.length > 0
      ? [
          [
            '请核对',
            `${waiting.map(({ after }) => codeOf(after)).join('、')}另有反馈待审核，同一次活动不要重复通过`,
          ] as Field,
        ]
      : []),
  ]
}

const WORDS: Partial<Record<Sort, RegExp>> = {
  conference: /发布会/,
  interpretation: /解读/,
  interview: /访谈/,
  hearing: /听取/,
  training: /培训/,
  attendance: /列席/,
}
const CHIEF = /主要(?:负责人|领导|负责同志)/

/** The part of a task's words in which that time limit stands. */
const clauseOf = (text: string, deadline: Deadline | undefined): string =>
  text.split(/[，,；;。\n]/).find((part) => deadline !== undefined && part.includes(deadline.raw)) ?? text

type Proposed = Counts & { duty: DutyView }

/** What an activity of that sort might count for by the words of the duties; the office has said nothing of them yet. */
const proposed = (duties: readonly DutyView[], sort: Sort, said: ReadonlySet<string>): Proposed[] => {
  const words = WORDS[sort]
  const fresh = duties.filter(({ task, demand }) => !said.has(`${task} ${demand}`))
  return fresh.flatMap((duty): Proposed[] => {
    const deadline = duty.deadlines[duty.demand]
    const clause = clauseOf(duty.text, deadline)
    if (!words || duty.secret || !words.test(duty.text)) return []
    if (duty.deadlines.length > 1 && !words.test(clause) && !CHIEF.test(clause)) return []
    return [{ duty, task: duty.task, demand: duty.demand, sort, led: CHIEF.test(clause) }]
  })
}

const MOST = 3

const proposals = async (
  c: Context,
  row: { unit: string; sort: Sort },
): Promise<{ fields: Field[]; buttons: Button[] }> => {
  const said = new Set((await countsSaid(c.db)).keys())
  const own = await findDuties(c.db, {
    ...{ units: [row.unit], states: ['open', 'returned', 'review', 'unclaimed'], role: 'lead' },
  })
  const open = own.filter((duty) => stateOn(duty, c.today) !== 'unclaimed')
  const seen = new Map(proposed(open, row.sort, said).map((one) => [`${one.task} ${one.demand}`, one]))
  const some = [...seen.values()].slice(0, MOST)
  const how = ({ sort, led }: Counts) => `${led ? '主要负责人' : ''}${sortWord(sort)}`
  return {
    fields: some.map((one) => [
      '待确认',
      `${codeOf(one.duty)} ${firstWords(textOf(one.duty))}：是不是按${how(one)}登记计数？`,
    ]),
    buttons: some.map((one) => ({
      label: `${codeOf(one.duty)}按${how(one)}计数`,
      intent: {
        ...{ intent: 'activity', action: 'feed', tasks: [one.duty.number], plan: one.duty.planCode },
        ...{ sort: one.sort, led: one.led, demand: one.demand },
      },
    })),
  }
}

const enter = async (c: Context, intent: Activity): Promise<Outcome> => {
  try {
    const input = registered(c, intent.sort ?? sortIn(normal(c.message.text)))
    const year = yearOf(c, input.at)
    const ord = await nextCaseNumber(c.db, 'activity', year)
    const decided = open(register, input, { year, ord }, registerView(c))
    const view = register.view(decided.next, registerView(c))
    const fed = await feeding(c, decided.next)
    const more = await proposals(c, { unit: view.unit, sort: sortOf(decided.next) })
    return {
      reply: {
        title: `${caseNumber(decided.next)} 已登记`,
        tone: 'good',
        blocks: [
          {
            kind: 'fields',
            fields: [
              ['主题', view.title],
              ['举办单位', unitName(c, view.unit)],
              ['日期', view.openedOn],
              ...view.facts.filter(([label]) => label !== '类别'),
              ...fedField(c, fed),
              ...more.fields,
            ],
          },
        ],
        ...(more.buttons.length > 0 && { buttons: more.buttons }),
      },
      cases: [{ id: c.newId(), decided }],
      facts: fedFacts(fed),
    }
  } catch (error) {
    return notTaken(error, examples.register)
  }
}

/** 撤销, or a link that was missing. */
const act = async (c: Context, action: 'cancel' | 'link'): Promise<Outcome> => {
  const text = normal(c.message.text)
  const number = ACTIVITY_NUMBER.exec(text)
  const row = number ? await caseSaid(c, 'activity', number) : undefined
  if (!row) return { reply: problem('没有这次活动', '没有这一号，本次没有登记。', examples[action]) }
  const { links } = takeApart(c, c.message.text)
  const [name, input] =
    action === 'cancel' ? ['cancelled', given({ reason: behindColon(text) })] : ['linked', given({ link: links[0] })]
  try {
    const decided = decide(register, caseIn(row), name as string, input as Record<string, unknown>, registerView(c))
    const fed = await feeding(c, decided.next)
    const { id, version, head } = row
    return {
      reply: {
        title: `${caseNumber(row)} ${action === 'cancel' ? '已撤销' : '已补网址'}`,
        tone: 'good',
        blocks: [
          { kind: 'fields', fields: [['主题', row.title], ['举办单位', unitName(c, row.unit)], ...fedField(c, fed)] },
        ],
      },
      cases: [{ id, was: { version, head }, decided }],
      facts: fedFacts(fed),
    }
  } catch (error) {
    return notTaken(error, examples[action])
  }
}

/** The demands of a task that such activities may count for: the one that was named, or those whose words fit. */
const demandsOf = (task: TaskView, { sort, led, demand }: Activity): number[] => {
  const all = task.deadlines.map((_, i) => i)
  if (demand !== undefined) return all.includes(demand) || (demand === -1 && all.length === 0) ? [demand] : []
  if (sort === undefined || all.length < 2) return all
  const clauses = all.filter((i) => CHIEF.test(clauseOf(task.text, task.deadlines[i])) === (led === true))
  return clauses.length === 1 ? clauses : all
}

const demandButtons = (task: TaskView, intent: Activity, demands: readonly number[]): Button[] =>
  demands.slice(0, 5).map((demand) => ({
    label: task.deadlines[demand]?.raw ?? '',
    intent: { ...intent, plan: task.planCode, tasks: [task.number], demand },
  }))

/** The office says what counts for a task, or that its reports alone do; what is on the register already counts at once. */
const feed = async (c: Context, intent: Activity): Promise<Outcome> => {
  const found = await tasksNamed(c, intent)
  if ('outcome' in found) return found.outcome
  const [task] = found.ok
  if (!task || task.secret) return { reply: problem('请写明任务编号', '要按登记计数的是哪一项任务？', examples.feed) }
  const demands = demandsOf(task, intent)
  if (demands.length === 0)
    return { reply: problem('这项任务没有时限', '没有时限的任务不按次数计，本次没有登记。', examples.feed) }
  const { sort, led = false } = intent
  if (sort !== undefined && demands.length > 1)
    return {
      reply: {
        ...problem('是哪一个时限？', `${codeOf(task)} 有${demands.length}个时限，请选按登记计数的那一个。`),
        buttons: demandButtons(task, intent, demands),
      },
    }
  const rules: Counts[] = sort === undefined ? [] : demands.map((demand) => ({ task: task.id, demand, sort, led }))
  const fed = await fedBy(c, rules)
  const what =
    sort === undefined ? '不再按登记计数，只计反馈' : `按${led ? '主要负责人出席的' : ''}${sortWord(sort)}登记计数`
  return {
    reply: {
      title: `${codeOf(task)} ${what}`,
      tone: 'good',
      blocks: [
        { kind: 'text', text: firstWords(task.text) },
        ...(fedField(c, fed).length > 0 ? [{ kind: 'fields' as const, fields: fedField(c, fed) }] : []),
        ...(sort === undefined
          ? []
          : [{ kind: 'note' as const, text: '此后登记一次计一次，不用再反馈；撤销登记时退回一次。' }]),
      ],
    },
    facts: [
      ...demands.map((demand) => ({
        row: taskRead(task),
        kind: 'fed-by',
        body: { on: c.today, demand, sort: sort ?? '', led },
      })),
      ...fedFacts(fed),
    ],
  }
}

const counted = (rows: readonly CaseRow[], sort: Sort): string => {
  const own = rows.map(caseIn).filter((it) => stands(it) && sortOf(it) === sort)
  const led = own.filter(isLed).length
  return `${own.length}次${led > 0 ? `（主要负责人出席${led}次）` : ''}`
}

const FIRST_SORTS: readonly Sort[] = ['conference', 'interpretation', 'interview', 'hearing', 'training']

/** 本年已开X次，还差Y次: what is on the register this year, and how the duties that it counts for stand. */
const count = async (c: Context, { sort, units: names }: Activity): Promise<Outcome> => {
  const own = unitsRead(c)
  const named = names?.flatMap((name) => c.office.units.filter((unit) => unit.name === name).map(({ id }) => id))
  if (own && named?.some((id) => !own.includes(id)))
    return { reply: problem('没有这项权限', '只能查看本单位的活动登记。', examples.count), refused: 'other-unit' }
  const units = named?.length ? named : own
  const year = Number(c.today.slice(0, 4))
  const rows = await casesOf(c.db, { kinds: ['activity'], year, ...(units && { units }) })
  const rules = (await countsOf(c.db)).filter((rule) => !sort || rule.sort === sort)
  const tasks = [...new Set(rules.map(({ task }) => task))]
  const duties = (await findDuties(c.db, { tasks, ...(units && { units }) })).filter(
    ({ task, demand, archivedOn, round }) =>
      archivedOn === null &&
      round.startsWith(String(year)) &&
      rules.some((rule) => rule.task === task && rule.demand === demand),
  )
  const shown = duties.slice(0, 15).map((duty) => ({ text: `${unitName(c, duty.unit)} ${dutyWords(c, duty)}` }))
  return {
    reply: {
      title: `本年公开活动${units?.length === 1 ? `：${unitName(c, units[0] ?? '')}` : ''}`,
      tone: 'plain',
      blocks: [
        {
          kind: 'fields',
          fields: (sort ? [sort] : FIRST_SORTS).map((one): Field => [sortWord(one), `已登记${counted(rows, one)}`]),
        },
        ...(shown.length > 0 ? [{ kind: 'list' as const, title: '按登记计数的任务', lines: shown }] : []),
        {
          kind: 'note',
          text: `${asOf(c)}${duties.length > shown.length ? `，另有${duties.length - shown.length}项未显示，请写明单位再问` : ''}`,
        },
      ],
    },
  }
}

/** 公开活动: the office enters what took place and says for which tasks it counts; everybody asks how many. */
export const activity: Command<'activity'> = {
  intent: 'activity',
  title: '公开活动',
  usage: '今年新闻发布会开了几次',
  example: '今年新闻发布会开了几次',
  officeExample: '登记发布会 8月3日 市教育局 义务教育招生 主要负责人出席',
  roles: ['liaison', 'head', 'leader', 'office', 'admin'],
  run: async (c, intent) => {
    const { action = 'count' } = intent
    if (action === 'count') return count(c, intent)
    if (!isOffice(c.actor))
      return {
        reply: problem('没有这项权限', '公开活动由主管科室登记，本次没有登记。', examples.count),
        refused: 'role',
      }
    if (action === 'register') return enter(c, intent)
    return action === 'feed' ? feed(c, intent) : act(c, action)
  },
}
