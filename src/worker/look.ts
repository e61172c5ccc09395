import type { Body, Look } from '../flow/link-check.ts'

/** What has come when there is enough, when it ends, or when its time is over. */
const bodyOf = async (response: Response, most: number): Promise<Body> => {
  const bytes = new Uint8Array(most)
  let size = 0
  let cut = false
  const reader = response.body?.getReader()
  for (;;) {
    const part = await reader?.read().catch(() => undefined)
    if (!part) cut = reader !== undefined
    if (!part?.value) break
    const room = part.value.subarray(0, most - size)
    bytes.set(room, size)
    size += room.length
    if (room.length < part.value.length) cut = true
    if (size === most) break
  }
  void reader?.cancel().catch(() => undefined)
  return { bytes: bytes.slice(0, size), type: response.headers.get('content-type') ?? '', cut }
}

/** Workers reach no network but the public one, so the rules for hosts are all that it takes. What is packed comes unpacked. */
export const look: Look = async (url, { most, signal }) => {
  const response = await fetch(url.href, { redirect: 'manual', signal })
  const { status, headers } = response
  const head = { status, location: headers.get('location') }
  if (most > 0 && status >= 200 && status < 300) return { ...head, body: await bodyOf(response, most) }
  await response.body?.cancel()
  return head
}
