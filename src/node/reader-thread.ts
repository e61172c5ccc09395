import { parentPort, workerData } from 'node:worker_threads'
import { BadInput } from '../model/problem.ts'
import { readPlanFile } from '../plan/parse-file.ts'
import type { Told } from './read-plan.ts'

/** A thread's work: one file → its stages, then what it holds, or why it cannot be read. */

const { bytes, name } = workerData as { bytes: Uint8Array; name: string }
const tell = (told: Told): void => parentPort?.postMessage(told)

try {
  tell({ read: await readPlanFile(bytes, { name, onStage: (stage) => tell({ stage }) }) })
} catch (error) {
  if (!(error instanceof BadInput)) throw error
  tell({ bad: error.message })
}
