import { and, eq, isNull, lt, sql } from 'drizzle-orm'
import { isConflict } from '../../../db/conflict.ts'
import { staleIf } from '../../../db/guard.ts'
import { personRow } from '../../../db/queries/people.ts'
import {
  dropLinksOf,
  endSessionsOf,
  linkHolder,
  runningSessions,
  sessionBySecret,
} from '../../../db/queries/sessions.ts'
import type { Query, Write } from '../../../db/store.ts'
import type { Body } from '../../model/fact.ts'
import type { Actor } from '../../model/person.ts'
import { BadInput } from '../../model/problem.ts'
import type { Deps } from '../deps.ts'
import { happeningWrites, type Stamp } from '../ledger.ts'
import { secretDigest as digest, opened, sealed, secretOf } from './sign-in/link.ts'

export { giveLink, linkUrl, opened } from './sign-in/link.ts'

/** A session is good for a working day of eight hours. */
const SESSION_MS = 8 * 3_600_000
/** `seenAt` is written this often, so that reading a page is no write. */
const SEEN_MS = 5 * 60_000
const AGENT = 160

export type Via = 'link' | 'lark' | 'wecom' | 'demo'

/** Who is signed in, as the person stands on the register at this moment. */
export interface Session {
  id: string
  via: Via
  actor: Actor
  expiresAt: Date
}

/** How the console signs a person's facts. */
export const sessionStamp = (deps: Pick<Deps, 'now' | 'newId'>, person: string): Stamp => ({
  by: person,
  via: `web:${deps.newId()}`,
  at: deps.now(),
})

/** What somebody did at the console that changes no row (signed in, exported): a fact of the person. */
export const personHappens = async (
  deps: Deps,
  person: string,
  kind: string,
  body: Body,
  {
    words,
    by = person,
    more = () => [],
  }: { words?: Body /** Who did it, where it was not the person. */; by?: string; more?(q: Query): Write[] } = {},
): Promise<void> => {
  const row = await personRow(deps.store, person)
  if (!row) throw new BadInput('此人已不在通讯录上')
  await deps.store.atomic((q) => [
    ...more(q),
    ...happeningWrites(deps, q, [{ row, kind, body, ...(words && { words }) }], sessionStamp(deps, by)),
  ])
}

const sessionRow = (deps: Deps, person: string, via: Via, agent: string) => {
  const secret = secretOf(deps)
  const now = deps.now()
  const id = deps.newId()
  const row = {
    ...{ office: deps.store.office, id, digest: digest(deps, 'session', secret), person, via },
    ...{ agent: agent.slice(0, AGENT), startedAt: now, seenAt: now },
    ...{ expiresAt: new Date(now.getTime() + SESSION_MS), endedAt: null },
  }
  return { row, cookie: sealed(deps, secret) }
}

/** Two that sign in or out at the same moment meet at the person's row: who comes second looks again. */
const TRIES = 8
const JITTER_MS = 20
const retried = async <T>(deps: Deps, work: () => Promise<T>): Promise<T> => {
  for (let tries = 1; ; tries++) {
    try {
      return await work()
    } catch (error) {
      if (!isConflict(error) || tries >= TRIES) throw error
      await deps.sleep(deps.random() * JITTER_MS)
    }
  }
}

/** Signs a person in whom `via` has proven. The cookie's value is given once. */
export const openSession = async (
  deps: Deps,
  person: string,
  via: Via,
  agent: string,
): Promise<{ cookie: string; expiresAt: Date }> => {
  const { row, cookie } = sessionRow(deps, person, via, agent)
  const body = { session: row.id, via }
  await retried(deps, () =>
    personHappens(deps, person, 'signed-in', body, { more: (q) => [q.insert(deps.store.t.sessions).values(row)] }),
  )
  return { cookie, expiresAt: row.expiresAt }
}

export const USED_UP = '这个链接已经用过、过了十分钟，或者已换了新的：请用最新的一个，或再对机器人说“网页版”'
const gone = () => new BadInput(USED_UP)

/** @throws BadInput where the link was never given, is used or is too old: all in the same words */
const holderOf = async (deps: Deps, text: string) => {
  const secret = opened(text)?.secret
  const holder = secret && (await linkHolder(deps.store, digest(deps, 'link', secret)))
  if (!secret || !holder || holder.usedAt || holder.expiresAt <= deps.now() || holder.role === 'unknown') throw gone()
  return { ...holder, digest: digest(deps, 'link', secret) }
}

