import { parseArgs } from 'node:util'
import { type Figure, table } from './figures.ts'
import { pushFigures } from './push.ts'
import { grownTooMuch, measureSizes, sizeFigures } from './size.ts'
import { measureStart, startFigures } from './start.ts'
import { webhookFigures } from './webhook.ts'
import { workerFigures } from './workerd.ts'

interface Wish {
  short: boolean
}

/** Every part of the table, in its order; each starts and ends what it measures. */
const parts = ({ short }: Wish): { name: string; figures(): Promise<Figure[]> }[] => {
  const idle = short ? 5 : 30
  return [
    { name: 'start', figures: async () => startFigures(await measureStart(short ? 3 : 9, idle), idle) },
    {
      name: 'webhook',
      figures: () => webhookFigures({ seconds: short ? 1 : 5, at: 64, rounds: short ? 1 : 3 }),
    },
    {
      name: 'size',
      figures: async () => {
        const { grown, skipped } = await measureSizes(
          short ? { dialects: ['sqlite'], most: 10_000, rounds: 15 } : { rounds: 30 },
        )
        for (const line of skipped) console.log(line)
        const broken = grownTooMuch(grown)
        if (broken.length > 0) process.stderr.write(`${broken.join('; ')}\n`)
        return sizeFigures(grown)
      },
    },
    { name: 'push', figures: () => pushFigures(short ? 1 : 20) },
    { name: 'workerd', figures: () => workerFigures(short ? 2 : 7) },
  ]
}

/**
 * No name: what an installation costs, in one table, each line with the command that prints it alone and says what is
 * promised of it. `--short`: about a minute, of which only the table's being whole counts. A part that fails is named,
 * and the others are still told.
 */
export const run = async (argv: string[]): Promise<void> => {
  const { values } = parseArgs({ args: argv, options: { short: { type: 'boolean' } } })
  const figures: Figure[] = []
  const failed: string[] = []
  for (const { name, figures: measure } of parts({ short: values.short ?? false }))
    try {
      process.stderr.write(`${name} …\n`)
      figures.push(...(await measure()))
    } catch (error) {
      failed.push(`${name}: ${error instanceof Error ? error.message : String(error)}`)
    }
  console.log(table(figures))
  if (failed.length > 0) throw new Error(failed.join('; '))
}
