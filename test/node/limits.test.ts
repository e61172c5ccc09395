import { once } from 'node:events'
import type { Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import { afterEach, expect, it } from 'vitest'
import { clientAddress } from '../../src/node/client-address.ts'
import { limitServer, serverOptions } from '../../src/node/limits.ts'

/** Whoever sends slowly, or opens one connection after another, holds nothing for long. */
const limits = { headMs: 200, requestMs: 400, lookMs: 50, connections: 3 }
let server: Server
const open = async (trusted: string[] = []) => {
  const app = new Hono()
  app.post('/', async (c) => c.text(String((await c.req.arrayBuffer()).byteLength)))
  app.get('/', (c) => c.text(clientAddress(c, trusted) ?? 'nobody'))
  server = createAdaptorServer({ fetch: app.fetch, serverOptions: serverOptions(limits) }) as Server
  limitServer(server, limits)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

/** What came back until the connection was ended. */
const ended = async (socket: Socket): Promise<string> => {
  let text = ''
  socket.on('data', (bytes) => {
    text += bytes
  })
  socket.on('error', () => {})
  await once(socket, 'close')
  return text
}
/** Sends `piece` again and again for as long as it is let. */
const dripping = (socket: Socket, piece: string): Promise<string> => {
  const timer = setInterval(() => socket.writable && socket.write(piece), 20)
  return ended(socket).finally(() => clearInterval(timer))
}

it('ends a head that never ends, and a body that drips', async () => {
  const port = await open()
  const head = connect(port, '127.0.0.1')
  head.write('GET / HTTP/1.1\r\nHost: x\r\n')
  const body = connect(port, '127.0.0.1')
  body.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n')
  const [one, other] = await Promise.all([dripping(head, 'X-A: b\r\n'), dripping(body, 'x')])
  expect(one).toMatch(/^HTTP\/1\.1 408 /)
  expect(other).toMatch(/^(HTTP\/1\.1 408 |$)/)
})

it('hangs up on more connections than it may hold, and answers those that it holds', async () => {
  const port = await open()
  const held = [1, 2, 3].map(() => connect(port, '127.0.0.1'))
  await Promise.all(held.map((socket) => once(socket, 'connect')))
  expect(await ended(connect(port, '127.0.0.1'))).toBe('')
  const [first] = held
  first?.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
  expect(first && (await ended(first))).toMatch(/^HTTP\/1\.1 200 /)
})

it.each([
  ['no proxy is ours', [], '127.0.0.1'],
  ['the proxy is ours', ['127.0.0.1'], '203.0.113.9'],
  ['both proxies are ours', ['127.0.0.1', '203.0.113.9'], '198.51.100.7'],
])('knows a client where %s, and believes no header that it wrote itself', async (_, trusted, wanted) => {
  const port = await open(trusted)
  const headers = { 'x-forwarded-for': '1.1.1.1, 198.51.100.7, ::ffff:203.0.113.9', connection: 'close' }
  expect(await (await fetch(`http://127.0.0.1:${port}/`, { headers })).text()).toBe(wanted)
})
