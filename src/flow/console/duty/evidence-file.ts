import { type EvidenceRow, evidenceNamed } from '../../../../db/queries/evidence.ts'
import type { Actor } from '../../../model/person.ts'
import { dayOf } from '../../../time/day.ts'
import type { Deps } from '../../deps.ts'
import { endingOf, keptFile } from '../../keep-file.ts'
import { contextFor } from '../context.ts'
import { readable } from '../duty.ts'

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
