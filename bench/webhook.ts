import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createFakeLark, larkConfig } from '../test/fakes/lark.ts'
import { sleep } from './chance.ts'
import { fillFile, NOW } from './webhook/office.ts'
import type { Drive, Driven } from './webhook/other-side.ts'

const root = new URL('../', import.meta.url).pathname
const bench = join(root, 'dist/bench/cli.js')
const cli = join(root, 'dist/cli.js')

/** What is asked of the server: of the bare handler's messages a second, of its p99, MiB (at its most, and idle), ms. */
const TARGETS = { ratio: 0.5, p99: 3, memory: 180, idle: 150, start: 500 }
const OPEN_RATE = 200
/** More messages than any phase of a second can use. */
const MOST_A_SECOND = 6000
const WARM = 4000
const IDLE_MS = 1000

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN
const quantile = (values: readonly number[], q: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(q * values.length))] ?? Number.NaN

const otherSide = async () => {
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

/** MiB: `VmHWM` at its most, `VmRSS` now. */
const memoryOf = (pid: number | undefined, what: 'VmHWM' | 'VmRSS'): number =>
  Number(new RegExp(`${what}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024

interface Target {
  name: string
  port: number
  /** From the start of the process to its first answer. */
  started: number
  /** MiB before the first of many messages. */
  idle: number
  peak(): number
  /** Milliseconds of the processor so far, of all its threads. */
  spent(): number
  /** The same of the thread that runs the loop, which is what bounds it. */
  looped(): number
  stop(): Promise<void>
}

/** A program that prints its address, started and asked once: the platform's check of the URL. */
const start = async (name: string, args: string[], env: NodeJS.ProcessEnv): Promise<Target> => {
  const from = performance.now()
  const child: ChildProcess = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'ignore'] })
  let out = ''
  for await (const part of child.stdout ?? []) {
    out += part
    if (/http:\/\/\S+:\d+/.test(out)) break
  }
  const url = /http:\/\/\S+:\d+/.exec(out)?.[0]
  if (!url) throw new Error(`${name} ended: ${out}`)
  const { headers, body } = createFakeLark(larkConfig, () => new Date(NOW)).says({ from: 'ou_nobody', text: '在吗' })
  const answer = await fetch(`${url}/webhooks/lark`, { method: 'POST', headers, body })
  if (answer.status !== 200) throw new Error(`${name}: ${answer.status}`)
  const started = performance.now() - from
  await sleep(IDLE_MS)
  return {
    name,
    port: Number(new URL(url).port),
    started,
    idle: memoryOf(child.pid, 'VmRSS'),
    spent: () => spentBy(`${child.pid}`),
    looped: () => spentBy(`${child.pid}/task/${child.pid}`),
    peak: () => memoryOf(child.pid, 'VmHWM'),
    stop: async () => {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      if (name === 'ceiling') child.kill('SIGKILL')
      await ended
    },
  }
}

const startCeiling = (folder: string, domain: string) =>
  start('ceiling', [bench, 'webhook-ceiling', join(folder, `ceiling-${Date.now()}.db`), domain], process.env)

const serverEnv = (folder: string, domain: string): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  DATABASE_URL: `file:${join(folder, 'duban.db')}`,
  PORT: '0',
  DUBAN_NOW: NOW,
  LARK_APP_ID: larkConfig.appId,
  LARK_APP_SECRET: larkConfig.appSecret,
  LARK_ENCRYPT_KEY: larkConfig.encryptKey,
  LARK_VERIFICATION_TOKEN: larkConfig.verificationToken,
  LARK_DOMAIN: domain,
  // The open platform takes 50 a second: what is measured is the program, not its patience.
  LARK_PER_SECOND: '1000000',
  LARK_PER_MINUTE: '60000000',
  LARK_PER_PLACE: '1000000',
})

/**
 * The built server on a SQLite file against a bare handler that does what any bot must, in turns: messages a second with
 * `--at` of them outstanding, event to reply at 200 a second, memory, start. A message counts when its reply has arrived.
 */
export const run = async (argv: string[]): Promise<void> => {
  const text = { type: 'string' } as const
  const { values } = parseArgs({ args: argv, options: { seconds: text, at: text, rounds: text, profile: text } })
  const [seconds, at, rounds] = [Number(values.seconds ?? 3), Number(values.at ?? 64), Number(values.rounds ?? 3)]
  const folder = await mkdtemp(join(tmpdir(), 'duban-bench-'))
  const other = await otherSide()
  const env = serverEnv(folder, other.domain)
  fillFile(
    (...args) => execFileSync(process.execPath, [cli, ...args], { env, encoding: 'utf8', stdio: 'pipe' }),
    folder,
  )
  const profiling = values.profile ? ['--cpu-prof', '--cpu-prof-dir', values.profile] : []
  const startOurs = () => start('duban', [...profiling, cli, 'serve'], env)

  type What = 'rate' | 'cpu' | 'loop' | 'p50' | 'p99' | 'peak' | 'idle' | 'started'
  const seen = new Map<string, Record<What, number[]>>()
  const lost: string[] = []
  const measure = async (target: Target) => {
    const most = MOST_A_SECOND * (seconds + 2)
    const nothing = { rate: [], cpu: [], loop: [], p50: [], p99: [], peak: [], idle: [], started: [] }
    const own = seen.get(target.name) ?? nothing
    seen.set(target.name, own)
    // A server runs for days: the first thousands are the compiler's.
    await other.drive({ port: target.port, seconds: 10, at, most: WARM })
    const open = await other.drive({ port: target.port, seconds, rate: OPEN_RATE, most: OPEN_RATE * (seconds + 3) })
    const [before, loopBefore] = [target.spent(), target.looped()]
    const closed = await other.drive({ port: target.port, seconds, at, most })
    const cpu = ((target.spent() - before) * 1000) / closed.messages
    const loop = ((target.looped() - loopBefore) * 1000) / closed.messages
    own.cpu.push(cpu)
    own.loop.push(loop)
    own.rate.push(closed.perSecond)
    own.p50.push(quantile(open.times, 0.5))
    own.p99.push(quantile(open.times, 0.99))
    own.peak.push(target.peak())
    own.idle.push(target.idle)
    own.started.push(target.started)
    const bad = [closed.refused, closed.unanswered, open.refused, open.unanswered]
    console.log(
      `${target.name.padEnd(8)} ${closed.perSecond.toFixed(0).padStart(5)}/s ${cpu.toFixed(0).padStart(5)} µs of processor each (${loop.toFixed(0)} of the loop)  p50 ${quantile(open.times, 0.5).toFixed(2)} p99 ${quantile(open.times, 0.99).toFixed(2)} ms  idle ${target.idle.toFixed(0)} peak ${target.peak().toFixed(0)} MiB  start ${target.started.toFixed(0)} ms${bad.some(Boolean) ? `  refused, unanswered ${bad.join(' ')}` : ''}`,
    )
    if (bad.some(Boolean)) lost.push(`${target.name}: refused or unanswered ${bad.join(' ')}`)
    await target.stop()
  }
  try {
    for (let round = 0; round < rounds; round++) {
      await measure(await startCeiling(folder, other.domain))
      await measure(await startOurs())
      await sleep(200)
    }
  } finally {
    other.close()
    await rm(folder, { recursive: true })
  }
  const of = (name: string, what: What) => median(seen.get(name)?.[what] ?? [])
  const broken = [...lost]
  const promise = (kept: boolean, what: string) => {
    console.log(`${kept ? 'kept  ' : 'BROKEN'} ${what}`)
    if (!kept) broken.push(what)
  }
  const [ours, bare] = [of('duban', 'rate'), of('ceiling', 'rate')]
  promise(
    ours / bare >= TARGETS.ratio,
    `messages/s ${ours.toFixed(0)} of ${bare.toFixed(0)}: ${(ours / bare).toFixed(2)} (at least ${TARGETS.ratio}), processor ${of('duban', 'cpu').toFixed(0)} of ${of('ceiling', 'cpu').toFixed(0)} µs a message, ${of('duban', 'loop').toFixed(0)} of ${of('ceiling', 'loop').toFixed(0)} of the loop`,
  )
  const [p99, bareP99] = [of('duban', 'p99'), of('ceiling', 'p99')]
  promise(
    p99 <= TARGETS.p99 * bareP99,
    `at ${OPEN_RATE}/s event to reply p50 ${of('duban', 'p50').toFixed(2)} of ${of('ceiling', 'p50').toFixed(2)} ms, p99 ${p99.toFixed(2)} of ${bareP99.toFixed(2)} ms: ${(p99 / bareP99).toFixed(1)} (at most ${TARGETS.p99})`,
  )
  promise(of('duban', 'peak') < TARGETS.memory, `peak ${of('duban', 'peak').toFixed(0)} MiB (under ${TARGETS.memory})`)
  promise(of('duban', 'idle') < TARGETS.idle, `idle ${of('duban', 'idle').toFixed(0)} MiB (under ${TARGETS.idle})`)
  promise(
    of('duban', 'started') < TARGETS.start,
    `start to first answer ${of('duban', 'started').toFixed(0)} ms (under ${TARGETS.start})`,
  )
  if (broken.length > 0) throw new Error(broken.join('; '))
}
