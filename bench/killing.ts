import { sleep, until } from './chance.ts'
import type { createClock } from './movable-clock.ts'

/** What a push is killed over: the program, or the bench's own server. */
export interface Victim {
  start(): Promise<unknown>
  kill(): Promise<void>
  /** Sends that reached the platform. */
  sends(): number
  /** Messages that the platform accepted. */
  accepted(): string[]
  rows<T>(sql: string): T[]
}

export interface Wish {
  kills: number
  rooms: number
  random: () => number
  clock: ReturnType<typeof createClock>
}

/** As a platform takes to answer, so that the push is under way all the time. */
export const latencyOf = (random: () => number) => () => 40 + random() * 160
/** Longer than a start and its plan take on a machine that is busy with others; beyond it nothing waits. */
const FIRST_MS = 20_000
/** Longer than a lease. */
const LEASE_MS = 50_000

export const accountOf = (victim: Victim): Map<string, number> =>
  new Map(
    victim
      .rows<{ state: string; n: number }>(
        `select state, count(*) n from outbox where batch like 'week:%' group by state`,
      )
      .map(({ state, n }) => [state, n]),
  )

const waitingOf = (victim: Victim): number =>
  victim.rows<{ n: number }>(`select count(*) n from outbox where state = 'waiting'`)[0]?.n ?? 0

/** Is there something to send whose lease is over? What the last life was about to send another may send only then. */
const hasFree = (victim: Victim, now: Date): boolean =>
  victim.rows(`select 1 from outbox where state = 'waiting' and coalesce(lease_until, 0) <= ${now.getTime()} limit 1`)
    .length > 0

/**
 * Kills at random moments: a few while the push is still planned, the others in the middle of its sends. Between two
 * lives the machine is down for up to two minutes of the clock: half of them begin before the leases of the last one ended.
 * Returns how many sends were under way when it was killed.
 */
export const killOften = async (victim: Victim, { kills, rooms, random, clock }: Wish): Promise<number> => {
  const underWay = new Set<string>()
  for (let n = 0; n < kills; n++) {
    const early = random() < 0.05
    if (waitingOf(victim) > 0 && !hasFree(victim, clock.now())) clock.advance(LEASE_MS)
    const began = victim.start().catch(() => undefined)
    // Without a key whatever was under way is through: nothing may be left before all kills are.
    if (early || (accountOf(victim).size > 0 && waitingOf(victim) === 0)) await sleep(random() * 400)
    else {
      await began
      const left = rooms - victim.accepted().length
      const before = victim.sends()
      const wanted = before + random() * 2 * (left / (kills - n))
      // Lives that end before their first send do nothing: there are some of those among the early ones.
      await until(() => victim.sends() > before, FIRST_MS)
      await until(() => victim.sends() >= wanted, 1500)
      await sleep(random() * 100)
    }
    await victim.kill()
    await began
    const taken = `select id, lease_until at from outbox where state = 'waiting' and lease_until > ${clock.now().getTime()}`
    for (const { id, at } of victim.rows<{ id: string; at: number }>(taken)) underWay.add(`${id} ${at}`)
    if (n % 20 === 19) console.log(`  killed ${n + 1} times, reached ${victim.accepted().length}`)
    clock.advance(random() < 0.5 ? random() * 5000 : LEASE_MS + random() * LEASE_MS)
  }
  return underWay.size
}

/** Lives without a kill until nothing waits any more; what a lease or the limit a minute holds back comes by the clock. */
export const finish = async (victim: Victim, clock: Wish['clock']): Promise<void> => {
  for (let lives = 0; lives < 30; lives++) {
    await victim.start()
    const from = victim.sends()
    await until(() => victim.sends() > from, lives === 0 ? FIRST_MS : FIRST_MS / 4)
    let before = -1
    while (waitingOf(victim) > 0 && victim.sends() > before) {
      before = victim.sends()
      await sleep(1500)
    }
    await victim.kill()
    if (waitingOf(victim) === 0) return
    clock.advance(2 * LEASE_MS)
  }
}
