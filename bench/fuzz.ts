import { parseArgs } from 'node:util'
import { count } from 'drizzle-orm'
import fc from 'fast-check'
import type { Adapter } from '../adapters/adapter.ts'
import { migrate } from '../db/migrate.ts'
import { openSqlite } from '../db/sqlite.ts'
import type { OfficeStore, Store } from '../db/store.ts'
import { dispatch } from '../src/flow/dispatch.ts'
import { ensureOffice } from '../src/flow/office.ts'
import { register } from '../src/flow/roster.ts'
import { verifyLedger } from '../src/flow/verify.ts'
import { createApp } from '../src/http/app.ts'
import { describeError } from '../src/log.ts'
import { addressKey } from '../src/model/message.ts'
import { BadInput } from '../src/model/problem.ts'
import { toRequest, type Wire } from '../test/fakes/wire.ts'
import { townDeps, ZONE } from '../test/town/deps.ts'
import { fuzzApi } from './fuzz-api.ts'
import { type FuzzDoor, fuzzDoors } from './fuzz-doors.ts'
import { fuzzSockets } from './fuzz-sockets.ts'
import { nonsense, spoilt } from './fuzz-spoil.ts'

const NOW = new Date('2023-11-15T02:13:20Z')
/** Frames between two looks whether anybody still hears. */
const LOT = 250

/** Rows that a message could have left behind. */
const rowsOf = async ({ q, t }: OfficeStore): Promise<string> => {
  const counts = []
  for (const table of [t.receipts, t.facts, t.outbox, t.dialogues] as const)
    counts.push((await q.select({ n: count() }).from(table as typeof t.receipts))[0]?.n)
  return counts.join(' ')
}

/** An office of its own, whose speakers are its own people; what it says goes nowhere. */
const openOffice = async (store: OfficeStore, { adapter, speakers }: Pick<FuzzDoor, 'adapter' | 'speakers'>) => {
  const mute: Adapter = { ...adapter, deliver: async () => ({}) }
  const deps = {
    ...townDeps(store, { now: NOW }, [mute]),
    parseFile: () => Promise.reject(new BadInput('没有方案')),
  }
  await ensureOffice(deps.store, { name: '云溪市', zone: ZONE })
  const { platform, route } = adapter
  const people = speakers.map((id) => ({
    ...{ name: '沈清', role: 'office' as const, units: [], charge: [], post: '' as const, mobile: '' },
    identities: [addressKey({ platform, route, id })],
  }))
  await register(deps, { people }, { by: 'admin:fuzz', via: 'fuzz', at: NOW })
  return deps
}

/** One door of the real server on a ledger of its own. */
const openDoor = async (store: Store, name: string, make: (now: () => Date) => FuzzDoor) => {
  const door = make(() => NOW)
  const deps = await openOffice(store.of(name), door)
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
  /** What broke is told once, so that the next one is judged by itself. */
  const isWhole = () => broken.splice(0).length === 0
  const count = (status: number) => void seen.set(status, (seen.get(status) ?? 0) + 1)

  await fc.assert(
    fc.asyncProperty(spoilt(proven, door), async (wire) => {
      const status = await statusOf(wire)
      count(status)
      // 200: what was changed is not what is proven (a space in the JSON around it), and so the same message came again.
      return [200, 400, 401, 413].includes(status) && isWhole()
    }),
    { numRuns: Math.ceil(runs / 2), seed },
  )
  if ((await rowsOf(deps.store)) !== before) throw new Error(`${name}: an unproven request left something behind`)
  await fc.assert(
    fc.asyncProperty(nonsense(door.plains), async (plain) => {
      const status = await statusOf(door.seal(plain))
      count(status)
      return [200, 400, 401].includes(status) && isWhole()
    }),
    { numRuns: Math.floor(runs / 2), seed },
  )
  const { broken: chains } = await verifyLedger(deps.store)
  if (chains.length > 0) throw new Error(`${name}: the ledger is broken: ${chains.join(' ')}`)
  const statuses = [...seen].sort(([a], [b]) => a - b).map(([status, n]) => `${status}: ${n}`)
  const unsigned = door.bodyUnsigned ? ' (no proof covers the body: a changed one is another message)' : ''
  return `${name}: ${runs} requests (${statuses.join(', ')}), no 5xx, nothing of an unproven one stored${unsigned}`
}

