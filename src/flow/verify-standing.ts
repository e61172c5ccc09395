import { and, asc, eq, inArray } from 'drizzle-orm'
import { isUnopened } from '../../db/sealing.ts'
import type { Reader } from '../../db/store.ts'
import type { Body } from '../model/fact.ts'
import { addressKey } from '../model/message.ts'
import { paperColumns } from '../model/paper-life.ts'
import { columnsMoved } from '../model/standing.ts'
import { type Alg, accountDigest, digestOf } from './chain.ts'
import { same } from './verify-rows.ts'

interface Happened {
  id: string
  kind: string
  body: Body
  alg: string
}

const factsOf = (
  { q, t, office }: Reader,
  subject: 'subscription' | 'office' | 'room' | 'paper',
  kinds: string[],
): Promise<Happened[]> =>
  q
    .select({ id: t.facts.id, kind: t.facts.kind, body: t.facts.body, alg: t.facts.alg })
    .from(t.facts)
    .where(and(eq(t.facts.office, office), eq(t.facts.subject, subject), inArray(t.facts.kind, kinds)))
    .orderBy(asc(t.facts.id), asc(t.facts.seq))

const begun = ({ body }: Happened) => ({
  ...{ content: body.content, every: body.every, on: body.day ?? null, at: body.at },
  ...{ startsOn: body.from, active: true },
})

/** A standing push says what its facts say, into the place that they name. */
const checkSubscriptions = async (reader: Reader, broken: string[]): Promise<void> => {
  const { q, t, office } = reader
  const told = new Map<string, { columns: Record<string, unknown>; room: unknown; alg: Alg }>()
  for (const fact of await factsOf(reader, 'subscription', ['begun', 'changed', 'stopped'])) {
    const known = told.get(fact.id)
    if (known) Object.assign(known.columns, columnsMoved('subscription', fact))
    else told.set(fact.id, { columns: begun(fact), room: fact.body.room, alg: fact.alg as Alg })
  }
  for (const row of await q.select().from(t.subscriptions).where(eq(t.subscriptions.office, office))) {
    const said = told.get(row.id)
    if (!said) continue
    const { content, every, on, at, startsOn, active, address } = row
    if (!same({ content, every, on, at, startsOn, active }, said.columns))
      broken.push(`subscription ${row.id}：推送的内容或时间与记录不一致`)
    // Whose chat it was has been erased; it comes no more.
    if (row.room === '' && address.id === '' && !active) continue
    const place = address.kind === 'person' ? addressKey(address) : row.room
    if (place !== row.room || accountDigest(said.alg, office, row.room) !== said.room)
      broken.push(`subscription ${row.id}：推送的去处与记录不一致`)
  }
}

/** The office's settings and days of its own are those that its facts set. */
const checkOffice = async (reader: Reader, broken: string[]): Promise<void> => {
  const { q, t, office } = reader
  const facts = await factsOf(reader, 'office', ['set', 'days'])
  const settings = facts.filter(({ kind }) => kind === 'set').at(-1)?.body.settings ?? {}
  const days = new Map<string, unknown>()
  for (const { body } of facts)
    for (const [day, kind] of Object.entries(body.days ?? {}))
      if (kind) days.set(day, kind)
      else days.delete(day)
  const [row] = await q.select({ settings: t.offices.settings }).from(t.offices).where(eq(t.offices.office, office))
  if (row && !same(row.settings, settings)) broken.push(`office ${office}：设置与记录不一致`)
  const rows = await q.select({ day: t.days.day, kind: t.days.kind }).from(t.days).where(eq(t.days.office, office))
  if (!same(Object.fromEntries(rows.map(({ day, kind }) => [day, kind])), Object.fromEntries(days)))
    broken.push(`office ${office}：本机关的日历与记录不一致`)
}

/** Pushes go through the group robot that somebody named, and no other: its key is that of the room's last word on it. */
const checkRobots = async (reader: Reader, broken: string[]): Promise<void> => {
  const { q, t, office } = reader
  const told = new Map((await factsOf(reader, 'room', ['hooked', 'unbound'])).map((fact) => [fact.id, fact]))
  const rows = await q
    .select({ key: t.rooms.key, webhook: t.rooms.webhook })
    .from(t.rooms)
    .where(eq(t.rooms.office, office))
  for (const { key, webhook } of rows) {
    if (isUnopened(webhook)) {
      broken.push(`room ${key}：群机器人的 Webhook 解不开`)
      continue
    }
    const last = told.get(key)
    const digest = webhook === '' || !last ? webhook : accountDigest(last.alg as Alg, office, webhook)
    if (digest !== (last?.body.webhook ?? '')) broken.push(`room ${key}：群机器人与记录不一致`)
  }
}

/** A paper says what was drafted last and is signed as its facts say: neither its content nor its number moves without one. */
const checkPapers = async (reader: Reader, broken: string[]): Promise<void> => {
  const { q, t, office } = reader
  const kinds = ['drafted', 'redrafted', 'submitted', 'signed', 'voided']
  const told = new Map<string, { columns: Record<string, unknown>; digest: unknown; alg: Alg }>()
  for (const fact of await factsOf(reader, 'paper', kinds)) {
    const known = told.get(fact.id) ?? { columns: {}, digest: '', alg: fact.alg as Alg }
    Object.assign(known.columns, paperColumns(fact))
    told.set(fact.id, {
      ...known,
      ...(fact.body.digest !== undefined && { digest: fact.body.digest, alg: fact.alg as Alg }),
    })
  }
  for (const row of await q.select().from(t.papers).where(eq(t.papers.office, office))) {
    const said = told.get(row.id)
    if (!said) continue
    const own = Object.fromEntries(Object.keys(said.columns).map((key) => [key, row[key as keyof typeof row]]))
    if (!same(own, said.columns)) broken.push(`paper ${row.id}：文书的状态、文号或日期与记录不一致`)
    if (digestOf(said.alg, [row.content]) !== said.digest) broken.push(`paper ${row.id}：文书的内容与记录不一致`)
  }
}

/** What decides who is told what and when stands as people set it: nothing of it moves without a fact. */
export const checkStanding = async (reader: Reader, broken: string[]): Promise<void> => {
  await checkSubscriptions(reader, broken)
  await checkOffice(reader, broken)
  await checkRobots(reader, broken)
  await checkPapers(reader, broken)
}
