import { and, eq, lte, or } from 'drizzle-orm'
import type { Tables } from '../schema.ts'
import type { OfficeStore, Reader } from '../store.ts'

export type Listener = Tables['listeners']['$inferSelect']

interface Hold {
  /** `wecom:AIB001` */
  app: string
  owner: string
  now: Date
  until: Date
}

/** Takes the one connection of an app, or keeps it. False where another holds it, or it rests after a loss. */
export const takeListener = async (store: OfficeStore, { app, owner, now, until }: Hold): Promise<boolean> => {
  const { listeners } = store.t
  const rows = await store.one((q) =>
    q
      .insert(listeners)
      .values({ office: store.office, app, owner, until, at: now, lost: '' })
      .onConflictDoUpdate({
        target: [listeners.office, listeners.app],
        set: { owner, until, at: now, lost: '' },
        setWhere: or(lte(listeners.until, now), eq(listeners.owner, owner)),
      })
      .returning({ owner: listeners.owner }),
  )
  return rows.length === 1
}

/** Holds it longer. False where it has become another's, or nobody's. */
export const renewListener = async (store: OfficeStore, { app, owner, until }: Omit<Hold, 'now'>): Promise<boolean> => {
  const { listeners } = store.t
  const rows = await store.one((q) =>
    q
      .update(listeners)
      .set({ until })
      .where(and(eq(listeners.office, store.office), eq(listeners.app, app), eq(listeners.owner, owner)))
      .returning({ owner: listeners.owner }),
  )
  return rows.length === 1
}

/**
 * Gives it back, and says why. Until then nobody takes it: now where it is free, later where it rests. Nothing happens where
 * it is another's by now.
 */
export const leaveListener = (
  store: OfficeStore,
  { app, owner, now, until, lost }: Hold & { lost: string },
): Promise<unknown> => {
  const { listeners } = store.t
  return store.one((q) =>
    q
      .update(listeners)
      .set({ owner: '', until, at: now, lost })
      .where(and(eq(listeners.office, store.office), eq(listeners.app, app), eq(listeners.owner, owner))),
  )
}

/** Who listens for which app, and how that stands. */
export const listenersOf = ({ q, t, office }: Reader): Promise<Listener[]> =>
  Promise.resolve(q.select().from(t.listeners).where(eq(t.listeners.office, office)).orderBy(t.listeners.app))
