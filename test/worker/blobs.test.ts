import { Miniflare } from 'miniflare'
import { afterAll } from 'vitest'
import { createR2Blobs } from '../../src/worker/blobs.ts'
import { blobsContract } from '../contract/blobs.ts'

const names = Array.from({ length: 8 }, (_, i) => `FILES${i}`)
const miniflare = new Miniflare({
  modules: true,
  script: 'export default {}',
  r2Buckets: names,
  compatibilityDate: '2025-01-01',
})
afterAll(() => miniflare.dispose())

let used = 0
blobsContract('R2 in miniflare', async () => {
  const bucket = (await miniflare.getR2Bucket(names[used++] ?? 'no more')) as unknown as R2Bucket
  return {
    of: (office) => createR2Blobs(bucket, office),
    damage: async (office, hash, bytes) => {
      await bucket.put(`${office}/${hash}`, bytes)
    },
  }
})
