import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import type { Blobs } from '../../src/flow/blobs.ts'
import { createFolderBlobs } from '../../src/node/blobs.ts'

/** Where the offices of a test file keep their files: a folder of its own, gone after its cases. */
export const filesOf = (): ((office: string) => Blobs) => {
  const root = mkdtempSync(join(tmpdir(), 'duban-files-'))
  afterAll(() => rmSync(root, { recursive: true, force: true }))
  return (office) => createFolderBlobs(root, office)
}
