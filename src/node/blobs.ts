import { createHash, randomBytes } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Blobs } from '../flow/blobs.ts'

const HASH = /^[0-9a-f]{64}$/

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

const absent = (error: unknown): boolean => (error as { code?: string }).code === 'ENOENT'

/** The new name itself is safe: a power cut after it forgets neither. */
const syncFolder = async (folder: string): Promise<void> => {
  const entry = await open(folder, 'r')
  try {
    await entry.sync()
  } finally {
    await entry.close()
  }
}

/** What is written is under its name whole or not at all: a process that ends in between leaves a part that nobody reads. */
const writeWhole = async (folder: string, name: string, bytes: Uint8Array): Promise<void> => {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const part = join(folder, `.${name}.${randomBytes(6).toString('hex')}`)
  try {
    const file = await open(part, 'wx', 0o600)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(part, join(folder, name))
    await syncFolder(folder)
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}

/** Office names are the deployer's own; as a folder's name each is written so that none leads elsewhere. */
const folderOf = (office: string): string => encodeURIComponent(office).replaceAll('.', '%2E')

/** Every kept file of every office under the root, by its path from there (`<office>/<first two signs>/<hash>`). */
export const everyBlob = async function* (root: string): AsyncGenerator<string> {
  const names = (folder: string) =>
    readdir(folder).catch((error: unknown) => {
      if (absent(error)) return []
      throw error
    })
  for (const office of await names(root))
    for (const shelf of await names(join(root, office)))
      for (const name of await names(join(root, office, shelf))) if (HASH.test(name)) yield join(office, shelf, name)
}

/** Blobs in a folder of this machine: `<root>/<office>/<first two signs>/<hash>`. */
export const createFolderBlobs = (root: string, office: string): Blobs => {
  const base = join(root, folderOf(office))
  const at = (hash: string): [folder: string, name: string] => {
    if (!HASH.test(hash)) throw new Error('not the hash of a file')
    return [join(base, hash.slice(0, 2)), hash]
  }
  return {
    put: async (bytes) => {
      const hash = hashOf(bytes)
      await writeWhole(...at(hash), bytes)
      return hash
    },
    get: async (hash) => {
      const bytes = await readFile(join(...at(hash))).catch((error: unknown) => {
        if (absent(error)) return undefined
        throw error
      })
      if (bytes && hashOf(bytes) !== hash) throw new Error('a kept file is damaged')
      return bytes && new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)
    },
    delete: async (hash) => rm(join(...at(hash)), { force: true }),
    async *list() {
      const shelves = await readdir(base).catch((error: unknown) => {
        if (absent(error)) return []
        throw error
      })
      for (const shelf of shelves) for (const name of await readdir(join(base, shelf))) if (HASH.test(name)) yield name
    },
  }
}
