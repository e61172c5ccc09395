import type { Context } from 'hono'
import { isConflict } from '../../../db/conflict.ts'
import { sessionStamp } from '../../flow/console/sign-in.ts'
import type { Deps } from '../../flow/deps.ts'
import { changeSettings } from '../../flow/settings.ts'
import type { Settings } from '../../model/settings.ts'
import { type ApiEnv, Refusal, who } from './kit.ts'

const MOVED = '别人刚改过设置：请看一下现在的样子，再改一次'

/** Sets them where nobody has since `version`; how they stand then. */
export const changed = async <Now extends { version: number }>(
  c: Context<ApiEnv>,
  version: number,
  change: Partial<Settings>,
  read: (deps: Deps) => Promise<Now>,
): Promise<Now> => {
  const deps = c.get('deps')
  const now = await read(deps)
  if (now.version !== version) throw new Refusal(409, MOVED, now)
  try {
    await changeSettings(deps, change, sessionStamp(deps, who(c).actor.id))
  } catch (error) {
    if (isConflict(error)) throw new Refusal(409, MOVED, await read(deps))
    throw error
  }
  return read(deps)
}
