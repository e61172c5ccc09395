import { z } from 'zod'
import { Day } from './deadline.ts'

/**
 * Who answers for a unit that is no more (更名、合并、拆分): the units that took its work over, several where it was split.
 * It goes on under its old name in what is past and belongs to no class.
 */
const Succession = z.object({ to: z.array(z.string()), from: Day })

/**
 * A unit of the roster. `class` is a name for several (各县区政府); its members are unit ids, `null` where the roster
 * has not said who they are. `origin: 'plan'` marks a name entered from a plan because the roster was empty: it answers
 * for its own tasks but is a member of no class.
 */
export const Unit = z.object({
  id: z.string(),
  name: z.string(),
  short: z.array(z.string()),
  /** The level prefix that enumerations share: 市, 县, 州, 省, 区; empty for a unit outside the levels (a bank, a college). */
  level: z.string(),
  kind: z.enum(['unit', 'class']),
  members: z.array(z.string()).nullable(),
  origin: z.enum(['roster', 'plan']),
  /** The city leader in whose charge it is (分管市领导). */
  leader: z.string(),
  /** Its own head (分管领导). */
  head: z.string(),
  succession: Succession.optional(),
})
export type Unit = z.infer<typeof Unit>

/** The roster (通讯录): who answers. `level` is the office's own level prefix (市). */
export interface Roster {
  level: string
  units: Unit[]
}
