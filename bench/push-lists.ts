import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { createLarkAdapter } from '../adapters/lark/index.ts'
import { outboxDepth } from '../db/queries/outbox.ts'
import { openSqlite } from '../db/sqlite.ts'
import { readConfig } from '../src/config.ts'
import { compose, type Recipe } from '../src/flow/compose.ts'
import type { Deps } from '../src/flow/deps.ts'
import { queuePushes } from '../src/flow/remind/queue.ts'
import { sealYesterday } from '../src/flow/seal.ts'
import { tickOffices } from '../src/flow/tick.ts'
import { nodeDeps } from '../src/node-deps.ts'
import { addDays, atOffice } from '../src/time/day.ts'
import { larkConfig } from '../test/fakes/lark.ts'
import { quantile } from './figures.ts'
import { ledgerFile, MONDAY, type Size } from './ledger.ts'

const ZONE = 'Asia/Shanghai'
const MINUTE = 60_000
/** Sends of one tick and office, as a server on Node has them. */
const BUDGET = 1000

/** A clock that goes on by itself and can be set. */
const openClock = () => {
  let ahead = 0
  const now = () => new Date(performance.now() + ahead)
  return {
    now,
    set: (moment: Date) => {
      ahead = moment.getTime() - performance.now()
    },
    /** To the next full minute; returns the milliseconds passed over. */
    skipMinute: () => {
      const rest = MINUTE - (now().getTime() % MINUTE)
      ahead += rest
      return rest
    },
  }
}

/** A platform that takes everything at once: what is left is our own work. */
const instantly = () => {
  let n = 0
  return async (url: string | URL | Request): Promise<Response> =>
    Response.json(
      String(url).includes('/auth/')
        ? { code: 0, tenant_access_token: 't', expire: 7200 }
        : { code: 0, data: { message_id: `om_${++n}` } },
    )
}

/** The offices of a ledger, each with an app of its own, on a copy of the file. */
const openOffices = async (size: Size) => {
  const folder = mkdtempSync(join(tmpdir(), 'duban-push-'))
  const path = join(folder, 'duban.db')
  copyFileSync(await ledgerFile(size), path)
  const store = await openSqlite(path)
  const clock = openClock()
  const { now } = clock
  const fetch = instantly()
  const config = readConfig({ TZ_OFFICE: ZONE })
  const offices = Array.from({ length: size.offices }, (_, i): Deps => {
    const own = nodeDeps({ config, store, now, log: () => undefined, office: `office-${i + 1}` }, new Set())
    return { ...own, adapters: [createLarkAdapter({ ...larkConfig, appId: `cli_${i + 1}` }, { fetch, now })] }
  })
  const close = async () => {
    await store.close()
    rmSync(folder, { recursive: true })
  }
  return { clock, offices, close }
}
type Opened = Pick<Awaited<ReturnType<typeof openOffices>>, 'clock' | 'offices'>

interface Measured<T> {
  result: T
  /** Seconds by the clock, and of the processor, which others on the machine do not lengthen. */
  clock: number
  processor: number
}

const measured = async <T>(work: () => Promise<T>): Promise<Measured<T>> => {
  const [began, used] = [performance.now(), process.cpuUsage()]
  const result = await work()
  const { user, system } = process.cpuUsage(used)
  return { result, clock: (performance.now() - began) / 1000, processor: (user + system) / 1e6 }
}

const words = ({ clock, processor }: Measured<unknown>): string =>
  `${clock.toFixed(1)} s (processor ${processor.toFixed(1)} s)`

/** The most memory that this process ever held, in MB; as Linux tells it. */
const mostMemory = (): number => Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024

const sumOver = async (offices: readonly Deps[], count: (deps: Deps) => Promise<number>): Promise<number> => {
  let n = 0
  for (const deps of offices) n += await count(deps)
  return n
}

/** Composes every queued message of an office, as its delivery will; how many have something to say. */
const composeAll = async (deps: Deps): Promise<number> => {
  const { q, t, office } = deps.store
  const rows = await q.select({ recipe: t.outbox.recipe }).from(t.outbox).where(eq(t.outbox.office, office))
  let n = 0
  for (const { recipe } of rows) if (await compose(deps, recipe as unknown as Recipe)) n++
  return n
}

/** What became of all messages of all offices. */
const depths = async (offices: readonly Deps[]): Promise<Record<string, number>> => {
  const all: Record<string, number> = {}
  for (const { store } of offices)
    for (const [state, n] of Object.entries(await outboxDepth(store))) all[state] = (all[state] ?? 0) + n
  return all
}

