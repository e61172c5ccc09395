import { partsOf } from '../../../../commands/collect.ts'
import type { Context } from '../../../../commands/command.ts'
import { may } from '../../../../commands/happen.ts'
import { commandFor } from '../../../../commands/index.ts'
import { shownAs } from '../../../../commands/meant.ts'
import { isClassLine, unitName } from '../../../../commands/present.ts'
import { partsLeft, proofsLeft } from '../../../../commands/tick.ts'
import type { DutyView } from '../../../../db/queries/duties.ts'
import type { Intent, IntentName } from '../../../model/intent.ts'
import { stateOn } from '../../../model/life.ts'
import { isOffice } from '../../../model/person.ts'

/** Something that can be done to a duty now by whoever reads it: the frame, and what its form has to know. */
export interface DutyDeed {
  name: DeedName
  /** The frame that the filled form completes; it rests on the duty as it was read. */
  intent: Intent
  /** The office does it for the unit, which told it by phone or paper. */
  onBehalf: boolean
  /** What there is to choose from: proofs and parts that are still out. */
  options: string[]
}

/** When the state of a duty lets a command be of use; the same conditions as the commands' own. */
type Fits = (c: Context, duty: DutyView, all: readonly DutyView[]) => boolean

/** What a unit does, and the office in its place. */
const ofUnit = {
  accept: (c, duty) => may(c, 'accepted', duty) && duty.acceptedOn === null,
  claim: (c, duty) => stateOn(duty, c.today) === 'unclaimed',
  report: (c, duty) => may(c, 'reported', duty) || may(c, 'claimed', duty),
  progress: (c, duty) => may(c, 'progressed', duty),
  secrecy: (c, duty) => may(c, 'cleared', duty) && duty.reportedOn !== null && duty.clearedOn === null,
  tick: (c, duty) =>
    (may(c, 'ticked', duty) && proofsLeft(duty).length > 0) ||
    (may(c, 'summed', duty) && duty.parts.some(({ doneOn }) => doneOn === null)),
  extend: (c, duty) => may(c, 'extension-asked', duty) && duty.dueOn !== null,
  decline: (c, duty) =>
    stateOn(duty, c.today) === 'unclaimed'
      ? !duty.disclaimed
      : may(c, 'declined', duty) && duty.asked?.kind !== 'decline',
  withdraw: (c, duty) => may(c, 'withdrawn', duty) && duty.reportedOn !== null,
  split: (c, duty) => may(c, 'split', duty),
  event: (c, duty) => may(c, 'event', duty) && duty.deadlines[duty.demand]?.kind === 'relative',
  collect: (c, duty, all) =>
    duty.role === 'lead' &&
    (may(c, 'reported', duty) || may(c, 'progressed', duty)) &&
    partsOf(duty, all).some((part) => may(c, 'collected', part)),
} satisfies Partial<Record<IntentName, Fits>>

/** What the office does with a unit's duty, and a leader with both words of theirs. */
const ofOffice = {
  approve: (c, duty) => may(c, 'approved', duty),
  return: (c, duty) => may(c, 'returned', duty),
  extension: (c, duty) => may(c, 'extension-granted', duty) && duty.asked?.kind === 'extension',
  keep: (c, duty) => may(c, 'kept', duty) && duty.asked?.kind === 'decline',
  urge: (c, duty) =>
    may(c, 'urged', duty) && !isClassLine(c, duty.unit) && ['open', 'returned'].includes(stateOn(duty, c.today)),
  instruct: (c, duty) => may(c, 'instructed', duty) && !isClassLine(c, duty.unit),
  amend: (c, duty) =>
    may(c, 'amended', duty) &&
    !['done', 'waived', 'review'].includes(duty.state) &&
    (duty.role === 'lead' || duty.state === 'open' || duty.state === 'returned') &&
    duty.dueOn !== null,
  reassign: (c, duty) => may(c, 'reassigned', duty) && duty.role === 'lead',
  suspend: (c, duty) => may(c, 'suspended', duty),
  resume: (c, duty) => may(c, 'resumed', duty),
  waive: (c, duty) => may(c, 'waived', duty),
} satisfies Partial<Record<IntentName, Fits>>

export type DeedName = keyof typeof ofUnit | keyof typeof ofOffice

const mayRole = (c: Context, name: IntentName): boolean => commandFor(name)?.roles.includes(c.actor.role) ?? false

/** A unit's own liaison, or the office for a unit that somebody answers for. */
const speaksFor = (c: Context, { unit }: DutyView): boolean =>
  isOffice(c.actor) ? !isClassLine(c, unit) : c.actor.units.includes(unit)

const resting = (duty: DutyView) => ({
  tasks: [duty.number],
  plan: duty.planCode,
  reports: [shownAs(duty)],
})

/** A claim answers for a task and knows no versions; everything else takes the duty as it was shown. */
const frameOf = (c: Context, name: DeedName, duty: DutyView): Intent => {
  const { reports, ...task } = resting(duty)
  const units = name in ofUnit || name === 'amend' ? { units: [unitName(c, duty.unit)] } : {}
  return { intent: name, ...task, ...units, ...(name !== 'claim' && { reports }) } as Intent
}

/** What whoever reads the duty may do to it as it stands, by the rules of the chat's commands. `all`: the task's duties. */
export const deedsOn = async (c: Context, duty: DutyView, all: readonly DutyView[]): Promise<DutyDeed[]> => {
  const fitting = (table: Record<string, Fits>): DeedName[] =>
    (Object.keys(table) as DeedName[]).filter((name) => mayRole(c, name) && table[name]?.(c, duty, all))
  const names = [...fitting(ofOffice), ...(speaksFor(c, duty) ? fitting(ofUnit) : [])]
  const left = names.includes('tick') ? [...proofsLeft(duty), ...(await partsLeft(c, duty))] : []
  return names.map((name) => ({
    name,
    intent: frameOf(c, name, duty),
    // That something happened is the office's own to say.
    onBehalf: name in ofUnit && name !== 'event' && isOffice(c.actor),
    options: name === 'tick' ? left : [],
  }))
}
