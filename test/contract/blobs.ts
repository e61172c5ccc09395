import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Blobs } from '../../src/flow/blobs.ts'
import { bytesDigest } from '../../src/flow/chain.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)

const all = async (blobs: Blobs): Promise<string[]> => {
  const found: string[] = []
  for await (const hash of blobs.list()) found.push(hash)
  return found.sort()
}

export interface Kept {
  of(office: string): Blobs
  /** What a disk or a careless hand does to what is kept under a hash. */
  damage(office: string, hash: string, bytes: Uint8Array): Promise<void>
}

/** What every place that keeps bytes does. Offices of the cases are their own. */
export const blobsContract = (name: string, open: () => Promise<Kept>): void => {
  describe(`blobs: ${name}`, () => {
    it('gives back what was put in, under its SHA-256; the same bytes are there once', async () => {
      const blobs = (await open()).of('same')
      const bytes = new Uint8Array(randomBytes(300_000))
      const hash = await blobs.put(bytes)
      expect(hash).toBe(bytesDigest(bytes))
      expect(await blobs.put(bytes)).toBe(hash)
      expect(await blobs.put(new Uint8Array())).toBe(bytesDigest(new Uint8Array()))
      expect(await all(blobs)).toEqual([hash, bytesDigest(new Uint8Array())].sort())
      const back = await blobs.get(hash)
      expect(back && bytesDigest(back)).toBe(hash)
      expect((await blobs.get(bytesDigest(new Uint8Array())))?.length).toBe(0)
    })

    it('puts the same bytes in from several hands at once', async () => {
      const blobs = (await open()).of('hands')
      const hashes = await Promise.all(Array.from({ length: 6 }, () => blobs.put(bytesOf('佐证'))))
      expect(new Set(hashes).size).toBe(1)
      expect(await all(blobs)).toEqual([hashes[0]])
    })

    it('knows nothing of what another office keeps, whatever the offices are called', async () => {
      const kept = await open()
      const hash = await kept.of('a').put(bytesOf('甲的'))
      for (const other of ['b', '..', '../a', 'a/', 'A', '甲', '.', 'a%2F', '']) {
        const blobs = kept.of(other)
        expect([other, await blobs.get(hash), await all(blobs)]).toEqual([other, undefined, []])
        await blobs.delete(hash)
      }
      expect(await all(kept.of('a'))).toEqual([hash])
    })

    it('says so where the bytes are no longer what their name says', async () => {
      const kept = await open()
      const blobs = kept.of('damage')
      const hash = await blobs.put(bytesOf('原样'))
      await kept.damage('damage', hash, bytesOf('改过'))
      await expect(blobs.get(hash)).rejects.toThrow('damaged')
      await kept.damage('damage', hash, new Uint8Array())
      await expect(blobs.get(hash)).rejects.toThrow('damaged')
      await blobs.put(bytesOf('原样'))
      expect(await blobs.get(hash)).toEqual(bytesOf('原样'))
    })

    it('refuses what is no hash, and so leads to no other file', async () => {
      const blobs = (await open()).of('names')
      for (const hash of ['', 'x', '../../etc/passwd', 'A'.repeat(64), `${'a'.repeat(63)}/`, `${'a'.repeat(64)}\n`]) {
        await expect(blobs.get(hash)).rejects.toThrow('not the hash')
        await expect(blobs.delete(hash)).rejects.toThrow('not the hash')
      }
    })

    it('knows since when it keeps something, anew with each put', async () => {
      const blobs = (await open()).of('since')
      const hash = await blobs.put(bytesOf('何时'))
      const first = await blobs.since(hash)
      expect(Math.abs(Date.now() - (first?.getTime() ?? 0))).toBeLessThan(60_000)
      await blobs.put(bytesOf('何时'))
      expect((await blobs.since(hash))?.getTime()).toBeGreaterThanOrEqual(first?.getTime() ?? 0)
      expect(await blobs.since(bytesDigest(bytesOf('没有')))).toBeUndefined()
    })

    it('forgets what is deleted, and is content where there was nothing', async () => {
      const blobs = (await open()).of('gone')
      const hash = await blobs.put(bytesOf('要删的'))
      await blobs.delete(hash)
      await blobs.delete(hash)
      expect([await blobs.get(hash), await all(blobs)]).toEqual([undefined, []])
    })
  })
}
