import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { eq } from 'drizzle-orm'
import { createLarkAdapter } from '../adapters/lark/index.ts'
import { createKeepAliveFetch } from '../adapters/transport.node.ts'
import { bulkInsert } from '../db/bulk.ts'
import { migrate } from '../db/migrate.ts'
import { openPostgres } from '../db/postgres.ts'
import { outboxDepth } from '../db/queries/outbox.ts'
import { openSqlite } from '../db/sqlite.ts'
import type { OfficeStore, Store } from '../db/store.ts'
import { readConfig } from '../src/config.ts'
import type { Deps } from '../src/flow/deps.ts'
import { sealYesterday } from '../src/flow/seal.ts'
import { tick } from '../src/flow/tick.ts'
import { nodeDeps } from '../src/node-deps.ts'
import { atOffice } from '../src/time/day.ts'
import { createFakeLark, freeLark } from '../test/fakes/lark.ts'
import { openLoopback } from '../test/node/loopback.ts'
import { ASKING, MONDAY, openLedger, type Size, version } from './ledger.ts'

const ZONE = 'Asia/Shanghai'
const BUDGET = 1000

/** Its own corner of a PostgreSQL database, or a SQLite file. */
const open = (url: string): Promise<Store> =>
  url.startsWith('postgres')
    ? openPostgres(url, { schema: `bench_push_${version}` })
    : openSqlite(url, { patience: 10_000 })

/** The office of the ledger; clocks of all processes agree, it is nine on Monday when the work begins. */
const depsOf = (store: Store, ahead: number, adapters: Deps['adapters']): Deps => {
  const now = () => new Date(Date.now() + ahead)
  const config = readConfig({ TZ_OFFICE: ZONE })
  return { ...nodeDeps({ config, store, now, log: () => undefined, office: ASKING }, new Set()), adapters }
}

const monday = atOffice(MONDAY, '09:00', ZONE).getTime()

/** One server among several: waits for its start on stdin, ticks until nothing waits, tells how many it sent and how long its processor worked. */
export const serveShare = async (url: string, domain: string): Promise<void> => {
  const store = await open(url)
  const lines = createInterface({ input: process.stdin })
  console.log('ready')
  const [began] = (await once(lines, 'line')) as [string]
  const deps = depsOf(store, monday - Number(began), [])
  // The platform's limit is none of this: what is measured is what the processes can do together.
  const adapter = createLarkAdapter({ ...freeLark, domain }, { fetch: createKeepAliveFetch(), now: deps.now })
  const own = { ...deps, adapters: [adapter] }
  let sent = 0
  do {
    sent += (await tick(own, BUDGET)).filter(({ state }) => state === 'sent').length
  } while ((await outboxDepth(own.store)).waiting > 0)
  const { user, system } = process.cpuUsage()
  console.log(JSON.stringify({ sent, processor: (user + system) / 1e6 }))
  lines.close()
  await store.close()
}

const copied = ['offices', 'units', 'people', 'identities', 'rooms', 'plans', 'tasks', 'duties'] as const
const made = ['outbox', 'quotas', 'seals', 'dialogues'] as const

/** The office of the ledger as the target holds it: nothing of it queued, sent or sealed. */
const copyOffice = async (from: OfficeStore, to: OfficeStore): Promise<void> => {
  await to.atomic((q) =>
    [...copied, ...made].map((name) => q.delete(to.t[name]).where(eq(to.t[name].office, to.office))),
  )
  for (const name of copied) {
    const table = from.t[name] as typeof from.t.units
    const rows = await from.q.select().from(table).where(eq(table.office, from.office))
    await to.atomic((q) => bulkInsert(to, q, to.t[name] as typeof to.t.units, rows))
  }
}

/** As it was before anything was queued. */
const reset = ({ atomic, t, office }: OfficeStore): Promise<unknown> =>
  atomic((q) => [
    q.delete(t.outbox).where(eq(t.outbox.office, office)),
    q.delete(t.quotas).where(eq(t.quotas.office, office)),
    q.update(t.offices).set({ planned: '' }).where(eq(t.offices.office, office)),
  ])

interface Share {
  sent: number
  processor: number
}

/** Starts so many processes at once; ends when all have ended. Seconds from their start to the last one's end, and their shares. */
const together = async (many: number, url: string, domain: string): Promise<{ seconds: number; shares: Share[] }> => {
  const children = Array.from({ length: many }, () => {
    const args = [process.argv[1] ?? '', 'push', '--share', url, '--platform', domain]
    const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
    return { child, lines: createInterface({ input: child.stdout }) }
  })
  await Promise.all(children.map(({ lines }) => once(lines, 'line')))
  const began = Date.now()
  const shares = await Promise.all(
    children.map(async ({ child, lines }) => {
      child.stdin.end(`${began}\n`)
      const [line] = (await once(lines, 'line')) as [string]
      return JSON.parse(line) as Share
    }),
  )
  return { seconds: (Date.now() - began) / 1000, shares }
}

/**
 * One office's Monday list, queued and sent by one, two, four … processes on one database through one platform that
 * remembers keys. Returns what was promised and not kept: every room once, and every process a part of it.
 */
export const measureShare = async (size: Size, rounds: readonly number[], database?: string): Promise<string[]> => {
  const broken: string[] = []
  const path = join(tmpdir(), `duban-share-${process.pid}.db`)
  const url = database ?? path
  const [ledger, store] = [await openLedger(size), await open(url)]
  try {
    await migrate(store)
    await copyOffice(ledger.of(ASKING), store.of(ASKING))
    await sealYesterday(depsOf(store, monday - Date.now(), []))
    for (const many of rounds) {
      await reset(store.of(ASKING))
      const fake = createFakeLark(freeLark, () => new Date())
      const platform = await openLoopback(fake)
      const { seconds, shares } = await together(many, url, platform.domain)
      await platform.close()
      const depth = await outboxDepth(store.of(ASKING))
      const rooms = new Set(fake.sent.map(({ to }) => to)).size
      const sum = shares.reduce((all, { sent }) => all + sent, 0)
      console.log(
        `${many} on ${store.dialect}: ${rooms} rooms in ${seconds.toFixed(1)} s, ${(sum / seconds).toFixed(0)} a second; ` +
          `shares ${shares.map(({ sent }) => sent).join(', ')}; processor ${shares.map(({ processor }) => processor.toFixed(1)).join(', ')} s; ` +
          `asked of the platform ${fake.calls.send} times`,
      )
      if (rooms !== size.units || fake.sent.length !== rooms)
        broken.push(`${many}: ${fake.sent.length} messages in ${rooms} rooms of ${size.units}`)
      if (fake.calls.send !== rooms) broken.push(`${many}: ${fake.calls.send - rooms} sent again`)
      if (depth.sent !== size.units || sum !== size.units) broken.push(`${many}: ${JSON.stringify(depth)}`)
      if (shares.some(({ sent }) => sent === 0)) broken.push(`${many}: a process took no part`)
    }
  } finally {
    await Promise.all([ledger.close(), store.close()])
    for (const ending of ['', '-wal', '-shm']) rmSync(`${path}${ending}`, { force: true })
  }
  return broken
}
