import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { threadProgram } from './thread.ts'

const EVERY_MS = 1000
const LIMITS = { maxYoungGenerationSizeMb: 1, maxOldGenerationSizeMb: 16 }

/**
 * The log of a database file is carried over by a thread, so that nobody waits for the disk meanwhile. Returns how it is
 * ended, before the file is closed. Where the thread ends by itself, the server's own connection does it when the log has grown long.
 */
export const startCheckpoints = (path: string, everyMs = EVERY_MS): (() => Promise<void>) => {
  const worker = new Worker(threadProgram('checkpoint'), {
    ...{ execArgv: [], resourceLimits: LIMITS, workerData: { path, everyMs } },
  })
  worker.on('error', () => undefined)
  const ended = once(worker, 'exit')
  return async () => {
    worker.postMessage('end')
    await ended
  }
}