/** Frames of every long connection into `listen`, most of them senseless: it goes on hearing, and nothing of it breaks. */
const fuzzSocket = async (store: Store, name: string, runs: number, seed: number): Promise<string> => {
  const open = fuzzSockets[name]
  if (!open) throw new Error(`no connection ${name}`)
  const line = await open(() => NOW)
  const deps = await openOffice(store.of(name), line)
  const quit = new AbortController()
  const failed: string[] = []
  let heard = 0
  const listening = line.adapter.listen?.(async (message, inline) => {
    if (message.id.startsWith('sentinel')) heard++
    return dispatch(deps, message, inline).catch((error: unknown) => {
      failed.push(JSON.stringify(describeError(error)))
      throw error
    })
  }, quit.signal)
  const until = async (done: () => boolean, what: string) => {
    const end = performance.now() + 20_000
    while (!done()) {
      if (performance.now() > end) throw new Error(`${name}: ${what}`)
      await new Promise((again) => setTimeout(again, 2))
    }
  }
  try {
    await until(line.connected, 'never connected')
    const frames = fc.sample(line.frames, { numRuns: runs, seed })
    let sentinels = 0
    for (let at = 0; at < frames.length; at += LOT) {
      for (const frame of frames.slice(at, at + LOT)) {
        await until(line.connected, 'not connected again')
        line.send(frame)
      }
      const wanted = ++sentinels
      await until(
        () => {
          if (heard < wanted && line.connected()) line.sentinel(`sentinel-${wanted}`)
          return heard >= wanted
        },
        `deaf after ${at + LOT} frames`,
      )
      heard = wanted
      await deps.settled()
      if (failed.length > 0) throw new Error(`${name}: ${failed[0]}`)
    }
  } finally {
    quit.abort()
    await listening
    await line.close()
  }
  const { broken } = await verifyLedger(deps.store)
  if (broken.length > 0) throw new Error(`${name}: the ledger is broken: ${broken.join(' ')}`)
  return `${name}: ${runs} frames, the line goes on hearing, nothing fails or rejects`
}

/** Changed and senseless requests at every door of the real server, frames of every long connection, and requests to the console's API (`--only api`), in one process. `--runs N` each or `--requests N` of all together, `--seed`, `--only NAME`, `--short`. */
export const run = async (argv: string[]): Promise<void> => {
  const { values } = parseArgs({
    args: argv,
    options: {
      runs: { type: 'string' },
      seed: { type: 'string' },
      only: { type: 'string' },
      requests: { type: 'string' },
      short: { type: 'boolean' },
    },
  })
  const names = values.only ? [values.only] : [...Object.keys(fuzzDoors), ...Object.keys(fuzzSockets), 'api']
  const each = values.requests === undefined ? undefined : Math.ceil(Number(values.requests) / names.length)
  const runs = each ?? Number(values.runs ?? (values.short ? 10_000 : 100_000))
  const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31))
  console.log(`seed ${seed}`)
  const began = performance.now()
  let rejected = 0
  process.on('unhandledRejection', (error) => {
    rejected++
    console.error(error)
  })
  const store = await openSqlite(':memory:')
  await migrate(store)
  try {
    for (const name of names)
      console.log(
        name === 'api'
          ? await fuzzApi(store, runs, seed)
          : await (name in fuzzSockets ? fuzzSocket : fuzzDoor)(store, name, runs, seed),
      )
  } finally {
    await store.close()
  }
  console.log(
    `${runs * names.length} requests and frames in all, in ${Math.round((performance.now() - began) / 1000)} s`,
  )
  if (rejected > 0) throw new Error(`${rejected} rejections that nobody handled`)
}
