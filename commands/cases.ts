import type { RegisterContext } from '../src/register/register.ts'
import { momentOf } from '../src/time/day.ts'
import type { Context } from './command.ts'

/** What the registers' rules see of a context. */
export const registerView = ({ calendar, today, now, zone, office }: Context): RegisterContext => ({
  ...{ calendar, today, now: momentOf(now, zone), settings: office.settings.registers },
})
