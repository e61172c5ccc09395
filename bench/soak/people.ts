import { connect, type Socket } from 'node:net'
import { sleep } from '../chance.ts'
import { type Ready, readyMessages } from '../webhook/words.ts'

/** One message in so many comes again some seconds later though it was taken: the platform did not hear it. */
const AGAIN_ONE_IN = 20
const AGAIN_AFTER_MS = 2000
const WAITING_MS = 10_000

/** Statuses of the acknowledgements; 0 where there was none. */
type Statuses = Map<string, number>

/**
 * The people of sixty units: so many signed messages a second, made a second's worth at a time, on as many kept-alive
 * connections as it takes. Messages keep their pace whatever the server does.
 */
export const createPeople = (port: number, rate: number) => {
  const statuses: Statuses = new Map()
  const asked: Ready[] = []
  const silent: Ready[] = []
  const idle: Socket[] = []
  let repeated = 0
  let underWay = 0
  const count = (status: string) => statuses.set(status, (statuses.get(status) ?? 0) + 1)

  /** A connection that is still good: the server closes what was idle for some seconds. */
  const kept = (): Socket | undefined => {
    for (let socket = idle.pop(); socket; socket = idle.pop())
      if (socket.writable && !socket.readableEnded) return socket
    return undefined
  }
  const later = (message: Ready): void => {
    underWay++
    setTimeout(() => {
      underWay--
      repeated++
      send(message)
    }, AGAIN_AFTER_MS)
  }
  const send = (message: Ready): void => {
    const socket = kept() ?? connect(port, '127.0.0.1').setNoDelay(true)
    underWay++
    const settle = (status: string, keeps: boolean) => {
      for (const name of ['data', 'error', 'close', 'timeout']) socket.removeAllListeners(name)
      socket.on('error', () => undefined)
      underWay--
      count(status)
      // What was not taken comes again until it is, as a platform does it.
      if (status !== '200') later(message)
      if (keeps) idle.push(socket)
      else socket.destroy()
    }
    socket.setTimeout(WAITING_MS)
    // One request is under way on it at a time, and its answer comes in one piece: small, and from this machine.
    socket.once('data', (part) => settle(part.toString('latin1', 9, 12), true))
    for (const name of ['error', 'close', 'timeout'] as const) socket.once(name, () => settle('none', false))
    socket.write(message.bytes)
  }

  const say = (message: Ready, n: number): void => {
    ;(message.asks ? asked : silent).push({ ...message, bytes: Buffer.alloc(0) })
    send(message)
    if (n % AGAIN_ONE_IN === 0) later(message)
  }
  return {
    /** Talks until that moment of `performance.now()`. */
    talk: async (until: number): Promise<void> => {
      const began = performance.now()
      let ready: Ready[] = []
      for (let n = 0; performance.now() < until; await sleep(2)) {
        for (; n < ((performance.now() - began) / 1000) * rate; n++) {
          if (ready.length === 0) ready = readyMessages(port, rate, n)
          say(ready.shift() as Ready, n)
        }
      }
    },
    /** Requests that wait for their acknowledgement, or to be sent again. */
    underWay: () => underWay,
    asked: (): readonly Ready[] => asked,
    silent: (): readonly Ready[] => silent,
    repeated: () => repeated,
    statuses: (): Statuses => statuses,
    close: () => {
      for (const socket of idle) socket.destroy()
    },
  }
}
