import type { Context } from '../../../commands/command.ts'
import type { Actor } from '../../model/person.ts'
import type { Deps } from '../deps.ts'
import { machineContext } from '../machine.ts'

/** What whoever is signed in may see, as a message of theirs said to the bot alone would. */
export const contextFor = async (deps: Deps, actor: Actor): Promise<Context> =>
  Object.assign(machineContext(deps, await deps.cache(deps.store)), { actor })
