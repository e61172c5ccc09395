import type { AddedTask, OpenedDuties } from '../../commands/command.ts'
import { bulkInsert } from '../../db/bulk.ts'
import { guard } from '../../db/guard.ts'
import type { Query, Write } from '../../db/store.ts'
import type { TaskDraft } from '../model/plan.ts'
import type { Deps } from './deps.ts'
import { factRow, type Stamp } from './ledger.ts'
import { registerId, registerWrites } from './plan/register.ts'
import { type OpenedDuty, openedDuty } from './plan/release.ts'
import { taskId, taskRow } from './plan/rows.ts'

/** Writes of what a message adds to the ledger: tasks of the office's own, and duties in tasks that are there. */

const dutyWrites = (deps: Deps, q: Query, opened: readonly OpenedDuty[]): Write[] => {
  const { t } = deps.store
  return [
    ...bulkInsert(
      deps.store,
      q,
      t.duties,
      opened.map(({ duty }) => duty),
    ),
    ...bulkInsert(
      deps.store,
      q,
      t.facts,
      opened.map(({ fact }) => fact),
    ),
  ]
}

/** Duties that open in tasks that are there; two that open the same share at once conflict. */
export const openedWrites = (deps: Deps, q: Query, opened: readonly OpenedDuties[], stamp: Stamp): Write[] =>
  opened.flatMap(({ task, seeds }) => [
    guard(deps.store.t, q, deps.store.office, 'tasks', task.id, task.version),
    ...dutyWrites(
      deps,
      q,
      seeds.map((seed) =>
        openedDuty(
          deps,
          { ...seed, task: task.id.slice(task.plan.length + 1) },
          { plan: task.plan, task: task.id, ord: task.ord, claimBy: null },
          stamp,
        ),
      ),
    ),
  ])

const draftOf = ({ number, text, deadlines, source, lead, support }: AddedTask): TaskDraft => ({
  ...{ id: number, section: source ? [source] : [], text, lead, support, openEnded: false, divided: false, deadlines },
  note: source,
  source: { line: 0, raw: '' },
  sources: { lead: [], support: [], deadlines: [] },
})

/** The registers of the years' own tasks (临时交办), each made with its first. */
const registersOf = (deps: Deps, q: Query, added: readonly AddedTask[], stamp: Stamp): Write[] => {
  const heads = new Map(added.flatMap(({ plan }) => ('code' in plan ? [[plan.code, plan] as const] : [])))
  return [...heads.values()].flatMap((head) => registerWrites(deps, q, head, stamp))
}

const planOf = (deps: Deps, { plan }: Pick<AddedTask, 'plan'>): string =>
  'id' in plan ? plan.id : registerId(deps, plan.code)

/** The id that an added task will have. */
export const addedId = (deps: Deps, task: Pick<AddedTask, 'plan' | 'number'>): string =>
  taskId(planOf(deps, task), task.number)

/** Tasks that the office adds, each with its number, its fact and its duties; two with one number at once conflict. */
export const addedWrites = (deps: Deps, q: Query, added: readonly AddedTask[], stamp: Stamp): Write[] => [
  ...registersOf(deps, q, added, stamp),
  ...added.flatMap((task): Write[] => {
    const plan = planOf(deps, task)
    const id = addedId(deps, task)
    const ord = Number.parseInt(task.number, 10) || 0
    const body = { plan, number: task.number, added: true, ...task.rectifies }
    const fact = factRow(deps, { subject: 'task', id, seq: 1, prev: '', kind: 'drafted', body }, stamp)
    const link = { subject: 'task' as const, id, seq: 2, prev: fact.hash, kind: 'above' }
    const facts = [fact, ...(task.above ? [factRow(deps, { ...link, body: task.above.fact }, stamp)] : [])]
    const row = {
      ...taskRow(deps, { plan, id, ord, kind: 'demand' }, draftOf(task), facts.at(-1)?.hash ?? ''),
      ...{ proofs: task.proofs, secret: task.above?.secret ?? false, version: facts.length },
    }
    const opening = { plan, task: id, ord, claimBy: null }
    return [
      q.insert(deps.store.t.facts).values(facts),
      q.insert(deps.store.t.tasks).values(row),
      ...dutyWrites(
        deps,
        q,
        task.seeds.map((seed) => openedDuty(deps, { ...seed, task: task.number }, opening, stamp)),
      ),
    ]
  }),
]
