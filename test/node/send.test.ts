import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createThreadSend } from '../../src/node/send.ts'

const server = createServer(async (request, response) => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  if (request.url === '/silent') return
  if (request.url === '/broken') return void request.socket.destroy()
  response.writeHead(201, { 'x-method': request.method, 'x-type': request.headers['content-type'] })
  response.end(Buffer.concat(parts))
})
let base = ''
beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.close()
  server.closeAllConnections()
})

const calls = createThreadSend()
const call = (path: string, body = '', { timeout = 5000, limit = 1000, to = base } = {}) =>
  calls({ method: 'POST', url: to + path, headers: { 'content-type': 'text/plain' }, body, timeout, limit })

it('makes calls in a thread, each with its own answer, and leaves none behind', async () => {
  const answers = await Promise.all(['一', '二', '三'].map((word) => call('/', word)))
  expect(answers.map(({ bytes }) => Buffer.from(bytes ?? []).toString())).toEqual(['一', '二', '三'])
  expect(answers[0]).toMatchObject({ status: 201, headers: { 'x-method': 'POST', 'x-type': 'text/plain' } })
  expect((await call('/', 'x'.repeat(1001))).bytes).toBeUndefined()
  expect(process.getActiveResourcesInfo().filter((name) => name === 'MessagePort')).toEqual([])
})

it('says of what got no answer whether it may have arrived', async () => {
  await expect(call('/broken')).rejects.toMatchObject({ name: 'NoAnswer', sent: true, timedOut: false })
  await expect(call('/silent', '', { timeout: 100 })).rejects.toMatchObject({ sent: true, timedOut: true })
  const refused = createServer().listen(0, '127.0.0.1')
  await once(refused, 'listening')
  const to = `http://127.0.0.1:${(refused.address() as AddressInfo).port}`
  refused.close()
  await once(refused, 'close')
  await expect(call('/', '', { to })).rejects.toMatchObject({ sent: false, timedOut: false })
  expect((await call('/', '还在')).status).toBe(201)
})
