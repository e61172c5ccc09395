import { setTimeout as pause } from 'node:timers/promises'
import type { Incoming } from '../../src/model/message.ts'
import { DeliveryError, Refused } from '../../src/model/problem.ts'
import type { Adapter, Sink } from '../adapter.ts'
import type { AdapterDeps } from '../deps.ts'
import { again, type Line, openLine } from '../line.node.ts'
import type { DingtalkAccount } from './client.ts'
import { ackOf, isDisconnect, isRobotMessage, readFrame } from './frame.ts'
import { askGateway } from './gateway.ts'
import { createDingtalkAdapter } from './index.ts'
import { createRead } from './read.ts'

export interface DingtalkSocketTimes {
  /** Before a connection is asked for again; twice as long each time, up to `mostMs`. */
  firstMs: number
  mostMs: number
  /** A connection that ended sooner came to nothing. */
  goodMs: number
  /** Without a word for so long the line is dead. */
  idleMs: number
  /** The platform closes a line ten seconds after it has said so; one that it forgot we close ourselves. */
  lingerMs: number
  /** Pauses before what could not be stored is tried again: the platform may never send it a second time. */
  storeMs: readonly number[]
}

const TIMES: DingtalkSocketTimes = {
  firstMs: 1_000,
  mostMs: 60_000,
  goodMs: 10_000,
  idleMs: 30_000,
  lingerMs: 60_000,
  storeMs: [500, 2_000, 8_000, 30_000],
}

/** Promises under way, so that an end can wait for them. */
const createUnderWay = () => {
  const open = new Set<Promise<unknown>>()
  return {
    add<T>(work: Promise<T>): Promise<T> {
      open.add(work)
      void work.finally(() => open.delete(work))
      return work
    },
    settled: () => Promise.all(open),
  }
}

/**
 * A robot of DingTalk's by long connection (Stream): what is said to it comes over a socket that we open, so no public
 * address is needed; the door of the HTTP callback stands beside it, for the console decides which one is used. Every
 * process may have its connection: the platform gives each message to one of them.
 */
export function createDingtalkSocketAdapter(
  config: DingtalkAccount,
  deps: AdapterDeps,
  times: DingtalkSocketTimes = TIMES,
  random: () => number = Math.random,
): Adapter {
  const read = createRead(config, deps)
  const adapter = createDingtalkAdapter(config, deps, read)
  // The log takes single words.
  const tell = (outcome: string) =>
    deps.log?.({ event: 'socket', platform: 'dingtalk', outcome: outcome.replace(/\W+/g, '-') })

  const messageIn = (data: string): Incoming | undefined => {
    try {
      return read(JSON.parse(data))
    } catch (error) {
      if (!(error instanceof Refused) && !(error instanceof SyntaxError)) throw error
      tell('undecodable')
      return undefined
    }
  }

  /** It has been acknowledged by now, so it is not given up at the first trouble. Never rejects. */
  const store = async (message: Incoming, sink: Sink, signal: AbortSignal): Promise<void> => {
    for (const wait of [...times.storeMs, undefined]) {
      try {
        await sink(message)
        return
      } catch {
        tell('failed')
        if (wait === undefined || signal.aborted) return tell('lost')
        await pause(wait, undefined, { signal }).catch(() => undefined)
      }
    }
  }

  const listen = async (sink: Sink, signal: AbortSignal): Promise<void> => {
    const underWay = createUnderWay()

    const connection = async (): Promise<'good' | 'bad'> => {
      const url = await askGateway(config, deps).catch((error: unknown) => {
        tell(`gateway ${error instanceof DeliveryError ? error.reason : 'failed'}`)
        throw error
      })
      const began = performance.now()
      const worth = () => (performance.now() - began >= times.goodMs ? 'good' : 'bad')
      let linger: NodeJS.Timeout | undefined

      return new Promise((done) => {
        const onText = (text: string, line: Line) => {
          const frame = readFrame(text)
          if (!frame) return tell('unreadable')
          const ack = ackOf(frame)
          if (ack !== undefined) line.send(ack)
          if (isDisconnect(frame)) {
            // This one goes on hearing until it is closed; the next is opened meanwhile.
            linger ??= setTimeout(line.close, times.lingerMs)
            tell('replaced')
            done(worth())
          }
          const message = isRobotMessage(frame) ? messageIn(frame.data) : undefined
          if (message) void underWay.add(store(message, sink, signal))
        }
        const line = openLine(url, { signal, onText, onOpen: () => tell('ready'), idleMs: times.idleMs })
        const ended = line.then(({ opened, why }) => {
          clearTimeout(linger)
          tell(why)
          done(opened ? worth() : 'bad')
        })
        void underWay.add(ended)
      })
    }

    await again(connection, { firstMs: times.firstMs, mostMs: times.mostMs, signal, random })
    await underWay.settled()
  }

  return {
    ...adapter,
    listen,
    async probe() {
      const known = await adapter.probe()
      if (known.problems.length > 0) return known
      const why = await askGateway(config, deps).then(
        () => [],
        (error: Error) => [
          `Stream 长连接开不了（${error.message}）：开放平台 本应用 › 机器人 › 消息接收模式 选“Stream模式”并发布`,
        ],
      )
      return { ...known, problems: why }
    },
  }
}
