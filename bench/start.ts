import { copyFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { larkConfig } from '../test/fakes/lark.ts'
import { sleep } from './chance.ts'
import { type Figure, figureOf, median, percent, spread } from './figures.ts'
import { ASKING, ledgerFile } from './ledger.ts'
import { type Size, TUESDAY } from './ledger-rows.ts'
import { cli, serverEnv, start, type Target } from './webhook/processes.ts'

/** Milliseconds to the first answer, and MiB held by an idle server. */
const LIMITS = { started: 500, held: 150 }
/** Servers that are left idle at the same time: memory is none the slower for that. */
const IDLE_AT_ONCE = 3

const full: Size = { offices: 1, years: 5, each: 20_000, asking: 20_000, units: 50, kept: true }

interface Measured {
  name: string
  /** From the start of the process to its first answer, in each round. */
  started: number[]
  /** The processor's part of it, which others on the machine do not lengthen. */
  spent: number[]
  /** After so many seconds without a request. */
  held: number[]
}

/** A server on a database of its own: an empty one that it has to make first, or a copy of a filled one. */
const opener = (folder: string, filled: string | undefined) => {
  let n = 0
  return async (): Promise<Target> => {
    const own = join(folder, `${filled ? 'full' : 'empty'}-${++n}.db`)
    if (filled) copyFileSync(filled, own)
    const env = { ...serverEnv(folder, larkConfig.domain), DATABASE_URL: `file:${own}` }
    return filled
      ? start('duban', [cli, 'serve', '--office', ASKING], { ...env, DUBAN_NOW: `${TUESDAY}T10:00:00+08:00` })
      : start('duban', [cli, 'serve'], env)
  }
}

/** Both kinds of database in turn; then some servers of each are left alone for a while. */
export const measureStart = async (rounds: number, idleSeconds: number): Promise<Measured[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'duban-start-'))
  const kinds = [
    { name: 'an empty database', open: opener(folder, undefined) },
    { name: '100,000 duties', open: opener(folder, await ledgerFile(full)) },
  ].map((kind) => ({ ...kind, started: [] as number[], spent: [] as number[], held: [] as number[] }))
  const idle: Target[] = []
  try {
    for (let round = 0; round < rounds; round++)
      for (const { open, started, spent } of kinds) {
        const target = await open()
        started.push(target.started)
        spent.push(target.spent())
        await target.stop()
      }
    for (const { open, held } of kinds) {
      for (let i = 0; i < IDLE_AT_ONCE; i++) idle.push(await open())
      await sleep(idleSeconds * 1000)
      for (const target of idle.splice(0)) {
        held.push(target.held())
        await target.stop()
      }
    }
  } finally {
    for (const target of idle) await target.stop()
    await rm(folder, { recursive: true })
  }
  return kinds
}

/** The lines of it in the table of the installation's cost. */
export const startFigures = (measured: readonly Measured[], idleSeconds: number): Figure[] => {
  const command = 'npm run bench -- start'
  return measured.flatMap(({ name, started, held }) => [
    figureOf(`start to the first answer, ${name}`, started, (value) => `${value.toFixed(0)} ms`, command),
    figureOf(`memory idle for ${idleSeconds} s, ${name}`, held, (value) => `${value.toFixed(0)} MiB`, command),
  ])
}

/** `start`: the built server from its start to its first answered message, and what it holds after 30 s without any. `--rounds N`, `--idle SECONDS`. */
export const run = async (argv: string[]): Promise<void> => {
  const text = { type: 'string' } as const
  const { values } = parseArgs({ args: argv, options: { rounds: text, idle: text } })
  const broken: string[] = []
  for (const { name, started, spent, held } of await measureStart(
    Number(values.rounds ?? 9),
    Number(values.idle ?? 30),
  )) {
    console.log(`processor until then, ${name}: ${median(spent).toFixed(0)} ms, noise ${percent(spread(spent))}`)
    for (const [what, rounds, limit, unit] of [
      ['start to the first answer', started, LIMITS.started, 'ms'],
      ['memory idle', held, LIMITS.held, 'MiB'],
    ] as const) {
      const kept = median(rounds) < limit
      const line = `${what}, ${name}: ${median(rounds).toFixed(0)} ${unit} (under ${limit}), noise ${percent(spread(rounds))}`
      console.log(`${kept ? 'kept  ' : 'BROKEN'} ${line}`)
      if (!kept) broken.push(line)
    }
  }
  if (broken.length > 0) throw new Error(broken.join('; '))
}
