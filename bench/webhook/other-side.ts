import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { type Ready, readyMessages } from './words.ts'

/** What the bench asks of this process: so many seconds, `at` messages outstanding or `rate` a second. */
export interface Drive {
  port: number
  seconds: number
  at?: number
  rate?: number
  /** Messages to make ready; the phase ends before its time where they are used up. */
  most: number
}

/** Answers within the window, a second, and the milliseconds from sending each message to its reply. */
export interface Driven {
  perSecond: number
  /** All that were taken, the uncounted ones too. */
  messages: number
  times: number[]
  /** Acknowledgements that were no 200, and messages that nobody answered. */
  refused: number
  unanswered: number
}

/** Its first part is not counted: programs warm up. */
const WARM_MS = 1500
const LAST_MS = 5000

const TOKEN = Buffer.from('{"code":0,"msg":"ok","tenant_access_token":"t-bench","expire":7200}')
const BOT = Buffer.from('{"code":0,"msg":"ok","bot":{"activate_status":2,"app_name":"督办","open_id":"ou_bot_itself"}}')

/** The open platform on a port of its own, as cheap as it goes: it takes every reply. */
const platform = async (replied: (id: string) => void): Promise<number> => {
  let refs = 0
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    const id = /\/messages\/([^/]+)\/reply/.exec(path)?.[1]
    if (id) replied(id)
    request.resume()
    request.on('end', () => {
      const sent = () => Buffer.from(`{"code":0,"msg":"success","data":{"message_id":"om_reply_${++refs}"}}`)
      const body = path.includes('/auth/') ? TOKEN : path.includes('/bot/') ? BOT : sent()
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length })
      response.end(body)
    })
  })
  server.keepAliveTimeout = 60_000
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

/** One kept-alive connection that posts one message after another. */
const open = async (port: number, acknowledged: (status: string) => void): Promise<Socket> => {
  const socket = connect(port, '127.0.0.1')
  socket.setNoDelay(true)
  await once(socket, 'connect')
  // One request is under way at a time and its answer comes in one piece: small, and from this machine.
  socket.on('data', (part) => acknowledged(part.toString('latin1', 9, 12)))
  return socket
}

interface Going {
  message: Ready
  from: number
  acknowledged: boolean
  replied: boolean
}

const createDriver = () => {
  const going = new Map<string, Going>()
  let ended = (_: Going) => {}
  const look = (one: Going) => {
    if (!one.acknowledged || (one.message.asks && !one.replied)) return
    going.delete(one.message.id)
    ended(one)
  }
  const replied = (id: string) => {
    const one = going.get(id)
    if (!one) return
    one.replied = true
    look(one)
  }

  const drive = async ({ port, seconds, at, rate, most }: Drive, first: number): Promise<Driven> => {
    const messages = readyMessages(port, most, first)
    const times: number[] = []
    let refused = 0
    let next = 0
    let begun = 0
    let last = 0
    const idle: Socket[] = []
    const send = async (): Promise<void> => {
      const message = messages[next++]
      if (!message) return
      const one: Going = { message, from: performance.now(), acknowledged: false, replied: false }
      going.set(message.id, one)
      const socket =
        idle.pop() ??
        (await open(port, (status) => {
          if (status !== '200') refused++
          const { carries } = socket as Socket & { carries?: Going }
          idle.push(socket)
          if (carries) carries.acknowledged = true
          if (carries) look(carries)
        }))
      Object.assign(socket, { carries: one })
      socket.write(message.bytes)
    }
    const start = performance.now()
    const until = start + WARM_MS + seconds * 1000
    ended = (one) => {
      const now = performance.now()
      if (one.from > start + WARM_MS && one.message.asks) times.push(now - one.from)
      if (now > start + WARM_MS && now <= until) {
        begun ||= now
        last = now
        counted++
      }
      if (at && now < until) void send()
    }
    let counted = 0
    if (at) for (let i = 0; i < at; i++) void send()
    else
      for (let sent = 0; performance.now() < until; ) {
        const due = ((performance.now() - start) / 1000) * (rate ?? 0)
        for (; sent < due; sent++) void send()
        await new Promise((done) => setTimeout(done, 1))
      }
    while (performance.now() < until && next < most) await new Promise((done) => setTimeout(done, 20))
    const patience = performance.now() + LAST_MS
    while (going.size > 0 && performance.now() < patience) await new Promise((done) => setTimeout(done, 20))
    const unanswered = going.size
    going.clear()
    for (const socket of idle) socket.destroy()
    return {
      messages: Math.min(next, most),
      perSecond: (counted - 1) / ((last - begun) / 1000),
      times,
      refused,
      unanswered,
    }
  }
  return { replied, drive }
}

/** A process of the bench's own: the people who write, and the platform that hears the replies. */
export const run = async (): Promise<void> => {
  const { replied, drive } = createDriver()
  process.send?.({ port: await platform(replied) })
  let first = 0
  process.on('message', async (asked: Drive) => {
    const driven = await drive(asked, first)
    first += asked.most
    process.send?.(driven)
  })
  process.on('disconnect', () => process.exit(0))
}
