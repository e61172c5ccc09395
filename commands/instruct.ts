import type { DutyView } from '../db/queries/duties.ts'
import { unitRows } from '../db/queries/office.ts'
import type { Block } from '../src/model/card.ts'
import { answered, change } from './change.ts'
import type { Command, Context, Notice } from './command.ts'
import { dutiesOfTasks, readScope, tasksNamed } from './find.ts'
import { may } from './happen.ts'
import { asShown } from './meant.ts'
import { codeOf, dayWords, isClassLine, unitName } from './present.ts'
import { problem } from './problem.ts'
import { roundsMeant } from './rounds.ts'

const example = '例：批示：请市财政局抓紧12号，8月25日前报我'

/** The words of the instruction, without the head that says it is one. */
const wordsOf = (text: string): string => text.replace(/^\s*(?:请?批示|指示|交办)\s*[:：,，]?\s*/, '').trim()

interface Instruction {
  text: string
  until: string
  units: string[]
  tasks: string[]
}

const fieldsOf = (c: Context, { until, units, tasks }: Instruction, office: boolean): [string, string][] => {
  const all: [string, string][] = [
    ['转达', office ? units.map((unit) => unitName(c, unit)).join('、') : ''],
    ['任务', tasks.join('、')],
    ['时限', until],
  ]
  return all.filter(([, value]) => value !== '')
}

/** The words reach each unit's room, and the office's, so that it sees to them. */
const tellAll = (c: Context, said: Instruction): Notice[] => {
  const noticeTo = (to: Notice['to'], id: string, office: boolean): Notice => {
    const fields = fieldsOf(c, said, office)
    const blocks: Block[] = [
      { kind: 'text', text: said.text },
      ...(fields.length > 0 ? [{ kind: 'fields' as const, fields }] : []),
    ]
    const title = `领导批示${c.actor.name ? `（${c.actor.name}）` : ''}`
    return { cause: `instructed:${c.message.key}:${id}`, to, tasks: said.tasks, card: { title, tone: 'warn', blocks } }
  }
  return [
    ...said.units.map((unit) => noticeTo({ unit }, unit, false)),
    ...(said.units.length > 0 ? [noticeTo({ office: true }, 'office', true)] : []),
  ]
}

/** Of many rounds those that are meant now: what has ended, else what has begun. */
const current = (c: Context, duties: readonly DutyView[]): DutyView[] =>
  [...new Set(duties.map(({ unit, task }) => `${unit} ${task}`))].flatMap((key) => {
    const own = duties.filter(({ unit, task }) => `${unit} ${task}` === key)
    const found = roundsMeant(own, [], c.today)
    const meant = 'choose' in found ? found.choose : found.meant
    return meant.length > 0 ? meant : own
  })

/** 批示: a leader's words reach the room of each unit concerned at once, and stand in the ledger of the task or the unit. */
export const instruct: Command<'instruct'> = {
  intent: 'instruct',
  title: '批示',
  usage: '批示：内容（写明单位或任务编号）',
  example: '批示：请市财政局抓紧12号，8月25日前报我',
  roles: ['leader', 'office', 'admin'],
  run: async (c, intent) => {
    const scope = readScope(c, intent.units)
    if ('outcome' in scope) return scope.outcome
    const named = intent.units?.length ? (scope.ok ?? []) : []
    const text = wordsOf(c.message.text)
    const until = intent.until ? `${dayWords(intent.until, c.today)}前` : ''
    if (!intent.tasks?.length) {
      if (named.length === 0)
        return {
          reply: problem('请写明单位或任务编号', '批示要交给哪个单位？回复单位名称即可。', example),
          ask: { intent, want: 'unit', options: [] },
        }
      const said = { text, until, units: named, tasks: [] }
      return {
        reply: {
          title: '批示已转达',
          tone: 'good',
          blocks: [{ kind: 'fields', fields: [...fieldsOf(c, said, true), ['批示', text]] }],
        },
        facts: (await unitRows(c.db, named)).map((row) => ({
          ...{ row, kind: 'instructed', body: { on: c.today }, words: { text } },
        })),
        notices: tellAll(c, said),
      }
    }
    const tasks = await tasksNamed(c, intent)
    if ('outcome' in tasks) return tasks.outcome
    const all = await dutiesOfTasks(c, tasks.ok, named.length > 0 ? named : undefined)
    const fits = all.filter((duty) => may(c, 'instructed', duty) && !isClassLine(c, duty.unit))
    // Whose part sleeps has nothing to do yet, unless it is named.
    const meant = named.length > 0 ? fits : fits.filter((duty) => duty.state !== 'asleep')
    const shown = intent.reports ? asShown(c, intent.reports, fits, all) : { ok: current(c, meant) }
    if ('outcome' in shown) return shown.outcome
    const duties = shown.ok
    if (duties.length === 0)
      return { reply: problem('这项任务已经办结', `${tasks.ok.map(codeOf).join('、')} 没有在办的责任单位。`, example) }
    const changed = change(c, duties, 'instructed', {}, { text })
    const units = [...new Set(duties.map((duty) => duty.unit))]
    return {
      ...answered(c, changed, { title: `批示已转达${units.length}家`, tone: 'good', fields: [['批示', text]] }),
      notices: tellAll(c, { text, until, units, tasks: tasks.ok.map(codeOf) }),
    }
  },
}
