import type { Adapter } from '../../../adapters/adapter.ts'
import { addressKey } from '../../model/message.ts'
import type { Deps } from '../deps.ts'
import type { AnswerRow, AtOnce, Taken } from '../taken.ts'
import { createAllowance } from './allowance.ts'
import { held } from './endings.ts'
import { endingOf, leaseMs } from './run.ts'
import { handedOver, type Said } from './say.ts'
import { createSettling } from './settling.ts'

/** An answer goes the one way on which it was asked, and @s nobody. */
const saidBy = (row: AnswerRow, adapter: Adapter): Said => ({
  ...{ row, adapter, ways: [{ adapter, to: row.address }], mention: [], card: row.card, tasks: row.tasks },
  ...(adapter.once !== undefined && { once: adapter.once }),
})

const noOther = async (): Promise<boolean> => false

/** Sends answers at once in a process that stays; it wakes nobody, and what it cannot send now waits as ever. */
export const createAtOnce = (deps: Deps): AtOnce => {
  const owner = deps.newId()
  const settle = createSettling(deps, owner)
  const ending = endingOf(deps, settle)
  const isAllowed = createAllowance(deps)
  /** What is being sent to a room, and whether it is out of the way of what comes after it. */
  const tails = new Map<string, Promise<boolean>>()

  const sent = async (row: AnswerRow, { adapter, at, until }: Taken, before: Promise<boolean> | undefined) => {
    const first = before === undefined || (await before)
    const now = deps.now()
    if (!first || now >= until) {
      deps.background(ending(row, held(row, now, '前一条还没有送达')))
      return false
    }
    const settlement = await handedOver(deps, saidBy(row, adapter), at, noOther)
    deps.background(ending(row, settlement))
    return settlement.state !== 'waiting'
  }

  return {
    owner,
    async take(to) {
      const adapter = deps.adapters.find((one) => one.platform === to.platform && one.route === to.route)
      if (!adapter || adapter.ready?.() === false) return undefined
      const at = deps.now()
      const readyAt = adapter.readyAt?.(to)
      if (readyAt && readyAt > at) return undefined
      const room = addressKey(to)
      // What waits its turn here counts as being sent: a platform that takes no key could not say whether it was.
      if (adapter.once === undefined && tails.has(room)) return undefined
      if (!(await isAllowed(adapter))) return undefined
      return { adapter, owner, at, until: new Date(at.getTime() + leaseMs(adapter)) }
    },
    send(row, taken) {
      const flight = sent(row, taken, tails.get(row.room)).finally(() => {
        if (tails.get(row.room) === flight) tails.delete(row.room)
      })
      tails.set(row.room, flight)
      deps.background(flight)
    },
  }
}
