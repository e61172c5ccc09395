import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { bundle, larkVariables, runWorker } from '../test/worker/duban.ts'
import { type Figure, figureOf, table } from './figures.ts'

const command = 'npm run bench -- isolate'
const empty = { modules: true as const, script: 'export default { fetch: () => new Response("") }' }

const took = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now()
  await work()
  return performance.now() - began
}

/**
 * The Worker in workerd: what it takes from a fresh process to the first answer, beyond what an empty Worker takes, in
 * turns; and what its bundle weighs.
 */
export const isolateFigures = async (rounds: number): Promise<Figure[]> => {
  const { Miniflare } = await import('miniflare')
  const variables = { ...larkVariables, DUBAN_NOW: '2017-08-15T10:00:00+08:00' }
  const worker = await runWorker(variables)
  const bare = new Miniflare(empty)
  const colder: number[] = []
  try {
    await bare.ready
    for (let round = -1; round < rounds; round++) {
      const alone = await took(async () => {
        await bare.setOptions(empty)
        await (await fetch(await bare.ready)).text()
      })
      const ours = await took(async () => {
        await worker.again(variables)
        const answer = await worker.get('/readyz')
        if (answer.status !== 200) throw new Error(`the Worker answers ${answer.status}`)
      })
      if (round >= 0) colder.push(ours - alone)
    }
  } finally {
    await Promise.all([worker.stop(), bare.dispose()])
  }
  const kB = (await bundle()).modules.reduce((sum, { contents }) => sum + gzipSync(contents).length, 0) / 1000
  return [
    figureOf('cold start on workerd, beyond an empty Worker’s', colder, (ms) => `${ms.toFixed(0)} ms`, command),
    { what: 'bundle of the Worker, gzip', figure: `${kB.toFixed(0)} kB`, command },
  ]
}

/** `isolate`: cold start and bundle of the Worker. `--rounds N`. */
export const run = async (argv: string[]): Promise<void> => {
  const { values } = parseArgs({ args: argv, options: { rounds: { type: 'string' } } })
  console.log(table(await isolateFigures(Number(values.rounds ?? 9))))
}
