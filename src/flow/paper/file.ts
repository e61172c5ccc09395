import type { PaperState } from '../../model/paper.ts'
import type { PaperContent } from '../../model/paper-life.ts'
import type { Deps } from '../deps.ts'
import { keepFile } from '../keep-file.ts'

export const keptPaper = async (
  deps: Deps,
  content: PaperContent,
  marks: { state: PaperState; number: string; signer: string; signedOn: string | null },
) => keepFile(deps, new TextEncoder().encode(JSON.stringify({ content, marks })), 'paper')
