import { parseArgs } from 'node:util'
import type { Dialect } from '../db/store.ts'
import { columns, type Figure, median, percent, quantile, slope, spread } from './figures.ts'
import type { Size } from './ledger-rows.ts'
import { openerOf } from './size/ledgers.ts'
import { openWorks, WORKS, type Work } from './size/work.ts'

const DIALECTS: readonly Dialect[] = ['sqlite', 'postgres', 'd1']
/** How much more the largest ledger may cost than the smallest. */
const LIMIT = 2
/** One round in which the compilers and caches warm up. */
const WARM = 8

const shape = (offices: number, years: number): Size => ({
  ...{ offices, years, each: 1000, asking: 1000, units: 50 },
  kept: true,
})
const sizes: readonly Size[] = [shape(1, 1), shape(2, 5), shape(20, 5), shape(200, 5)]
const dutiesOf = ({ offices, years, each }: Size): number => offices * years * each

/** One work on one kind of database: milliseconds of its rounds at each size. */
interface Grown {
  dialect: Dialect
  work: Work
  points: { size: number; rounds: number[] }[]
}

export const growthOf = ({ points }: Grown): { ratio: number; slope: number } => {
  const costs = points.map(({ size, rounds }) => ({ size, cost: median(rounds) }))
  return { ratio: (costs.at(-1)?.cost ?? 0) / (costs[0]?.cost ?? 1), slope: slope(costs) }
}

const growthWords = (grown: Grown): string => {
  const { ratio, slope } = growthOf(grown)
  return `×${ratio.toFixed(2)} (slope ${slope.toFixed(3)})`
}

/** Every work at every size in turn, so that what else the machine does meets them alike. */
const measure = async (dialect: Dialect, asked: readonly Size[], rounds: number): Promise<Grown[] | undefined> => {
  const open = openerOf(dialect)
  if (!open) return undefined
  const began = performance.now()
  const { stores, close } = await open(asked)
  try {
    const works = await Promise.all(stores.map((store, i) => openWorks(store, asked[i]?.offices ?? 0)))
    process.stderr.write(`${dialect}: ledgers ready in ${((performance.now() - began) / 1000).toFixed(0)} s\n`)
    const grown = WORKS.map((work): Grown => {
      return { dialect, work, points: asked.map((size) => ({ size: dutiesOf(size), rounds: [] })) }
    })
    const inTurns = async (turns: readonly Grown[]) => {
      for (let round = -WARM; round < rounds; round++)
        for (const { work, points } of turns)
          for (const i of works.keys()) {
            // Who comes first in a round finds the processor's caches as another left them: not always the same one.
            const at = (i + round + WARM) % works.length
            const took = await works[at]?.(work)
            if (round >= 0 && took !== undefined) points[at]?.rounds.push(took)
          }
    }
    await inTurns(grown.filter(({ work }) => work !== 'scrape'))
    // It reads so much that the others' pages would go from the database's cache.
    await inTurns(grown.filter(({ work }) => work === 'scrape'))
    return grown
  } finally {
    await close()
  }
}

/** D1 is loaded up to 100,000: a statement there may hold up its process for no longer. */
const upTo = (dialect: Dialect, most: number): Size[] =>
  sizes.filter((size) => dutiesOf(size) <= (dialect === 'd1' ? Math.min(most, 100_000) : most))

const ms = (value: number): string => value.toFixed(value < 10 ? 2 : 1)

/** List, report and tick on each kind of database that is at hand; what is not is named in `skipped`. */
export const measureSizes = async ({
  dialects = DIALECTS,
  most = 1_000_000,
  rounds = 50,
}: {
  dialects?: readonly Dialect[]
  most?: number
  rounds?: number
}): Promise<{ grown: Grown[]; skipped: string[] }> => {
  const grown: Grown[] = []
  const skipped: string[] = []
  for (const dialect of dialects) {
    const own = await measure(dialect, upTo(dialect, most), rounds)
    if (own) grown.push(...own)
    else skipped.push(`skipped: ${dialect}, for BENCH_DATABASE_URL is not set`)
  }
  return { grown, skipped }
}

/** One line a work and database, for the table of the installation's cost. */
export const sizeFigures = (grown: readonly Grown[]): Figure[] =>
  grown.map((one) => {
    const largest = one.points.at(-1)
    const rounds = largest?.rounds ?? []
    return {
      what: `${one.work}, ${one.dialect}, ${largest?.size} duties`,
      figure: `${ms(median(rounds))} ms`,
      ...{ spread: spread(rounds), growth: growthWords(one) },
      command: `npm run bench -- size --only ${one.dialect}`,
    }
  })

/** What grew by more than it may; on D1, and of the figures of all offices, a few lines each, growth is told and not judged. */
export const grownTooMuch = (grown: readonly Grown[]): string[] =>
  grown
    .filter((one) => one.dialect !== 'd1' && one.work !== 'scrape' && growthOf(one).ratio > LIMIT)
    .map((one) => `${one.work} on ${one.dialect} grows ${growthWords(one)}, at most ×${LIMIT}`)

const told = (grown: readonly Grown[]): string =>
  columns([
    ['database', 'work', 'duties', 'median', 'noise', 'p90', 'growth'],
    ...grown.flatMap((one) =>
      one.points.map(({ size, rounds }, i) => [
        ...(i === 0 ? [one.dialect, one.work] : ['', '']),
        ...[String(size), `${ms(median(rounds))} ms`, percent(spread(rounds)), `${ms(quantile(rounds, 0.9))} ms`],
        i === one.points.length - 1 ? growthWords(one) : '',
      ]),
    ),
  ])

/**
 * `size`: a leader's list and a liaison's report through the whole flow, a tick with nothing due and with one office
 * due, and the figures that /metrics reads of all offices, at 10³ to 10⁶ duties of up to 200 offices and five years. `--only sqlite|postgres|d1`, `--rounds N`, `--most N`
 * duties; `--short`: up to 10⁴, few rounds.
 */
export const run = async (argv: string[]): Promise<void> => {
  const text = { type: 'string' } as const
  const { values } = parseArgs({
    args: argv,
    options: { short: { type: 'boolean' }, only: text, rounds: text, most: text },
  })
  const { grown, skipped } = await measureSizes({
    ...(values.only !== undefined && { dialects: DIALECTS.filter((dialect) => dialect === values.only) }),
    most: Number(values.most ?? (values.short ? 10_000 : 1_000_000)),
    rounds: Number(values.rounds ?? (values.short ? 15 : 50)),
  })
  console.log(told(grown))
  for (const line of skipped) console.log(line)
  const broken = grownTooMuch(grown)
  if (broken.length > 0) throw new Error(broken.join('; '))
}
