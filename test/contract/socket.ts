import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Adapter } from '../../adapters/adapter.ts'
import type { Incoming } from '../../src/model/message.ts'
import { until } from '../fakes/until.ts'

/** A thing that the platform sends over the connection. */
type Push = () => unknown

/** One adapter that listens, with its fake platform around it; a fresh one a test. */
export interface SocketBench {
  adapter: Adapter
  /** Words of its log. */
  said: string[]
  /** Would hear what is pushed now. */
  standing(): boolean
  /** How often it was connected to. */
  connections(): number
  /** “收到” said to the bot in a group, message `m1`, or another by its id. */
  hello(id?: string): unknown
  /** The same in a single chat. */
  privately(): unknown
  /** Of no interest, of bots, for others, with what it needs missing, and no frames at all: nothing is heard of them. */
  silent: Record<string, Push>
  /** A press on a button that carries `value`; absent where there are no buttons. */
  press?(value: unknown): unknown
  /** The network breaks. */
  drop?(): void
  /** From now on, or no longer, the other side is there and says nothing; absent where the vendor's part watches that. */
  deafen?(deaf: boolean): void
  /** The same with a secret that is not ours. */
  stranger?(): Adapter
  /** The same, with its platform at an address that takes connections. */
  towards?(port: number): Adapter
  close(): Promise<void>
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))

/** Sockets and timers that keep this process up, by kind. */
const resources = (): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const name of process.getActiveResourcesInfo())
    if (/Timeout|TCP|TLS/.test(name)) counts[name] = (counts[name] ?? 0) + 1
  return counts
}
const sum = (counts: Record<string, number>): number => Object.values(counts).reduce((all, n) => all + n, 0)

/** Takes every connection and never says a word. */
const openMute = async () => {
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    open.add(socket)
    socket.on('error', () => undefined).on('close', () => open.delete(socket))
    // What is not read is not known to have ended.
    socket.resume()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    open,
    close: async () => {
      for (const socket of open) socket.destroy()
      await new Promise((done) => server.close(done))
    },
  }
}

/** What every adapter with a long connection promises. */
export function socketContract(name: string, open: () => Promise<SocketBench>): void {
  describe(`${name}: listening`, () => {
    let bench: SocketBench
    let heard: Incoming[]
    let failures: number
    let quit: AbortController
    let over: Promise<unknown>

    const listen = (adapter: Adapter) => {
      if (!adapter.listen) throw new Error('this adapter does not listen')
      over = adapter
        .listen(async (message) => {
          if (failures-- > 0) throw new Error('the database is away')
          heard.push(message)
          return { message, status: 'silent' }
        }, quit.signal)
        .catch((error: unknown) => error)
    }
    const connect = async () => {
      listen(bench.adapter)
      await until(bench.standing)
    }
    const hears = async (id: string) => {
      bench.hello(id)
      await until(() => heard.some((message) => message.id === id))
    }

    beforeEach(async () => {
      bench = await open()
      heard = []
      failures = 0
      quit = new AbortController()
      over = Promise.resolve()
    })
    afterEach(async () => {
      quit.abort()
      await over
      await bench.close()
    })

    it('hears what is said to it, in a group and alone', async () => {
      await connect()
      const { platform, route } = bench.adapter
      bench.hello()
      await until(() => heard.length === 1)
      expect(heard[0]).toMatchObject({ id: 'm1', platform, route, addressed: true, text: '收到' })
      expect(heard[0]?.room).toMatchObject({ platform, route, kind: 'room' })
      bench.privately()
      await until(() => heard.length === 2)
      expect(heard[1]).toMatchObject({ addressed: true, text: '收到', room: { kind: 'person', id: heard[1]?.from.id } })
    })

    it('gives what is sent again the same id', async () => {
      await connect()
      bench.hello()
      bench.hello()
      await until(() => heard.length === 2)
      expect(heard[1]?.id).toBe(heard[0]?.id)
    })

    it('lets pass what is of no interest, its own, for others, broken or no frame at all, and hears on', async () => {
      await connect()
      const connections = bench.connections()
      for (const push of Object.values(bench.silent)) push()
      await hears('m9')
      await pause(20)
      expect(heard.map(({ id }) => id)).toEqual(['m9'])
      expect(bench.connections()).toBe(connections)
    })

    it('turns a press into the frame that the button carries, and refuses any other', async () => {
      if (!bench.press) return
      await connect()
      const intent = { intent: 'list', state: 'open', offset: 12 }
      for (const value of [
        { op: 'ack' },
        { v: 1, intent: { intent: 'format-disk' } },
        { v: 1, intent: { intent: 'approve', tasks: '1' } },
        { v: 2, intent: { intent: 'help' } },
        'approve',
      ])
        bench.press(value)
      bench.press({ v: 1, intent })
      await until(() => heard.length > 0)
      await pause(20)
      expect(heard).toMatchObject([{ button: intent, addressed: true, text: '' }])
    })

    it('goes on when a message could not be stored', async () => {
      await connect()
      failures = 1
      bench.hello('m1')
      await until(() => failures <= 0)
      await hears('m2')
    })

    it('connects again when the line breaks, ten times, and hears', async () => {
      if (!bench.drop) return
      await connect()
      for (let n = 1; n <= 10; n++) {
        const before = bench.connections()
        bench.drop()
        await until(() => bench.connections() > before && bench.standing())
        await hears(`m${n}`)
      }
    })

    it('notices that the other side has fallen silent, and connects again', async () => {
      if (!bench.deafen) return
      await connect()
      const before = bench.connections()
      bench.deafen(true)
      await until(() => bench.connections() > before)
      bench.deafen(false)
      await until(bench.standing)
      await hears('m2')
    })

    it('never stands with a wrong secret', async () => {
      if (!bench.stranger) return
      listen(bench.stranger())
      await until(() => bench.said.length > 0)
      await pause(50)
      expect([bench.standing(), bench.said]).toEqual([false, expect.not.arrayContaining(['ready'])])
    })

    it('ends at once where the other side takes the connection and never says a word, and leaves nothing open', async () => {
      if (!bench.towards) return
      const mute = await openMute()
      const before = sum(resources())
      listen(bench.towards(mute.port))
      await until(() => mute.open.size > 0)
      const began = performance.now()
      quit.abort()
      await over
      expect(performance.now() - began).toBeLessThan(1000)
      await until(() => mute.open.size === 0)
      await until(() => sum(resources()) <= before)
      await mute.close()
    })

    it('leaves no timer and no socket open when it has ended', async () => {
      const before = sum(resources())
      await connect()
      for (let n = 0; n < 3 && bench.drop; n++) {
        const made = bench.connections()
        bench.drop()
        await until(() => bench.connections() > made && bench.standing())
      }
      await hears('m1')
      quit.abort()
      await over
      await until(() => sum(resources()) <= before)
    })
  })
}