/** Whom the link lets in, without using it. @throws BadInput */
export const linkNames = async (deps: Deps, text: string): Promise<{ name: string; role: Actor['role'] }> => {
  const { name, role } = await holderOf(deps, text)
  return { name, role }
}

/** Uses a link up: signs its person in, once, however many press at the same moment. @throws BadInput */
export const useLink = (deps: Deps, text: string, agent: string): Promise<{ cookie: string; expiresAt: Date }> =>
  retried(deps, async () => {
    const holder = await holderOf(deps, text)
    const { t, office } = deps.store
    const { row, cookie } = sessionRow(deps, holder.person, 'link', agent)
    const own = and(eq(t.links.office, office), eq(t.links.digest, holder.digest))
    const unused = sql`select 1 from ${t.links} where ${and(own, isNull(t.links.usedAt))}`
    const body = { session: row.id, via: 'link' }
    await personHappens(deps, holder.person, 'signed-in', body, {
      more: (q) => [
        staleIf(t, q, office, sql`not exists (${unused})`),
        q.update(t.links).set({ usedAt: deps.now() }).where(own),
        q.insert(t.sessions).values(row),
      ],
    })
    return { cookie, expiresAt: row.expiresAt }
  })

/** The session that a cookie stands for; undefined where it is none, has ended, or its eight hours are over. */
export const sessionOf = async (deps: Deps, cookie: string): Promise<Session | undefined> => {
  const secret = opened(cookie)?.secret
  const found = secret && (await sessionBySecret(deps.store, digest(deps, 'session', secret)))
  const now = deps.now()
  // Whoever is nobody on the register any more has no session either, from this request on.
  if (!found || found.endedAt || found.expiresAt <= now || found.role === 'unknown') return undefined
  if (now.getTime() - found.seenAt.getTime() > SEEN_MS) await seen(deps, found.id, now)
  const { id, via, expiresAt, person, name, role, units, charge } = found
  return { id, via, expiresAt, actor: { id: person, name, role, units, charge } }
}

const seen = async ({ store }: Deps, id: string, now: Date): Promise<void> => {
  const { t, office } = store
  await store.one((q) =>
    q
      .update(t.sessions)
      .set({ seenAt: now })
      .where(and(eq(t.sessions.office, office), eq(t.sessions.id, id), lt(t.sessions.seenAt, now))),
  )
}

/** Ends sessions of one person: `by` that person (signed out) or by whoever may. */
const endThose = async (
  deps: Deps,
  person: string,
  sessions: readonly string[],
  by: string,
  { shutsOut = true } = {},
): Promise<void> => {
  const kind = person === by ? 'signed-out' : 'session-ended'
  const more = (q: Query) => [
    endSessionsOf(deps.store, q, sessions, deps.now()),
    // A link that is still out would let in again whoever was shut out.
    ...(shutsOut ? [dropLinksOf(deps.store, q, [person])] : []),
  ]
  await retried(deps, () => personHappens(deps, person, kind, { sessions: [...sessions], by }, { by, more }))
}

/** Ends the session that asks for it: signs out. */
export const endSession = (deps: Deps, session: { id: string; person: string }, by: string): Promise<void> =>
  endThose(deps, session.person, [session.id], by, { shutsOut: false })

/** Ends a running session of `person`'s own, or of anybody where no person is given; false where there is none such. */
export const endRunning = async (deps: Deps, id: string, by: string, person?: string): Promise<boolean> => {
  const found = (await runningSessions(deps.store, deps.now(), person)).find((session) => session.id === id)
  if (!found) return false
  await endThose(deps, found.person, [id], by)
  return true
}

/** Ends all of somebody's sessions but the one that asks for it. Returns how many. */
export const endOthers = async (deps: Deps, person: string, but: string): Promise<number> => {
  const others = (await runningSessions(deps.store, deps.now(), person)).filter(({ id }) => id !== but)
  const ids = others.map(({ id }) => id)
  if (ids.length > 0) await endThose(deps, person, ids, person)
  return ids.length
}
