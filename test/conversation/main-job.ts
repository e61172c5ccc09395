import { expect } from 'vitest'
import { verifyLedger } from '../../src/flow/verify.ts'
import type { Town } from '../town/town.ts'
import { mainJob, type Step } from './script.ts'

/** A platform as the transcript sees it: words in the work group go in, the words of the answer come out. */
export interface Channel {
  town: Town
  says(step: Step): Promise<string>
}

/** The transcript runs through a platform as it does in the terminal, and the ledger holds. */
export async function runMainJob({ town, says }: Channel): Promise<void> {
  for (const step of mainJob) {
    if (step.on) town.on(step.on)
    const words = await says(step)
    for (const pattern of step.hears === 'silence' ? [] : step.hears) expect(words, step.says).toMatch(pattern)
  }
  expect((await verifyLedger(town.deps.store)).broken).toEqual([])
}
