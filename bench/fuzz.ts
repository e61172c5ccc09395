import { parseArgs } from 'node:util'
import { count } from 'drizzle-orm'
import fc from 'fast-check'
import { migrate } from '../db/migrate.ts'
import { openSqlite } from '../db/sqlite.ts'
import type { OfficeStore, Store } from '../db/store.ts'
import { ensureOffice } from '../src/flow/office.ts'
import { verifyLedger } from '../src/flow/verify.ts'
import { createApp } from '../src/http/app.ts'
import { toRequest, type Wire } from '../test/fakes/wire.ts'
import { townDeps, ZONE } from '../test/town/deps.ts'
import { type FuzzDoor, fuzzDoors } from './fuzz-doors.ts'
import { nonsense, spoilt } from './fuzz-spoil.ts'

const NOW = new Date('2023-11-15T02:13:20Z')

/** Rows that a message could have left behind. */
const rowsOf = async ({ q, t }: OfficeStore): Promise<string> => {
  const counts = []
  for (const table of [t.receipts, t.facts, t.outbox, t.dialogues] as const)
    counts.push((await q.select({ n: count() }).from(table as typeof t.receipts))[0]?.n)
  return counts.join(' ')
}

/** One door of the real server on a ledger of its own, with nobody to send to. */
const openDoor = async (store: Store, name: string, make: (now: () => Date) => FuzzDoor) => {
  const door = make(() => NOW)
  const deps = townDeps(store.of(name), { now: NOW })
  await ensureOffice(deps.store, { name: '云溪市', zone: ZONE })
  const broken: string[] = []
  const app = createApp({
    door: () => ({ adapter: door.adapter, deps }),
    offices: () => [deps],
    log: ({ event, status, error }) => {
      if (event === 'request' && status === 500) broken.push(JSON.stringify(error))
    },
  })
  const statusOf = async (wire: Wire): Promise<number> => {
    const response = await app.request(toRequest(wire))
    const body = await response.text()
    await deps.settled()
    if (response.status >= 400 && body !== '') throw new Error(`a refusal that tells something: ${body.slice(0, 80)}`)
    return response.status
  }
  return { door, deps, statusOf, broken }
}

/** Requests that nobody proved, and proven ones that make no sense: none may break the server, and of the first nothing is stored. */
const fuzzDoor = async (store: Store, name: string, runs: number, seed: number): Promise<string> => {
  const make = fuzzDoors[name]
  if (!make) throw new Error(`no door ${name}: ${Object.keys(fuzzDoors).join('|')}`)
  const { door, deps, statusOf, broken } = await openDoor(store, name, make)
  const proven = door.proven()
  for (const wire of proven) if ((await statusOf(wire)) !== 200) throw new Error(`${name}: a proven request is refused`)
  const before = await rowsOf(deps.store)
  const seen = new Map<number, number>()
  const count = (status: number) => void seen.set(status, (seen.get(status) ?? 0) + 1)

  await fc.assert(
    fc.asyncProperty(spoilt(proven), async (wire) => {
      const status = await statusOf(wire)
      count(status)
      // 200: what was changed is not what is proven (a space in the JSON around it), and so the same message came again.
      return [200, 400, 401, 413].includes(status) && broken.length === 0
    }),
    { numRuns: Math.ceil(runs / 2), seed },
  )
  if ((await rowsOf(deps.store)) !== before) throw new Error(`${name}: an unproven request left something behind`)
  await fc.assert(
    fc.asyncProperty(nonsense(door.plains), async (plain) => {
      const status = await statusOf(door.seal(plain))
      count(status)
      return [200, 400, 401].includes(status) && broken.length === 0
    }),
    { numRuns: Math.floor(runs / 2), seed },
  )
  const { broken: chains } = await verifyLedger(deps.store)
  if (chains.length > 0) throw new Error(`${name}: the ledger is broken: ${chains.join(' ')}`)
  const statuses = [...seen].sort(([a], [b]) => a - b).map(([status, n]) => `${status}: ${n}`)
  return `${name}: ${runs} requests (${statuses.join(', ')}), no 5xx, nothing of an unproven one stored`
}

/** Changed and senseless requests at every door of the real server, in one process. `--runs N` a door, `--seed`, `--only DOOR`, `--short`. */
export const run = async (argv: string[]): Promise<void> => {
  const { values } = parseArgs({
    args: argv,
    options: {
      runs: { type: 'string' },
      seed: { type: 'string' },
      only: { type: 'string' },
      short: { type: 'boolean' },
    },
  })
  const runs = Number(values.runs ?? (values.short ? 10_000 : 100_000))
  const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31))
  console.log(`seed ${seed}`)
  let rejected = 0
  process.on('unhandledRejection', (error) => {
    rejected++
    console.error(error)
  })
  const store = await openSqlite(':memory:')
  await migrate(store)
  try {
    for (const name of values.only ? [values.only] : Object.keys(fuzzDoors))
      console.log(await fuzzDoor(store, name, runs, seed))
  } finally {
    await store.close()
  }
  if (rejected > 0) throw new Error(`${rejected} rejections that nobody handled`)
}
