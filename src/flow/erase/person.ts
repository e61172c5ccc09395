import { and, eq } from 'drizzle-orm'
import { among } from '../../../db/among.ts'
import { factsWithWords, noticesWithWords, receiptsHolding, wordless } from '../../../db/queries/mentions.ts'
import type { Query, Write } from '../../../db/store.ts'
import type { Secret } from '../../model/case.ts'
import { BadInput } from '../../model/problem.ts'
import { dayOf } from '../../time/day.ts'
import type { Deps } from '../deps.ts'
import { happeningWrites, officeMoves, type Stamp } from '../ledger.ts'
import { changed } from '../roster/change.ts'
import { mobileDigest } from '../roster/people.ts'
import { documentsNaming, quotable } from './documents.ts'

type Place = [subject: string, id: string, seq: number]

/** What there is of a person besides their row on the roster. */
export interface Traces {
  /** Facts whose words are the person's own (what they said and what the roster said of them). */
  own: Place[]
  /** Facts of others whose words speak of the person. */
  mentions: Place[]
  /** Notices to the person, and those of others whose cards speak of them. */
  notices: { theirs: string[]; waiting: string[]; others: string[] }
  /** Names of evidence that speak of the person. */
  evidence: string[]
  /** Words of cases that speak of the person, as the case's row keeps them. */
  cases: { id: string; secret: Secret }[]
  /** Documents that name the person or quote them, and are left as they are, by what they are called. */
  left: string[]
}

const NUMBER = /1\d{10}/g

/** Does a stored value speak of the person: by name, by an account's id, by the mobile number? */
const speaksOf = (deps: Deps, { name, mobile, ids }: { name: string; mobile: string; ids: string[] }) => {
  const needles = [name, ...ids]
  return (value: unknown): boolean => {
    if (value === null || value === undefined) return false
    const text = JSON.stringify(value)
    if (needles.some((needle) => text.includes(needle))) return true
    return mobile !== '' && (text.match(NUMBER) ?? []).some((number) => mobileDigest(deps, number) === mobile)
  }
}

const readPerson = async ({ store: { q, t, office } }: Deps, id: string) => {
  const [row] = await q
    .select()
    .from(t.people)
    .where(and(eq(t.people.office, office), eq(t.people.id, id)))
  if (!row || row.name === '') throw new BadInput('没有这个人，或已经清除')
  const keys = await q
    .select({ key: t.identities.key })
    .from(t.identities)
    .where(and(eq(t.identities.office, office), eq(t.identities.person, id)))
  return { row, keys: keys.map(({ key }) => key) }
}

/** Accounts that were the person's once stand in the words of their facts alone. */
const formerKeys = async ({ store: { q, t, office } }: Deps, id: string): Promise<string[]> => {
  const facts = await q
    .select({ words: t.facts.words })
    .from(t.facts)
    .where(and(eq(t.facts.office, office), eq(t.facts.subject, 'person'), eq(t.facts.id, id)))
  return facts.flatMap(({ words }) => [
    ...(Array.isArray(words?.accounts) ? words.accounts.map(String) : []),
    ...(typeof words?.account === 'string' ? [words.account] : []),
  ])
}

const idOf = (key: string): string => key.split(':').slice(2).join(':')

const tracesOf = async (deps: Deps, id: string) => {
  const { store } = deps
  const { q, t, office } = store
  const { row, keys } = await readPerson(deps, id)
  const all = [...new Set([...keys, ...(await formerKeys(deps, id))])]
  const ids = all.map(idOf).filter((one) => one !== '')
  const speaks = speaksOf(deps, { ...row, ids })
  const traces: Traces = {
    ...{ own: [], mentions: [], evidence: [], cases: [] },
    notices: { theirs: [], waiting: [], others: [] },
    left: [],
  }
  const said: string[] = []
  for await (const page of factsWithWords(store))
    for (const { subject, id: of, seq, by, words } of page) {
      const place: Place = [subject, of, seq]
      if (by === id && (subject === 'duty' || subject === 'score')) said.push(...quotable(words?.text ?? words?.proof))
      if (by === id || (subject === 'person' && of === id)) traces.own.push(place)
      else if (speaks(words)) traces.mentions.push(place)
    }
  traces.left = await documentsNaming(deps, speaks, said)
  for await (const page of noticesWithWords(store))
    for (const { id: notice, room, address, state, ...said } of page) {
      if (all.includes(room) || (address.kind === 'person' && ids.includes(address.id)))
        traces.notices.theirs.push(notice)
      else if (speaks(said)) (state === 'waiting' ? traces.notices.waiting : traces.notices.others).push(notice)
    }
  const evidence = await q
    .select({ id: t.evidence.id, name: t.evidence.name, hint: t.evidence.hint })
    .from(t.evidence)
    .where(eq(t.evidence.office, office))
  traces.evidence = evidence.filter(({ name, hint }) => speaks([name, hint])).map((one) => one.id)
  const secrets = await q
    .select({ id: t.cases.id, secret: t.cases.secret })
    .from(t.cases)
    .where(eq(t.cases.office, office))
  traces.cases = secrets.flatMap(({ id: of, secret }) => {
    const left = Object.entries(secret ?? {}).filter(([, text]) => !speaks(text))
    return left.length === Object.keys(secret ?? {}).length ? [] : [{ id: of, secret: Object.fromEntries(left) }]
  })
  return { row, keys: all, ids, traces }
}

