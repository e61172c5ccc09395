import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLarkAdapter } from '../adapters/lark/index.ts'
import { openSqlite } from '../db/sqlite.ts'
import { readConfig } from '../src/config.ts'
import { compose, type Recipe } from '../src/flow/compose.ts'
import type { Deps } from '../src/flow/deps.ts'
import { queuePushes } from '../src/flow/remind/queue.ts'
import { nodeDeps } from '../src/node-deps.ts'
import { atOffice } from '../src/time/day.ts'
import { larkConfig } from '../test/fakes/lark.ts'
import { ledgerFile, MONDAY, type Size } from './ledger.ts'

const ZONE = 'Asia/Shanghai'

/** A platform that takes everything at once: what is left is our own work. */
const instantly = () => {
  let n = 0
  const fetch = async (url: string | URL | Request): Promise<Response> =>
    Response.json(
      String(url).includes('/auth/')
        ? { code: 0, tenant_access_token: 't', expire: 7200 }
        : { code: 0, data: { message_id: `om_${++n}` } },
    )
  return { fetch, taken: () => n }
}

/** Work measured: seconds by the clock, and of the processor, which others on the machine do not lengthen. */
const measured = async <T>(work: () => Promise<T>): Promise<{ result: T; clock: number; processor: number }> => {
  const [began, used] = [performance.now(), process.cpuUsage()]
  const result = await work()
  const { user, system } = process.cpuUsage(used)
  return { result, clock: (performance.now() - began) / 1000, processor: (user + system) / 1e6 }
}

const seconds = ({ clock, processor }: { clock: number; processor: number }): string =>
  `${clock.toFixed(1)} s (processor ${processor.toFixed(1)} s)`

/** The most memory that this process ever held, in MB. */
const mostMemory = (): number => Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024

/** The offices of a ledger on a copy of its file, at nine on Monday. */
export const openOffices = async (size: Size) => {
  const folder = mkdtempSync(join(tmpdir(), 'duban-push-'))
  const path = join(folder, 'duban.db')
  copyFileSync(await ledgerFile(size), path)
  const store = await openSqlite(path)
  const clock = { now: atOffice(MONDAY, '09:00', ZONE) }
  const platform = instantly()
  const config = readConfig({ TZ_OFFICE: ZONE })
  const now = () => clock.now
  const offices = Array.from({ length: size.offices }, (_, i): Deps => {
    const adapter = createLarkAdapter({ ...larkConfig, appId: `cli_${i + 1}` }, { fetch: platform.fetch, now })
    const own = nodeDeps({ config, store, now, log: () => undefined, office: `office-${i + 1}` }, new Set())
    return { ...own, adapters: [adapter] }
  })
  return {
    store,
    clock,
    platform,
    offices,
    close: async () => {
      await store.close()
      rmSync(folder, { recursive: true })
    },
  }
}

const composeAll = async (deps: Deps): Promise<number> => {
  const { q, t, office } = deps.store
  const { eq } = await import('drizzle-orm')
  const rows = await q.select({ recipe: t.outbox.recipe }).from(t.outbox).where(eq(t.outbox.office, office))
  let n = 0
  for (const { recipe } of rows) if (await compose(deps, recipe as unknown as Recipe)) n++
  return n
}

export const lists = async (size: Size): Promise<void> => {
  const { offices, close } = await openOffices(size)
  try {
    const queued = await measured(async () => {
      let n = 0
      for (const deps of offices) n += (await queuePushes(deps)).length
      return n
    })
    console.log(`queued ${queued.result}: ${seconds(queued)}, memory ${mostMemory().toFixed(0)} MB`)
    const composed = await measured(async () => {
      let n = 0
      for (const deps of offices) n += await composeAll(deps)
      return n
    })
    console.log(`composed ${composed.result}: ${seconds(composed)}, memory ${mostMemory().toFixed(0)} MB`)
  } finally {
    await close()
  }
}
