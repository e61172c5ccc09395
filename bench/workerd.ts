import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { Response as Answer, Miniflare, type MiniflareOptions } from 'miniflare'
import { bindingOf, worker as d1Worker } from '../test/db/d1-binding.ts'
import { createFakeLark, freeLark } from '../test/fakes/lark.ts'
import { applyMigrations, bundle, deployed, larkVariables, modulesOf } from '../test/worker/duban.ts'
import { type Figure, figureOf, median } from './figures.ts'

/** A new workerd process, from its start to its answers: ms, and ms of the processor, which a busy machine lengthens less. */
interface Start {
  /** Until it listens: the process itself, the modules compiled, the Worker's outermost code run. */
  listens: number
  first: number
  second: number
  listensCpu: number
  firstCpu: number
}

/** The kernel counts in hundredths of a second. */
const TICK_MS = 10

/** What our workerd has had of the processor. */
const spent = (): number => {
  const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8').trim().split(' ')
  const times = children.filter(Boolean).map((pid) => {
    const [name = '', rest = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')
    if (!name.endsWith('(workerd')) return 0
    const fields = rest.split(' ')
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS
  })
  return times.reduce((sum, ms) => sum + ms, 0)
}

const EMPTY = `export default { fetch: () => new Response('ok') }`
const NOW = '2026-04-14T10:00:00+08:00'
const now = () => new Date(NOW)

const startOf = async (options: MiniflareOptions, ask: (url: URL) => Promise<unknown>): Promise<Start> => {
  const at = [performance.now()]
  const cpu: number[] = []
  const miniflare = new Miniflare(options)
  try {
    const url = await miniflare.ready
    at.push(performance.now())
    cpu.push(spent())
    for (let n = 0; n < 2; n++) {
      await ask(url)
      at.push(performance.now())
      cpu.push(spent())
    }
  } finally {
    await miniflare.dispose()
  }
  const [begun = 0, listens = 0, first = 0, second = 0] = at
  const [listensCpu = 0, firstCpu = 0] = cpu
  const times = { listens: listens - begun, first: first - listens, second: second - first }
  return { ...times, listensCpu, firstCpu: firstCpu - listensCpu }
}

const mediansOf = (starts: readonly Start[]): Start => ({
  listens: median(starts.map(({ listens }) => listens)),
  first: median(starts.map(({ first }) => first)),
  second: median(starts.map(({ second }) => second)),
  listensCpu: median(starts.map(({ listensCpu }) => listensCpu)),
  firstCpu: median(starts.map(({ firstCpu }) => firstCpu)),
})

/**
 * The cold start of the Worker on a migrated D1, beside one that does nothing, in turns: medians of `rounds` new processes
 * each. The first request of ours is a signed message from Lark, taken and stored; of the other it is nothing. Sizes in bytes.
 */
export const coldStart = async (rounds: number) => {
  const { modules } = await bundle()
  const size = modules.reduce((sum, { contents }) => sum + gzipSync(contents).length, 0)
  const folder = await mkdtemp(join(tmpdir(), 'duban-workerd-'))
  const versions = { compatibilityDate: deployed().compatibilityDate ?? '' }
  const common = { ...versions, d1Databases: { DB: 'duban' }, d1Persist: folder }
  const fake = createFakeLark(freeLark, now)
  const outside = async (request: {
    url: string
    method: string
    headers: Iterable<[string, string]>
    text(): Promise<string>
  }) => {
    const body = request.method === 'GET' ? {} : { body: await request.text() }
    const headers = Object.fromEntries(request.headers)
    const answer = await fake.fetch(request.url, { method: request.method, headers, ...body })
    return new Answer(await answer.text(), { status: answer.status, headers: Object.fromEntries(answer.headers) })
  }
  const message = async (url: URL) => {
    const { url: to, headers, body } = fake.says({ from: 'ou_nobody', text: '帮助' })
    const { status } = await fetch(new URL(new URL(to).pathname, url), { method: 'POST', headers, body })
    if (status !== 200) throw new Error(`the Worker answered ${status}`)
  }
  try {
    const filling = new Miniflare({ ...common, modules: true, script: d1Worker, routes: ['http://d1/*'] })
    await applyMigrations(bindingOf(filling, 'DB'))
    await filling.dispose()
    const bindings = { ...larkVariables, DUBAN_NOW: NOW, TZ_OFFICE: 'Asia/Shanghai' }
    const worker = {
      ...common,
      handleRuntimeStdio: () => undefined,
      modules: await modulesOf(),
      bindings,
      outboundService: outside as never,
    }
    const empty = { ...common, modules: true as const, script: EMPTY }
    const starts: { ours: Start[]; nothing: Start[] } = { ours: [], nothing: [] }
    for (let round = 0; round <= rounds; round++) {
      const nothing = await startOf(empty, (url) => fetch(url).then((answer) => answer.text()))
      const ours = await startOf(worker, message)
      // The first of each warms the disk.
      if (round > 0) starts.nothing.push(nothing)
      if (round > 0) starts.ours.push(ours)
    }
    const until = (start: Start | undefined) => (start ? start.listens + start.first : Number.NaN)
    const over = starts.ours.map((start, i) => until(start) - until(starts.nothing[i]))
    return { size, over, ours: mediansOf(starts.ours), nothing: mediansOf(starts.nothing) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const words = ({ listens, first, second, listensCpu, firstCpu }: Start): string =>
  `listens after ${listens.toFixed(0)} ms (processor ${listensCpu}), first answer ${first.toFixed(0)} ms later (processor ${firstCpu}), second ${second.toFixed(1)} ms`

/** The lines of it in the table of the installation's cost. */
export const workerFigures = async (rounds: number): Promise<Figure[]> => {
  const { size, over } = await coldStart(rounds)
  const command = 'npm run bench -- workerd'
  return [
    figureOf('cold start on workerd, beyond an empty Worker’s', over, (ms) => `${ms.toFixed(0)} ms`, command),
    { what: 'bundle of the Worker, gzip', figure: `${(size / 1024).toFixed(0)} KiB`, command },
  ]
}

export const run = async (argv: string[]): Promise<void> => {
  const options = { short: { type: 'boolean' }, rounds: { type: 'string', default: '7' } } as const
  const { values } = parseArgs({ args: argv, options })
  const { size, ours, nothing } = await coldStart(values.short ? 2 : Number(values.rounds))
  console.log(`the Worker: ${(size / 1024).toFixed(0)} KiB gzip`)
  console.log(`an empty Worker: ${words(nothing)}`)
  console.log(`ours: ${words(ours)} (a signed message stored in D1)`)
  const over = (of: (start: Start) => number) => (of(ours) - of(nothing)).toFixed(0)
  console.log(
    `a cold start costs ${over(({ listens, first }) => listens + first)} ms over the empty one, of the processor ${over(({ listensCpu, firstCpu }) => listensCpu + firstCpu)}; Cloudflare allows 1000 for the start`,
  )
}
