import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

const TOKEN = '{"code":0,"msg":"ok","tenant_access_token":"t-bench","expire":7200}'
const BOT = '{"code":0,"msg":"ok","bot":{"activate_status":2,"app_name":"督办","open_id":"ou_bot_itself"}}'

/**
 * The open platform of a soak: takes every reply, and remembers of which message how many came, by their keys. A repeat
 * under the same key is one message to it, as it is to the real one.
 */
export const openPlatform = async () => {
  /** Keys of the replies to each message. */
  const replies = new Map<string, Set<string>>()
  let refs = 0
  const server = createServer(async (request, response) => {
    const path = request.url ?? ''
    const id = /\/messages\/([^/]+)\/reply/.exec(path)?.[1]
    let body = ''
    for await (const part of request) body += part
    if (id) {
      const { uuid } = JSON.parse(body) as { uuid: string }
      const known = replies.get(id)
      if (known) known.add(uuid)
      else replies.set(id, new Set([uuid]))
    }
    const sent = () => `{"code":0,"msg":"success","data":{"message_id":"om_reply_${++refs}"}}`
    response.setHeader('content-type', 'application/json')
    response.end(path.includes('/auth/') ? TOKEN : path.includes('/bot/') ? BOT : sent())
  })
  server.keepAliveTimeout = 60_000
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    domain: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Different replies that a message had. */
    repliesTo: (id: string): number => replies.get(id)?.size ?? 0,
    answered: () => replies.size,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
