import { WebSocket } from 'ws'
import { openWecomGateway, socketConfig } from '../test/fakes/wecom-gateway.ts'
import { sleep, until } from './chance.ts'
import { openListeners, type Process } from './listeners.ts'
import type { Wish } from './sockets.ts'

type Gateway = Awaited<ReturnType<typeof openWecomGateway>>
type Listeners = Awaited<ReturnType<typeof openListeners>>

/** What a machine that is busy with others takes longer for everything. */
const SLACK_MS = 3000
/** What a process has not stored when it dies, is lost: the platform sends nothing again. Longer than a cold start on a busy machine. */
const ON_THE_WAY_MS = 10_000
/** Longer than the program waits before it looks for what another left behind. */
const RETRY_MS = 8000
/** Longer than the lease of a delivery that takes no key. */
const KEYLESS_MS = 60_000

/** People talk all the time, twenty a second, each in a group of their own. */
const talking = (gateway: Gateway, random: () => number) => {
  const said = new Map<string, number>()
  let unheard = 0
  let going = true
  const over = (async () => {
    while (going) {
      const id = `m${said.size + unheard}`
      try {
        gateway.says({ from: 'zhangsan', chat: `wr_${id}`, text: '本月有哪些到期任务', id })
        said.set(id, performance.now())
      } catch {
        unheard++
      }
      await sleep(20 + random() * 60)
    }
  })()
  return {
    said,
    /** Said while nobody was connected. */
    unheard: () => unheard,
    stop: () => {
      going = false
      return over
    },
  }
}

/** How long nobody listened, and from when. */
interface Change {
  signal: NodeJS.Signals | 'kicked'
  at: number
  ms: number
}

/** Ends whoever holds the connection, and starts it again when another holds it. */
const change = async (
  gateway: Gateway,
  { processes }: Listeners,
  signal: NodeJS.Signals,
  leaseMs: number,
): Promise<Change> => {
  const holder = processes.find((one) => one.holds()) as Process
  const before = gateway.seen.subscriptions
  const at = performance.now()
  const ended = holder.kill(signal)
  await until(() => gateway.seen.subscriptions > before, 3 * leaseMs + 2 * SLACK_MS)
  const ms = performance.now() - at
  await ended
  await holder.start()
  return { signal, at, ms }
}

/** A stranger with the bot's own secret takes the connection. Returns what went wrong. */
const kickOut = async (gateway: Gateway, listeners: Listeners, restMs: number): Promise<string[]> => {
  const stranger = new WebSocket(gateway.url)
  const body = { bot_id: socketConfig.botId, secret: socketConfig.secret }
  stranger.on('open', () =>
    stranger.send(JSON.stringify({ cmd: 'aibot_subscribe', headers: { req_id: 'stranger' }, body })),
  )
  await until(() => gateway.seen.kicks > 0, SLACK_MS)
  const before = gateway.seen.connections
  await sleep(0.7 * restMs)
  const fought = gateway.seen.connections > before
  const lost = await listeners.lost()
  stranger.terminate()
  const back = await until(() => gateway.seen.connections > before, restMs + SLACK_MS)
  console.log(
    `wecom: kicked out, said as “${lost}”; ${fought ? 'FOUGHT' : 'did not fight'}, ${back ? 'took it again after its rest' : 'NEVER took it again'}`,
  )
  return [
    ...(fought ? ['wecom: fought with whoever kicked it out'] : []),
    ...(lost === 'kicked-out' ? [] : [`wecom: lost is “${lost}”`]),
    ...(back ? [] : ['wecom: nobody took the connection again']),
  ]
}

/** Until every answer has ended, in lives without a kill, each later by the clock than any lease. */
const finish = async ({ processes, answers }: Listeners, advance: (ms: number) => void): Promise<void> => {
  const waiting = async () => (await answers()).filter(({ state }) => state === 'waiting').length
  for (let lives = 0; lives < 5; lives++) {
    if (await until(async () => (await waiting()) === 0, RETRY_MS)) return
    await Promise.all(processes.map(({ kill }) => kill('SIGTERM')))
    advance(KEYLESS_MS)
    await Promise.all(processes.map(({ start }) => start()))
  }
}

