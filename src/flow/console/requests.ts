import { caseOf } from '../../../db/queries/cases.ts'
import type { Actor } from '../../model/person.ts'
import type { LetterKind } from '../../register/application/letters/index.ts'
import { letterFact, letterFile } from '../case/letter.ts'
import type { Deps } from '../deps.ts'
import { personHappens } from './sign-in.ts'

/** A letter about an application; that it was taken out is a fact of whoever did. @returns undefined where there is no such application @throws BadInput */
export const requestLetter = async (
  deps: Deps,
  actor: Actor,
  { id, kind, result }: { id: string; kind: LetterKind; result?: string | undefined },
) => {
  const row = await caseOf(deps.store, id)
  if (row?.kind !== 'application') return undefined
  const file = await letterFile(deps, row, kind, result)
  await personHappens(deps, actor.id, 'exported', letterFact(row, kind))
  return file
}
