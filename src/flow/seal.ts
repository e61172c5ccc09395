import { desc, eq } from 'drizzle-orm'
import { isConflict } from '../../db/conflict.ts'
import { roomsOf } from '../../db/queries/people.ts'
import type { Card } from '../model/card.ts'
import { addressKey } from '../model/message.ts'
import { addDays, atOffice, dayOf } from '../time/day.ts'
import type { Deps } from './deps.ts'
import { type Heads, movedBetween, sealedHeads, sealHash, sealsOf, withMoved } from './heads.ts'

const TOLD_AT = '09:00'
const DAY_MS = 86_400_000

const sealCard = (day: string, heads: number, hash: string): Card => ({
  title: '台账封印',
  tone: 'plain',
  blocks: [
    { kind: 'text', text: `${day}：${heads}个对象` },
    { kind: 'note', text: `校验值 ${hash}。请留存本条，核对时运行 verify。` },
  ],
})

/**
 * The nightly seal of an office: count and hash of all heads over the seal before it, one a day, made at the first tick
 * after midnight and told to the office's rooms in the morning, where nobody can change it. Nothing to seal, no seal.
 */
export const sealYesterday = async (deps: Deps): Promise<void> => {
  const { t, office, q } = deps.store
  const now = deps.now()
  const today = dayOf(now, deps.zone)
  const day = addDays(today, -1)
  const [last] = await q
    .select({ day: t.seals.day, hash: t.seals.hash })
    .from(t.seals)
    .where(eq(t.seals.office, office))
    .orderBy(desc(t.seals.day))
    .limit(1)
  if (last && last.day >= day) return
  const heads = await sealedHeads(deps.store)
  if (heads.size === 0) return
  const before = (await sealsOf(deps.store)).reduce((known: Heads, seal) => withMoved(known, seal.moved), new Map())
  const prev = last?.hash ?? ''
  const hash = sealHash(deps.alg, prev, heads)
  const rooms = (await roomsOf(deps.store)).filter((room) => room.scope === 'office')
  const dueAt = atOffice(today, TOLD_AT, deps.zone)
  const notices = rooms.map(({ address }) => ({
    office,
    id: `seal:${day}:${addressKey(address)}`,
    lane: 'push' as const,
    room: addressKey(address),
    ord: deps.newId(),
    address,
    card: sealCard(day, heads.size, hash),
    recipe: null,
    dueAt,
    validUntil: new Date(dueAt.getTime() + DAY_MS),
    state: 'waiting' as const,
    tasks: [],
  }))
  try {
    await deps.store.atomic((w) => [
      w.insert(t.seals).values({
        office,
        day,
        alg: deps.alg,
        heads: heads.size,
        hash,
        prev,
        moved: movedBetween(before, heads),
        at: now,
      }),
      ...notices.map((notice) => w.insert(t.outbox).values(notice).onConflictDoNothing()),
    ])
  } catch (error) {
    // Another server sealed the day first.
    if (!isConflict(error)) throw error
  }
}
