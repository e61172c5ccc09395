import { parentPort, workerData } from 'node:worker_threads'
import { openCheckpoints } from '../../db/checkpoint.ts'

/** A thread's work: the log of a database file is carried over now and then, until it is told to end. */

const { path, everyMs } = workerData as { path: string; everyMs: number }
const checkpoints = await openCheckpoints(path)
const timer = setInterval(() => {
  try {
    checkpoints.run()
  } catch {
    // A full disk and its like meet whoever writes as well, who says so; here it is tried again.
  }
}, everyMs)

parentPort?.once('message', () => {
  clearInterval(timer)
  checkpoints.close()
})
