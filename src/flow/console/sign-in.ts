import { and, eq, isNull, lt, sql } from 'drizzle-orm'
import { staleIf } from '../../../db/guard.ts'
import { personRow } from '../../../db/queries/people.ts'
import { linkHolder, sessionBySecret } from '../../../db/queries/sessions.ts'
import type { Write } from '../../../db/store.ts'
import type { Body } from '../../model/fact.ts'
import type { Actor } from '../../model/person.ts'
import { BadInput } from '../../model/problem.ts'
import type { Deps } from '../deps.ts'
import { happeningWrites, type Stamp } from '../ledger.ts'
import { secretDigest as digest, opened, sealed, secretOf } from './link.ts'

export { giveLink, linkUrl, opened } from './link.ts'

/** A session is good for a working day of eight hours. */
export const SESSION_MS = 8 * 3_600_000
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
    more = () => [],
  }: { words?: Body; more?(q: Parameters<Parameters<Deps['store']['atomic']>[0]>[0]): Write[] } = {},
): Promise<void> => {
  const row = await personRow(deps.store, person)
  if (!row) throw new BadInput('此人已不在通讯录上')
  await deps.store.atomic((q) => [
    ...more(q),
    ...happeningWrites(deps, q, [{ row, kind, body, ...(words && { words }) }], sessionStamp(deps, person)),
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

/** Signs a person in whom `via` has proven. The cookie's value is given once. */
export const openSession = async (
  deps: Deps,
  person: string,
  via: Via,
  agent: string,
): Promise<{ cookie: string; expiresAt: Date }> => {
  const { row, cookie } = sessionRow(deps, person, via, agent)
  await personHappens(
    deps,
    person,
    'signed-in',
    { session: row.id, via },
    {
      more: (q) => [q.insert(deps.store.t.sessions).values(row)],
    },
  )
  return { cookie, expiresAt: row.expiresAt }
}

const gone = () => new BadInput('这个链接已经用过或者过了十分钟：请再对机器人说“网页版”，换一个新的')

/** @throws BadInput where the link was never given, is used or is too old: all in the same words */
const holderOf = async (deps: Deps, text: string) => {
  const secret = opened(text)?.secret
  const holder = secret && (await linkHolder(deps.store, digest(deps, 'link', secret)))
  if (!secret || !holder || holder.usedAt || holder.expiresAt <= deps.now()) throw gone()
  return { ...holder, digest: digest(deps, 'link', secret) }
}

/** Whom the link lets in, without using it. @throws BadInput */
export const linkNames = async (deps: Deps, text: string): Promise<{ name: string; role: Actor['role'] }> => {
  const { name, role } = await holderOf(deps, text)
  return { name, role }
}

/** Uses a link up: signs its person in, once. @throws BadInput */
export const useLink = async (deps: Deps, text: string, agent: string) => {
  const holder = await holderOf(deps, text)
  const { t, office } = deps.store
  const { row, cookie } = sessionRow(deps, holder.person, 'link', agent)
  const own = and(eq(t.links.office, office), eq(t.links.digest, holder.digest))
  const unused = sql`select 1 from ${t.links} where ${and(own, isNull(t.links.usedAt))}`
  await personHappens(
    deps,
    holder.person,
    'signed-in',
    { session: row.id, via: 'link' },
    {
      more: (q) => [
        staleIf(t, q, office, sql`not exists (${unused})`),
        q.update(t.links).set({ usedAt: deps.now() }).where(own),
        q.insert(t.sessions).values(row),
      ],
    },
  )
  return { cookie, expiresAt: row.expiresAt }
}

/** The session that a cookie stands for; undefined where it is none, has ended, or its eight hours are over. */
export const sessionOf = async (deps: Deps, cookie: string): Promise<Session | undefined> => {
  const secret = opened(cookie)?.secret
  const found = secret && (await sessionBySecret(deps.store, digest(deps, 'session', secret)))
  const now = deps.now()
  if (!found || found.endedAt || found.expiresAt <= now) return undefined
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

/** Ends a session: `by` its own person (signed out) or by whoever may. Ended already: nothing. */
export const endSession = async (deps: Deps, session: { id: string; person: string }, by: string): Promise<void> => {
  const { t, office } = deps.store
  const kind = session.person === by ? 'signed-out' : 'session-ended'
  await personHappens(
    deps,
    session.person,
    kind,
    { session: session.id, by },
    {
      more: (q) => [
        q
          .update(t.sessions)
          .set({ endedAt: deps.now() })
          .where(and(eq(t.sessions.office, office), eq(t.sessions.id, session.id), isNull(t.sessions.endedAt))),
      ],
    },
  )
}
