import { parseArgs } from 'node:util'
import { seeded, sleep, until } from './chance.ts'
import { fillRooms, MONDAY } from './many-rooms.ts'
import { createClock } from './movable-clock.ts'
import type { Roughness, Trouble } from './rough.ts'
import { rowsOf } from './rows.ts'
import { type Fill, LIAISON, openServed, post } from './served.ts'

type Served = Awaited<ReturnType<typeof openServed>>

interface Wish {
  events: number
  random: () => number
  /** Instead of waiting for what is to be tried again, the program is stopped and started two minutes later by its clock. */
  hurried: boolean
}

/** Milliseconds after which a trial that still waits has failed. */
const PATIENCE_MS = 600_000
/** So long without a new answer ended the wait of the harness that measured the frameworks. */
const QUIET_MS = 10_000

const opened = async (rough: Roughness, fill?: Fill) => {
  const clock = createClock(`${MONDAY}T09:30:00+08:00`)
  return { clock, served: await openServed({ now: clock.now, rough, ...(fill && { fill }) }) }
}

/** 100 a second whether or not they are answered, over so many chats; some a second time at once. Each until it is taken. */
const saying = async (served: Served, url: string, { events, random }: Wish, doubled: number): Promise<number> => {
  let refusals = 0
  const began = performance.now()
  const say = async (i: number) => {
    const said = { from: LIAISON, chat: `oc_chat_${i % 50}`, at: true, text: '本月有哪些到期任务', id: `om_event_${i}` }
    const wire = served.fake.says(said)
    const twice = random() < doubled
    const once = async () => {
      for (let tries = 0; tries < 20 && !(await post(url, wire)); tries++) {
        refusals++
        await sleep(500)
      }
    }
    await Promise.all(twice ? [once(), once()] : [once()])
  }
  await Promise.all(
    Array.from({ length: events }, async (_, i) => {
      await sleep(began + i * 10 - performance.now())
      await say(i)
    }),
  )
  return refusals
}

/** Until nothing waits any more. Returns the program's address, which a new start changes. */
const settled = async (
  served: Served,
  clock: ReturnType<typeof createClock>,
  url: string,
  { hurried }: Wish,
): Promise<string> => {
  const done = async () => ((await served.account(url)).waiting ?? 1) === 0
  if (!hurried) {
    await until(done, PATIENCE_MS)
    return url
  }
  for (let lives = 0; lives < 40 && !(await until(done, 700)); lives++) {
    await served.kill('SIGTERM')
    clock.advance(120_000)
    url = await served.start()
  }
  return url
}

/** How often each of so many messages was answered. */
const answersOf = (served: Served, events: number): number[] => {
  const times = new Map<string, number>()
  for (const { replyTo } of served.fake.sent) if (replyTo) times.set(replyTo, (times.get(replyTo) ?? 0) + 1)
  return Array.from({ length: events }, (_, i) => times.get(`om_event_${i}`) ?? 0)
}

/** Waits until all are answered, or nothing more has come for so long. Returns how many then were. */
const untilQuiet = async (served: Served, events: number, ms = QUIET_MS): Promise<number> => {
  const count = () => answersOf(served, events).filter(Boolean).length
  let [before, since] = [count(), performance.now()]
  while (before < events && performance.now() - since < ms) {
    await sleep(50)
    const now = count()
    if (now > before) [before, since] = [now, performance.now()]
  }
  return before
}

const told = (name: string, answers: number[], more: string): string[] => {
  const answered = answers.filter((n) => n > 0).length
  const twice = answers.filter((n) => n > 1).length
  console.log(`${name}: answered ${answered} of ${answers.length}, twice ${twice}; ${more}`)
  return answered === answers.length && twice === 0 ? [] : [`${name}: ${answered} answered, ${twice} twice`]
}

/** One send in ten is refused, of the others one answer in twenty is lost after the message was accepted; one event in ten comes twice. */
const refusing = async (wish: Wish): Promise<string[]> => {
  const { random, events } = wish
  const trouble = (): Trouble | undefined => {
    const at = random()
    return at < 0.05 ? 'busy' : at < 0.1 ? 'error' : at < 0.145 ? 'lost' : undefined
  }
  const { clock, served } = await opened({ trouble, latency: () => 20 })
  try {
    const url = await served.start()
    const began = performance.now()
    const refusals = await saying(served, url, wish, 0.1)
    const soon = await untilQuiet(served, events, wish.hurried ? 500 : QUIET_MS)
    await settled(served, clock, url, wish)
    const seconds = ((performance.now() - began) / 1000).toFixed(0)
    const { platform, fake } = served
    return told(
      'refusals',
      answersOf(served, events),
      `${wish.hurried ? '' : `${soon} before ${QUIET_MS / 1000} s of quiet, `}all after ${seconds} s${wish.hurried ? ' (clock moved)' : ''}; troubles ${platform.seen.troubles}, repeats that the key caught ${fake.calls.repeat}, refused at our door ${refusals}`,
    )
  } finally {
    await served.close()
  }
}

