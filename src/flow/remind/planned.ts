import { and, eq } from 'drizzle-orm'
import { among } from '../../../db/among.ts'
import { bulkInsert } from '../../../db/bulk.ts'
import type { Json } from '../../../db/schema.ts'
import type { Query, Write } from '../../../db/store.ts'
import { type Address, addressKey } from '../../model/message.ts'
import type { Recipe } from '../../model/recipe.ts'
import type { Deps } from '../deps.ts'

/** A push that is due. Its id is made of its cause: planned again, by whomever, it is the same one. */
export interface Planned {
  id: string
  /** The push of which it is one message: `week:2026-04-20`. */
  batch: string
  recipe: Recipe
  address: Address
  units: string[]
  /** A room that is muted hears it afterwards. */
  dueAt: Date
  validUntil: Date
}

/** Hours run day and night; a list that waits may not hold them up. */
const isOfHours = (recipe: Recipe): boolean =>
  recipe.kind === 'clock' || (recipe.kind === 'case' && recipe.told !== 'handed')

const rowOf = (deps: Deps, { recipe, ...planned }: Planned) => ({
  ...planned,
  office: deps.store.office,
  lane: isOfHours(recipe) ? ('clock' as const) : ('push' as const),
  origin: 'tick' as const,
  room: addressKey(planned.address),
  ord: deps.newId(),
  card: null,
  recipe: { ...recipe, to: planned.address } as unknown as Record<string, Json>,
  state: 'waiting' as const,
  tasks: [],
})

/** Ids of those that are queued already. */
const knownOf = async ({ store: { t, q, office } }: Deps, ids: readonly string[]): Promise<Set<string>> =>
  new Set(
    (
      await q
        .select({ id: t.outbox.id })
        .from(t.outbox)
        .where(and(eq(t.outbox.office, office), among(t.outbox.id, ids)))
    ).map(({ id }) => id),
  )

/** Statements that queue what is not queued yet, for a batch of something else. */
export const plannedWrites = (deps: Deps, q: Query, planned: readonly Planned[]): Write[] =>
  bulkInsert(
    deps.store,
    q,
    deps.store.t.outbox,
    planned.map((one) => rowOf(deps, one)),
    { ignore: true },
  )

/** Queues what is not queued yet, in one look and one write, together with `also`; returns the ids of what is new. */
export const queue = async (
  deps: Deps,
  planned: readonly Planned[],
  also: (q: Query) => Write[] = () => [],
): Promise<string[]> => {
  const known =
    planned.length > 0
      ? await knownOf(
          deps,
          planned.map(({ id }) => id),
        )
      : new Set()
  const fresh = planned.filter(({ id }) => !known.has(id))
  await deps.store.atomic((q) => [...also(q), ...plannedWrites(deps, q, fresh)])
  return fresh.map(({ id }) => id)
}
