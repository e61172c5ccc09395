import type { Blobs } from '../flow/blobs.ts'

const HASH = /^[0-9a-f]{64}$/

const hashOf = async (bytes: Uint8Array): Promise<string> =>
  [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')

/** Blobs in a bucket of R2: `<office>/<hash>`. A put is there whole or not at all, and R2 itself checks the hash on its way in. */
export const createR2Blobs = (bucket: R2Bucket, office: string): Blobs => {
  // What is encoded holds no slash, so no office's name begins another's.
  const prefix = `${encodeURIComponent(office)}/`
  const at = (hash: string): string => {
    if (!HASH.test(hash)) throw new Error('not the hash of a file')
    return prefix + hash
  }
  return {
    put: async (bytes) => {
      const hash = await hashOf(bytes)
      await bucket.put(at(hash), bytes, { sha256: hash })
      return hash
    },
    get: async (hash) => {
      const found = await bucket.get(at(hash))
      if (!found) return undefined
      const bytes = new Uint8Array(await found.arrayBuffer())
      if ((await hashOf(bytes)) !== hash) throw new Error('a kept file is damaged')
      return bytes
    },
    since: async (hash) => (await bucket.head(at(hash)))?.uploaded,
    delete: async (hash) => bucket.delete(at(hash)),
    async *list() {
      let cursor: string | undefined
      do {
        const page: R2Objects = await bucket.list({ prefix, ...(cursor !== undefined && { cursor }) })
        for (const { key } of page.objects) if (HASH.test(key.slice(prefix.length))) yield key.slice(prefix.length)
        cursor = page.truncated ? page.cursor : undefined
      } while (cursor !== undefined)
    },
  }
}
