import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sleep } from './chance.ts'

/**
 * What goes wrong with one send: refused (429 or 500) or broken off before it is accepted; or accepted, and then the
 * answer lost, cut in half, no JSON, or too late to be waited for; `coded` is a refusal inside a 200, `dead` a token that
 * the platform calls dead.
 */
export type Trouble = 'busy' | 'error' | 'unheard' | 'coded' | 'dead' | 'lost' | 'half' | 'garbled' | 'late'

export interface Roughness {
  /** Decided anew for each send; undefined: it goes well. */
  trouble?(): Trouble | undefined
  /** Milliseconds that a send takes, half of them before it is accepted. */
  latency?(): number
}

interface Behind {
  fetch: typeof fetch
  /** Takes every token back. */
  revoke?(): void
}

/** Longer than an adapter waits. */
const LATE_MS = 6000

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString()
}

const json = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(body))
}

/** Before it is accepted. False: go on. */
const refused = (wrong: Trouble | undefined, response: ServerResponse): boolean => {
  if (wrong === 'busy') json(response, 429, { code: 99991400, msg: 'busy' }, { 'x-ogw-ratelimit-reset': '2' })
  else if (wrong === 'error') json(response, 500, { code: 5000, msg: 'error' })
  else if (wrong === 'coded') json(response, 200, { code: 230020, msg: 'too often' })
  else if (wrong === 'unheard') response.destroy()
  else return false
  return true
}

/** A platform on a real port that behaves badly at its sends; `down` refuses everything. */
export const openRough = async (behind: Behind, isSend: (path: string) => boolean, given: Roughness = {}) => {
  const state = { ...given, down: false }
  const seen = { sends: 0, troubles: 0 }
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request)
    const path = request.url ?? '/'
    if (state.down) {
      if (refused(seen.troubles++ % 2 ? 'error' : 'unheard', response)) return
    }
    const send = isSend(path)
    if (send) seen.sends++
    const wrong = send ? state.trouble?.() : undefined
    if (wrong) seen.troubles++
    const half = send ? (state.latency?.() ?? 0) / 2 : 0
    await sleep(half)
    if (refused(wrong, response)) return
    if (wrong === 'dead') behind.revoke?.()
    const answered = await behind.fetch(`http://platform.test${path}`, {
      method: request.method ?? 'GET',
      headers: request.headers as Record<string, string>,
      ...(request.method === 'GET' ? {} : { body }),
    })
    await sleep(half)
    if (wrong === 'lost') return void response.destroy()
    if (wrong === 'late') await sleep(LATE_MS)
    const bytes = wrong === 'garbled' ? Buffer.from('<html>') : Buffer.from(await answered.arrayBuffer())
    response.writeHead(answered.status, { 'content-type': 'application/json', 'content-length': String(bytes.length) })
    if (wrong !== 'half') return void response.end(bytes)
    response.write(bytes.subarray(0, bytes.length / 2))
    response.destroy()
  }
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    domain: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    state,
    seen,
    close: async () => {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}
