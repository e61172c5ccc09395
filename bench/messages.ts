import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { quantile } from './figures.ts'
import { LIAISON, openServed } from './served.ts'

/** Signed, encrypted Lark messages on one keep-alive door: acknowledgements a second, their latency, and the process's peak memory. */
export const run = async (argv: string[]): Promise<void> => {
  const { values } = parseArgs({ args: argv, options: { seconds: { type: 'string' }, at: { type: 'string' } } })
  const seconds = Number(values.seconds ?? 5)
  const width = Number(values.at ?? 16)
  const served = await openServed()
  try {
    const url = await served.start()
    const path = `${url}/webhooks/lark`
    const times: number[] = []
    let said = 0
    const until = Date.now() + seconds * 1000
    const worker = async () => {
      while (Date.now() < until) {
        const wire = served.fake.says({ from: LIAISON, text: '本月有哪些到期任务', id: `om_bench_${++said}` })
        const from = performance.now()
        const response = await fetch(path, { method: 'POST', headers: wire.headers, body: wire.body })
        if (response.status !== 200) throw new Error(String(response.status))
        times.push(performance.now() - from)
      }
    }
    await Promise.all(Array.from({ length: width }, worker))
    const peak = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${served.pid()}/status`, 'utf8'))?.[1]
    console.log(
      `messages/s ${(times.length / seconds).toFixed(0)} at ${width} at once, ack p50 ${quantile(times, 0.5).toFixed(1)} ms, p99 ${quantile(times, 0.99).toFixed(1)} ms, peak ${Math.round(Number(peak) / 1024)} MiB (generator and fake platform on the same cores)`,
    )
  } finally {
    await served.close()
  }
}
