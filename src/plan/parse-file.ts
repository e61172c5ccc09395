import type { DocumentLine, PlanDraft } from '../model/plan.ts'
import { documentLines } from './document-lines.ts'
import { parseSheet } from './parse.ts'
import { readFile } from './readers/index.ts'
import { readDraftWorkbook, type WrittenAnswer } from './sheet-in.ts'

/** What a file that an office hands over holds. */
export interface ReadPlan {
  draft: PlanDraft
  /** The document's own lines; none where the file is a draft's workbook. */
  lines: DocumentLine[]
  /** The file is a draft's workbook with its corrections: what stands beside its questions. */
  answers?: WrittenAnswer[]
}

/** How far reading has come: the file's bytes, then what its lines say. */
export type ReadStage = 'reading' | 'recognising'

export interface ReadOptions {
  name?: string
  onStage?(stage: ReadStage): void
}

/**
 * Reads a plan from a file in any layout that `readFile` knows → its draft with the line of each value. Throws BadInput,
 * one line in Chinese, where the file cannot be read or holds no plan.
 */
export async function parseFile(bytes: Uint8Array, options: { name?: string } = {}): Promise<PlanDraft> {
  return parseSheet(await readFile(bytes, options))
}

/** The same of whatever an office hands over, a corrected workbook of ours too, with the lines of the document. @throws BadInput */
export async function readPlanFile(bytes: Uint8Array, { name = '', onStage }: ReadOptions = {}): Promise<ReadPlan> {
  onStage?.('reading')
  const corrected = await readDraftWorkbook(bytes)
  if (corrected) return { ...corrected, lines: [] }
  const sheet = await readFile(bytes, { name })
  onStage?.('recognising')
  return { draft: parseSheet(sheet), lines: documentLines(sheet) }
}
