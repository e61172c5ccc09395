import { factsOf, findTasks, type TaskView } from '../db/queries/duties.ts'
import { closedNumbered, dutiesUnder, followersOf, tasksWhole } from '../db/queries/yearend.ts'
import type { Card } from '../src/model/card.ts'
import { stateWords } from '../src/model/duty.ts'
import { readsAll } from '../src/model/person.ts'
import type { Context } from './command.ts'
import { dayWords, firstWords, unitName } from './present.ts'

/** Tasks of plans that have ended: where they went, and how they stood. */

/** Where duties of a task went: the tasks that go on from it, in which a duty says that it came from there. */
const wentTo = async (c: Context, task: string, code: string): Promise<string[]> => {
  const heirs = await followersOf(c.db, [task])
  const duties = await dutiesUnder(
    c.db,
    heirs.map(({ id }) => id),
  )
  const facts = await factsOf(
    c.db,
    'duty',
    duties.map(({ id }) => id),
  )
  const came = new Set(
    facts
      .filter(({ kind, body }) => (kind === 'carried' || kind === 'joined') && body.code === code)
      .map(({ id }) => id),
  )
  return [...new Set(duties.filter(({ id }) => came.has(id)).map((duty) => duty.task))]
}

/** Units whose part of it the speaker may read; undefined for all. */
const readable = (c: Context): readonly string[] | undefined =>
  readsAll(c.actor) ? undefined : c.actor.role === 'unknown' ? c.place.units : c.actor.units

type Closed = Awaited<ReturnType<typeof closedNumbered>>[number]

const closedCard = async (c: Context, task: Closed): Promise<Card | undefined> => {
  const units = readable(c)
  const own = (await dutiesUnder(c.db, [task.id])).filter(({ unit }) => units === undefined || units.includes(unit))
  const heirs = await tasksWhole(
    c.db,
    (await followersOf(c.db, [task.id])).map(({ id }) => id),
  )
  if (own.length === 0 && units !== undefined) return undefined
  const now = heirs.flatMap(({ plan, number }) => {
    const head = c.office.plans.find((one) => one.id === plan && one.state === 'released')
    return head ? [`${head.code}-${number}`] : []
  })
  const ways = new Map<string, number>()
  for (const { state, late, archivedOn } of own) {
    const way =
      state === 'done'
        ? late
          ? '逾期办结'
          : '按时办结'
        : state === 'waived' && archivedOn
          ? '结转'
          : archivedOn
            ? `未完成归档（${stateWords[state]}）`
            : stateWords[state]
    ways.set(way, (ways.get(way) ?? 0) + 1)
  }
  const archived = own.find(({ archivedOn }) => archivedOn)?.archivedOn
  const names = [...new Set(own.map(({ unit }) => unitName(c, unit)))]
  return {
    title: `${task.planCode}-${task.number} 已随方案办结`,
    tone: 'plain',
    blocks: [
      { kind: 'text', text: task.secret ? '请到办公室领取' : firstWords(task.text, 60) },
      {
        kind: 'fields',
        fields: [
          ['办理结果', [...ways].map(([way, n]) => `${way}${n}项`).join('、') || '—'],
          ['单位', `${names.slice(0, 5).join('、')}${names.length > 5 ? `等${names.length}家` : ''}`],
          ...(archived ? [['归档', dayWords(archived, c.today)] as [string, string]] : []),
          ...(now.length > 0 ? [['下一年对应', now.join('、')] as [string, string]] : []),
        ],
      },
      { kind: 'note', text: '这份方案已经办结，不再收反馈；台账记录都在。' },
    ],
  }
}

/**
 * Numbers that no plan in work has, among the plans that have ended: the task under which they go on where they went to
 * one alone, else a card that tells how they ended. `numbers` are those of which something is known.
 */
export const closedTasks = async (
  c: Context,
  numbers: readonly string[],
  plan: string | undefined,
): Promise<{ moved: TaskView[]; told: Card[]; numbers: string[] }> => {
  const moved: TaskView[] = []
  const told: Card[] = []
  const known = new Set<string>()
  for (const task of await closedNumbered(c.db, numbers, plan)) {
    const code = `${task.planCode}-${task.number}`
    const targets = await tasksWhole(c.db, await wentTo(c, task.id, code))
    const views = (
      await Promise.all(
        targets.map(({ number, plan: id }) =>
          findTasks(c.db, [number], c.office.plans.find((one) => one.id === id)?.code ?? ''),
        ),
      )
    ).flat()
    const card = views.length === 1 ? undefined : await closedCard(c, task)
    if (views.length === 1) moved.push(...views)
    else if (card) told.push(card)
    if (views.length === 1 || card) known.add(task.number)
  }
  return { moved, told, numbers: [...known] }
}
