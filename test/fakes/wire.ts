/** A webhook's request as bytes that a test may change before it becomes a Request. */
export interface Wire {
  method: 'GET' | 'POST'
  url: string
  headers: Record<string, string>
  body: string
}

export const toRequest = ({ method, url, headers, body }: Wire): Request =>
  new Request(url, method === 'GET' ? { method, headers } : { method, headers, body })

/** What a fake platform does with the next call instead of answering properly. */
export type Fault =
  | { status: number; body?: unknown; headers?: Record<string, string> }
  | 'slow'
  | 'broken'
  | 'unreachable'

interface App {
  fetch(request: Request): Response | Promise<Response>
}

/** An app as `fetch`: `fault` takes the next thing to go wrong on a path. A slow call ends when the caller gives up. */
export function fetchOf(app: App, fault: (path: string) => Fault | undefined): typeof fetch {
  return (async (input: string | URL | Request, init?: RequestInit) => {
    const request = new Request(input, init)
    const wrong = fault(new URL(request.url).pathname)
    if (wrong === undefined) return app.fetch(request)
    if (wrong === 'broken') throw new TypeError('fetch failed', { cause: code('ECONNRESET') })
    if (wrong === 'unreachable') throw new TypeError('fetch failed', { cause: code('ECONNREFUSED') })
    if (wrong === 'slow') return untilAborted(init?.signal ?? undefined)
    const body = typeof wrong.body === 'string' ? wrong.body : JSON.stringify(wrong.body ?? {})
    return new Response(body, { status: wrong.status, headers: wrong.headers ?? {} })
  }) as typeof fetch
}

const code = (name: string) => Object.assign(new Error(name), { code: name })

const untilAborted = (signal: AbortSignal | undefined) =>
  new Promise<never>((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason))
  })
