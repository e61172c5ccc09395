import type { PlanDraft } from '../model/plan.ts'
import { parseSheet } from './parse.ts'
import { readFile } from './readers/index.ts'

/**
 * Reads a plan from a file in any layout that `readFile` knows → its draft with the line of each value. Throws BadInput,
 * one line in Chinese, where the file cannot be read or holds no plan.
 */
export async function parseFile(bytes: Uint8Array, options: { name?: string } = {}): Promise<PlanDraft> {
  return parseSheet(await readFile(bytes, options))
}
