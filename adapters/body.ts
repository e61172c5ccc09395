import { Refused } from '../src/model/problem.ts'
import { concat } from './crypto.ts'

/** What came in, or undefined as soon as it is longer than `limit` bytes; content-length is not asked, it may lie. */
export async function readLimited(
  stream: ReadableStream<Uint8Array> | null,
  limit: number,
): Promise<Uint8Array | undefined> {
  if (!stream) return new Uint8Array(0)
  const reader = stream.getReader()
  const parts: Uint8Array[] = []
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return parts.length === 1 && parts[0] ? parts[0] : concat(...parts)
    length += value.length
    if (length > limit) {
      await reader.cancel().catch(() => undefined)
      return undefined
    }
    parts.push(value)
  }
}

const WHOLE = /^\d{1,9}$/

/** What a length is given for cannot be longer: whoever parses HTTP reads no further. In one piece it costs a fraction of a stream. */
const readKnown = async (request: Request, limit: number): Promise<Uint8Array | undefined> => {
  const bytes = new Uint8Array(await request.arrayBuffer())
  return bytes.length <= limit ? bytes : undefined
}

/** The raw bytes of a webhook. @throws Refused 413 over `limit` bytes, 401 where the sender broke off */
export async function readBody(request: Request, limit: number): Promise<Uint8Array> {
  let bytes: Uint8Array | undefined
  try {
    const length = request.headers.get('content-length') ?? ''
    const known = WHOLE.test(length) && Number(length) <= limit && !request.headers.has('transfer-encoding')
    bytes = known
      ? await readKnown(request, limit)
      : await readLimited(request.body as ReadableStream<Uint8Array> | null, limit)
  } catch {
    throw new Refused(401)
  }
  if (!bytes) throw new Refused(413)
  return bytes
}
