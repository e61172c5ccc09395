import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import type { createFakeDingtalk } from './dingtalk.ts'

interface Ack {
  code: number
  headers: { messageId: string; contentType: string }
  data: string
}

interface Subscription {
  type: string
  topic: string
}

/** The gateway of the long connection, on a loopback port; who asks it where to connect is asked for the app's secret. */
export const openDingtalkGateway = async (fake: ReturnType<typeof createFakeDingtalk>) => {
  const { clientId, clientSecret } = fake.config
  const tickets = new Map<string, Subscription[]>()
  let refusing = false
  const ticketIn = (url = '') => new URL(url, 'ws://gateway').searchParams.get('ticket') ?? ''
  const verifyClient = ({ req }: { req: IncomingMessage }) => !refusing && tickets.has(ticketIn(req.url))
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', verifyClient })
  await once(server, 'listening')
  const endpoint = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/connect`
  const open: { socket: WebSocket; subscriptions: Subscription[] }[] = []
  const acks = new Map<string, (ack: Ack) => void>()
  const seen = { asked: [] as number[], connections: 0, pings: 0, subscriptions: [] as Subscription[] }
  let count = 0
  let deaf = false

  fake.api.post('/v1.0/gateway/connections/open', async (c) => {
    seen.asked.push(performance.now())
    const body = await c.req.json()
    if (c.req.header('accept') !== 'application/json') return c.text('<xml/>')
    if (body.clientId !== clientId || body.clientSecret !== clientSecret)
      return c.json({ code: 'authFailed', message: '鉴权失败' }, 401)
    const ticket = `ticket +/${++count}`
    tickets.set(ticket, body.subscriptions)
    return c.json({ endpoint, ticket })
  })

  server.on('connection', (socket, request) => {
    const subscriptions = tickets.get(ticketIn(request.url)) ?? []
    // A ticket opens one connection.
    tickets.delete(ticketIn(request.url))
    seen.connections++
    seen.subscriptions = subscriptions
    const one = { socket, subscriptions }
    open.push(one)
    socket.on('close', () => open.splice(open.indexOf(one), 1))
    socket.on('error', () => undefined)
    socket.on('ping', () => {
      seen.pings++
    })
    socket.on('message', (data) => {
      const ack = JSON.parse(String(data)) as Ack
      if (ack.code !== 200 || ack.headers.contentType !== 'application/json' || typeof ack.data !== 'string')
        throw new Error(`no acknowledgement: ${data}`)
      acks.get(ack.headers.messageId)?.(ack)
    })
    if (deaf) socket.pause()
  })

  return {
    endpoint,
    seen,
    connected: () => open.length,
    /** From now on a handshake comes to nothing, or again to something. */
    refuse: (is: boolean) => {
      refusing = is
    },
    /** New connections hear nothing, and answer no ping: half open. */
    deafen: (is: boolean) => {
      deaf = is
    },
    /** Whatever it is, to the newest connection. */
    raw: (text: string | Buffer) => open.at(-1)?.socket.send(text),
    /** A frame to the oldest connection or the newest, and what comes back for it. */
    push: (type: string, topic: string, data: unknown, to: 'oldest' | 'newest' = 'newest') => {
      const one = to === 'newest' ? open.at(-1) : open[0]
      if (!one) throw new Error('nobody is connected')
      const subscribed = one.subscriptions.some((each) => each.type === type && [topic, '*'].includes(each.topic))
      if (type !== 'SYSTEM' && !subscribed) throw new Error(`nobody subscribed to ${topic}`)
      const messageId = `frame_${++count}`
      const answer = new Promise<{ code: number; data: unknown }>((done) =>
        acks.set(messageId, ({ code, data }) => done({ code, data: JSON.parse(data) })),
      )
      const headers = { topic, messageId, contentType: 'application/json', time: '1', appId: 'a', connectionId: 'c' }
      one.socket.send(JSON.stringify({ specVersion: '1.0', type, headers, data: JSON.stringify(data) }))
      return answer
    },
    drop: (which: 'oldest' | 'newest' = 'newest') => (which === 'newest' ? open.at(-1) : open[0])?.socket.terminate(),
    close: async () => {
      for (const { socket } of open) socket.terminate()
      await new Promise((done) => server.close(done))
    },
  }
}
