import { parseArgs } from 'node:util'
import { seeded } from './chance.ts'
import { median, quantile } from './figures.ts'
import { endured } from './replicas/endured.ts'
import { openReplicas } from './replicas/office.ts'
import { type Taken, throughput } from './replicas/throughput.ts'

const ROUNDS = 3

const lineOf = (many: number, walled: boolean, each: readonly Taken[], one: number): string => {
  const rates = each.map(({ rate }) => rate)
  const waited = each.flatMap((round) => round.waited)
  const ms = (q: number) => quantile(waited, q).toFixed(0)
  return (
    `${many} processes${walled ? ' behind the wall' : ''}: ${median(rates).toFixed(0)} messages a second (${rates.map((rate) => rate.toFixed(0)).join(', ')}), ` +
    `${(median(rates) / one).toFixed(2)} of the first; answers out after p50 ${ms(0.5)}, p99 ${ms(0.99)}, most ${Math.max(...waited).toFixed(0)} ms; ` +
    `${(median(each.map(({ back }) => back)) * 100).toFixed(1)} % of the transactions begun again; messages sent again ${each.reduce((sum, { refused }) => sum + refused, 0)}`
  )
}

/**
 * `replicas`: the built program several times on one PostgreSQL (BENCH_DATABASE_URL), behind a round-robin that stands for
 * the load balancer. First as many messages as they take, for 1, 2 and 4 processes in turn (`--processes`), as ratios to one;
 * with `--wall` each of them also behind the wall between offices.
 * Then (`--kill`) messages and a Monday's push at once, while one process at random is killed with -9 and started again, and
 * what the platform was not told to have been taken comes again. `--short`: two processes, one kill, some messages.
 */
export const run = async (argv: string[]): Promise<void> => {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean' } as const
  const { values } = parseArgs({
    args: argv,
    options: { processes: text, messages: text, kills: text, seed: text, kill: flag, wall: flag, short: flag },
  })
  const database = process.env.BENCH_DATABASE_URL
  if (!database?.startsWith('postgres')) throw new Error('BENCH_DATABASE_URL=postgres://… (.ci/postgres.sh starts one)')
  const several = (values.processes ?? (values.short ? '1,2' : '1,2,4')).split(',').map(Number)
  const messages = Number(values.messages ?? (values.short ? 200 : 1000))
  const seed = Number(values.seed ?? Date.now() % 1_000_000)
  const broken: string[] = []

  if (!values.kill || values.short) {
    const ways = several.flatMap((many) => (values.wall ? [false, true] : [false]).map((walled) => ({ many, walled })))
    const taken = ways.map((): Taken[] => [])
    for (let round = 0; round < (values.short ? 1 : ROUNDS); round++)
      for (const [i, { many, walled }] of ways.entries())
        taken[i]?.push(await throughput(database, many, messages, walled))
    const one = median(taken[0]?.map(({ rate }) => rate) ?? [])
    for (const [i, { many, walled }] of ways.entries()) console.log(lineOf(many, walled, taken[i] ?? [], one))
    console.log('(database, platform and sender on the same cores)')
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
