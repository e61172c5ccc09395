import type { DutyView } from '../db/queries/duties.ts'
import { factsOf } from '../db/queries/duties.ts'
import { Address, addressKey } from '../src/model/message.ts'
import type { Words } from '../src/model/recipe.ts'
import { type Changed, noticeOf, tellUnits } from './change.ts'
import type { Context, Notice } from './command.ts'

/**
 * The chat in which a unit made its last report: `here` where the office now speaks in the same group, so that the unit
 * hears it anyway. What the office entered for a unit has none and is heard in the unit's room.
 */
const roomsReported = async (c: Context, duties: readonly DutyView[]): Promise<Map<string, Address | 'here'>> => {
  const facts = await factsOf(
    c.db,
    'duty',
    duties.map((duty) => duty.id),
  )
  const rooms = new Map<string, Address | 'here'>()
  for (const { id, kind, body, words } of facts) {
    if (kind !== 'reported') continue
    const room = Address.safeParse(words?.room)
    if (!room.success || body.channel !== undefined) rooms.delete(id)
    else if (addressKey(room.data) !== addressKey(c.place.address)) rooms.set(id, room.data)
    else if (room.data.kind === 'room') rooms.set(id, 'here')
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
    if (!room || room === 'here') continue
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
