import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { sleep } from './chance.ts'
import { type Figure, figureOf, median, quantile } from './figures.ts'
import { fillFile } from './webhook/office.ts'
import { cli, otherSide, serverEnv, start, startCeiling, type Target } from './webhook/processes.ts'

/** What is asked of the server: of the bare handler's messages a second, of its p99, MiB (at its most, and idle), ms. */
const TARGETS = { ratio: 0.5, p99: 3, memory: 180, idle: 150, start: 500 }
const OPEN_RATE = 200
/** More messages than any phase of a second can use. */
const MOST_A_SECOND = 6000
const WARM = 4000
const IDLE_MS = 1000

interface Asked {
  seconds: number
  /** Messages outstanding. */
  at: number
  rounds: number
  /** A folder for the processor's profiles. */
  profile?: string
}
type Seen = Record<'rate' | 'cpu' | 'loop' | 'p50' | 'p99' | 'peak' | 'idle' | 'started', number[]>

/** What each of the two did in every round, by its name, and what was refused or unanswered. */
interface Measured {
  seen: Map<string, Seen>
  lost: string[]
}

/** The built server and the bare handler in turns; a line of each is printed as it comes. */
const measureWebhook = async ({ seconds, at, rounds, profile }: Asked, tell: (line: string) => void) => {
  const folder = await mkdtemp(join(tmpdir(), 'duban-bench-'))
  const other = await otherSide()
  const env = serverEnv(folder, other.domain)
  const profiling = profile ? ['--cpu-prof', '--cpu-prof-dir', profile] : []
  const startOurs = () => start('duban', [...profiling, cli, 'serve'], env)

  const { seen, lost }: Measured = { seen: new Map(), lost: [] }
  const measure = async (target: Target) => {
    const most = MOST_A_SECOND * (seconds + 2)
    const nothing = { rate: [], cpu: [], loop: [], p50: [], p99: [], peak: [], idle: [], started: [] }
    const own = seen.get(target.name) ?? nothing
    seen.set(target.name, own)
    await sleep(IDLE_MS)
    const idle = target.held()
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
    own.idle.push(idle)
    own.started.push(target.started)
    const bad = [closed.refused, closed.unanswered, open.refused, open.unanswered]
    tell(
      `${target.name.padEnd(8)} ${closed.perSecond.toFixed(0).padStart(5)}/s ${cpu.toFixed(0).padStart(5)} µs of processor each (${loop.toFixed(0)} of the loop)  p50 ${quantile(open.times, 0.5).toFixed(2)} p99 ${quantile(open.times, 0.99).toFixed(2)} ms  idle ${idle.toFixed(0)} peak ${target.peak().toFixed(0)} MiB  start ${target.started.toFixed(0)} ms${bad.some(Boolean) ? `  refused, unanswered ${bad.join(' ')}` : ''}`,
    )
    if (bad.some(Boolean)) lost.push(`${target.name}: refused or unanswered ${bad.join(' ')}`)
    await target.stop()
  }
  try {
    fillFile(
      (...args) => execFileSync(process.execPath, [cli, ...args], { env, encoding: 'utf8', stdio: 'pipe' }),
      folder,
    )
    for (let round = 0; round < rounds; round++) {
      await measure(await startCeiling(folder, other.domain))
      await measure(await startOurs())
      await sleep(200)
    }
  } finally {
    other.close()
    await rm(folder, { recursive: true })
  }
  return { seen, lost }
}

/** The lines of it in the table of the installation's cost. */
export const webhookFigures = async (asked: Asked): Promise<Figure[]> => {
  const { seen, lost } = await measureWebhook(asked, () => undefined)
  if (lost.length > 0) throw new Error(lost.join('; '))
  const [ours, bare] = [seen.get('duban'), seen.get('ceiling')]
  const ratios = (ours?.rate ?? []).map((rate, i) => rate / (bare?.rate[i] ?? Number.NaN))
  const command = 'npm run bench -- webhook'
  return [
    figureOf('webhook, of the bare handler’s messages a second', ratios, (ratio) => ratio.toFixed(2), command),
    figureOf('webhook, messages a second', ours?.rate ?? [], (rate) => rate.toFixed(0), command),
    figureOf('memory under that load, at most', ours?.peak ?? [], (held) => `${held.toFixed(0)} MiB`, command),
  ]
}

/**
 * The built server on a SQLite file against a bare handler that does what any bot must, in turns: messages a second with
 * `--at` of them outstanding, event to reply at 200 a second, memory, start. A message counts when its reply has arrived.
 */
export const run = async (argv: string[]): Promise<void> => {
  const text = { type: 'string' } as const
  const { values } = parseArgs({ args: argv, options: { seconds: text, at: text, rounds: text, profile: text } })
  const [seconds, at, rounds] = [Number(values.seconds ?? 3), Number(values.at ?? 64), Number(values.rounds ?? 3)]
  const { profile } = values
  const { seen, lost } = await measureWebhook({ seconds, at, rounds, ...(profile && { profile }) }, console.log)
  const of = (name: string, what: keyof Seen) => median(seen.get(name)?.[what] ?? [])
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
