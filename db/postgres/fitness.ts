import { randomBytes } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import type { Pool, PoolClient } from 'pg'
import { bulkInsert } from '../bulk.ts'
import { isConflict } from '../conflict.ts'
import { staleIf } from '../guard.ts'
import { migrate } from '../migrate.ts'
import { openPostgres } from '../postgres.ts'
import { leaseOutbox } from '../queries/lease.ts'
import { takeQuota } from '../queries/outbox.ts'
import type { OfficeStore, Query, Store, Write } from '../store.ts'
import { settingsOf } from './settings.ts'
import { raiseWall } from './wall.ts'

/** One thing that we build on: whether the server keeps it, and what it did instead. */
export interface Fitness {
  what: string
  wrong?: string
}

interface Ground {
  pool: Pool
  store: Store
  office: OfficeStore
}

/** Nothing where it holds; else what was found. */
type Check = (ground: Ground) => Promise<string | undefined>

const AT = new Date('2017-02-03T04:05:06.007Z')
const failed = (work: Promise<unknown>): Promise<unknown> => work.then(() => undefined).catch((error: unknown) => error)
/** Of an error its code and first line: what is refused here holds no words of people. */
const told = (error: unknown): string => {
  const { code, message = '' } = error as { code?: string; message?: string }
  return `${code ?? ''} ${message.split('\n')[0]}`.trim()
}
const equal = (found: unknown, wanted: unknown): string | undefined =>
  JSON.stringify(found) === JSON.stringify(wanted) ? undefined : `得到 ${JSON.stringify(found)}`
const conflicts = async (work: Promise<unknown>): Promise<string | undefined> => {
  const error = await failed(work)
  return error === undefined ? '没有拒绝' : isConflict(error) ? undefined : told(error)
}

const receipt = ({ t, office }: OfficeStore, q: Query, key: string): Write =>
  q.insert(t.receipts).values({ office, key, at: AT })
const queued = ({ t, office }: OfficeStore, q: Query, id: string): Write =>
  q.insert(t.outbox).values({
    ...{ office, id, lane: 'push', room: id, ord: id, tasks: [], dueAt: AT, validUntil: new Date(AT.getTime() + 1e9) },
    ...{ address: { platform: 'console', route: 'local', kind: 'room', id }, state: 'waiting' },
  })
const lease = (owner: string) => ({ owner, now: AT, until: new Date(AT.getTime() + 60_000), limit: 1 })

/** Two connections, each in a transaction of its own. */
const two = async <T>(pool: Pool, begin: string, work: (a: PoolClient, b: PoolClient) => Promise<T>): Promise<T> => {
  const both = [await pool.connect(), await pool.connect()] as const
  try {
    for (const each of both) await each.query(begin)
    return await work(...both)
  } finally {
    for (const each of both) await each.query('rollback').catch(() => undefined)
    for (const each of both) each.release(true)
  }
}

