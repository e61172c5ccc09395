import { and, eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLarkAdapter } from '../../adapters/lark/index.ts'
import { isBusy, isConflict, isOutage } from '../../db/conflict.ts'
import { migrate } from '../../db/migrate.ts'
import { openPostgres } from '../../db/postgres.ts'
import type { OfficeStore, Query, Store } from '../../db/store.ts'
import { deliver } from '../../src/flow/deliver.ts'
import { verifyLedger } from '../../src/flow/verify.ts'
import { createApp } from '../../src/http/app.ts'
import { createReadiness } from '../../src/http/ready.ts'
import type { LogEntry } from '../../src/log.ts'
import { openCutLine } from '../fakes/cut-line.ts'
import { createFakeLark, larkConfig } from '../fakes/lark.ts'
import type { Wire } from '../fakes/wire.ts'
import { openTown } from '../town/town.ts'
import { ownSchema } from './own-schema.ts'

const url = process.env.TEST_DATABASE_URL ?? ''
const title = 'outages and conflicts of PostgreSQL'
const wait = (ms: number) => new Promise<void>((done) => setTimeout(done, ms))

describe.skipIf(!url)(url ? title : `${title} (skipped: TEST_DATABASE_URL is not set)`, () => {
  let own: Awaited<ReturnType<typeof ownSchema>>
  let store: Store
  beforeAll(async () => {
    own = await ownSchema(url)
    store = await openPostgres(own.url)
    await migrate(store)
  })
  afterAll(async () => {
    await store.close()
    await own.close()
  })

  const receipt = ({ t, office }: OfficeStore, q: Query, key: string) =>
    q.insert(t.receipts).values({ office, key, at: new Date(0) })
  const keys = async ({ q, t, office }: OfficeStore) =>
    (await q.select({ key: t.receipts.key }).from(t.receipts).where(eq(t.receipts.office, office))).map(
      ({ key }) => key,
    )
  const failure = (work: Promise<unknown>): Promise<unknown> => work.then(() => undefined).catch((error) => error)
  const pidOf = async (what: string) =>
    (
      await own.admin.query(
        `select pid from pg_stat_activity where application_name = 'duban' and state = 'active' and query like $1`,
        [`%${what}%`],
      )
    ).rows.map(({ pid }) => pid as number)

  it('a deadlock with another writer ends in a decision that is taken again, and the person is answered once', async () => {
    const town = await openTown(store.of('deadlock'))
    const { t, q, office } = town.deps.store
    const [found] = await q
      .select({ id: t.duties.id, version: t.duties.version })
      .from(t.duties)
      .innerJoin(t.units, and(eq(t.units.office, office), eq(t.units.id, t.duties.unit)))
      .innerJoin(t.tasks, and(eq(t.tasks.office, office), eq(t.tasks.id, t.duties.task)))
      .where(and(eq(t.duties.office, office), eq(t.units.name, '市财政局'), eq(t.tasks.number, '1-2')))
      .limit(1)
    if (!found) throw new Error('no such duty')
    const rival = await own.admin.connect()
    await rival.query('begin')
    await rival.query('update duties set ord = ord where office = $1', [office])
    town.on('2017-08-15')
    const said = town.as('liaison:市财政局').says('1-2正在办，第一稿')
    // The batch has put its fact and waits for the duty; the rival now wants that fact's key.
    await expect.poll(() => pidOf('update "duties"'), { timeout: 5000 }).toHaveLength(1)
    const facts = await own.admin.query(`select count(*)::int as n from facts where office = $1`, [office])
    const wants = rival.query(
      `insert into facts select office, subject, id, $3, kind, body, words, words_digest, by, via, at, alg, prev, hash
       from facts where office = $1 and id = $2 limit 1`,
      [office, found.id, found.version + 1],
    )
    await failure(wants)
    await rival.query('rollback')
    rival.release()
    const turn = await said
    expect(turn.status).toBe('answered')
    const after = await own.admin.query(`select count(*)::int as n from facts where office = $1`, [office])
    expect(after.rows[0].n - facts.rows[0].n).toBe(1)
    expect((await verifyLedger(town.deps.store)).broken).toEqual([])
  })

  it('a deadlock of two batches is a conflict of one, the other is stored', async () => {
    const office = store.of('two-batches')
    const { t } = office
    await office.atomic((q) => ['a', 'b'].map((key) => receipt(office, q, key)))
    const slow = (q: Query, key: string) =>
      q
        .update(t.receipts)
        .set({ at: new Date(1) })
        .where(and(eq(t.receipts.office, office.office), eq(t.receipts.key, key), sql`pg_sleep(0.2) is not null`))
    const both = await Promise.all(
      [
        ['a', 'b'],
        ['b', 'a'],
      ].map((order) => failure(office.atomic((q) => order.map((key) => slow(q, key))))),
    )
    expect(both.filter((error) => error === undefined)).toHaveLength(1)
    const [error] = both.filter((each) => each !== undefined) as [{ code: string }]
    expect(['40P01', '40001']).toContain(error.code)
    expect(isConflict(error)).toBe(true)
  })

  it('what cannot be put in an order is told at the commit, as a conflict, and stores nothing', async () => {
    const office = store.of('skew')
    // Each writes what the other has looked for and not found.
    const skewed = (mine: string, other: string) =>
      office.atomic((q) => [
        q.insert(office.t.receipts).select(
          sql`select ${office.office}::text, ${mine}::text, now(), null::jsonb where not exists (select 1 from receipts
              where office = ${office.office} and key = ${other}) and pg_sleep(0.3) is not null`,
        ),
      ])
    const both = await Promise.all([failure(skewed('a', 'b')), failure(skewed('b', 'a'))])
    const [error] = both.filter((each) => each !== undefined) as [{ code: string }]
    expect(error?.code).toBe('40001')
    expect(isConflict(error)).toBe(true)
    expect(await keys(office)).toHaveLength(1)
  })

  it('a connection that is ended in the middle of a batch: an outage, nothing stored, the next batch goes on', async () => {
    const office = store.of('ended')
    const slow = (q: Query) =>
      q
        .update(office.t.receipts)
        .set({ at: new Date(1) })
        .where(and(eq(office.t.receipts.office, 'ended'), sql`pg_sleep(30) is not null`))
    await office.atomic((q) => [receipt(office, q, 'there')])
    const broken = failure(office.atomic((q) => [receipt(office, q, 'half'), slow(q)]))
    await expect.poll(() => pidOf('pg_sleep(30)'), { timeout: 5000 }).toHaveLength(1)
    for (const pid of await pidOf('pg_sleep(30)')) await own.admin.query('select pg_terminate_backend($1)', [pid])
    const error = await broken
    expect([isOutage(error), isConflict(error)]).toEqual([true, false])
    expect(await keys(office)).toEqual(['there'])
    await office.atomic((q) => [receipt(office, q, 'next')])
    expect((await keys(office)).sort()).toEqual(['next', 'there'])
  })

  it('all connections in use: told as busy after a while, and well again afterwards', async () => {
    const narrow = await openPostgres(own.url, { connections: 1 })
    const office = narrow.of('narrow')
    const slow = narrow
      .of('narrow')
      .one((q) =>
        q.insert(office.t.receipts).select(sql`select 'narrow', 'slow', now(), null::jsonb from pg_sleep(3.5)`),
      )
    const error = await failure(keys(office))
    expect([isBusy(error), isOutage(error)]).toEqual([true, false])
    await slow
    expect(await keys(office)).toEqual(['slow'])
    await narrow.close()
  })

  const openServed = async (office: string) => {
    const line = await openCutLine(own.url)
    const cut = await openPostgres(line.url)
    await migrate(cut)
    const fake = createFakeLark(larkConfig, () => new Date('2017-08-15T02:00:00Z'))
    const adapter = createLarkAdapter(larkConfig, { fetch: fake.fetch, now: () => new Date('2017-08-15T02:00:00Z') })
    const town = await openTown(cut.of(office), { adapters: [adapter] })
    town.on('2017-08-15')
    const logged: LogEntry[] = []
    const deps = town.deps
    // A look is kept for two seconds: whoever asks here asks later than that.
    let looks = 0
    const later = () => new Date(deps.now().getTime() + looks * 3000)
    const app = createApp({
      door: () => ({ adapter, deps }),
      offices: () => [deps],
      unready: createReadiness({ store: cut, office: deps.store, now: later, sleep: wait }),
      log: (entry) => void logged.push(entry),
    })
    const post = async ({ headers, body }: Wire) =>
      (await app.request('/webhooks/lark', { method: 'POST', headers, body })).status
    return {
      ...{ line, fake, logged, post },
      ready: async () => {
        looks++
        return (await app.request('/readyz')).status
      },
      sent: async () => {
        await deps.settled()
        await deliver(deps)
        return fake.sent.length
      },
      close: async () => {
        await deps.settled()
        await cut.close()
        await line.close()
      },
    }
  }

  it('the server is gone and comes back: 503 meanwhile, then each message is answered once, without a new start', async () => {
    const served = await openServed('gone')
    const [first, second] = ['om_1', 'om_2'].map((id) => served.fake.says({ from: 'ou_a', text: '帮助', id })) as [
      Wire,
      Wire,
    ]
    expect(await served.post(first)).toBe(200)
    // Its answer is out and settled: what is under way when the line is cut waits for its lease.
    expect(await served.sent()).toBe(1)
    await served.line.cut()
    expect(await served.post(second)).toBe(503)
    expect(await served.ready()).toBe(503)
    expect(served.logged.at(-1)).toMatchObject({ event: 'request', status: 503, outcome: 'outage' })
    await served.line.mend()
    expect(await served.ready()).toBe(200)
    expect([await served.post(second), await served.post(first)]).toEqual([200, 200])
    expect(await served.sent()).toBe(2)
    await served.close()
  })

  it('the word that a batch was stored is lost: 503, and the message that comes again finds its answer', async () => {
    const served = await openServed('unheard')
    const wire = served.fake.says({ from: 'ou_a', text: '帮助', id: 'om_3' })
    served.line.cutAfterCommit()
    expect(await served.post(wire)).toBe(503)
    const receipts = await own.admin.query(`select count(*)::int as n from receipts where office = 'unheard'`)
    expect(receipts.rows[0].n).toBe(1)
    expect([await served.post(wire), await served.post(wire)]).toEqual([200, 200])
    expect(await served.sent()).toBe(1)
    await served.close()
  })
})
