import { and, eq } from 'drizzle-orm'
import type { Address } from '../../model/message.ts'
import { BadInput } from '../../model/problem.ts'
import { accountDigest } from '../chain.ts'
import type { Deps } from '../deps.ts'
import { officeMoves, type Stamp } from '../ledger.ts'
import { changed } from './change.ts'
import { boundAs } from './room-facts.ts'

const KEY = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * The key of a group robot, out of itself or of the whole address that WeCom shows for copying.
 * @throws BadInput that does not repeat what was given: whoever has the key can post
 */
export const webhookKey = (text: string): string => {
  const said = text.trim()
  const key = /^https?:\/\//i.test(said) ? (/[?&]key=([^&#\s]*)/.exec(said)?.[1] ?? '') : said
  if (KEY.test(key)) return key.toLowerCase()
  throw new BadInput(
    '--webhook 应是群机器人（消息推送）的 Webhook 地址，或其中 key= 后面的那一串，从企业微信里整个复制',
  )
}

/**
 * Pushes into the room go through its group robot from now on, or, with an empty key, no longer. The fact holds the key's
 * digest alone. @throws BadInput where the room is not bound
 */
export const hookRoom = async (deps: Deps, address: Address, key: string, stamp: Stamp): Promise<void> => {
  const { t, office } = deps.store
  const rooms = (await boundAs(deps, address)).filter(({ webhook }) => webhook !== key)
  if (rooms.length === 0) return
  const body = { webhook: key === '' ? '' : accountDigest(deps.alg, office, key) }
  await deps.store.atomic((q) => [
    ...rooms.flatMap((before) => {
      const change = { subject: 'room' as const, id: before.key, before, kind: 'hooked', body }
      const { writes, set } = changed(deps, q, change, stamp)
      return [
        ...writes,
        q
          .update(t.rooms)
          .set({ webhook: key, ...set })
          .where(and(eq(t.rooms.office, office), eq(t.rooms.key, before.key))),
      ]
    }),
    officeMoves(deps, q),
  ])
}
