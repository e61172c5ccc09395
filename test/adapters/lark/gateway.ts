import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { decodeClient, decodeFrame, encodeBinary, encodeFrame, type Frame } from './frames.ts'

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'

/** What the bot answered to an event. */
export interface Ack {
  code: number
  data?: unknown
}

/** The platform's side of the long connection on a loopback port: where to connect, then frames over a WebSocket; `api` is the rest of it. */
export const openGateway = async (secrets: { appId: string; appSecret: string }, api?: typeof fetch) => {
  const sockets = new Set<Socket>()
  const acks = new Map<string, (ack: Ack) => void>()
  const seen = { discoveries: 0, connections: 0, pings: 0 }
  /** What the next discoveries say instead of yes. */
  const refusals: number[] = []
  let deaf = false
  let count = 0

  const server = createServer(async (request, response) => {
    let body = ''
    for await (const part of request) body += part
    if (api && request.url?.startsWith('/open-apis/')) {
      const { authorization = '' } = request.headers
      const sent = request.method === 'GET' ? {} : { body }
      const answer = await api(`http://open${request.url}`, {
        method: request.method ?? 'GET',
        headers: { authorization },
        ...sent,
      })
      response.writeHead(answer.status, { 'content-type': 'application/json' })
      return response.end(await answer.text())
    }
    seen.discoveries++
    const { AppID, AppSecret } = JSON.parse(body)
    const known = AppID === secrets.appId && AppSecret === secrets.appSecret
    const code = refusals.shift() ?? (known ? 0 : 514)
    const at = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/ws?device_id=1&service_id=7`
    const times = { PingInterval: 1, ReconnectCount: -1, ReconnectInterval: 0.05, ReconnectNonce: 0 }
    response.setHeader('content-type', 'application/json')
    return response.end(JSON.stringify({ code, msg: '', data: { URL: code === 0 ? at : '', ClientConfig: times } }))
  })

  const take = (frame: Frame) => {
    if (frame.headers.type === 'ping') seen.pings++
    if (frame.method !== 1) return
    const { code, data } = JSON.parse(frame.payload.toString())
    const said = data === undefined ? {} : { data: JSON.parse(Buffer.from(data, 'base64').toString()) }
    const id = frame.headers.message_id ?? ''
    acks.get(id)?.({ code, ...said })
    acks.delete(id)
  }

  server.on('upgrade', (request, socket: Socket) => {
    const accept = createHash('sha1').update(`${request.headers['sec-websocket-key']}${GUID}`).digest('base64')
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-accept: ${accept}\r\n\r\n`,
    )
    seen.connections++
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
    socket.on('end', () => socket.destroy())
    server.emit('connected', socket)
    let rest = Buffer.alloc(0)
    socket.on('data', (part) => {
      rest = Buffer.concat([rest, part])
      let read = 0
      for (const frame of decodeClient(rest)) {
        read = frame.read
        if (frame.opcode !== 2) continue
        const decoded = decodeFrame(frame.data)
        take(decoded)
        const pong = { method: 0, headers: { type: 'pong' }, payload: Buffer.alloc(0) }
        if (decoded.headers.type === 'ping' && !deaf) socket.write(encodeBinary(encodeFrame(pong)))
      }
      rest = rest.subarray(read)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  return {
    domain: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    refusals,
    /** Pings are no longer answered: the link is half open. */
    deafen: () => {
      deaf = true
    },
    hear: () => {
      deaf = false
    },
    connected: () => sockets.size,
    /**
     * An event as it is, in one frame or in `parts`, and what the bot acknowledged it with. As the platform does: what
     * was not acknowledged when its connection broke is sent again on the next one.
     */
    push: (plain: string, parts = 1): Promise<Ack> => {
      const id = `frame-${++count}`
      const bytes = Buffer.from(plain)
      const size = Math.ceil(bytes.length / parts)
      let on: Socket | undefined
      const send = (socket: Socket) => {
        on = socket.once('close', again)
        for (let seq = 0; seq < parts; seq++) {
          const headers = { type: 'event', message_id: id, sum: String(parts), seq: String(seq), trace_id: id }
          const payload = bytes.subarray(seq * size, (seq + 1) * size)
          socket.write(encodeBinary(encodeFrame({ method: 1, headers, payload })))
        }
      }
      const again = () => {
        if (acks.has(id) && server.listening) server.once('connected', send)
      }
      const [socket] = sockets
      if (!socket) throw new Error('nobody is connected')
      const ack = new Promise<Ack>((done) => acks.set(id, done))
      send(socket)
      return ack.finally(() => on?.off('close', again))
    },
    /** Whatever it is, as one binary message. */
    raw: (bytes: Buffer) => {
      for (const socket of sockets) socket.write(encodeBinary(bytes))
    },
    drop: () => {
      for (const socket of sockets) socket.destroy()
    },
    close: async () => {
      for (const socket of sockets) socket.destroy()
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}
