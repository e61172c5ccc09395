import { Worker } from 'node:worker_threads'
import { BadInput } from '../model/problem.ts'
import type { IndicatorLine } from '../plan/indicators.ts'
import type { ReadOptions, ReadPlan, ReadStage } from '../plan/parse-file.ts'
import { threadProgram } from './thread.ts'

/** What a file is read as, and what comes of it. */
interface Read {
  plan: ReadPlan
  indicators: IndicatorLine[]
}
export type What = keyof Read

export type Told = { stage: ReadStage } | { read: Read[What] } | { bad: string }

/** No plan takes so long: the largest real ones take two seconds. */
const MOST_MS = 60_000
/** The largest real plan takes a quarter of it. */
const MOST_MB = 768

interface Limits {
  ms?: number
  mb?: number
}

const tooLarge = () => new BadInput('读这个文件要用的内存太多，没有读完：请只留方案本身，另存为 .docx 或 .txt 再导入')
const tooSlow = () => new BadInput('这个文件读了很久也没有读完：请只留方案本身，另存为 .docx 或 .txt 再导入')

const readIn = <W extends What>(what: W, bytes: Uint8Array, options: ReadOptions, { ms, mb }: Required<Limits>) =>
  new Promise<Read[W]>((done, failed) => {
    const { name = '', onStage } = options
    const worker = new Worker(threadProgram('reader'), {
      workerData: { what, bytes, name },
      execArgv: [],
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: mb },
      // What a reader's package prints is nobody's business, and may be people's words.
      stdout: true,
      stderr: true,
    })
    const limit = setTimeout(() => end(() => failed(tooSlow())), ms)
    const end = (settle: () => void) => {
      clearTimeout(limit)
      worker.removeAllListeners()
      // Whatever comes after the end is of no interest, but unheard it would end the process.
      worker.on('error', () => undefined)
      void worker.terminate()
      settle()
    }
    worker.on('message', (told: Told) => {
      if ('stage' in told) onStage?.(told.stage)
      else if ('bad' in told) end(() => failed(new BadInput(told.bad)))
      else end(() => done(told.read as Read[W]))
    })
    worker.on('error', (error: Error & { code?: string }) =>
      end(() => failed(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooLarge() : error)),
    )
    worker.on('exit', () => end(() => failed(new Error('the reader ended'))))
  })

let turn: Promise<unknown> = Promise.resolve()

const inTurn = <W extends What>(what: W, bytes: Uint8Array, options: ReadOptions, limits: Limits): Promise<Read[W]> => {
  const mine = turn.then(() => readIn(what, bytes, options, { ms: MOST_MS, mb: MOST_MB, ...limits }))
  turn = mine.catch(() => undefined)
  return mine
}

/**
 * Reads a plan's file in a thread of its own, one after the other, which is ended with the file: what is hostile in it
 * neither holds up nor ends the server, and spoils nothing for the next. @throws BadInput where it holds no plan
 */
export const readInThread = (bytes: Uint8Array, options: ReadOptions = {}, limits: Limits = {}): Promise<ReadPlan> =>
  inTurn('plan', bytes, options, limits)

/** The same of a table of indicators. @throws BadInput where it holds none, or one that does not add up */
export const readIndicatorsInThread = (bytes: Uint8Array, name: string): Promise<IndicatorLine[]> =>
  inTurn('indicators', bytes, { name }, {})
