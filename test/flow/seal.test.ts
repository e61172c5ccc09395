import { and, eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { Store } from '../../db/store.ts'
import { type Alg, linkHash } from '../../src/flow/chain.ts'
import { sealedOn, sealYesterday } from '../../src/flow/seal.ts'
import { tick } from '../../src/flow/tick.ts'
import { verifyLedger } from '../../src/flow/verify.ts'
import { settle } from '../town/members.ts'
import { openTown, type Town } from '../town/town.ts'

let store: Store
let town: Town
beforeEach(async () => {
  store = await openSqlite(':memory:')
  await migrate(store)
  town = await openTown(store.of('yunxi'))
  town.on('2017-08-15')
  await town.as('liaison:市财政局').says('1-2 7月的已公开 http://czj.example.gov.cn/1')
  town.on('2017-08-16', '00:01')
  await tick(town.deps)
  town.on('2017-08-16')
  await town.as('office').says('通过 1-2')
  town.on('2017-08-17', '00:01')
  await tick(town.deps)
})
afterEach(() => store.close())

const broken = async () => (await verifyLedger(town.deps.store)).broken
const duty = async () => {
  const [row] = (await town.as('office').says('本月市财政局已经完成了哪些')).rows
  expect(row?.state).toBe('done')
  const { t, q } = town.deps.store
  const [fact] = await q.select({ id: t.facts.id }).from(t.facts).where(eq(t.facts.kind, 'approved'))
  return fact?.id ?? ''
}

it('a day is sealed once, over the seal before', async () => {
  await tick(town.deps)
  const { t, q } = town.deps.store
  const seals = await q.select().from(t.seals)
  expect(seals.map((seal) => seal.day)).toEqual(['2017-08-15', '2017-08-16'])
  expect(seals[1]?.prev).toBe(seals[0]?.hash)
  expect(seals[1]?.moved).toHaveLength(1)
  // It is a line of the office's message, and no message of its own.
  expect((await q.select({ id: t.outbox.id }).from(t.outbox)).filter(({ id }) => id.startsWith('seal:'))).toEqual([])
  expect(await broken()).toEqual([])
})

it('a changed fact, a changed row and a changed word each show', async () => {
  const { t, atomic } = town.deps.store
  const id = await duty()
  const fact = and(eq(t.facts.id, id), eq(t.facts.kind, 'reported'))
  await atomic((q) => [
    q
      .update(t.facts)
      .set({ words: { text: '改过', salt: 'x' } })
      .where(fact),
  ])
  expect(await broken()).toEqual([`duty ${id}：第2条记录的文字被改过`])
  await atomic((q) => [
    q
      .update(t.facts)
      .set({ body: { on: '2017-07-01' } })
      .where(fact),
  ])
  expect(await broken()).toContain(`duty ${id}：第2条记录被改过`)
})

it('an account put under somebody else’s name shows', async () => {
  const { t, atomic, office } = town.deps.store
  await settle(town, 'lark')
  expect(await broken()).toEqual([])
  await atomic((q) => [q.update(t.identities).set({ person: 'nobody' }).where(eq(t.identities.office, office))])
  expect((await broken()).length).toBeGreaterThan(0)
})

it('words may be erased and the chain still holds', async () => {
  const { t, atomic } = town.deps.store
  await atomic((q) => [q.update(t.facts).set({ words: null })])
  expect(await broken()).toEqual([])
})

it('a subject that was taken away whole, facts and row, is missed by the seal', async () => {
  const { t, atomic } = town.deps.store
  const id = await duty()
  await atomic((q) => [q.delete(t.facts).where(eq(t.facts.id, id)), q.delete(t.duties).where(eq(t.duties.id, id))])
  expect(await broken()).toContain(`duty ${id}：与 2017-08-15 的封印不一致`)
})

it('a ledger rewritten from the first fact on does not fit its seals', async () => {
  const { t, atomic } = town.deps.store
  await atomic((q) => [q.update(t.seals).set({ moved: [] }).where(eq(t.seals.day, '2017-08-15'))])
  expect(await broken()).toContain('2017-08-15 的封印不成立')
})

it('a past that is rewritten with the program’s own hands and sealed anew holds in itself, and not against the value in the room', async () => {
  const { t, q, atomic } = town.deps.store
  const told = await q.select({ day: t.seals.day, hash: t.seals.hash }).from(t.seals)
  for (const { day, hash } of told) expect(await sealedOn(town.deps.store, hash.slice(0, 8))).toBe(day)
  const id = await duty()
  const chain = await q
    .select()
    .from(t.facts)
    .where(and(eq(t.facts.subject, 'duty'), eq(t.facts.id, id)))
    .orderBy(t.facts.seq)
  // Somebody else has approved it, says the new past: every hash behind is made as the program makes it.
  let prev = ''
  const rewritten = chain.map((fact) => {
    const by = fact.kind === 'approved' ? 'somebody-else' : fact.by
    const hash = linkHash({ ...fact, by, prev, alg: fact.alg as Alg })
    const made = { seq: fact.seq, by, prev, hash }
    prev = hash
    return made
  })
  expect(prev).not.toBe(chain.at(-1)?.hash)
  await atomic((w) => [
    ...rewritten.map(({ seq, ...made }) =>
      w
        .update(t.facts)
        .set(made)
        .where(and(eq(t.facts.id, id), eq(t.facts.seq, seq))),
    ),
    w.update(t.duties).set({ head: prev }).where(eq(t.duties.id, id)),
    w.delete(t.seals),
  ])
  await sealYesterday(town.deps)
  expect(await broken()).toEqual([])
  expect(await sealedOn(town.deps.store, told.at(-1)?.hash ?? '')).toBeUndefined()
})
