import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createFakeLark, larkConfig } from '../test/fakes/lark.ts'
import { openLoopback } from '../test/node/loopback.ts'

const root = new URL('../', import.meta.url).pathname
const cli = join(root, 'dist/cli.js')

export const LIAISON = 'ou_bench_liaison'

/** The built program on a file of its own, with the example plan, a liaison known to Lark, and a fake open platform on loopback. */
export const openServed = async () => {
  if (!existsSync(cli)) throw new Error('dist/cli.js is not there: npm run build first')
  const folder = await mkdtemp(join(tmpdir(), 'duban-bench-'))
  const fake = createFakeLark(larkConfig, () => new Date())
  const platform = await openLoopback(fake)
  const env = {
    PATH: process.env.PATH,
    DATABASE_URL: process.env.BENCH_DATABASE_URL ?? `file:${join(folder, 'duban.db')}`,
    PORT: '0',
    LARK_APP_ID: larkConfig.appId,
    LARK_APP_SECRET: larkConfig.appSecret,
    LARK_ENCRYPT_KEY: larkConfig.encryptKey,
    LARK_VERIFICATION_TOKEN: larkConfig.verificationToken,
    LARK_DOMAIN: platform.domain,
  }
  const duban = (...args: string[]): string => execFileSync(process.execPath, [cli, ...args], { env, encoding: 'utf8' })
  duban('roster', 'import', join(root, 'examples/roster.json'))
  duban('import', join(root, 'examples/plan.txt'), '--yes')
  duban('people', 'add', '测试员', '--role', 'liaison', '--unit', '市财政局', '--id', `lark:${LIAISON}`)

  let server: ChildProcess | undefined
  const start = async (): Promise<string> => {
    const child = spawn(process.execPath, [cli, 'serve'], { env, stdio: ['ignore', 'pipe', 'ignore'] })
    server = child
    let out = ''
    for await (const part of child.stdout ?? []) {
      out += part
      const url = /http:\/\/\S+:\d+/.exec(out)?.[0]
      if (url) return url
    }
    throw new Error(`serve ended: ${out}`)
  }
  const kill = async (signal: NodeJS.Signals): Promise<void> => {
    if (!server || server.exitCode !== null || server.signalCode !== null) return
    const ended = once(server, 'exit')
    server.kill(signal)
    await ended
  }
  return {
    fake,
    duban,
    start,
    kill,
    pid: () => server?.pid,
    close: async () => {
      await kill('SIGKILL')
      await platform.close()
      await rm(folder, { recursive: true })
    },
  }
}
