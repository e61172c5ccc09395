import { caseIn } from '../../../commands/cases.ts'
import { casesOf } from '../../../db/queries/cases.ts'
import type { Register, RegisterContext } from '../../register/register.ts'
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

/** The same for what is done to a case of that year: with the others, where the register's rules look at them. `id`: its own. */
export const deedContext = async (
  deps: Deps,
  { kind, beside }: Register,
  { year, id }: { year: number; id?: string },
): Promise<RegisterContext> => {
  const c = await registerContext(deps)
  if (!beside) return c
  const rows = await casesOf(deps.store, { kinds: [kind], year })
  return { ...c, siblings: rows.filter((row) => row.id !== id).map(caseIn) }
}