const checks: [string, Check][] = [
  ['建表：本程序的全部表结构', async ({ store }) => void (await migrate(store))],
  [
    '建表可以整批撤回',
    async ({ pool }) => {
      await two(pool, 'begin', async (a) => void (await a.query('create table half (id text)')))
      return equal((await pool.query(`select to_regclass('half') is null as gone`)).rows, [{ gone: true }])
    },
  ],
  [
    '日期和时刻原样读回',
    async ({ office }) => {
      const row = {
        office: office.office,
        day: '2017-02-03',
        alg: 'sm3',
        heads: 1,
        hash: '',
        prev: '',
        moved: [],
        at: AT,
      }
      await office.atomic((q) => [q.insert(office.t.seals).values(row)])
      return equal(await office.q.select().from(office.t.seals), [row])
    },
  ],
  [
    'jsonb：一个参数写入多行，已有的不动',
    async ({ office }) => {
      const rows = ['a', 'b'].map((key) => ({ office: office.office, key, at: AT, answer: null }))
      const put = (some: typeof rows) =>
        office.atomic((q) => bulkInsert(office, q, office.t.receipts, some, { ignore: true }))
      await put(rows.slice(0, 1))
      await put(rows)
      return equal(await office.q.$count(office.t.receipts), 2)
    },
  ],
  [
    '文字按编码排序（排序规则 C）',
    async ({ pool }) => {
      const { rows } = await pool.query(`select x from (values ('b' collate "C"), ('A'), ('a')) v(x) order by x`)
      return equal(
        rows.map(({ x }) => x),
        ['A', 'a', 'b'],
      )
    },
  ],
  [
    '键重复：整批作罢，报 23505',
    async ({ office }) => {
      const wrong = await conflicts(office.atomic((q) => [receipt(office, q, 'new'), receipt(office, q, 'a')]))
      return wrong ?? equal(await office.q.$count(office.t.receipts, eq(office.t.receipts.key, 'new')), 0)
    },
  ],
  [
    '过时的决定：守卫报 23502，并指明是哪张表',
    ({ office }) => conflicts(office.atomic((q) => [staleIf(office.t, q, office.office, sql`1 = 1`)])),
  ],
  [
    'on conflict do update … where … returning：按分钟的配额',
    async ({ office }) =>
      equal(
        [
          await takeQuota(office, 'x', AT, 3, 5),
          await takeQuota(office, 'x', AT, 3, 5),
          await takeQuota(office, 'x', AT, 3, 5),
        ],
        [3, 2, 0],
      ),
  ],
  [
    '可串行化：互相看不见的两批不会都成功（40001）',
    async ({ pool }) => {
      await pool.query('create table skew (key text primary key)')
      return two(pool, 'begin isolation level serializable', async (a, b) => {
        const put = (c: PoolClient, mine: string, other: string) =>
          c.query(`insert into skew select '${mine}' where not exists (select 1 from skew where key = '${other}')`)
        await put(a, 'a', 'b')
        await put(b, 'b', 'a')
        await a.query('commit')
        return conflicts(b.query('commit'))
      })
    },
  ],
  [
    '死锁：一方被拒绝，报 40P01',
    async ({ pool }) => {
      await pool.query(`create table locks as select * from (values ('a'), ('b')) v(key)`)
      return two(pool, 'begin', async (a, b) => {
        const take = (c: PoolClient, key: string) => c.query(`update locks set key = key where key = '${key}'`)
        await take(a, 'a')
        await take(b, 'b')
        const crossed = async (c: PoolClient, key: string) => {
          const error = await failed(take(c, key))
          if (error !== undefined) await c.query('rollback')
          return error
        }
        const ends = await Promise.all([crossed(a, 'b'), crossed(b, 'a')])
        return conflicts(Promise.reject(ends.find((error) => error !== undefined) ?? { message: '没有拒绝' }))
      })
    },
  ],
  [
    'for update skip locked：两个进程各领各的',
    async ({ office, pool }) => {
      await office.atomic((q) => ['m1', 'm2'].map((id) => queued(office, q, id)))
      return two(pool, 'begin', async (a) => {
        await a.query(`select 1 from outbox where id = 'm1' for update`)
        return equal(
          (await leaseOutbox(office, lease('x'))).map(({ id }) => id),
          ['m2'],
        )
      })
    },
  ],
  [
    '咨询锁：升级时一个做，别的等，随事务放开',
    ({ pool }) =>
      two(pool, 'begin', async (a, b) => {
        const tried = async (c: PoolClient) =>
          (await c.query('select pg_try_advisory_xact_lock(1685414497) as got')).rows[0].got
        const first = [await tried(a), await tried(b)]
        await a.query('commit')
        return equal([...first, await tried(b)], [true, false, true])
      }),
  ],
  [
    '带名字的预备语句',
    async ({ pool }) => {
      const named = () => pool.query({ name: 'duban check', text: 'select $1::int as n', values: [7] })
      await named()
      return equal((await named()).rows, [{ n: 7 }])
    },
  ],
]
/** Not needed: an office may go without. */
const wall: [string, Check] = [
  '行级安全（可选，见 duban db wall）',
  async ({ pool, office }) => {
    await raiseWall(pool)
    const { rows } = await pool.query(
      `select rolsuper or rolbypassrls as beyond from pg_roles where rolname = current_user`,
    )
    if (rows[0].beyond) return '现在的角色不受行级安全约束，没有检查：请换一个普通角色'
    return equal(await office.q.$count(office.t.receipts), 0)
  },
]

/**
 * Tries on a server what this program builds on, one after another, in a schema of its own that is gone afterwards.
 * `optional`: what it can do without.
 */
export async function* fitnessOf(url: string): AsyncGenerator<Fitness & { optional?: true }> {
  const schema = `duban_check_${randomBytes(6).toString('hex')}`
  const { default: pg } = await import('pg')
  const pool = new pg.Pool(settingsOf(url, { schema, connections: 4, name: 'duban-check' }).config)
  pool.on('error', () => {})
  pool.on('connect', (connection) => void connection.on('error', () => {}))
  const store = await openPostgres(url, { schema, name: 'duban-check' })
  const ground = { pool, store, office: store.of('check') }
  const tried = async (what: string, work: () => Promise<string | undefined>): Promise<Fitness> => {
    const wrong = await work().catch(told)
    return { what, ...(wrong !== undefined && { wrong }) }
  }
  try {
    let version = ''
    const reached = await tried('连接', async () => {
      version = (await pool.query('select version() as v')).rows[0].v
      return undefined
    })
    yield { ...reached, what: version ? `连接：${version.split(' on ')[0]}` : '连接' }
    if (reached.wrong !== undefined) return
    const made = await tried(
      `建临时模式 ${schema}，查完删去`,
      async () => void (await pool.query(`create schema ${schema}`)),
    )
    yield made
    if (made.wrong !== undefined) return
    for (const [what, check] of checks) yield await tried(what, () => check(ground))
    yield { ...(await tried(wall[0], () => wall[1](ground))), optional: true }
  } finally {
    await pool.query(`drop schema if exists ${schema} cascade`).catch(() => undefined)
    await Promise.all([pool.end(), store.close()])
  }
}
