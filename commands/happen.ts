import type { DutyView } from '../db/queries/duties.ts'
import type { Duty } from '../src/model/duty.ts'
import type { Body } from '../src/model/fact.ts'
import { type DutyFactKind, type DutyFacts, mayHappen, projectDuty, stateOn } from '../src/model/life.ts'
import type { Context, Happening } from './command.ts'
import { dutyRow } from './row.ts'

export type Move = Exclude<DutyFactKind, 'released'>

/** May it happen to the duty as it stands today, silence after the claim day counted in? */
export const may = (c: Context, kind: Move, duty: DutyView): boolean =>
  mayHappen(kind, duty.state) || mayHappen(kind, stateOn(duty, c.today))

/** The facts of one thing that happens to a duty; what silence made a unit's own is claimed with it. */
export const happen = <K extends Move>(
  c: Context,
  duty: DutyView,
  kind: K,
  body: Omit<DutyFacts[K], 'on'>,
  words?: Body,
): Happening[] => {
  const row = dutyRow(duty)
  const on = { on: c.today }
  const claimed = mayHappen(kind, duty.state) ? [] : [{ row, kind: 'claimed', body: on }]
  return [...claimed, { row, kind, body: { ...on, ...body } as Body, ...(words && { words }) }]
}

/** The duty as those facts leave it, for the answer. */
export const afterwards = (duty: DutyView, facts: readonly Happening[]): DutyView =>
  Object.assign({}, duty, facts.reduce<Duty>(projectDuty, duty))
