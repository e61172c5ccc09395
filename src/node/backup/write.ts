import { type FileHandle, open, rename, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { create } from 'tar'
import { copyDatabase, type Holding, holdingOf } from '../../../db/sqlite-file.ts'
import { BadInput } from '../../model/problem.ts'
import { everyBlob } from '../blobs.ts'
import { alsoAs, codeOf, sha256Of, sizeOf, toDisk } from './disk.ts'
import { BLOB, DATABASE, MANIFEST, type Manifest } from './manifest.ts'
import { withStage } from './stage.ts'

export interface Written {
  offices: Holding['offices']
  files: number
  /** Files whose bytes are not what their names say: they come along as they are not. */
  damaged: number
  /** Of the archive. */
  size: number
}

type Member = Manifest['members'][number]

/** The kept files, each under a second name in the stage: what is deleted meanwhile still comes along. */
const stageFiles = async (root: string, stage: string): Promise<{ members: Member[]; damaged: number }> => {
  const members: Member[] = []
  let damaged = 0
  for await (const name of everyBlob(root)) {
    const path = `files/${name}`
    if (!BLOB.test(path)) continue
    const staged = join(stage, path)
    try {
      await alsoAs(join(root, name), staged)
    } catch (error) {
      // Swept or erased since the folder was read; the copy of the database is older and may still name it.
      if (codeOf(error) === 'ENOENT') continue
      throw error
    }
    const sha256 = await sha256Of(staged)
    if (sha256 === basename(name)) members.push({ path, size: (await sizeOf(staged)) ?? 0, sha256 })
    else damaged++
  }
  members.sort((a, b) => (a.path < b.path ? -1 : 1))
  return { members, damaged }
}

/** @throws BadInput where the path cannot be written to */
const openNew = (path: string): Promise<FileHandle> =>
  open(path, 'wx', 0o600).catch((error: unknown) => {
    const code = codeOf(error)
    throw new BadInput(`${path}：写不进去（${code === 'ENOENT' ? '没有这个文件夹' : code}）`)
  })

/** Writes the archive to the disk under a name of its own, and only then gives it its place. */
const archive = async (stage: string, members: readonly Member[], part: string, path: string): Promise<void> => {
  const file = await openNew(part)
  try {
    const paths = [MANIFEST, ...members.map((member) => member.path)]
    for await (const chunk of create({ cwd: stage, gzip: true, portable: true, strict: true }, paths))
      await file.writeFile(chunk)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(part, path)
  await toDisk(dirname(path))
}

/**
 * Copies the SQLite database and the kept files of all its offices into one archive, while a server goes on. The path
 * holds the whole archive or what it held before. @throws BadInput
 */
export const writeBackup = (
  { database, dataDir, at }: { database: string; dataDir: string; at: Date },
  path: string,
): Promise<Written> =>
  withStage({ folder: dataDir, use: 'backup' }, async (stage, beside) => {
    const part = beside(path)
    const copy = join(stage, DATABASE)
    await copyDatabase(database, copy)
    const holding = await holdingOf(copy)
    if (!holding) throw new BadInput(`${database} 不是督办的数据库：请检查 DATABASE_URL`)
    // After the database: a file is kept before a row names it.
    const { members, damaged } = await stageFiles(join(dataDir, 'files'), stage)
    members.unshift({ path: DATABASE, size: (await sizeOf(copy)) ?? 0, sha256: await sha256Of(copy) })
    const manifest: Manifest = { format: 'duban-backup', v: 1, at: at.toISOString(), ...holding, members }
    await writeFile(join(stage, MANIFEST), JSON.stringify(manifest))
    await archive(stage, members, part, path)
    return { offices: holding.offices, files: members.length - 1, damaged, size: (await sizeOf(path)) ?? 0 }
  })
