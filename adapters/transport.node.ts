import { type ClientRequest, Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'

import type { Send } from './deps.ts'
import { NoAnswer, neverLeft } from './no-answer.ts'

/** Longer than any answer of a platform's API, and than a file that is fetched (20 MB). */
const MOST_BYTES = 21 << 20
/** An idle connection is closed before most servers close it, so that a message seldom goes out on a dead one. */
const IDLE_MS = 15_000
const WITHOUT_BODY = new Set([101, 204, 205, 304])

/** Nothing left this machine: the call was given up before there was a connection. */
class NeverConnected extends Error {
  override name = 'NeverConnected'
  readonly code = 'UND_ERR_CONNECT_TIMEOUT'
  constructor(override readonly cause: unknown) {
    super('no connection')
  }
}

async function bytesOf(incoming: IncomingMessage, limit: number): Promise<Buffer> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of incoming as AsyncIterable<Buffer>) {
    length += part.length
    if (length > limit) throw new RangeError('the answer is too long')
    parts.push(part)
  }
  return Buffer.concat(parts, length)
}

async function bodyOf(body: RequestInit['body'], headers: Headers): Promise<Buffer | undefined> {
  if (body === undefined || body === null) return undefined
  if (typeof body === 'string') return Buffer.from(body)
  // Response reads every other kind of body that fetch takes, and says its content type.
  const carrier = new Response(body)
  const type = carrier.headers.get('content-type')
  if (type && !headers.has('content-type')) headers.set('content-type', type)
  return Buffer.from(await carrier.arrayBuffer())
}

/** Whether a request has a connection by now, so that some of it may have left. */
function watchConnection(outgoing: ClientRequest, secure: boolean): () => boolean {
  let connected = false
  outgoing.once('socket', (socket) => {
    if (!socket.connecting) connected = true
    else socket.once(secure ? 'secureConnect' : 'connect', () => (connected = true))
  })
  return () => connected
}

function headersOf(incoming: IncomingMessage): Headers {
  const headers = new Headers()
  for (let i = 0; i + 1 < incoming.rawHeaders.length; i += 2) {
    headers.append(incoming.rawHeaders[i] ?? '', incoming.rawHeaders[i + 1] ?? '')
  }
  return headers
}

const createAgents = () => ({
  'http:': new HttpAgent({ keepAlive: true, timeout: IDLE_MS, maxSockets: 64 }),
  'https:': new HttpsAgent({ keepAlive: true, timeout: IDLE_MS, maxSockets: 64 }),
})
type Agents = ReturnType<typeof createAgents>

/** The short way of the few calls that a message takes: no Request, Response, Headers, stream or signal is made for them. */
export const createSend =
  (agents: Agents = createAgents()): Send =>
  ({ method, url, headers, body, timeout, limit }) =>
    new Promise((resolve, reject) => {
      const secure = url.startsWith('https:')
      const bytes = body === undefined ? undefined : Buffer.from(body)
      const outgoing = (secure ? requestHttps : requestHttp)(url, {
        method,
        headers: bytes ? { ...headers, 'content-length': bytes.length } : headers,
        agent: agents[secure ? 'https:' : 'http:'],
      })
      const connected = watchConnection(outgoing, secure)
      let timedOut = false
      const timer = setTimeout(() => {
        timedOut = true
        outgoing.destroy()
      }, timeout)
      const broken = (error?: unknown) => {
        clearTimeout(timer)
        reject(new NoAnswer(connected() && !neverLeft(error), timedOut))
      }
      outgoing.once('error', broken)
      outgoing.once('response', (incoming) => {
        const parts: Buffer[] = []
        let length = 0
        incoming.on('data', (part: Buffer) => {
          length += part.length
          if (length <= limit) parts.push(part)
          else incoming.destroy()
        })
        incoming.once('error', broken)
        incoming.once('close', () => {
          if (!incoming.complete && length <= limit) return broken()
          clearTimeout(timer)
          const all = parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts)
          const bytes = length > limit ? undefined : all
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, bytes })
        })
      })
      outgoing.end(bytes)
    })

/**
 * A `fetch` for Node over kept-alive connections: Node 20's own costs some 360 µs a call more. Follows no redirects,
 * takes no compressed answers, reads at most `mostBytes`; everything else of a call (method, headers, body, signal) is
 * the standard's. Rejects like fetch: with the signal's reason, or with an error whose `code` is Node's; where the signal
 * came before there was a connection, with one whose code says that nothing left.
 */
export function createKeepAliveFetch({ mostBytes = MOST_BYTES, agents = createAgents() } = {}): typeof fetch {
  const send = async (url: URL, init: RequestInit): Promise<Response> => {
    const { signal } = init
    signal?.throwIfAborted()
    const headers = new Headers(init.headers)
    const body = await bodyOf(init.body, headers)
    if (body) headers.set('content-length', String(body.length))
    const secure = url.protocol === 'https:'

    const incoming = await new Promise<IncomingMessage>((resolve, reject) => {
      const outgoing = (secure ? requestHttps : requestHttp)(url, {
        method: init.method ?? 'GET',
        headers: Object.fromEntries(headers),
        agent: agents[secure ? 'https:' : 'http:'],
        ...(signal ? { signal: signal as AbortSignal } : {}),
      })
      const connected = watchConnection(outgoing, secure)
      outgoing.once('response', resolve)
      outgoing.once('error', (error) =>
        reject(!connected() && (secure || signal?.aborted) ? new NeverConnected(signal?.reason ?? error) : error),
      )
      outgoing.end(body)
    })
    const status = incoming.statusCode ?? 0
    const bytes = await bytesOf(incoming, mostBytes)
    return new Response(WITHOUT_BODY.has(status) ? null : bytes, { status, headers: headersOf(incoming) })
  }

  return (async (input: string | URL | Request, init?: RequestInit) => {
    const whole = input instanceof Request ? new Request(input, init) : undefined
    const url = new URL(whole?.url ?? String(input))
    try {
      return await send(url, whole ?? init ?? {})
    } catch (error) {
      const signal = init?.signal ?? whole?.signal
      throw signal?.aborted && !(error instanceof NeverConnected) ? signal.reason : error
    }
  }) as typeof fetch
}
