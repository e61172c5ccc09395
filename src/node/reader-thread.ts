import { parentPort, workerData } from 'node:worker_threads'
import { BadInput } from '../model/problem.ts'
import { readIndicators } from '../plan/indicators.ts'
import { readPlanFile } from '../plan/parse-file.ts'
import { readFile } from '../plan/readers/index.ts'
import type { Told, What } from './read-plan.ts'

/** A thread's work: one file → its stages, then what it holds, or why it cannot be read. */

const { what, bytes, name } = workerData as { what: What; bytes: Uint8Array; name: string }
const tell = (told: Told): void => parentPort?.postMessage(told)

const read = async (): Promise<void> => {
  try {
    if (what === 'indicators') tell({ read: readIndicators(await readFile(bytes, { name })) })
    else tell({ read: await readPlanFile(bytes, { name, onStage: (stage) => tell({ stage }) }) })
  } catch (error) {
    if (!(error instanceof BadInput)) throw error
    tell({ bad: error.message })
  }
}

void read()
