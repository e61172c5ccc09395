import type { Context } from '../../../../commands/command.ts'
import { hintWords } from '../../../../commands/hints.ts'
import type { DutyView } from '../../../../db/queries/duties.ts'
import { type EvidenceRow, evidenceNamed, evidenceOf } from '../../../../db/queries/evidence.ts'
import type { Actor } from '../../../model/person.ts'
import { dayOf, timeOf } from '../../../time/day.ts'
import type { Deps } from '../../deps.ts'
import { endingOf, keptFile } from '../../keep-file.ts'
import { contextFor } from '../context.ts'
import { readable } from '../duty.ts'

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

/** A page that came from outside is saved as text, so that no double click runs it. */
const nameOf = ({ kind, name, at }: EvidenceRow, type: string, zone: string): string => {
  const ending = endingOf(type)
  if (kind === 'link') return `链接副本-${dayOf(at, zone)}${ending === '.html' ? '.html.txt' : ending}`
  return /\.\w{2,5}$/.test(name) ? name : `${name}${ending}`
}

/** The bytes of a file or of a page's copy, for whoever may read the duty; undefined for all others just as for none. */
export const evidenceFile = async (deps: Deps, actor: Actor, id: string) => {
  const [row] = await evidenceNamed(deps.store, [id])
  if (!row?.hash || row.duty === '' || row.state === 'erased') return undefined
  const found = await readable(await contextFor(deps, actor), row.duty)
  const file = found && !found.duty.secret ? await keptFile(deps, row.hash) : undefined
  return file && { ...file, name: nameOf(row, file.type, deps.zone) }
}
