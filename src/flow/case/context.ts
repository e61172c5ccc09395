import type { RegisterContext } from '../../register/register.ts'
import { dayOf, momentOf } from '../../time/day.ts'
import type { Deps } from '../deps.ts'

export { caseIn } from '../../../commands/cases.ts'

/** What the registers' rules see at this moment. */
export const registerContext = async (deps: Deps): Promise<RegisterContext> => {
  const { view, calendar } = await deps.cache(deps.store)
  const now = deps.now()
  return {
    calendar,
    today: dayOf(now, deps.zone),
    now: momentOf(now, deps.zone),
    settings: view.settings.registers,
  }
}