/** The API refuses everything, all events are acknowledged, the process is killed; then the API is well and it starts again. */
const outage = async (wish: Wish): Promise<string[]> => {
  const { clock, served } = await opened({ latency: () => 20 })
  try {
    let url = await served.start()
    // Once awake: the program asks for its own id before it can tell that it was spoken to.
    await post(url, served.fake.says({ from: LIAISON, chat: 'oc_chat', at: true, text: '帮助', id: 'om_first' }))
    await until(() => served.fake.sent.length > 0, QUIET_MS)
    served.platform.state.down = true
    const refusals = await saying(served, url, wish, 0)
    await served.kill('SIGKILL')
    served.platform.state.down = false
    const began = performance.now()
    url = await served.start()
    const soon = await untilQuiet(served, wish.events, wish.hurried ? 500 : QUIET_MS)
    await settled(served, clock, url, wish)
    const seconds = ((performance.now() - began) / 1000).toFixed(0)
    return told(
      'outage and kill',
      answersOf(served, wish.events),
      `${wish.hurried ? '' : `${soon} before ${QUIET_MS / 1000} s of quiet after the restart, `}all after ${seconds} s${wish.hurried ? ' (clock moved)' : ''}; refused at our door ${refusals}`,
    )
  } finally {
    await served.close()
  }
}

const TROUBLES: Trouble[] = ['busy', 'error', 'unheard', 'coded', 'dead', 'lost', 'half', 'garbled', 'late']

/** Everything that can go wrong, at random, under a push and questions at once. */
const disorder = async (wish: Wish): Promise<string[]> => {
  const { random, events } = wish
  const trouble = (): Trouble | undefined => {
    if (random() > 0.3) return undefined
    const each = TROUBLES[Math.floor(random() * TROUBLES.length)]
    return each === 'late' && random() < 0.8 ? 'lost' : each
  }
  const rooms = Math.ceil(events / 2)
  const { clock, served } = await opened({ trouble, latency: () => 20 }, (duban, folder) => {
    fillRooms(rooms, 'lark')(duban, folder)
    duban('people', 'add', '测试员', '--role', 'liaison', '--unit', '市第1局', '--id', `lark:${LIAISON}`)
  })
  try {
    const first = await served.start()
    const began = performance.now()
    await saying(served, first, wish, 0.1)
    const url = await settled(served, clock, first, wish)
    const account = await served.account(url)
    const seconds = ((performance.now() - began) / 1000).toFixed(0)
    const sum = Object.values(account).reduce((all, n) => all + n, 0)
    const lists = new Map<string, number>()
    for (const { to } of served.fake.sent) if (to?.startsWith('oc_room_')) lists.set(to, (lists.get(to) ?? 0) + 1)
    const states = Object.entries(account).map(([state, n]) => `${state} ${n}`)
    console.log(
      `disorder: targets ${events + rooms} = ${states.join(' + ')}; rooms reached ${lists.size} of ${rooms}; troubles ${served.platform.seen.troubles} of ${served.platform.seen.sends} sends, repeats that the key caught ${served.fake.calls.repeat}`,
    )
    const ended = rowsOf<{ state: string; error: string; n: number }>(
      served.file,
      `select state, error, count(*) n from outbox where state not in ('sent', 'waiting') group by state, error`,
    )
    for (const { state, error, n } of ended) console.log(`  ${state} ${n}: ${error}`)
    const twice = [...lists.values()].filter((n) => n > 1).length
    const promises: [boolean, string][] = [
      [sum === events + rooms, 'the account does not add up'],
      [account.waiting === 0, 'something waits for ever'],
      [ended.every(({ error }) => error), 'something ended without a reason'],
      [account.sent === served.fake.sent.length, 'the account says another number than the platform'],
      [twice === 0, `${twice} rooms heard it twice`],
    ]
    return [
      ...promises.flatMap(([kept, broken]) => (kept ? [] : [`disorder: ${broken}`])),
      ...told('disorder', answersOf(served, events), `all after ${seconds} s${wish.hurried ? ' (clock moved)' : ''}`),
    ]
  } finally {
    await served.close()
  }
}

/**
 * The trials that no bot framework we measured passes, on the built program. `--short`: fewer events, and what is to be
 * tried again is not waited for: the program starts anew, later by its clock.
 */
export const run = async (argv: string[]): Promise<void> => {
  const text = { type: 'string' } as const
  const { values } = parseArgs({ args: argv, options: { seed: text, only: text, short: { type: 'boolean' } } })
  const seed = Number(values.seed ?? Date.now() % 1_000_000)
  const hurried = values.short === true
  console.log(`seed ${seed}`)
  const broken: string[] = []
  for (const [name, trial, events] of [
    ['refusals', refusing, 300],
    ['outage', outage, 200],
    ['disorder', disorder, 300],
  ] as const)
    if (!values.only || values.only === name)
      broken.push(...(await trial({ events: hurried ? events / 5 : events, random: seeded(seed), hurried })))
  if (broken.length > 0) throw new Error(broken.join('; '))
}
