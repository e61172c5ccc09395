import { liaisonsOf } from '../db/queries/people.ts'
import { answering, isAway, type Liaison, standIn } from '../src/model/contact.ts'
import type { Command, Context } from './command.ts'
import { dutiesOfTasks, tasksNamed } from './find.ts'
import { dayWords, isClassLine, unitName } from './present.ts'
import { problem } from './problem.ts'

const example = '例：市财政局找谁；12号找谁对接'
const SHOWN = 10

const postOf = ({ post }: Liaison): string => (post ? `（${post}岗）` : '')

const awayWords = (c: Context, one: Liaison, unit: string, people: readonly Liaison[]): string => {
  const stands = standIn(one, unit, people, c.today)
  return `${one.name}${postOf(one)}${dayWords(one.awayUntil ?? '', c.today)}前不在，${stands ? `由${stands.name}代` : '还没有人代'}`
}

/** 市财政局：郑同（B岗）；周小舟（A岗）8月27日前不在，由郑同代. */
const lineOf = (c: Context, unit: string, people: readonly Liaison[]): string => {
  const own = people.filter((one) => one.units.includes(unit))
  if (own.length === 0) return `${unitName(c, unit)}：还没有登记联络员`
  const there = answering(unit, people, c.today).map((one) => `${one.name}${postOf(one)}`)
  const away = own.filter((one) => isAway(one, c.today)).map((one) => awayWords(c, one, unit, people))
  return `${unitName(c, unit)}：${[there.join('、'), ...away].filter(Boolean).join('；')}`
}

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
    const lines = units.slice(0, SHOWN).map((unit) => ({ text: lineOf(c, unit, people) }))
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
