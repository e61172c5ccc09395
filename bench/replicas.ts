import { parseArgs } from 'node:util'
import { seeded } from './chance.ts'
import { median } from './figures.ts'
import { endured } from './replicas/endured.ts'
import { openReplicas } from './replicas/office.ts'
import { throughput } from './replicas/throughput.ts'

const ROUNDS = 3

/**
 * `replicas`: the built program several times on one PostgreSQL (BENCH_DATABASE_URL), behind a round-robin that stands for
 * the load balancer. First as many messages as they take, for 1, 2 and 4 processes in turn (`--processes`), as ratios to one.
 * Then (`--kill`) messages and a Monday's push at once, while one process at random is killed with -9 and started again, and
 * what the platform was not told to have been taken comes again. `--short`: two processes, one kill, some messages.
 */
export const run = async (argv: string[]): Promise<void> => {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean' } as const
  const { values } = parseArgs({
    args: argv,
    options: { processes: text, messages: text, kills: text, seed: text, kill: flag, short: flag },
  })
  const database = process.env.BENCH_DATABASE_URL
  if (!database?.startsWith('postgres')) throw new Error('BENCH_DATABASE_URL=postgres://… (.ci/postgres.sh starts one)')
  const several = (values.processes ?? (values.short ? '1,2' : '1,2,4')).split(',').map(Number)
  const messages = Number(values.messages ?? (values.short ? 200 : 1000))
  const seed = Number(values.seed ?? Date.now() % 1_000_000)
  const broken: string[] = []

  if (!values.kill || values.short) {
    const rates = new Map(several.map((many): [number, number[]] => [many, []]))
    for (let round = 0; round < (values.short ? 1 : ROUNDS); round++)
      for (const many of several) rates.get(many)?.push(await throughput(database, many, messages))
    const one = median(rates.get(several[0] ?? 1) ?? [])
    for (const [many, each] of rates)
      console.log(
        `${many} processes: ${median(each).toFixed(0)} messages a second (${each.map((rate) => rate.toFixed(0)).join(', ')}), ` +
          `${(median(each) / one).toFixed(2)} of ${several[0]} (database, platform and sender on the same cores)`,
      )
  }
  if (values.kill || values.short) {
    console.log(`seed ${seed}`)
    const kills = Number(values.kills ?? (values.short ? 1 : 5))
    for (const many of several.filter((each) => each > 1)) {
      const replicas = await openReplicas(database, many)
      try {
        broken.push(...(await endured(replicas, { messages, kills, random: seeded(seed + many) })))
      } finally {
        await replicas.close()
      }
    }
  }
  if (broken.length > 0) throw new Error(broken.join('; '))
}
