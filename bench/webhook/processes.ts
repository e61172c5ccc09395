import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createFakeLark, larkConfig, larkEnv } from '../../test/fakes/lark.ts'
import { NOW } from './office.ts'
import type { Drive, Driven } from './other-side.ts'

const root = new URL('../../', import.meta.url).pathname
const bench = join(root, 'dist/bench/cli.js')
export const cli = join(root, 'dist/cli.js')

export const otherSide = async () => {
  const child = spawn(process.execPath, [bench, 'webhook-other-side'], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const [{ port }] = (await once(child, 'message')) as [{ port: number }]
  return {
    domain: `http://127.0.0.1:${port}`,
    drive: async (asked: Drive): Promise<Driven> => {
      child.send(asked)
      return ((await once(child, 'message')) as [Driven])[0]
    },
    close: () => child.disconnect(),
  }
}

/** The kernel counts in hundredths of a second. */
const TICK_MS = 10

/** Milliseconds of a process or of one of its threads, by its folder in /proc. */
const spentBy = (of: string): number => {
  const fields = readFileSync(`/proc/${of}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS
}

const memoryOf = ({ pid }: ChildProcess, what: 'VmHWM' | 'VmRSS'): number =>
  Number(new RegExp(`${what}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024

/** A program that serves, in a process of its own. */
export interface Target {
  name: string
  port: number
  /** From the start of the process to its first answer. */
  started: number
  /** MiB: the most that it ever held, and what it holds now. */
  peak(): number
  held(): number
  /** Milliseconds of the processor so far, of all its threads. */
  spent(): number
  /** The same of the thread that runs the loop, which is what bounds it. */
  looped(): number
  stop(): Promise<void>
}

/** A program that prints its address, started and asked once: the platform's check of the URL. */
export const start = async (name: string, args: string[], env: NodeJS.ProcessEnv): Promise<Target> => {
  const from = performance.now()
  const child: ChildProcess = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'ignore'] })
  let out = ''
  for await (const part of child.stdout ?? []) {
    out += part
    if (/http:\/\/\S+:\d+/.test(out)) break
  }
  const url = /http:\/\/\S+:\d+/.exec(out)?.[0]
  if (!url) throw new Error(`${name} ended: ${out}`)
  child.stdout?.resume()
  const { headers, body } = createFakeLark(larkConfig, () => new Date(NOW)).says({ from: 'ou_nobody', text: '在吗' })
  const answer = await fetch(`${url}/webhooks/lark`, { method: 'POST', headers, body })
  if (answer.status !== 200) throw new Error(`${name}: ${answer.status}`)
  const started = performance.now() - from
  return {
    name,
    port: Number(new URL(url).port),
    started,
    spent: () => spentBy(`${child.pid}`),
    looped: () => spentBy(`${child.pid}/task/${child.pid}`),
    peak: () => memoryOf(child, 'VmHWM'),
    held: () => memoryOf(child, 'VmRSS'),
    stop: async () => {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      if (name === 'ceiling') child.kill('SIGKILL')
      await ended
    },
  }
}

export const startCeiling = (folder: string, domain: string) =>
  start('ceiling', [bench, 'webhook-ceiling', join(folder, `ceiling-${Date.now()}.db`), domain], process.env)

/** What turns on Lark, whose platform is at `domain`; it takes as much as is sent: what is measured is the program, not its patience. */
export const serverEnv = (folder: string, domain: string): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  DATABASE_URL: `file:${join(folder, 'duban.db')}`,
  PORT: '0',
  DUBAN_NOW: NOW,
  ...larkEnv(domain),
})
