import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '../db/open.ts'
import type { ListenTimes } from '../src/flow/listen.ts'

const root = new URL('../', import.meta.url).pathname

/** One process of those that would listen. */
export interface Process {
  name: string
  start(): Promise<void>
  kill(signal: NodeJS.Signals): Promise<void>
  /** Is it the one that holds the connection, by its own log? */
  holds(): boolean
}

interface Wanted {
  /** What turns the platform on. */
  env: Record<string, string>
  /** Ids of the liaison there: `wecom:zhangsan`. */
  liaison: string
  /** How far the clock of all is ahead of the machine's, in ms. */
  ahead(): number
  times?: ListenTimes
}

/** Several processes of the program (own-listener.ts) on one database, that the command line filled. */
export const openListeners = async (names: readonly string[], { env, liaison, ahead, times }: Wanted) => {
  const folder = await mkdtemp(join(tmpdir(), 'duban-bench-'))
  const database = process.env.BENCH_DATABASE_URL ?? `file:${join(folder, 'duban.db')}`
  const environment = () => ({
    ...{ PATH: process.env.PATH, DATABASE_URL: database, PORT: '0', DATA_DIR: folder },
    ...{ BENCH_AHEAD_MS: String(ahead()), ...env },
    ...(times && { LISTEN_TIMES: JSON.stringify(times) }),
  })
  const duban = (...args: string[]): string =>
    execFileSync(process.execPath, [join(root, 'dist/cli.js'), ...args], {
      ...{ env: environment(), encoding: 'utf8', stdio: 'pipe' },
    })
  duban('roster', 'import', join(root, 'examples/roster.json'), '--yes')
  duban('import', join(root, 'examples/plan.txt'), '--yes')
  duban('people', 'add', '测试员', '--role', 'liaison', '--unit', '市财政局', '--id', liaison)
  const store = await openStore(database)
  const { q, t } = store.of('default')
  /** Words that the processes wrote down of their connections, in order. */
  const told: { name: string; outcome: string }[] = []

  const processOf = (name: string): Process => {
    let child: ChildProcess | undefined
    let holding = false
    const read = (line: string) => {
      const { event, outcome } = JSON.parse(line) as { event: string; outcome?: string }
      if (event !== 'listen' || !outcome) return
      holding = outcome === 'begun'
      told.push({ name, outcome })
    }
    return {
      name,
      holds: () => holding,
      start: async () => {
        const own = spawn(process.execPath, [join(root, 'dist/bench/cli.js'), 'own-listener'], {
          ...{ env: environment(), stdio: ['ignore', 'pipe', 'pipe'] },
        })
        child = own
        let rest = ''
        own.stderr?.on('data', (part) => {
          const lines = (rest + String(part)).split('\n')
          rest = lines.pop() ?? ''
          for (const line of lines) if (line.startsWith('{')) read(line)
        })
        if (own.stdout) await Promise.race([once(own.stdout, 'data'), once(own, 'exit')])
        if (own.exitCode !== null) throw new Error(`${name} did not start: ${rest}`)
      },
      kill: async (signal) => {
        holding = false
        if (!child || child.exitCode !== null || child.signalCode !== null) return
        const ended = once(child, 'exit')
        child.kill(signal)
        await ended
      },
    }
  }
  const processes = names.map(processOf)

  return {
    processes,
    told,
    duban,
    /** Keys of the messages that were stored. */
    stored: async () => new Set((await q.select({ key: t.receipts.key }).from(t.receipts)).map(({ key }) => key)),
    /** What became of each answer, by the place where it is said. */
    answers: () => q.select({ room: t.outbox.room, state: t.outbox.state, error: t.outbox.error }).from(t.outbox),
    /** Why the connection was last lost, by the row. */
    lost: async () => (await q.select({ lost: t.listeners.lost }).from(t.listeners))[0]?.lost,
    close: async () => {
      await Promise.all(processes.map(({ kill }) => kill('SIGKILL')))
      await store.close()
      await rm(folder, { recursive: true })
    },
  }
}
