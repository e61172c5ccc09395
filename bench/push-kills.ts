import { parseArgs } from 'node:util'
import { createFakeWecomApp, wecomAppConfig } from '../test/fakes/wecom-app.ts'
import { seeded } from './chance.ts'
import { accountOf, finish, killOften, latencyOf, type Victim, type Wish } from './killing.ts'
import { fillRooms, MONDAY } from './many-rooms.ts'
import { createClock } from './movable-clock.ts'
import { openOwn } from './own-served.ts'
import { onHook } from './push-hook.ts'
import { openRough } from './rough.ts'
import { rowsOf } from './rows.ts'
import { openServed } from './served.ts'

const judge = (name: string, victim: Victim, rooms: number, underWay: number, keyed: boolean): string[] => {
  const account = accountOf(victim)
  const of = (state: string) => account.get(state) ?? 0
  const targets = [...account.values()].reduce((sum, n) => sum + n, 0)
  const times = new Map<string, number>()
  for (const room of victim.accepted()) times.set(room, (times.get(room) ?? 0) + 1)
  const twice = [...times.values()].filter((n) => n > 1).length
  const unsure = new Set(
    victim
      .rows<{ room: string }>(`select room from outbox where state = 'unsure'`)
      .map(({ room }) => room.split(':').at(-1)),
  )
  const lost = Array.from({ length: rooms }, (_, i) => `oc_room_${i + 1}`).filter(
    (room) => !times.has(room) && !unsure.has(room),
  ).length
  const states = ['sent', 'waiting', 'dropped', 'dead', 'unsure'].map((state) => `${state} ${of(state)}`).join(' + ')
  console.log(`${name}: targets ${targets} = ${states}`)
  console.log(
    `${name}: rooms ${rooms}, reached ${times.size}, twice ${twice}, lost ${lost}; under way when killed ${underWay}, doubtful ${of('unsure')}, of which arrived ${[...unsure].filter((room) => times.has(String(room))).length}`,
  )
  const promises: [boolean, string][] = [
    [targets === rooms, `${targets} targets of ${rooms} rooms`],
    [twice === 0, `${twice} rooms heard it twice`],
    [lost === 0, `${lost} rooms are lost without a word`],
    [of('waiting') + of('dead') + of('dropped') === 0, 'some wait, are dead or dropped'],
    [!keyed || (of('sent') === rooms && times.size === rooms), 'not every room has it'],
    [of('unsure') <= underWay, 'more doubtful ones than were under way'],
  ]
  return promises.flatMap(([kept, broken]) => (kept ? [] : [`${name}: ${broken}`]))
}

const onLark = async (wish: Wish): Promise<string[]> => {
  const served = await openServed({
    now: wish.clock.now,
    rough: { latency: latencyOf(wish.random) },
    fill: fillRooms(wish.rooms, 'lark'),
  })
  const victim: Victim = {
    start: served.start,
    kill: () => served.kill('SIGKILL'),
    sends: () => served.platform.seen.sends,
    accepted: () => served.fake.sent.map(({ to }) => to ?? ''),
    rows: (sql) => rowsOf(served.file, sql),
  }
  try {
    const underWay = await killOften(victim, wish)
    await finish(victim, wish.clock)
    console.log(served.duban('verify').trim())
    console.log(`lark: repeats that the key caught ${served.fake.calls.repeat}`)
    return judge('lark', victim, wish.rooms, underWay, true)
  } finally {
    await served.close()
  }
}

const onWecom = async (wish: Wish): Promise<string[]> => {
  const fake = createFakeWecomApp(wecomAppConfig, wish.clock.now)
  const isSend = (path: string) => path.includes('/message/send')
  const platform = await openRough(fake, isSend, { latency: latencyOf(wish.random) })
  const own = await openOwn({
    ...{ platform: 'wecom', domain: platform.domain, now: wish.clock.now },
    fill: fillRooms(wish.rooms, 'wecom'),
  })
  // A list is its words and the buttons beneath them; those are counted by themselves.
  const beneath = () => fake.sent.filter(({ card }) => card?.main_title.desc !== undefined)
  const accepted = () => fake.sent.filter(({ card }) => card?.main_title.desc === undefined).map(({ to }) => to)
  const victim: Victim = { ...own, sends: () => platform.seen.sends, accepted, rows: own.ask }
  try {
    const underWay = await killOften(victim, wish)
    await finish(victim, wish.clock)
    console.log(`wecom: repeats that the platform dropped ${fake.calls.repeat}; buttons ${beneath().length}`)
    return judge('wecom', victim, wish.rooms, underWay, true)
  } finally {
    await own.close()
    await platform.close()
  }
}

const withoutKey = async (wish: Wish): Promise<string[]> => {
  const accepted: string[] = []
  const take = (async (_: string, init: RequestInit) => {
    accepted.push(JSON.parse(String(init.body)).to)
    return Response.json({ ok: true })
  }) as typeof fetch
  const platform = await openRough({ fetch: take }, () => true, { latency: latencyOf(wish.random) })
  const own = await openOwn({
    ...{ platform: 'keyless', domain: platform.domain, now: wish.clock.now },
    fill: fillRooms(wish.rooms, 'dingtalk'),
  })
  const victim: Victim = { ...own, sends: () => platform.seen.sends, accepted: () => accepted, rows: own.ask }
  try {
    const underWay = await killOften(victim, wish)
    await finish(victim, wish.clock)
    return judge('without a key', victim, wish.rooms, underWay, false)
  } finally {
    await own.close()
    await platform.close()
  }
}

/**
 * `kill -9` at random moments during a weekly push: on Lark and WeCom's app every room has it exactly once; on a platform without a key at
 * most once, and the doubtful ones stand in the account as unsure; where group robots are taken out meanwhile, people are told
 * in the rooms' place. `--short`: 10 kills, 300 rooms.
 */
export const run = async (argv: string[]): Promise<void> => {
  const text = { type: 'string' } as const
  const options = { kills: text, rooms: text, seed: text, only: text, short: { type: 'boolean' } as const }
  const { values } = parseArgs({ args: argv, options })
  const kills = Number(values.kills ?? (values.short ? 10 : 200))
  const rooms = Number(values.rooms ?? (values.short ? 300 : 5000))
  const seed = Number(values.seed ?? Date.now() % 1_000_000)
  console.log(`kills ${kills}, rooms ${rooms}, seed ${seed}`)
  const broken: string[] = []
  for (const [name, trial] of Object.entries({ lark: onLark, wecom: onWecom, keyless: withoutKey, hook: onHook })) {
    if (values.only && values.only !== name) continue
    const began = performance.now()
    const clock = createClock(`${MONDAY}T09:00:00+08:00`)
    broken.push(...(await trial({ kills, rooms, random: seeded(seed), clock })))
    console.log(`${name}: ${((performance.now() - began) / 1000).toFixed(0)} s`)
  }
  if (broken.length > 0) throw new Error(broken.join('; '))
}