/** Ticks until nothing waits; what the platform's limit holds back to the next minute is passed over, and counted in seconds. */
const deliverAll = async ({ clock, offices }: Opened): Promise<{ depth: Record<string, number>; held: number }> => {
  for (let held = 0; ; held += clock.skipMinute() / 1000) {
    await tickOffices(offices, BUDGET)
    const depth = await depths(offices)
    if (!depth.waiting) return { depth, held }
  }
}

/** Ticks at one moment: their milliseconds by the clock, sorted, and the mean of the processor. The first may have something to do and is none of them. */
const ticksAt = async ({ clock, offices }: Opened, moment: Date, many: number) => {
  clock.set(moment)
  await tickOffices(offices, BUDGET)
  const times: number[] = []
  const all = await measured(async () => {
    for (let i = 0; i < many; i++) {
      clock.set(moment)
      const began = performance.now()
      await tickOffices(offices, BUDGET)
      times.push(performance.now() - began)
    }
  })
  return { times: times.sort((a, b) => a - b), processor: (1000 * all.processor) / many }
}

interface Limits {
  seconds: number
  memory: number
  tick: number
}

interface Listed {
  broken: string[]
  /** Rooms that have a list, the seconds until all lists were queued and composed, and messages delivered a second. */
  speed: { rooms: number; seconds: number; perSecond: number }
}

/**
 * The Monday lists of all offices: queued, composed, delivered to a platform that takes everything at once; then what a
 * tick costs that finds nothing due. Returns what was promised and not kept, and how fast it went.
 */
export const measureLists = async (size: Size, limits: Limits, ticks: number, tell = console.log): Promise<Listed> => {
  const broken: string[] = []
  const speed = { rooms: 0, seconds: 0, perSecond: 0 }
  const promise = (kept: boolean, what: string) => void (kept || broken.push(what))
  const { close, ...opened } = await openOffices(size)
  const { clock, offices } = opened
  try {
    clock.set(atOffice(MONDAY, '09:00', ZONE))
    const queued = await measured(() => sumOver(offices, async (deps) => (await queuePushes(deps)).length))
    const composed = await measured(() => sumOver(offices, composeAll))
    const [together, memory] = [queued.clock + composed.clock, mostMemory()]
    tell(`queued ${queued.result} messages of ${size.offices} offices: ${words(queued)}`)
    tell(`composed ${composed.result} cards: ${words(composed)}`)
    tell(`together ${together.toFixed(1)} s, memory at most ${memory.toFixed(0)} MB`)
    Object.assign(speed, { rooms: queued.result, seconds: together })
    promise(together <= limits.seconds, `lists took over ${limits.seconds} s`)
    promise(memory <= limits.memory, `lists took over ${limits.memory} MB`)

    const sealed = await measured(() => Promise.all(offices.map(sealYesterday)))
    tell(`sealed the day before: ${words(sealed)}`)

    const sent = await measured(() => deliverAll(opened))
    const { depth, held } = sent.result
    const all = Object.values(depth).reduce((sum, n) => sum + n, 0)
    speed.perSecond = (depth.sent ?? 0) / sent.clock
    const told = Object.entries(depth).map(([state, n]) => `${state} ${n}`)
    tell(
      `delivered: ${words(sent)}, ${speed.perSecond.toFixed(0)} a second; ${told.join(', ')}; ` +
        `the platform's limit held for ${held.toFixed(0)} s, ${((100 * held) / (held + sent.clock)).toFixed(0)} % of the time`,
    )
    promise(all === queued.result, `${queued.result} queued, ${all} accounted for`)
    promise(depth.sent === composed.result, `${composed.result} cards, ${depth.sent} sent`)

    for (const [name, moment] of [
      ['after the lists', atOffice(MONDAY, '11:00', ZONE)],
      ['before the next', atOffice(addDays(MONDAY, 1), '07:00', ZONE)],
    ] as const) {
      const { times, processor } = await ticksAt(opened, moment, ticks)
      tell(
        `a tick with nothing due, ${name}: p50 ${quantile(times, 0.5).toFixed(2)} ms, p99 ${quantile(times, 0.99).toFixed(2)} ms (processor ${processor.toFixed(2)} ms)`,
      )
      promise(processor <= limits.tick, `a tick ${name} took over ${limits.tick} ms of the processor`)
    }
  } finally {
    await close()
  }
  return { broken, speed }
}
