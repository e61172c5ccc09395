import { officeRow } from '../../../db/queries/office.ts'
import type { Body } from '../../model/fact.ts'
import type { Paper, PaperMarks } from '../../model/paper.ts'
import { BadInput } from '../../model/problem.ts'
import { paperDocx } from '../../paper/docx.ts'
import type { Deps } from '../deps.ts'
import { happeningWrites, type Stamp } from '../ledger.ts'
import { machineContext } from '../machine.ts'
import { type Asked, type Drafted, drafts } from './drafts.ts'

/** A paper that nobody has signed: what needs a signature says so on each page. */
const unsigned: PaperMarks = { state: 'draft', number: '', signer: '', signedOn: null }

/** What was asked for, for the record: ids, codes and days, none of the words that somebody typed. */
const factOf = (kind: Drafted, { from, to, by, unit, plan, codes }: Asked): Body => ({
  what: kind,
  ...(from && to && { from, to }),
  ...(by && { by }),
  ...(unit && { units: [unit] }),
  ...(plan && { plan }),
  ...(codes && { codes: [...codes] }),
})

/**
 * Drafts a paper and gives it as a Word file, to the machine's administrator, who is on no register: a fact of the
 * office. @throws BadInput
 */
export const exportPaperAs = async (
  deps: Deps,
  stamp: Stamp,
  { kind, asked }: { kind: Drafted; asked: Asked },
): Promise<{ paper: Paper; bytes: Uint8Array }> => {
  const row = await officeRow(deps.store)
  if (!row) throw new BadInput('还没有这个机关：请先 roster import 或 import 方案')
  const paper = await drafts[kind](machineContext(deps, await deps.cache(deps.store)), asked)
  const bytes = await paperDocx(paper, unsigned, deps.draw)
  await deps.store.atomic((q) =>
    happeningWrites(deps, q, [{ row, kind: 'exported', body: factOf(kind, asked) }], stamp),
  )
  return { paper, bytes }
}
