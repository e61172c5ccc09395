import type { Context } from '../../../../commands/command.ts'
import { hintWords } from '../../../../commands/hints.ts'
import type { DutyView } from '../../../../db/queries/duties.ts'
import { type EvidenceRow, evidenceOf } from '../../../../db/queries/evidence.ts'
import { dayOf, timeOf } from '../../../time/day.ts'

const toldOf = (c: Context, row: EvidenceRow) => ({
  ...{ id: row.id, report: row.report, kind: row.kind, state: row.state, name: row.name },
  words: hintWords(row, c.today),
  /** When it was fetched or looked at. */
  when: row.lookedAt ? `${dayOf(row.lookedAt, c.zone)} ${timeOf(row.lookedAt, c.zone)}` : '',
  /** A copy is here and may be saved. */
  copy: row.hash !== null && row.state !== 'erased',
  hash: row.hash ?? '',
})

/** What was brought for duties, by the duty's id, with what was found; of 工作秘密 nothing. */
export const evidenceTold = async (c: Context, duties: readonly DutyView[]) => {
  const open = duties.filter(({ secret }) => !secret).map(({ id }) => id)
  const rows = await evidenceOf(c.db, open)
  return new Map(open.map((id) => [id, rows.filter(({ duty }) => duty === id).map((row) => toldOf(c, row))]))
}
