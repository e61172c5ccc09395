import type { Settlement } from '../../db/queries/lease.ts'
import type { OutboxRow } from '../../db/queries/outbox.ts'
import { newFace, noteShown, queueEditOf, queueEditsOf, versionsOf } from '../../db/queries/shown.ts'
import type { Query, Write } from '../../db/store.ts'
import { describeError } from '../log.ts'
import type { Card } from '../model/card.ts'
import type { Incoming, Platform } from '../model/message.ts'
import { dutiesOn, type Resting, restingOn } from '../model/resting.ts'
import type { Deps } from './deps.ts'

/** Cards that were sent and rest on duties: noted when they are sent, put right in place when a duty moves. */

const HOUR = 60 * 60_000
const DAY = 24 * HOUR
/** A platform that takes a message's id changes it so long; one that hands out a code for it, as long as that is good. */
const FRESH_MS = 14 * DAY
const FRESH_CODE_MS = 72 * HOUR

/** The platforms on which messages are put right. */
const ableOn = ({ adapters }: Pick<Deps, 'adapters'>): Platform[] =>
  [...new Set(adapters.flatMap(({ platform, update }) => (update ? [platform] : [])))].sort()

/** One thing that moved duties: of each its id and version. */
interface Movement {
  duties: readonly { id: string; version: number }[]
  at: Date
  /** The platform's id of the message that shows it in the answer to its pressed button. */
  except?: string | undefined
}

const before = (at: Date, ms: number): Date => new Date(at.getTime() - ms)

const updateOf = (deps: Deps, platforms: Platform[], cause: string, at: Date, except?: string) => ({
  ...{ platforms, since: before(at, FRESH_MS), sinceEdit: before(at, FRESH_CODE_MS) },
  ...{ cause, ord: deps.newId(), now: at, until: before(at, -DAY) },
  ...(except !== undefined && { except }),
})

/** For the batch that moves duties: what was sent and shows them is put right. Nothing where no platform can. */
export const movedWrites = (deps: Deps, { duties, at, except }: Movement): Write[] => {
  const [first] = duties
  const able = first ? ableOn(deps) : []
  if (!first || able.length === 0) return []
  const ids = duties.map(({ id }) => id)
  const update = updateOf(deps, able, `${first.id}@${first.version}`, at, except)
  return [queueEditsOf(deps.store, ids, update)]
}

/** The message whose pressed button an answer puts right in place; undefined where it is none. */
export const pressedOn = ({ button, quotes }: Pick<Incoming, 'button' | 'quotes'>): string | undefined =>
  button ? quotes : undefined

/** For the batch of a pressed button that is answered in place: its message is the answer from then on. */
export const faceWrites = (deps: Deps, q: Query, ref: string, card: Card | undefined, at: Date): Write[] =>
  // A card without a body is told beside the pressed one, which stays.
  card && (card.blocks.length > 0 || card.buttons?.length || card.form) && ableOn(deps).length > 0
    ? newFace(deps.store, q, ref, { card, at, duties: dutiesOn(card) })
    : []

/** Notes what a message that has just been sent rests on, and puts it right where that moved while it was on its way. */
export const shownNow = async (deps: Deps, row: OutboxRow, { state, ref, card }: Settlement): Promise<void> => {
  if (state !== 'sent' || !ref || !card || row.edits !== null) return
  const duties = dutiesOn(card)
  const now = deps.now()
  const able = ableOn(deps).filter((platform) => platform === row.address.platform)
  if (duties.length === 0 || able.length === 0) return
  try {
    await noteShown(deps.store, row.id, duties)
    const versions = await versionsOf(deps.store, duties)
    const moved = ({ duty, version }: Resting) => version !== undefined && versions.get(duty) !== version
    if (restingOn(card).some(moved)) await queueEditOf(deps.store, row.id, updateOf(deps, able, 'sent', now))
  } catch (error) {
    // It was sent, and stays as it is: that is no reason to end the delivery of others.
    deps.log({ event: 'delivery', id: row.id, outcome: 'not-noted', error: describeError(error) })
  }
}
