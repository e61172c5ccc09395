import type { Adapter, Sink } from '../../adapter.ts'
import type { AdapterDeps } from '../../deps.ts'
import { again, type Line, openLine } from '../../line.node.ts'
import { createPace, type Limit } from '../../pace.ts'
import { createCalls, type Frame, readFrame } from './calls.ts'
import { eventOf } from './decode.ts'
import { createHear } from './hear.ts'
import { fetchMedia } from './media.ts'
import { isWrongBot, problemOf } from './problems.ts'
import { createSpeak } from './speak.ts'

export interface WecomBotSocketConfig {
  /** The route. */
  botId: string
  secret: string
  /** wss:// */
  url: string
  /** The name that people @ in groups, to be taken out of their words. */
  botName?: string
  /** The plain id behind an encrypted one, as the corporation's own app may ask for it. */
  plainId?(id: string): Promise<string | undefined>
}

export interface WecomBotSocketTimes {
  /** Between two signs of life. */
  pingMs: number
  /** A call without an answer for so long may or may not have arrived. */
  ackMs: number
  /** Before the next connection; twice as long after each that came to nothing, up to `mostMs`. */
  againMs: number
  mostMs: number
}

const TIMES: WecomBotSocketTimes = { pingMs: 30_000, ackMs: 5000, againMs: 1000, mostMs: 60_000 }
/** Unanswered signs of life after which nobody is there. */
const MOST_MISSED = 2
/** Refusals in a row, for reasons that we do not know, after which it is not the moment. */
const MOST_REFUSED = 5
/** For a whole corporation; each conversation has a pace of its own. */
const PER_MINUTE = 1000
/** Of one conversation, answers and pushes together (page 101463). One process holds the connection, so it knows of all. */
const TO_ONE: Limit[] = [
  [30, 60_000],
  [1000, 3_600_000],
]

type End = 'kicked-out' | 'refused'

/**
 * WeCom's smart bot (智能机器人) by long connection: it hears and answers like by callback, without an address that the
 * platform can reach, and may speak where somebody has spoken to it. Frames by page 101463. Tencent's package is not used: its
 * log holds messages whole, it waits for a handshake without end, and an answer that never came is a refusal like another.
 */
export function createWecomBotSocketAdapter(
  config: WecomBotSocketConfig,
  deps: AdapterDeps,
  times: WecomBotSocketTimes = TIMES,
): Adapter {
  const { botId: route, secret } = config
  const tell = (outcome: string) => deps.log?.({ event: 'socket', platform: 'wecom', outcome })
  const calls = createCalls(times.ackMs)
  const pace = createPace(TO_ONE, deps.now)
  let standing: Line | undefined
  let subscribed = false
  let refused: number | undefined
  const speak = createSpeak({
    ...{ calls, pace, now: deps.now },
    ready: () => subscribed,
    renew: () => standing?.close(),
  })

  /** Signs of life until they are no longer answered; returns what stops them. */
  const beat = (line: Line): (() => void) => {
    let missed = 0
    const timer = setInterval(() => {
      if (missed >= MOST_MISSED) return line.close()
      missed++
      calls.call('ping').then(
        () => {
          missed = 0
        },
        () => undefined,
      )
    }, times.pingMs)
    return () => clearInterval(timer)
  }

  /** Makes the connection ours. @throws NoAnswer */
  const subscribe = async (): Promise<boolean> => {
    const code = await calls.call('aibot_subscribe', { bot_id: route, secret })
    if (code === 0) return true
    refused = code
    tell(`refused-${code}`)
    return false
  }

  /** One connection to its end: whether it had been ours, and whether that was the last word. */
  const connection = async (sink: Sink, signal: AbortSignal): Promise<{ stood: boolean; end?: End }> => {
    let stood = false
    refused = undefined
    let end: End | undefined
    let stopBeat = () => {}
    const hear = createHear({ ...config, route }, deps, calls, sink)
    const onFrame = (frame: Frame, line: Line) => {
      if (frame.cmd === undefined) return calls.heard(frame)
      if (eventOf(frame.body) !== 'disconnected_event') return hear(frame)
      end = 'kicked-out'
      line.close()
    }
    const begin = async (line: Line) => {
      if (await subscribe()) {
        stood = true
        subscribed = true
        stopBeat = beat(line)
        tell('ready')
        return
      }
      if (isWrongBot(refused ?? 0)) end = 'refused'
      line.close()
    }
    const { why } = await openLine(config.url, {
      signal,
      idleMs: (MOST_MISSED + 1) * times.pingMs,
      onOpen(line) {
        standing = line
        calls.open(line.send)
        begin(line).catch(() => line.close())
      },
      onText(text, line) {
        const frame = readFrame(text)
        if (frame) onFrame(frame, line)
        else tell('unreadable')
      },
    })
    stopBeat()
    subscribed = false
    standing = undefined
    calls.close()
    tell(end ?? why)
    return { stood, ...(end && { end }) }
  }

  return {
    platform: 'wecom',
    route,
    perMinute: PER_MINUTE,
    canStart: { room: true, person: true },
    alone: true,
    numbered: true,
    ready: () => subscribed,
    readyAt: (to) => pace.readyAt(to.id),

    async listen(sink, signal) {
      let refusals = 0
      let over: string | undefined
      await again(
        async () => {
          const { stood, end } = await connection(sink, signal)
          refusals = refused === undefined ? 0 : refusals + 1
          if (end === undefined && refusals < MOST_REFUSED) return stood ? 'good' : 'bad'
          over = end ?? 'refused'
          return 'over'
        },
        { firstMs: times.againMs, mostMs: times.mostMs, signal, random: Math.random },
      )
      // Whoever keeps the row of this app writes down why.
      if (over) throw new Error(over === 'refused' ? `refused-${refused}` : over)
    },

    async deliver(delivery) {
      await speak(delivery)
      return {}
    },

    fetchFile: (file) => fetchMedia(deps, file),

    // A connection of its own would end the one that stands, so nothing is asked.
    async probe() {
      return { identity: route, unasked: true, problems: refused === undefined ? [] : [problemOf(refused).message] }
    },
  }
}
