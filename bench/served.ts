import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createFakeLark, freeLark, larkEnv } from '../test/fakes/lark.ts'
import type { Wire } from '../test/fakes/wire.ts'
import { openRough, type Roughness } from './rough.ts'

const root = new URL('../', import.meta.url).pathname
const cli = join(root, 'dist/cli.js')

export const LIAISON = 'ou_bench_liaison'

export type Fill = (duban: (...args: string[]) => string, folder: string) => void

interface Wanted {
  /** The time that each start of the program goes on from; the machine's own where absent. */
  now?: () => Date
  rough?: Roughness
  /** Where the file of the ledger lies; a folder of its own where absent. */
  folder?: string
  /** Fills the ledger by the command line, instead of the example plan and one liaison. */
  fill?: Fill
}

const fillExample: Fill = (duban) => {
  duban('roster', 'import', join(root, 'examples/roster.json'))
  duban('import', join(root, 'examples/plan.txt'), '--yes')
  duban('people', 'add', '测试员', '--role', 'liaison', '--unit', '市财政局', '--id', `lark:${LIAISON}`)
}

/** As the platform does it: true where it was answered with 200, else it will come again. */
export const post = async (url: string, wire: Wire, ms = 10_000): Promise<boolean> =>
  (await statusOf(url, wire, ms)) === 200

/** The answer's status; 0 where there was none within `ms`. */
export const statusOf = async (url: string, wire: Wire, ms = 10_000): Promise<number> => {
  try {
    const to = new URL(wire.url).pathname
    const response = await fetch(url + to, {
      method: 'POST',
      headers: wire.headers,
      body: wire.body,
      signal: AbortSignal.timeout(ms),
    })
    return response.status
  } catch {
    return 0
  }
}

/** The built program on a file of its own, with the example plan, a liaison known to Lark, and a fake open platform on loopback. */
export const openServed = async ({ now, rough, folder: given, fill = fillExample }: Wanted = {}) => {
  if (!existsSync(cli)) throw new Error('dist/cli.js is not there: npm run build first')
  const folder = given ?? (await mkdtemp(join(tmpdir(), 'duban-bench-')))
  const fake = createFakeLark(freeLark, now ?? (() => new Date()))
  const platform = await openRough(fake, (path) => path.includes('/im/v1/messages'), rough)
  let home = folder
  const database = () => process.env.BENCH_DATABASE_URL ?? `file:${join(home, 'duban.db')}`
  const env = () => ({
    PATH: process.env.PATH,
    DATABASE_URL: database(),
    DATA_DIR: home,
    PORT: '0',
    ...(now && { DUBAN_NOW: now().toISOString() }),
    ...larkEnv(platform.domain),
  })
  const duban = (...args: string[]): string =>
    execFileSync(process.execPath, [cli, ...args], { env: env(), encoding: 'utf8', stdio: 'pipe' })
  /** The same while the platform goes on answering. */
  const meanwhile = async (...args: string[]): Promise<string> =>
    (await promisify(execFile)(process.execPath, [cli, ...args], { env: env(), encoding: 'utf8' })).stdout
  fill(duban, folder)

  let server: ChildProcess | undefined
  /** Lines that the program logged, of all its lives. */
  const logged: string[] = []
  const start = async (): Promise<string> => {
    const child = spawn(process.execPath, [cli, 'serve'], { env: env(), stdio: ['ignore', 'pipe', 'pipe'] })
    server = child
    child.stderr.on('data', (part) => void logged.push(String(part)))
    let out = ''
    for await (const part of child.stdout) {
      out += part
      const url = /http:\/\/\S+:\d+/.exec(out)?.[0]
      if (url) return url
    }
    throw new Error(`serve ended: ${out}${logged.at(-1) ?? ''}`)
  }
  const kill = async (signal: NodeJS.Signals): Promise<void> => {
    if (!server || server.exitCode !== null || server.signalCode !== null) return
    const ended = once(server, 'exit')
    server.kill(signal)
    await ended
  }
  /** How many messages stand in each state, as an operator reads it. */
  const account = async (url: string): Promise<Record<string, number>> => {
    const text = await (await fetch(`${url}/metrics`)).text()
    const lines = [...text.matchAll(/^duban_outbox\{.*state="(\w+)"\} (\d+)$/gm)]
    return Object.fromEntries(lines.map(([, state = '', n]) => [state, Number(n)]))
  }
  return {
    fake,
    platform,
    duban,
    meanwhile,
    /** What is started from now on has its database and files there. */
    moveTo: (to: string) => {
      home = to
    },
    start,
    kill,
    account,
    logged,
    folder,
    file: database().replace(/^file:/, ''),
    pid: () => server?.pid,
    close: async () => {
      await kill('SIGKILL')
      await platform.close()
      if (!given) await rm(folder, { recursive: true })
    },
  }
}
