import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import type { createFakeLark } from '../fakes/lark.ts'

/** The fake open platform on a real port, so that the real transport calls it; `slow` holds back every send. */
export const openLoopback = async (fake: Pick<ReturnType<typeof createFakeLark>, 'fetch'>, slow = { sends: 0 }) => {
  const server = createAdaptorServer({
    fetch: async (request) => {
      const { pathname } = new URL(request.url)
      if (slow.sends > 0 && pathname.includes('/im/v1/messages'))
        await new Promise((done) => setTimeout(done, slow.sends))
      const body = request.method === 'GET' ? {} : { body: await request.arrayBuffer() }
      return fake.fetch(request.url, { method: request.method, headers: request.headers, ...body })
    },
  }) as Server
  let connections = 0
  server.on('connection', () => void connections++)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    domain: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    slow,
    connections: () => connections,
    close: async () => {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}
