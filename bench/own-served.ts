import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rowsOf } from './rows.ts'

const root = new URL('../', import.meta.url).pathname

interface Wanted {
  platform: 'lark' | 'wecom' | 'keyless' | 'hook'
  domain: string
  now: () => Date
  fill: (duban: (...args: string[]) => string, folder: string) => void
}

/** The bench's own server (own-server.ts) as a process, on a file that the program's command line filled. */
export const openOwn = async ({ platform, domain, now, fill }: Wanted) => {
  const folder = await mkdtemp(join(tmpdir(), 'duban-bench-'))
  const path = join(folder, 'duban.db')
  const env = () => ({
    PATH: process.env.PATH,
    DATABASE_URL: `file:${path}`,
    DUBAN_NOW: now().toISOString(),
    BENCH_NOW: now().toISOString(),
  })
  const duban = (...args: string[]): string =>
    execFileSync(process.execPath, [join(root, 'dist/cli.js'), ...args], {
      env: env(),
      encoding: 'utf8',
      stdio: 'pipe',
    })
  fill(duban, folder)

  let child: ChildProcess | undefined
  const start = async (): Promise<void> => {
    const own = spawn(process.execPath, [join(root, 'dist/bench/cli.js'), 'own-server', platform, domain], {
      env: env(),
      stdio: ['ignore', 'inherit', 'ignore', 'ipc'],
    })
    child = own
    await Promise.race([once(own, 'message'), once(own, 'exit')])
  }
  const kill = async (): Promise<void> => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  }
  return {
    path,
    duban,
    start,
    kill,
    ask: <T>(sql: string) => rowsOf<T>(path, sql),
    /** Moves the running server's clock; ends when it has moved. */
    setClock: async (at: string): Promise<void> => {
      const moved = child && once(child, 'message')
      child?.send({ clock: at })
      await moved
    },
    close: async () => {
      await kill()
      await rm(folder, { recursive: true })
    },
  }
}
