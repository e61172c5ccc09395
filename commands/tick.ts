import type { DutyView } from '../db/queries/duties.ts'
import { factsOf } from '../db/queries/duties.ts'
import { answered, type Changed } from './change.ts'
import type { Command, Context } from './command.ts'
import { afterwards, happen, may } from './happen.ts'
import { ownMeant } from './meant.ts'
import { withRest } from './partly.ts'
import { problem } from './problem.ts'

const example = '例：12号纸质件已送'

/** Those of the names that the words say, or the one of which the words are a part (预算 for 预算科). */
const saidIn = (words: string, names: readonly string[]): string[] => {
  const whole = names.filter((name) => words.includes(name))
  // 预算科 is no 预算二科, and where both are there the longer one was said.
  const said = whole.filter((name) => !whole.some((other) => other !== name && other.includes(name)))
  const part = names.filter((name) => name.includes(words))
  return said.length > 0 ? said : part.length === 1 ? part : []
}

/** The names that a unit gave to its parts, by their place; they stand in the words of the fact that split it. */
export const partNames = async (c: Context, duty: DutyView): Promise<string[]> => {
  if (duty.parts.length === 0) return []
  const facts = await factsOf(c.db, 'duty', [duty.id])
  const split = facts.filter((fact) => fact.kind === 'split').at(-1)
  return (split?.words?.names ?? duty.parts.map(({ n }) => `第${n}份`)) as string[]
}

/** Sections of the unit that have not sent their parts, by name. */
export const partsLeft = async (c: Context, duty: DutyView): Promise<string[]> => {
  const names = await partNames(c, duty)
  return duty.parts.filter((part) => part.doneOn === null).flatMap((part) => names[part.n - 1] ?? [])
}

/** Do the words speak of a section whose part is not in, and not of the whole? */
export const ofSection = async (c: Context, duty: DutyView): Promise<boolean> =>
  !/汇总|全部|各科室|都已/.test(c.message.text) && saidIn(c.message.text, await partsLeft(c, duty)).length > 0

/** Proofs that the task asks for and that are not there. */
export const proofsLeft = (duty: DutyView): string[] => duty.wanted.filter((proof) => !duty.proofs.includes(proof))

/** Some of several things that a duty takes are there: proofs that the task asks for, or sections' parts. */
export const tick: Command<'tick'> = {
  intent: 'tick',
  title: '报单项',
  usage: '编号 纸质件已送 / 编号 国库科已交',
  example: '12号纸质件已送',
  roles: ['liaison', 'office', 'admin'],
  run: async (c, intent) => {
    const found = await ownMeant(c, intent, {
      kind: ['ticked', 'summed'],
      also: (duty) => duty.wanted.length + duty.parts.length > 0,
      rounds: 'one',
      example,
      none: '没有分项要求，或已经办结；办完后直接报完成即可。',
    })
    if ('outcome' in found) return found.outcome
    const [duty] = found.ok
    if (!duty) return { reply: problem('请写明任务编号', '是哪一项任务的？', example) }
    const sections = await partNames(c, duty)
    const said = intent.proof ?? c.message.text
    const proofs = may(c, 'ticked', duty) ? saidIn(said, duty.wanted) : []
    const parts = may(c, 'summed', duty) ? saidIn(said, sections) : []
    if (proofs.length + parts.length === 0) {
      const names = [...duty.wanted, ...sections].join('、')
      return {
        reply: problem(
          '没有认出是哪一份',
          `这项任务要：${names}。`,
          `例：${duty.number} ${duty.wanted[0] ?? sections[0]}已送`,
        ),
      }
    }
    const facts = [
      ...proofs.flatMap((proof) => happen(c, duty, 'ticked', { proof })),
      ...parts.flatMap((name) => happen(c, duty, 'summed', { n: sections.indexOf(name) + 1 })),
    ]
    const changed: Changed = { duty, facts, after: afterwards(duty, facts) }
    const missing = [...proofsLeft(changed.after), ...(await partsLeft(c, changed.after))]
    const reported = changed.after.state === 'review'
    const done = answered(c, [changed], {
      title: `已登记：${[...proofs, ...parts].join('、')}`,
      tone: 'good',
      fields: [['还差', missing.join('、') || (reported ? '无' : '无，请报完成')]],
    })
    return withRest(done, found.rest)
  },
}
