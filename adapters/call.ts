import { readLimited } from './body.ts'
import { fromUtf8 } from './crypto.ts'
import type { AdapterDeps } from './deps.ts'
import { NoAnswer, neverLeft } from './no-answer.ts'

export { NoAnswer }

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
/** What goes out: a form as it is (multipart), anything else as JSON. */
const payload = (
  body: unknown,
  headers: Record<string, string>,
): { headers: Record<string, string>; body: FormData | string | undefined } =>
  body === undefined || body instanceof FormData
    ? { headers, body }
    : { headers: { ...headers, 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(body) }

const TIMEOUT_MS = 5000

/** One call under a time limit, answered in JSON. @throws NoAnswer */
export async function callJson(
  deps: AdapterDeps,
  method: 'GET' | 'POST' | 'PATCH',
  url: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const timeout = deps.timeout ?? TIMEOUT_MS
  const outgoing = payload(body, headers)
  const { body: text } = outgoing
  if (deps.send && !(text instanceof FormData)) {
    const asked = { method, url, headers: outgoing.headers, body: text, timeout, limit: LIMIT }
    const { status, headers: said, bytes } = await deps.send(asked)
    const header = (name: string) => {
      const value = said[name.toLowerCase()]
      return value === undefined ? null : String(value)
    }
    return { status, header, json: parse(bytes) }
  }
  const signal = AbortSignal.timeout(timeout)
  try {
    const response = await deps.fetch(url, { method, ...outgoing, signal })
    const bytes = await readLimited(response.body as ReadableStream<Uint8Array> | null, LIMIT)
    return { status: response.status, header: (name) => response.headers.get(name), json: parse(bytes) }
  } catch (error) {
    throw new NoAnswer(!neverLeft(error), signal.aborted)
  }
}

/** `redirect`: followed where absent. */
export interface FileOptions {
  headers?: Record<string, string>
  redirect?: 'manual'
}

/** One GET under a time limit, answered with at most `limit` bytes. @throws NoAnswer */
export async function callFile(
  deps: AdapterDeps,
  url: string,
  limit: number,
  options: FileOptions = {},
): Promise<FileAnswer> {
  const signal = AbortSignal.timeout((deps.timeout ?? TIMEOUT_MS) * FILE_TIMES)
  try {
    const response = await deps.fetch(url, { method: 'GET', ...options, signal })
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
