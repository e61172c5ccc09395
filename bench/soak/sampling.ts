import { statSync } from 'node:fs'
import { sleep } from '../chance.ts'
import { median, quantile } from '../figures.ts'
import type { Target } from '../webhook/processes.ts'

/** What was seen of the server at one moment, and of its health checks since the one before. */
export interface Sample {
  second: number
  /** MiB */
  rss: number
  /** MiB in use, as `/metrics` tells it; undefined where it does not. */
  heap?: number
  /** Milliseconds that a health check took: what the event loop had to finish before it. */
  health: { median: number; most: number }
  /** MiB of the database and of its log. */
  database: number
  wal: number
  answered: number
}

const MIB = 1024 * 1024
const HEALTH_EACH_MS = 200

const sizeOf = (path: string): number => {
  try {
    return statSync(path).size / MIB
  } catch {
    return 0
  }
}

const heapOf = async (url: string): Promise<number | undefined> => {
  const text = await fetch(`${url}/metrics`).then(
    (answer) => answer.text(),
    () => '',
  )
  const bytes = /^\w*nodejs_heap_size_used_bytes(?:\{[^}]*\})? ([\d.e+]+)$/m.exec(text)?.[1]
  return bytes === undefined ? undefined : Number(bytes) / MIB
}

/** Milliseconds of a health check; where none came, as many as it was waited for. */
const healthOf = async (url: string): Promise<number> => {
  const from = performance.now()
  await fetch(`${url}/healthz`)
    .then((answer) => answer.text())
    .catch(() => undefined)
  return performance.now() - from
}

/** Looks at the server every `seconds` until that moment of `performance.now()`. */
export const sampleUntil = async (
  until: number,
  seconds: number,
  target: Target,
  path: string,
  answered: () => number,
): Promise<Sample[]> => {
  const url = `http://127.0.0.1:${target.port}`
  const samples: Sample[] = []
  const began = performance.now()
  let checks: number[] = []
  for (let next = began + seconds * 1000; performance.now() < until; await sleep(HEALTH_EACH_MS)) {
    checks.push(await healthOf(url))
    if (performance.now() < next) continue
    next += seconds * 1000
    const heap = await heapOf(url)
    samples.push({
      second: Math.round((performance.now() - began) / 1000),
      rss: target.held(),
      ...(heap !== undefined && { heap }),
      health: { median: median(checks), most: quantile(checks, 1) },
      ...{ database: sizeOf(path), wal: sizeOf(`${path}-wal`), answered: answered() },
    })
    checks = []
  }
  return samples
}

/** Median memory of the last third of a run over that of its second third; the first third is the compilers' and caches'. */
export const growthOf = (samples: readonly Sample[]): number => {
  const third = Math.floor(samples.length / 3)
  const held = (from: number, to: number) => median(samples.slice(from, to).map(({ rss }) => rss))
  return held(samples.length - third, samples.length) / held(samples.length - 2 * third, samples.length - third)
}
