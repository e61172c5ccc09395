import { liaisonsOf } from '../db/queries/people.ts'
import type { Command } from './command.ts'
import { dutiesOfTasks, tasksNamed } from './find.ts'
import { dayWords, isClassLine, unitName } from './present.ts'
import { problem } from './problem.ts'

const example = '例：市财政局找谁；12号找谁对接'
const SHOWN = 10

/** Whom to speak to: a unit's liaisons, A before B, and who stands in for one that is away. */
export const contact: Command<'contact'> = {
  intent: 'contact',
  title: '查联络员',
  usage: '单位/编号 找谁',
  example: '市财政局联络员是谁',
  roles: ['liaison', 'head', 'leader', 'office', 'admin'],
  run: async (c, intent) => {
    let units = c.office.units.filter((unit) => intent.units?.includes(unit.name)).map((unit) => unit.id)
    if (intent.tasks?.length) {
      const tasks = await tasksNamed(c, intent)
      if ('outcome' in tasks) return tasks.outcome
      const duties = await dutiesOfTasks(c, tasks.ok)
      units = [...new Set(duties.filter((duty) => !isClassLine(c, duty.unit)).map((duty) => duty.unit))]
    }
    if (units.length === 0) return { reply: problem('请写明单位或任务编号', '要找哪个单位的联络员？', example) }
    const people = await liaisonsOf(c.db, units)
    const name = (id: string) => people.find((one) => one.id === id)?.name
    const lines = units.slice(0, SHOWN).map((unit) => {
      const own = people.filter((one) => one.units.includes(unit))
      const words = own.map((one) => {
        const away = one.awayUntil !== null && one.awayUntil >= c.today
        const stands = one.substitute ? `，由${name(one.substitute) ?? one.substitute}代` : ''
        return `${one.name}${one.post ? `（${one.post}岗）` : ''}${away ? `（${dayWords(one.awayUntil ?? '', c.today)}前不在${stands}）` : ''}`
      })
      return { text: `${unitName(c, unit)}：${words.join('、') || '还没有登记联络员'}` }
    })
    return {
      reply: {
        title: '联络员',
        tone: 'plain',
        blocks: [
          { kind: 'list', lines },
          ...(units.length > SHOWN
            ? [{ kind: 'note' as const, text: `另有${units.length - SHOWN}家，请写明单位。` }]
            : []),
        ],
      },
    }
  },
}
