import { parseArgs } from 'node:util'
import { createFakeLark, larkConfig } from '../test/fakes/lark.ts'
import { seeded, sleep, until } from './chance.ts'
import { fillRooms } from './many-rooms.ts'
import { createClock } from './movable-clock.ts'
import { openOwn } from './own-served.ts'
import { openRough } from './rough.ts'

/** Longer than a minute: what the platform’s limit holds back comes in the next one. */
const QUIET_MS = 90_000
const ZONE_MS = 8 * 3_600_000
/** Sends that were under way when the clock moved arrive a little later. */
const UNDER_WAY_MS = 500

/** Of an instant the time of day at the office, in minutes. */
const minuteOf = (at: number): number => ((at + ZONE_MS) / 60_000) % 1440

/** The example's office hours. */
const inHours = (at: number): boolean => minuteOf(at) >= 8 * 60 + 30 && minuteOf(at) < 17 * 60 + 30

const open = async (rooms: number, random: () => number) => {
  // A Monday, before the hour of lists.
  const clock = createClock('2026-04-20T08:59:40+08:00')
  const fake = createFakeLark(larkConfig, clock.now)
  const platform = await openRough(fake, (path) => path.includes('/im/v1/messages'), {
    latency: () => 30 + random() * 100,
  })
  const own = await openOwn({
    ...{ platform: 'lark', domain: platform.domain, now: clock.now },
    fill: fillRooms(rooms, 'lark'),
  })
  let movedAt = 0
  const outside: string[] = []
  let seen = 0
  /** Each message as it arrives, by the clock of that moment. */
  const look = () => {
    for (const { to } of fake.sent.slice(seen)) {
      if (!inHours(clock.now().getTime()) && performance.now() - movedAt > UNDER_WAY_MS) outside.push(String(to))
      seen++
    }
  }
  const looking = setInterval(look, 5)
  return {
    own,
    sent: () => fake.sent.length,
    /** How many messages each room has. */
    heard: () => {
      const times = new Map<string, number>()
      for (const { to = '' } of fake.sent) times.set(to, (times.get(to) ?? 0) + 1)
      return times
    },
    outside,
    move: async (at: string) => {
      look()
      clock.set(at)
      movedAt = performance.now()
      await own.setClock(at)
    },
    /** Messages of one batch by their state. */
    account: (batch: string): Record<string, number> =>
      Object.fromEntries(
        own
          .ask<{ state: string; n: number }>(
            `select state, count(*) n from outbox where batch = '${batch}' group by state`,
          )
          .map(({ state, n }) => [state, n]),
      ),
    close: async () => {
      clearInterval(looking)
      await own.close()
      await platform.close()
    },
  }
}

type Bench = Awaited<ReturnType<typeof open>>

/** Nothing is sent for a while. */
const still = async (bench: Bench): Promise<boolean> => {
  for (let tries = 0; tries < 10; tries++) {
    const before = bench.sent()
    await sleep(600)
    if (bench.sent() === before) return true
  }
  return false
}

/**
 * The server's clock is moved while a push is under way: an hour back, on to the evening, on a week, and a week back. In a
 * process of the bench's own on the real file, since the program takes its clock from the machine.
 */
export const run = async (argv: string[]): Promise<void> => {
  const text = { type: 'string' } as const
  const { values } = parseArgs({ args: argv, options: { rooms: text, seed: text, short: { type: 'boolean' } } })
  const rooms = Number(values.rooms ?? (values.short ? 200 : 1000))
  const seed = Number(values.seed ?? Date.now() % 1_000_000)
  console.log(`rooms ${rooms}, seed ${seed}`)
  const bench = await open(rooms, seeded(seed))
  const broken: string[] = []
  const promise = (kept: boolean, what: string) => {
    console.log(`${kept ? 'kept  ' : 'BROKEN'} ${what}`)
    if (!kept) broken.push(what)
  }
  try {
    await bench.own.start()
    await sleep(1000)
    promise(bench.sent() === 0, 'before nine nothing is sent')

    await bench.move('2026-04-20T09:00:01+08:00')
    await until(() => bench.sent() > rooms / 5, QUIET_MS)
    await bench.move('2026-04-20T08:00:02+08:00')
    promise(await still(bench), 'an hour back: what waits, waits for its hour')
    const early = bench.sent()

    await bench.move('2026-04-20T20:00:00+08:00')
    promise((await still(bench)) && bench.sent() === early, 'on to the evening: nothing outside hours')

    await bench.move('2026-04-21T09:00:00+08:00')
    await until(() => bench.sent() > (rooms * 3) / 5, QUIET_MS)
    promise(bench.sent() > early, 'the next morning it goes on')

    // The Monday of the week it lands in has passed, and so has the validity of what still waits.
    await bench.move('2026-04-29T10:00:00+08:00')
    const done = () => (bench.account('week:2026-04-27').sent ?? 0) === rooms
    await until(done, QUIET_MS)
    await still(bench)
    const [first, second] = [bench.account('week:2026-04-20'), bench.account('week:2026-04-27')]
    console.log(`week:2026-04-20 ${JSON.stringify(first)}, week:2026-04-27 ${JSON.stringify(second)}`)
    promise(second.sent === rooms, 'on a week: every room has the list of the week it lands in')
    const untold = bench.own.ask<{ n: number }>(
      `select count(*) n from outbox where state <> 'sent' and coalesce(error, '') = ''`,
    )[0]?.n
    const targets = Object.values(first).reduce((sum, n) => sum + n, 0)
    promise(
      targets === rooms && !first.waiting && untold === 0,
      'what was not sent in its week has ended, with its reason',
    )

    await bench.move('2026-04-22T10:00:00+08:00')
    await still(bench)
    const rows = bench.own.ask<{ room: string; n: number }>(
      `select room, count(*) n from outbox where state = 'sent' group by room`,
    )
    const heard = bench.heard()
    const differing = rows.filter(({ room, n }) => heard.get(room.split(':').at(-1) ?? '') !== n).length
    promise(differing === 0 && rows.length === heard.size, 'a week back: no room has a list twice')
    const account = bench.own.ask<{ n: number }>(`select count(*) n from outbox where state = 'sent'`)[0]?.n
    promise(account === bench.sent(), `the account says what the platform says: ${account} and ${bench.sent()}`)
    promise(bench.outside.length === 0, `outside office hours ${bench.outside.length}`)
  } finally {
    await bench.close()
  }
  if (broken.length > 0) throw new Error(broken.join('; '))
}
