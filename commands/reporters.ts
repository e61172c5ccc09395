import type { DutyView } from '../db/queries/duties.ts'
import { factsOf } from '../db/queries/duties.ts'
import { Address, addressKey } from '../src/model/message.ts'
import { type Changed, noticeOf, tellUnits } from './change.ts'
import type { Context, Notice } from './command.ts'
import type { Words } from './moved.ts'

/**
 * The chat in which a unit made its last report. What the office entered for it, and what was said where the office
 * now speaks, has none: that is heard in the unit's room.
 */
const roomsReported = async (c: Context, duties: readonly DutyView[]): Promise<Map<string, Address>> => {
  const facts = await factsOf(
    c.db,
    'duty',
    duties.map((duty) => duty.id),
  )
  const rooms = new Map<string, Address>()
  for (const { id, kind, body, words } of facts) {
    if (kind !== 'reported') continue
    const room = Address.safeParse(words?.room)
    const heard = room.success && body.channel === undefined && addressKey(room.data) !== addressKey(c.place.address)
    if (heard) rooms.set(id, room.data)
    else rooms.delete(id)
  }
  return rooms
}

/** What became of reports is heard where they were made: one notice for each unit and chat. */
export const tellReporters = async (
  c: Context,
  kind: string,
  changed: readonly Changed[],
  words: Words,
): Promise<Notice[]> => {
  const rooms = await roomsReported(
    c,
    changed.map(({ duty }) => duty),
  )
  const there = new Map<string, { room: Address; own: Changed[] }>()
  for (const one of changed) {
    const room = rooms.get(one.duty.id)
    if (!room) continue
    const key = `${one.duty.unit} ${addressKey(room)}`
    const known = there.get(key)
    if (known) known.own.push(one)
    else there.set(key, { room, own: [one] })
  }
  return [
    ...[...there.values()].map(({ room, own }) => noticeOf(kind, { address: room }, own, words, true)),
    ...tellUnits(
      c,
      kind,
      changed.filter(({ duty }) => !rooms.has(duty.id)),
      words,
    ),
  ]
}
