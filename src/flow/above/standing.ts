import { type DutyView, factsOf, findDuties } from '../../../db/queries/duties.ts'
import { dutiesUnder, tasksOfPlans } from '../../../db/queries/yearend.ts'
import { type AboveFact, isAboveCode, type UpFact } from '../../model/above.ts'
import type { Deps } from '../deps.ts'

/** Where an office stands under another: that office's side, and the name of the unit that this one is there. */
export type Above = NonNullable<Deps['above']>

type OwnDuty = Awaited<ReturnType<typeof dutiesUnder>>[number]
type OwnTask = Awaited<ReturnType<typeof tasksOfPlans>>[number]

/** A report that was not taken above: the message that carried it, and what was answered. */
export interface NotTaken {
  report: string
  answer: string
}

/** What the office below wants told above, in its own words; `id` is that of the message that carries it. */
export interface Asked extends UpFact {
  id: string
  text: string
}

/** A task that came from above: what was last heard of it, and what the office below has made of it. */
export interface Held {
  task: OwnTask
  last: AboveFact
  /** What is to be told above and is not answered yet, the oldest first. */
  asked: Asked[]
  /** The messages of which it is told below what became of them. */
  told: ReadonlySet<string>
  duties: OwnDuty[]
}

/**
 * The unit's duties above, and nothing else of that office: only those of released plans. Undefined where its roster has no
 * unit of that name.
 */
export const dutiesAbove = async ({ deps, unit }: Above): Promise<{ id: string; duties: DutyView[] } | undefined> => {
  const { view } = await deps.cache(deps.store)
  const found = view.units.find(({ name, short, kind }) => kind === 'unit' && (name === unit || short.includes(unit)))
  return found && { id: found.id, duties: await findDuties(deps.store, { units: [found.id] }) }
}

/** What came down so far, by the id of the duty above; also of registers that were closed since. */
export const heldBelow = async ({ store, cache }: Deps, office: string): Promise<Map<string, Held>> => {
  const { view } = await cache(store)
  const registers = view.plans.filter(({ code }) => isAboveCode(code)).map(({ id }) => id)
  if (registers.length === 0) return new Map()
  const tasks = await tasksOfPlans(store, registers)
  const ids = tasks.map(({ id }) => id)
  const last = new Map<string, AboveFact>()
  const asked = new Map<string, Asked[]>()
  const told = new Set<string>()
  // In their own order: servers' clocks may be apart.
  for (const { id, seq, kind, body, words } of (await factsOf(store, 'task', ids)).sort((a, b) => a.seq - b.seq)) {
    const open = asked.get(id) ?? []
    if (kind === 'sent-up') {
      const text = typeof words?.text === 'string' ? words.text : ''
      asked.set(id, [...open, { ...(body as unknown as UpFact), id: `${id}#${seq}`, text }])
    }
    const fact = body as unknown as AboveFact
    if (kind !== 'above' || fact.office !== office) continue
    last.set(id, fact)
    if (fact.report !== undefined) told.add(fact.report)
    asked.set(
      id,
      open.filter((one) => one.id !== fact.report),
    )
  }
  const duties = await dutiesUnder(store, ids)
  return new Map(
    tasks.flatMap((task): [string, Held][] => {
      const own = last.get(task.id)
      const held = duties.filter((duty) => duty.task === task.id)
      return own ? [[own.duty, { task, last: own, asked: asked.get(task.id) ?? [], told, duties: held }]] : []
    }),
  )
}
