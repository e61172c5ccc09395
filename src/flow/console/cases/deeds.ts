import { isConflict } from '../../../../db/conflict.ts'
import type { Case, CaseKind } from '../../../model/case.ts'
import type { Actor } from '../../../model/person.ts'
import { registers } from '../../../register/index.ts'
import { numberOf } from '../../../register/register.ts'
import { actOnCase, openCase } from '../../case/act.ts'
import type { Deps } from '../../deps.ts'
import { openLook, readable } from '../cases.ts'
import { sessionStamp } from '../sign-in.ts'

type Input = Readonly<Record<string, unknown>>

const doneTo = (id: string, it: Case) => ({ id, number: numberOf(registers[it.kind], it) })

/** Enters a case in the name of whoever is signed in. @throws BadInput: nothing is entered */
export const caseEntered = async (
  deps: Deps,
  actor: Actor,
  { kind, input, key }: { kind: CaseKind; input: Input; key?: string | undefined },
) => {
  const { actor: heir } = await openLook(deps, actor)
  const { id, it } = await openCase(deps, heir, kind, input, sessionStamp(deps, actor.id), key)
  return doneTo(id, it)
}

/**
 * Does one deed in the name of whoever is signed in. `gone`: there is no such case for them; `moved`: it is not any more
 * as they saw it. @throws BadInput: nothing is changed
 */
export const caseActed = async (
  deps: Deps,
  actor: Actor,
  id: string,
  asked: { version: number; deed: string; input: Input },
): Promise<ReturnType<typeof doneTo> | 'gone' | 'moved'> => {
  const look = await openLook(deps, actor)
  if (!(await readable(look, id))) return 'gone'
  try {
    const it = await actOnCase(deps, look.actor, { id, ...asked }, sessionStamp(deps, actor.id))
    return it ? doneTo(id, it) : 'moved'
  } catch (error) {
    if (isConflict(error)) return 'moved'
    throw error
  }
}
