import type { Store } from '../db/store.ts'
import { atOffice } from '../src/time/day.ts'
import { openConsole } from '../test/http/console.ts'
import { townDeps, ZONE } from '../test/town/deps.ts'
import { quantile } from './figures.ts'
import { ASKING, openLedger, YEAR } from './ledger.ts'

const paths = ['', '/themes', '/calendar', '/moved', '/provisional']
const TURNS = 40

interface Times {
  /** Milliseconds by the clock, and of the processor: on a machine that is busy with others they differ. */
  clock: number[]
  processor: number[]
}

/** The times of each answer, sorted, by what was asked for; the first of each are warming up. */
const timesOf = async (store: Store): Promise<Map<string, Times>> => {
  const clock = { now: atOffice(`${YEAR}-08-15`, '10:00', ZONE) }
  const person = await openConsole(townDeps(store.of(ASKING), clock)).as('office')
  const times = new Map<string, Times>(paths.map((path) => [path, { clock: [], processor: [] }]))
  for (let i = -5; i < TURNS; i++)
    for (const path of paths) {
      const [began, used] = [performance.now(), process.cpuUsage()]
      const { status } = await person.get(`/overview${path}`)
      if (status !== 200) throw new Error(`/overview${path} answers ${status}`)
      const { user, system } = process.cpuUsage(used)
      if (i < 0) continue
      times.get(path)?.clock.push(performance.now() - began)
      times.get(path)?.processor.push((user + system) / 1000)
    }
  for (const { clock, processor } of times.values()) for (const list of [clock, processor]) list.sort((a, b) => a - b)
  return times
}

/** What the console's first page asks for, of an office with so many duties. The page paints after the first answer, which has a limit, of the processor's time. */
export const run = async (): Promise<void> => {
  const broken: string[] = []
  for (const [many, limit] of [
    [10_000, 100],
    [100_000, 1000],
  ] as const) {
    const store = await openLedger({ offices: 1, years: 1, each: many, asking: many, units: 50 })
    try {
      for (const [path, { clock, processor }] of await timesOf(store)) {
        const half = quantile(processor, 0.5)
        console.log(
          `${many} duties, GET /api/overview${path}: p50 ${quantile(clock, 0.5).toFixed(1)} ms, p95 ${quantile(clock, 0.95).toFixed(1)} ms (processor p50 ${half.toFixed(1)} ms)`,
        )
        if (path === '' && half > limit) broken.push(`${many} duties take ${half.toFixed(0)} ms, over ${limit}`)
      }
    } finally {
      await store.close()
    }
  }
  if (broken.length > 0) throw new Error(broken.join('; '))
}