/** What became of each message that was said. */
const account = async (gateway: Gateway, listeners: Listeners, said: Map<string, number>, changes: Change[]) => {
  const stored = await listeners.stored()
  const shown = new Map<string, number>()
  for (const { chat } of gateway.shown) shown.set(chat, (shown.get(chat) ?? 0) + 1)
  const states = new Map((await listeners.answers()).map(({ room, ...rest }) => [room.split(':').at(-1) ?? '', rest]))
  const sum = { sent: 0, unsure: 0, arrived: 0, lost: 0, stolen: 0, oldest: 0, twice: 0, wrong: [] as string[] }
  for (const [id, at] of said) {
    const times = shown.get(`wr_${id}`) ?? 0
    const row = states.get(`wr_${id}`)
    if (times > 1) sum.twice++
    if (!stored.has(`wecom:${socketConfig.botId}:${id}`)) {
      if (changes.some((each) => each.signal === 'kicked' && at >= each.at && at < each.at + each.ms)) sum.stolen++
      else {
        sum.lost++
        // By how much the process outlived what it had not stored yet.
        const before = Math.min(...changes.flatMap((each) => (at < each.at + each.ms ? Math.max(0, each.at - at) : [])))
        sum.oldest = Math.max(sum.oldest, before)
        if (before > ON_THE_WAY_MS) sum.wrong.push(`${id} is lost`)
      }
    } else if (row?.state === 'sent' && times === 1) sum.sent++
    else if (row?.state === 'unsure' && row.error) {
      sum.unsure++
      sum.arrived += times
    } else sum.wrong.push(`${id} is ${row?.state}, shown ${times} times (${row?.error})`)
  }
  return sum
}

/** WeCom's smart bot: one listens, the other takes over; a message is answered at most once, and the doubtful are listed. */
export const onWecom = async ({ kills, leaseMs, random }: Wish): Promise<string[]> => {
  const times = { leaseMs, beatMs: leaseMs / 3, restMs: 2 * leaseMs }
  let ahead = 0
  const gateway = await openWecomGateway(() => new Date(Date.now() + ahead))
  // As a platform takes to answer, so that answers are under way all the time.
  gateway.delayAcks(100)
  const env = { WECOM_BOT_ID: socketConfig.botId, WECOM_BOT_SECRET: socketConfig.secret, WECOM_BOT_SOCKET: gateway.url }
  const listeners = await openListeners(['A', 'B'], {
    ...{ env: { ...env, BOT_NAME: socketConfig.botName }, liaison: 'wecom:zhangsan', ahead: () => ahead, times },
  })
  try {
    await Promise.all(listeners.processes.map(({ start }) => start()))
    await until(() => gateway.connected(), 2 * leaseMs + SLACK_MS)
    const talk = talking(gateway, random)
    const changes: Change[] = []
    for (let n = 0; n < kills; n++) {
      await sleep(300 + random() * 700)
      const signal = n % 4 === 1 ? 'SIGTERM' : 'SIGKILL'
      changes.push(await change(gateway, listeners, signal, leaseMs))
    }
    const { connections, kicks } = gateway.seen
    const at = performance.now()
    const broken = await kickOut(gateway, listeners, times.restMs)
    changes.push({ signal: 'kicked', at, ms: performance.now() - at })
    await sleep(1000)
    await talk.stop()
    await finish(listeners, (ms) => {
      ahead += ms
    })
    const sum = await account(gateway, listeners, talk.said, changes)
    const longest = (signal: string) =>
      Math.max(0, ...changes.flatMap((each) => (each.signal === signal ? each.ms : [])))
    const [killed, stopped] = [longest('SIGKILL'), longest('SIGTERM')]
    console.log(
      `wecom: ${connections} connections one after another, ${kicks} kicked out by another of ours; taken over after kill -9 within ${Math.round(killed)} ms, after SIGTERM within ${Math.round(stopped)} ms`,
    )
    console.log(
      `wecom: said ${talk.said.size + talk.unheard()} = answered ${sum.sent} + unsure ${sum.unsure} (of which ${sum.arrived} arrived) + lost on the way to a process that died ${sum.lost} (said at most ${Math.round(sum.oldest)} ms before) + to the stranger ${sum.stolen} + said while nobody listened ${talk.unheard()}; twice ${sum.twice}`,
    )
    console.log(listeners.duban('verify').trim())
    const promises: [boolean, string][] = [
      [kicks === 0, 'two of ours listened at once'],
      [killed <= leaseMs + times.beatMs + SLACK_MS, `${Math.round(killed)} ms without a listener`],
      [stopped <= times.beatMs + SLACK_MS, `${Math.round(stopped)} ms after a polite end`],
      [sum.twice === 0, `${sum.twice} heard it twice`],
      [sum.wrong.length === 0, sum.wrong.slice(0, 5).join(', ')],
    ]
    return [...broken, ...promises.flatMap(([kept, what]) => (kept ? [] : [`wecom: ${what}`]))]
  } finally {
    await listeners.close()
    await gateway.close()
  }
}
