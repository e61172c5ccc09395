import { and, eq } from 'drizzle-orm'
import { dutyRow } from '../../../commands/row.ts'
import { isConflict } from '../../../db/conflict.ts'
import { guardRoster } from '../../../db/guard.ts'
import { unitRows } from '../../../db/queries/office.ts'
import type { Query, Write } from '../../../db/store.ts'
import { BadInput } from '../../model/problem.ts'
import { dayOf } from '../../time/day.ts'
import type { Deps } from '../deps.ts'
import { happeningWrites, officeMoves, readWrites, type Stamp } from '../ledger.ts'
import { unitWrites } from '../plan/outlook.ts'
import { changed } from '../roster/change.ts'
import { type Foreseen, foresee, isPending, type Request } from './foresee.ts'
import type { Passage } from './joining.ts'

/** Facts of duties in one batch: three statements each. */
const FACTS = 50

/** The next passages of duties: whole places, so that what is broken off is gone on with where it stopped. */
const nextOf = (passages: readonly Passage[]): Passage[] => {
  const next: Passage[] = []
  let facts = 0
  for (const one of passages) {
    if (next.length > 0 && facts + one.happenings.length > FACTS) break
    next.push(one)
    facts += one.happenings.length
  }
  return next
}

/** Whether all of it is written at once. */
export const isOneBatch = ({ passages }: Foreseen): boolean => nextOf(passages).length === passages.length

const peopleWrites = (deps: Deps, q: Query, { people, rooms }: Foreseen, stamp: Stamp): Write[] => {
  const { t, office } = deps.store
  const on = dayOf(stamp.at, deps.zone)
  return [
    ...people.flatMap(({ row, units, charge }): Write[] => {
      const body = { on, cause: 'succession', units, charge }
      const { writes, set } = changed(
        deps,
        q,
        { subject: 'person', id: row.id, before: row, kind: 'moved', body },
        stamp,
      )
      const person = and(eq(t.people.office, office), eq(t.people.id, row.id))
      return [
        ...writes,
        q
          .update(t.people)
          .set({ units, charge, ...set })
          .where(person),
      ]
    }),
    ...rooms.flatMap(({ row, units }): Write[] => {
      const body = { on, cause: 'succession', scope: row.scope, units }
      const { writes, set } = changed(
        deps,
        q,
        { subject: 'room', id: row.key, before: row, kind: 'bound', body },
        stamp,
      )
      const room = and(eq(t.rooms.office, office), eq(t.rooms.key, row.key))
      return [
        ...writes,
        q
          .update(t.rooms)
          .set({ units, ...set })
          .where(room),
      ]
    }),
  ]
}

/** The entry itself: each old unit's fact, with the heirs that are new. */
const entryOf = async (deps: Deps, { olds, heirs, request }: Foreseen) => {
  const fresh = olds.filter(({ succession }) => !succession).map(({ id }) => id)
  const { from, reason } = request
  const body = { to: heirs.map(({ id }) => id), from }
  return (await unitRows(deps.store, fresh)).map((row) => ({
    ...{ row, kind: 'succeeded', body },
    ...(reason !== '' && { words: { reason } }),
  }))
}

export interface Succeeded {
  moved: number
  joined: number
  ended: number
  people: number
  rooms: number
  batches: number
}

const TRIES = 50

/**
 * Writes a succession: the entry with people, rooms and the first duties in one batch, what is left of many duties in
 * batches after it. Each is all or none and leaves the ledger true; when it breaks off, the same request goes on where it
 * stopped, and once all is written it changes nothing. Until then what has not moved is found under either name.
 * @throws BadInput as `foresee`, or when the ledger is too busy
 */
export const succeed = async (deps: Deps, request: Request, stamp: Stamp): Promise<Succeeded> => {
  const done: Succeeded = { moved: 0, joined: 0, ended: 0, people: 0, rooms: 0, batches: 0 }
  const { t, office } = deps.store
  for (let tries = 1; ; ) {
    const foreseen = await foresee(deps, request)
    if (!isPending(foreseen)) return done
    const next = nextOf(foreseen.passages)
    const kept = next.filter(({ how }) => how === 'kept').map(({ stays }) => dutyRow(stays))
    const facts = [...(await entryOf(deps, foreseen)), ...next.flatMap(({ happenings }) => happenings)]
    try {
      await deps.store.atomic((q) => [
        guardRoster(t, q, office, foreseen.version),
        ...readWrites(deps, q, kept),
        ...unitWrites(deps, q, foreseen.entered, foreseen.units, stamp),
        ...happeningWrites(deps, q, facts, stamp),
        ...peopleWrites(deps, q, foreseen, stamp),
        officeMoves(deps, q),
      ])
    } catch (error) {
      if (!isConflict(error)) throw error
      if (tries++ >= TRIES) throw new BadInput('台账正忙，这次没有移完：请再执行一次同样的命令，会接着做')
      await deps.sleep(deps.random() * 20)
      continue
    }
    tries = 1
    done.moved += next.filter(({ how }) => how === 'moved').length
    done.joined += next.filter(({ how }) => how === 'joined').length
    done.ended += next.reduce((n, { ended }) => n + ended.length, 0)
    done.people += foreseen.people.length
    done.rooms += foreseen.rooms.length
    done.batches++
  }
}
