import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { createFolderBlobs } from '../../src/node/blobs.ts'
import { blobsContract } from '../contract/blobs.ts'

const made: string[] = []
const folder = async () => {
  const root = await mkdtemp(join(tmpdir(), 'duban-blobs-'))
  made.push(root)
  return root
}
afterAll(() => Promise.all(made.map((root) => rm(root, { recursive: true }))))

blobsContract('a folder', async () => {
  const root = await folder()
  return {
    of: (office) => createFolderBlobs(root, office),
    damage: (office, hash, bytes) => writeFile(join(root, office, hash.slice(0, 2), hash), bytes),
  }
})

it('what a process that ended in between left behind is no file, and is not in the way', async () => {
  const root = await folder()
  const blobs = createFolderBlobs(root, 'a')
  const hash = await blobs.put(new TextEncoder().encode('整'))
  await rm(join(root, 'a', hash.slice(0, 2), hash))
  await writeFile(join(root, 'a', hash.slice(0, 2), `.${hash}.0123456789ab`), '半')
  await mkdir(join(root, 'a', 'zz'))
  const left: string[] = []
  for await (const one of blobs.list()) left.push(one)
  expect([left, await blobs.get(hash)]).toEqual([[], undefined])
  await blobs.put(new TextEncoder().encode('整'))
  expect(await blobs.get(hash)).toEqual(new TextEncoder().encode('整'))
  expect((await readdir(join(root, 'a', hash.slice(0, 2)))).filter((name) => !name.startsWith('.'))).toEqual([hash])
})
