import type { PaperRow } from '../../../db/queries/paper-rows.ts'
import type { PaperMarks } from '../../model/paper.ts'
import type { PaperContent } from '../../model/paper-life.ts'
import { paperDocx } from '../../paper/docx.ts'
import type { Deps } from '../deps.ts'
import { type KeptFile, keepFile } from '../keep-file.ts'

/** A signed paper's docx, rendered once; undefined where this server keeps no files, and it is rendered anew each time. */
export const keptPaper = async (deps: Deps, content: PaperContent, marks: PaperMarks): Promise<KeptFile | undefined> =>
  deps.blobs ? keepFile(deps, await paperDocx(content, marks, deps.draw), 'paper') : undefined

/** What is downloaded: of a signed paper the bytes that were signed, else its frozen content with its mark. */
export const paperBytes = async (deps: Deps, row: PaperRow): Promise<Uint8Array> => {
  const kept = row.state === 'signed' && row.hash ? await deps.blobs?.get(row.hash) : undefined
  const { state, number, signer, signedOn } = row
  return kept ?? paperDocx(row.content, { state, number, signer, signedOn }, deps.draw)
}
