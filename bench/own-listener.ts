import { openStore } from '../db/open.ts'
import { readConfig } from '../src/config.ts'
import { openLog } from '../src/node/log.ts'
import { serveNode } from '../src/node.ts'

/**
 * `serve` as a process of the bench's own, whose connections are held by other times than the program's (`LISTEN_TIMES`,
 * JSON; the program's own where absent). Its clock is the machine's, `BENCH_AHEAD_MS` ahead: several processes have one
 * clock. Ends on SIGTERM.
 */
export const run = async (): Promise<void> => {
  const stopped = new Promise<void>((done) => process.once('SIGTERM', () => done()))
  const ahead = Number(process.env.BENCH_AHEAD_MS)
  const now = () => new Date(Date.now() + ahead)
  const store = await openStore(process.env.DATABASE_URL ?? '')
  const log = openLog({ now }).log
  const given = { config: readConfig(process.env), store, now, log, office: 'default' }
  const times = process.env.LISTEN_TIMES
  const serving = await serveNode(given, times ? JSON.parse(times) : undefined)
  process.stdout.write('serving\n')
  await stopped
  await serving.stop()
  await store.close()
}
