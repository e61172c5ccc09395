import type { DutyView } from '../db/queries/duties.ts'
import { factsOf } from '../db/queries/duties.ts'
import { answered, change } from './change.ts'
import type { Command, Context } from './command.ts'
import { ownMeant } from './meant.ts'
import { problem } from './problem.ts'

const example = '例：12号纸质件已送'

const alike = (a: string, b: string): boolean => a === b || a.includes(b) || b.includes(a)

/** The names that a unit gave to its parts, by their place; they stand in the words of the fact that split it. */
export const partNames = async (c: Context, duty: DutyView): Promise<Map<number, string>> => {
  if (duty.parts.length === 0) return new Map()
  const facts = await factsOf(c.db, 'duty', [duty.id])
  const split = facts.filter((fact) => fact.kind === 'split').at(-1)
  const names = (split?.words?.names ?? []) as string[]
  return new Map(names.map((name, i) => [i + 1, name]))
}

/** One of several things that a duty takes is there: a proof that the task asks for, or one section's part. */
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
      none: '没有分项要求，办完后直接报完成即可。',
    })
    if ('outcome' in found) return found.outcome
    const [duty] = found.ok
    if (!duty) return { reply: problem('请写明任务编号', '是哪一项任务的？', example) }
    const said = intent.proof ?? c.message.text
    const proof = duty.wanted.find((one) => alike(said, one))
    const part = [...(await partNames(c, duty))].find(([, name]) => alike(said, name))
    if (!proof && !part) {
      const names = [...duty.wanted, ...(await partNames(c, duty)).values()]
      return { reply: problem('没有认出是哪一份', `这项任务要：${names.join('、')}。`, example) }
    }
    const changed = proof ? change(c, [duty], 'ticked', { proof }) : change(c, [duty], 'summed', { n: part?.[0] ?? 0 })
    const [after] = changed.map((one) => one.after)
    const missing = [
      ...duty.wanted.filter((one) => !after?.proofs.includes(one)),
      ...[...(await partNames(c, duty))].flatMap(([n, name]) =>
        after?.parts.find((one) => one.n === n)?.doneOn ? [] : [name],
      ),
    ]
    return answered(c, changed, {
      title: `已登记：${proof ?? part?.[1]}`,
      tone: 'good',
      fields: [['还差', missing.join('、') || '无，请报完成']],
    })
  },
}
