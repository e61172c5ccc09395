import Client from 'better-sqlite3'
import { createFakeWecomApp, wecomAppConfig } from '../test/fakes/wecom-app.ts'
import { createFakeWecomHook } from '../test/fakes/wecom-hook.ts'
import { finish, killOften, latencyOf, type Victim, type Wish } from './killing.ts'
import { fillRooms } from './many-rooms.ts'
import { openOwn } from './own-served.ts'
import { openRough } from './rough.ts'

const keyOf = (room: number) => `robot-of-room-${room}`
const numberIn = (id: string) => Number(/\d+$/.exec(id)?.[0])

/** A robot in each room and an account of each liaison, written at once: by the command line those are two calls a room. */
const furnish = (path: string, rooms: number): void => {
  const client = new Client(path)
  const robot = client.prepare('update rooms set webhook = ? where key = ?')
  const who = client.prepare('select id from people where name = ?')
  const account = client.prepare(`insert into identities (office, key, person) values ('default', ?, ?)`)
  client.transaction(() => {
    for (let n = 1; n <= rooms; n++) {
      if (robot.run(keyOf(n), `wecom:*:oc_room_${n}`).changes !== 1) throw new Error(`no room ${n}`)
      account.run(`wecom:*:member_${n}`, (who.get(`联络员${n}`) as { id: string }).id)
    }
  })()
  client.close()
}

interface Row {
  id: string
  room: string
  state: string
  error: string | null
}

/** What became of each room's list, and what reached the room and its liaison. */
const judge = (rows: Row[], said: Map<number, number>, told: Map<number, number>, rooms: number): string[] => {
  const inRooms = rows.filter(({ room }) => room.includes('oc_room_'))
  const toPeople = rows.filter(({ room }) => room.includes('member_'))
  const sum = { sent: 0, unsure: 0, arrived: 0, told: 0, dropped: 0, wrong: [] as string[] }
  const people = new Map(toPeople.map((row) => [numberIn(row.room), row]))
  for (const { room, state, error } of inRooms) {
    const n = numberIn(room)
    const [here, there] = [said.get(n) ?? 0, told.get(n) ?? 0]
    if (here > 1 || there > 1) sum.wrong.push(`room ${n} heard it ${here} times, its liaison ${there} times`)
    if (here + there > 1) sum.wrong.push(`room ${n} and its liaison heard it both`)
    if (state === 'sent' && here === 1) sum.sent++
    else if (state === 'unsure' && error) {
      sum.unsure++
      sum.arrived += here
      // Killed after the liaison's message was queued and before the room's own was settled.
      sum.told += there
    } else if (
      state === 'dropped' &&
      here === 0 &&
      error?.includes('已改发给') &&
      people.get(n)?.state === 'sent' &&
      there === 1
    )
      sum.dropped++
    else sum.wrong.push(`room ${n} is ${state} (${error}), heard ${here}, its liaison ${there}`)
  }
  console.log(
    `hook: targets ${inRooms.length} = sent by the room's robot ${sum.sent} + unsure ${sum.unsure} (of which ${sum.arrived} arrived, and of ${sum.told} the liaison was told) + told its liaison instead ${sum.dropped}; rows for people ${toPeople.length}`,
  )
  return [
    ...(inRooms.length === rooms ? [] : [`hook: ${inRooms.length} targets of ${rooms} rooms`]),
    ...(toPeople.length === sum.dropped + sum.told
      ? []
      : [`hook: ${toPeople.length} people for ${sum.dropped + sum.told} rooms`]),
    ...(sum.dropped > 0 ? [] : ['hook: nobody was told in a room’s place']),
    ...sum.wrong.slice(0, 5).map((what) => `hook: ${what}`),
  ]
}

/**
 * Group robots that are taken out of every second room in the middle of the push, under the same kills: each room hears it by
 * its robot, or its liaison by the app instead, never both; the app's messages have a key, the robots' none.
 */
export const onHook = async (wish: Wish): Promise<string[]> => {
  const { rooms, clock } = wish
  const keys = Array.from({ length: rooms }, (_, i) => keyOf(i + 1))
  const hook = createFakeWecomHook(clock.now, keys)
  const app = createFakeWecomApp(wecomAppConfig, clock.now)
  let asked = 0
  const both: typeof fetch = (input, init) => {
    const url = String(input)
    if (!url.includes('/webhook/send')) return app.fetch(input, init)
    if (++asked === Math.floor(rooms / 3)) for (const key of keys.filter((_, i) => i % 2 === 0)) hook.robots.delete(key)
    return hook.fetch(input, init)
  }
  const isSend = (path: string) => /\/(?:webhook|message)\/send/.test(path)
  const platform = await openRough({ fetch: both }, isSend, { latency: latencyOf(wish.random) })
  const own = await openOwn({
    ...{ platform: 'hook', domain: platform.domain, now: clock.now },
    fill: fillRooms(rooms, 'wecom', true),
  })
  furnish(own.path, rooms)
  const words = () => app.sent.filter(({ card }) => card?.main_title.desc === undefined)
  const victim: Victim = {
    ...own,
    sends: () => platform.seen.sends,
    accepted: () => [...hook.said.map(({ key }) => key), ...words().map(({ to }) => to)],
    rows: own.ask,
  }
  const times = (ids: readonly string[]) => {
    const counts = new Map<number, number>()
    for (const id of ids) counts.set(numberIn(id), (counts.get(numberIn(id)) ?? 0) + 1)
    return counts
  }
  try {
    // A robot takes no key, so what a kill meets under way is in doubt: on a slow machine that may be all there is.
    const underWay = await killOften(victim, { ...wish, kills: Math.ceil(wish.kills / 2) })
    await finish(victim, clock)
    console.log(`hook: under way when killed ${underWay}; repeats that the app's platform dropped ${app.calls.repeat}`)
    const rows = own.ask<Row>(`select id, room, state, error from outbox where batch like 'week:%' and edits is null`)
    return judge(rows, times(hook.said.map(({ key }) => key)), times(words().map(({ to }) => to)), rooms)
  } finally {
    await own.close()
    await platform.close()
  }
}
