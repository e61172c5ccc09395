import { unitRows } from '../db/queries/office.ts'
import { answered, change, tellOffice } from './change.ts'
import type { Command, Context, Notice } from './command.ts'
import { dutiesOfTasks, readScope, tasksNamed } from './find.ts'
import { may } from './happen.ts'
import { codeOf, dayWords, unitName } from './present.ts'
import { problem } from './problem.ts'

const example = '例：批示：请市财政局抓紧12号，8月25日前报我'

/** The words of the instruction, without the head that says it is one. */
const wordsOf = (text: string): string => text.replace(/^\s*(?:请?批示|指示|交办)\s*[:：,，]?\s*/, '').trim()

const toUnits = (c: Context, units: readonly string[], text: string, until: string, tasks: string[]): Notice[] =>
  units.map((unit) => ({
    cause: `instructed:${c.message.key}:${unit}`,
    to: { unit },
    tasks,
    card: {
      title: `领导批示${c.actor.name ? `（${c.actor.name}）` : ''}`,
      tone: 'warn',
      blocks: [
        { kind: 'text', text },
        ...(tasks.length > 0
          ? [{ kind: 'fields' as const, fields: [['任务', tasks.join('、')] as [string, string]] }]
          : []),
        ...(until ? [{ kind: 'fields' as const, fields: [['时限', until] as [string, string]] }] : []),
      ],
    },
  }))

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
      if (named.length === 0) return { reply: problem('请写明单位或任务编号', '批示要交给哪个单位？', example) }
      const rows = await unitRows(c.db, named)
      return {
        reply: {
          title: '批示已转达',
          tone: 'good',
          blocks: [
            {
              kind: 'fields',
              fields: [
                ['转达', named.map((unit) => unitName(c, unit)).join('、')],
                ['批示', text],
              ],
            },
          ],
        },
        facts: rows.map((row) => ({ row, kind: 'instructed', body: { on: c.today }, words: { text } })),
        notices: toUnits(c, named, text, until, []),
      }
    }
    const tasks = await tasksNamed(c, intent)
    if ('outcome' in tasks) return tasks.outcome
    const all = await dutiesOfTasks(c, tasks.ok, named.length > 0 ? named : undefined)
    const duties = all.filter((duty) => may(c, 'instructed', duty))
    if (duties.length === 0)
      return { reply: problem('这项任务已经办结', `${tasks.ok.map(codeOf).join('、')} 没有在办的责任单位。`, example) }
    const changed = change(c, duties, 'instructed', {}, { text })
    const units = [...new Set(duties.map((duty) => duty.unit))]
    return {
      ...answered(c, changed, { title: `批示已转达${units.length}家`, tone: 'good', fields: [['批示', text]] }),
      notices: [
        ...toUnits(c, units, text, until, tasks.ok.map(codeOf)),
        ...tellOffice('instructed', changed, { title: '领导批示', tone: 'warn', fields: [['批示', text]] }),
      ],
    }
  },
}