/** What erasing a person would take away, for whoever decides on it. @throws BadInput where there is no such person */
export const foreseeErasure = async (deps: Deps, id: string): Promise<Traces> => (await tracesOf(deps, id)).traces

/** Notices: the person's own go whole, of the others the words; one that waits and speaks of them is not sent. */
export const noticeWrites = (
  { store }: Deps,
  q: Query,
  { theirs, waiting, others }: Traces['notices'],
  at: Date,
): Write[] => {
  const { t, office } = store
  const blank = { card: null, recipe: null, error: null }
  return [
    q
      .delete(t.shown)
      .where(and(eq(t.shown.office, office), among(t.shown.message, [...theirs, ...waiting, ...others]))),
    q.delete(t.outbox).where(and(eq(t.outbox.office, office), among(t.outbox.id, theirs))),
    q
      .update(t.outbox)
      .set({ ...blank, state: 'dropped', settledAt: at })
      .where(and(eq(t.outbox.office, office), among(t.outbox.id, waiting))),
    q
      .update(t.outbox)
      .set(blank)
      .where(and(eq(t.outbox.office, office), among(t.outbox.id, others))),
  ]
}

/** Ways in, and what was asked and not answered. */
const doorWrites = ({ store }: Deps, q: Query, id: string, keys: readonly string[]): Write[] => {
  const { t, office } = store
  return [
    q.delete(t.identities).where(and(eq(t.identities.office, office), eq(t.identities.person, id))),
    ...[t.codes, t.links, t.sessions].map((table) =>
      q.delete(table).where(and(eq(table.office, office), eq(table.person, id))),
    ),
    q.delete(t.dialogues).where(and(eq(t.dialogues.office, office), among(t.dialogues.person, [id, ...keys]))),
    q.delete(t.dialogues).where(and(eq(t.dialogues.office, office), among(t.dialogues.room, [...keys]))),
  ]
}

/** What the person ordered into their own chat ends, and no row says where that chat is. */
const subscriptionWrites = async (deps: Deps, id: string, keys: readonly string[], stamp: Stamp) => {
  const { q: read, t, office } = deps.store
  const rows = await read.select().from(t.subscriptions).where(eq(t.subscriptions.office, office))
  const own = rows.filter(({ room, person }) => room !== '' && (keys.includes(room) || (person === id && room === '')))
  return (q: Query): Write[] => [
    ...happeningWrites(
      deps,
      q,
      own.map(({ id: of, version, head }) => ({
        row: { subject: 'subscription', id: of, version, head },
        kind: 'stopped',
        body: { on: dayOf(stamp.at, deps.zone), why: 'erased' },
      })),
      stamp,
    ),
    ...own.map(({ id: of, address }) =>
      q
        .update(t.subscriptions)
        .set({ room: '', address: { ...address, id: '' } })
        .where(and(eq(t.subscriptions.office, office), eq(t.subscriptions.id, of))),
    ),
  ]
}

const unitNameWrites = ({ store: { t, office } }: Deps, q: Query, name: string): Write[] => [
  q
    .update(t.units)
    .set({ leader: '' })
    .where(and(eq(t.units.office, office), eq(t.units.leader, name))),
  q
    .update(t.units)
    .set({ headName: '' })
    .where(and(eq(t.units.office, office), eq(t.units.headName, name))),
]

/**
 * Erases a person: name, mobile, accounts, sessions, what they said and what others' words say of them, and messages that
 * hold any of it. Row and facts stay without words, so chains and seals hold; who erased, when and why is a fact of that
 * row. Documents that name the person (plans, papers) are left and told. @throws BadInput, conflict
 */
export const erasePerson = async (deps: Deps, id: string, reason: string, stamp: Stamp): Promise<Traces> => {
  if (id === stamp.by) throw new BadInput('不能清除自己：请另一位管理人员来办')
  const { row, keys, ids, traces } = await tracesOf(deps, id)
  const subscriptions = await subscriptionWrites(deps, id, keys, stamp)
  const { t, office } = deps.store
  const body = { on: dayOf(stamp.at, deps.zone), role: row.role }
  const gone = {
    ...{ name: '', role: 'unknown' as const, units: [], charge: [], post: '', mobile: '' },
    ...{ awayUntil: null, substitute: '' },
  }
  await deps.store.atomic((q) => {
    const change = { subject: 'person' as const, id, before: row, kind: 'erased', body, words: { reason } }
    const { writes, set } = changed(deps, q, change, stamp)
    return [
      ...writes,
      q
        .update(t.people)
        .set({ ...gone, ...set })
        .where(and(eq(t.people.office, office), eq(t.people.id, id))),
      ...subscriptions(q),
      ...wordless(deps.store, q, [...traces.own, ...traces.mentions]),
      ...noticeWrites(deps, q, traces.notices, stamp.at),
      ...doorWrites(deps, q, id, keys),
      ...receiptsHolding(deps.store, q, ids),
      ...unitNameWrites(deps, q, row.name),
      q
        .update(t.evidence)
        .set({ name: '', hint: null })
        .where(and(eq(t.evidence.office, office), among(t.evidence.id, traces.evidence))),
      ...traces.cases.map(({ id: of, secret }) =>
        q
          .update(t.cases)
          .set({ secret })
          .where(and(eq(t.cases.office, office), eq(t.cases.id, of))),
      ),
      officeMoves(deps, q),
    ]
  })
  return traces
}
