import { factsOf } from '../../db/queries/duties.ts'
import { dutiesUnder, tasksOfPlans } from '../../db/queries/yearend.ts'
import { type AboveFact, aboveWords, isAboveCode } from '../../src/model/above.ts'
import type { Told } from '../../src/model/recipe.ts'
import { atOffice } from '../../src/time/day.ts'
import type { Context } from '../command.ts'
import { wordsSaid } from '../history.ts'
import { dayWords, firstWords } from '../present.ts'
import { type Part, part } from './parts.ts'

const due = (c: Context, { dueOn, state }: AboveFact): string =>
  dueOn && state !== 'done' ? `，上级要求${dayWords(dueOn, c.today)}前` : ''

/** What has come from the office above since the last digest, and what is set for later here than it is asked for there. */
export const fromAbove = async (c: Context, { since }: Told): Promise<Part[]> => {
  const registers = c.office.plans.filter(({ code }) => isAboveCode(code))
  if (registers.length === 0) return []
  const tasks = await tasksOfPlans(
    c.db,
    registers.map(({ id }) => id),
  )
  const ids = tasks.map(({ id }) => id)
  const facts = (await factsOf(c.db, 'task', ids)).filter(({ kind }) => kind === 'above')
  const from = atOffice(since === '' ? c.today : since, since === '' ? '00:00' : c.office.settings.digestAt, c.zone)
  const codeOf = (task: (typeof tasks)[number]) =>
    `${registers.find(({ id }) => id === task.plan)?.code ?? ''}-${task.number}`
  const textOf = ({ secret, text }: (typeof tasks)[number]) => (secret ? '内部事项' : firstWords(text))
  const lines = tasks.flatMap((task) => {
    const own = facts.filter(({ id, at }) => id === task.id && at >= from)
    return own.flatMap((fact) => {
      const body = fact.body as unknown as AboveFact
      const why = wordsSaid(fact, 'reason')
      return body.what !== 'same'
        ? [{ text: `${codeOf(task)} ${aboveWords[body.what]}：${textOf(task)}${due(c, body)}${why && `（${why}）`}` }]
        : []
    })
  })
  const duties = await dutiesUnder(c.db, ids)
  const later = tasks.flatMap((task) => {
    const asked = (facts.filter(({ id }) => id === task.id).at(-1)?.body as AboveFact | undefined)?.dueOn
    const behind = duties.find(
      ({ task: id, dueOn, state }) =>
        id === task.id && asked && dueOn && dueOn > asked && !['done', 'waived', 'review'].includes(state),
    )
    return asked && behind?.dueOn
      ? [{ text: `${codeOf(task)} 定在${dayWords(behind.dueOn, c.today)}，上级要求${dayWords(asked, c.today)}前` }]
      : []
  })
  return [...part(`上级交办的变化${lines.length}项`, lines), ...part('比上级的时限晚', later)]
}
