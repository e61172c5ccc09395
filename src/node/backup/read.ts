import { createHash } from 'node:crypto'
import {
  closeSync,
  createReadStream,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  statfsSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { Parser, type ReadEntry } from 'tar'
import { BadInput } from '../../model/problem.ts'
import { codeOf } from './disk.ts'
import { MANIFEST, Manifest } from './manifest.ts'

/** Of the manifest: some 200 bytes for each kept file. */
const MANIFEST_MOST = 64 << 20
/** What tar adds to a member: its header, the rest of its last block, and a longer name's own header and block. */
const FRAME = 4096

const refused = (why: string): BadInput => new BadInput(`备份文件不能用：${why}。什么也没有改动`)

/** @throws BadInput where it is no manifest of ours, or says more than the disk can hold */
const readManifest = (path: string, folder: string): Manifest => {
  let said: unknown
  try {
    said = JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    throw refused('清单读不出来')
  }
  const v = (said as { v?: unknown } | null)?.v
  if (typeof v === 'number' && v > 1) throw refused('它是更新版本的程序做的，请先升级本程序')
  const read = Manifest.safeParse(said)
  if (!read.success) throw refused('清单不是本程序写的')
  const { bavail, bsize } = statfsSync(folder)
  const size = sizeOf(read.data)
  if (size > bavail * bsize) throw refused(`里面的内容有${Math.ceil(size / (1 << 20))}MB，磁盘上放不下`)
  return read.data
}

const sizeOf = ({ members }: Manifest): number => members.reduce((sum, { size }) => sum + size, 0)

interface Expected {
  path: string
  size: number
  sha256?: string
}

/** Writes a member under its name, and says at its end whether it is what was expected. */
const takeMember = (entry: ReadEntry, expected: Expected, stage: string, ended: (right: boolean) => void): void => {
  const path = join(stage, expected.path)
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const file = openSync(path, 'wx', 0o600)
  const hash = createHash('sha256')
  entry.on('data', (chunk) => {
    hash.update(chunk)
    writeSync(file, chunk)
  })
  entry.on('end', () => {
    fsyncSync(file)
    closeSync(file)
    ended(expected.sha256 === undefined || hash.digest('hex') === expected.sha256)
  })
}

/** Follows an archive member by member; `stopped` is the first thing that is wrong with it. */
const createTaking = (stage: string) => {
  let manifest: Manifest | undefined
  let taken = 0
  let stopped: Error | undefined
  let most = MANIFEST_MOST + FRAME

  /** Each member counts only in its place and at its size: nothing is written of what the manifest does not name. */
  const nextOf = (entry: ReadEntry): Expected | undefined =>
    manifest ? manifest.members[taken] : { path: MANIFEST, size: Math.min(entry.size, MANIFEST_MOST) }

  const ended = (right: boolean, path: string): void => {
    if (!right) throw refused(`${path} 与清单不符`)
    if (manifest) taken++
    else {
      const own = join(stage, MANIFEST)
      manifest = readManifest(own, stage)
      most = statSync(own).size + sizeOf(manifest) + (manifest.members.length + 4) * FRAME
    }
  }
  const stopOn = (work: () => void): void => {
    try {
      work()
    } catch (error) {
      stopped ??= error as Error
    }
  }
  return {
    /** How many bytes the whole may have, as far as is known. */
    most: () => most,
    stopped: () => stopped,
    stop: (error: Error) =>
      stopOn(() => {
        throw error
      }),
    take: (entry: ReadEntry): void => {
      const expected = nextOf(entry)
      const right = expected && entry.path === expected.path && entry.size === expected.size && entry.type === 'File'
      stopOn(() => {
        if (stopped || !right) entry.resume()
        if (!right) throw refused(`里面有清单上没有的东西（${entry.path.slice(0, 80)}）`)
        if (!stopped) takeMember(entry, expected, stage, (same) => stopOn(() => ended(same, expected.path)))
      })
    },
    /** @throws BadInput where something was wrong or is missing */
    whole: (): Manifest => {
      if (stopped) throw stopped
      if (!manifest || taken !== manifest.members.length) throw refused('它不完整')
      return manifest
    },
  }
}

/** Lets through no more than the archive may hold, and only a tar: the parser would open a second wrapping by itself. */
const counting = ({ most, stop }: ReturnType<typeof createTaking>) => {
  let read = 0
  return (chunk: Buffer): void => {
    if (read === 0 && !chunk.toString('latin1').startsWith(MANIFEST)) stop(refused('它不是备份文件'))
    read += chunk.length
    if (read > most()) stop(refused('它比清单上说的大'))
  }
}

/**
 * Unpacks an archive into the stage and checks it against its manifest: first the manifest, then each member that it
 * names, in its order, as a plain file with that size and digest, and nothing else. @throws BadInput
 */
export const unpack = async (path: string, stage: string): Promise<Manifest> => {
  const taking = createTaking(stage)
  const parser = new Parser({ strict: true, onReadEntry: taking.take })
  parser.on('ignoredEntry', () => taking.stop(refused('里面有不是文件的东西')))
  const parsed = new Promise<void>((done, fail) => {
    parser.on('end', done)
    parser.on('error', fail)
  })
  const count = counting(taking)
  const fed = pipeline(createReadStream(path), createGunzip(), async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      count(chunk)
      const wrong = taking.stopped()
      if (wrong) throw wrong
      parser.write(chunk)
    }
    parser.end()
  })
  try {
    await Promise.all([fed, parsed])
  } catch (error) {
    const known = taking.stopped()
    if (known) throw known
    const code = codeOf(error)
    if (code === 'ENOENT') throw new BadInput(`${path}：文件不存在`)
    if (code === 'EISDIR') throw new BadInput(`${path}：这是一个文件夹`)
    if (code === 'ENOSPC') throw error
    throw refused('它不是备份文件，或者不完整')
  }
  return taking.whole()
}
