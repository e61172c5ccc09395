import { readLimited } from './body.ts'
import { fromUtf8 } from './crypto.ts'
import type { AdapterDeps } from './deps.ts'

/** No answer came. `sent` is false only where the request surely never left (name not found, connection refused). */
export class NoAnswer extends Error {
  override name = 'NoAnswer'
  constructor(
    readonly sent: boolean,
    readonly timedOut: boolean,
  ) {
    super(timedOut ? '没有在限时内回答' : sent ? '连接中断' : '连不上')
  }
}

export interface Answer {
  status: number
  header(name: string): string | null
  /** The parsed body, undefined where it is no JSON or too long. */
  json: unknown
}

/** A file, or what the platform says instead of one. */
export interface FileAnswer extends Answer {
  /** Undefined where it is longer than was asked for. */
  bytes: Uint8Array | undefined
}

const LIMIT = 1 << 20
/** A file may take so many times as long as another call. */
const FILE_TIMES = 12
const NEVER_LEFT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_INVALID_URL',
])

/** Node's fetch hides the reason in `cause`. */
function neverLeft(error: unknown): boolean {
  for (let e = error; e instanceof Error; e = e.cause) {
    if (NEVER_LEFT.has(String((e as { code?: unknown }).code))) return true
  }
  return false
}

/** What goes out: a form as it is (multipart), anything else as JSON. */
const payload = (body: unknown, headers: Record<string, string>): Pick<RequestInit, 'headers' | 'body'> =>
  body === undefined || body instanceof FormData
    ? { headers, body }
    : { headers: { ...headers, 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(body) }

/** One call under a time limit, answered in JSON. @throws NoAnswer */
export async function callJson(
  deps: AdapterDeps,
  method: 'GET' | 'POST' | 'PATCH',
  url: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const signal = AbortSignal.timeout(deps.timeout ?? 5000)
  try {
    const response = await deps.fetch(url, {
      method,
      ...payload(body, headers),
      signal,
    })
    const bytes = await readLimited(response.body as ReadableStream<Uint8Array> | null, LIMIT)
    return { status: response.status, header: (name) => response.headers.get(name), json: parse(bytes) }
  } catch (error) {
    throw new NoAnswer(!neverLeft(error), signal.aborted)
  }
}

/** One GET under a time limit, answered with at most `limit` bytes. @throws NoAnswer */
export async function callFile(
  deps: AdapterDeps,
  url: string,
  limit: number,
  headers: Record<string, string> = {},
): Promise<FileAnswer> {
  const signal = AbortSignal.timeout((deps.timeout ?? 5000) * FILE_TIMES)
  try {
    const response = await deps.fetch(url, { method: 'GET', headers, signal })
    const bytes = await readLimited(response.body as ReadableStream<Uint8Array> | null, limit)
    const json = /\bjson\b/.test(response.headers.get('content-type') ?? '') ? parse(bytes) : undefined
    return { status: response.status, header: (name) => response.headers.get(name), json, bytes }
  } catch (error) {
    throw new NoAnswer(!neverLeft(error), signal.aborted)
  }
}

function parse(bytes: Uint8Array | undefined): unknown {
  try {
    return bytes && JSON.parse(fromUtf8(bytes))
  } catch {
    return undefined
  }
}
