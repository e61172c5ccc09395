import { rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { WrongKey } from '../../../db/errors.ts'
import { keyNamed, markOf, requireKey } from '../../../db/mark.ts'
import { missing } from '../../../db/migrate.ts'
import { migrations } from '../../../db/migrations/index.ts'
import { openStore } from '../../../db/open.ts'
import { createSealing, type Keys } from '../../../db/sealing.ts'
import { type Holding, holdAlone, holdingOf } from '../../../db/sqlite-file.ts'
import type { Store } from '../../../db/store.ts'
import { verifyLedger } from '../../flow/verify.ts'
import { BadInput } from '../../model/problem.ts'
import { createFolderBlobs, everyBlob } from '../blobs.ts'
import { alsoAs, codeOf, moveTo, sizeOf, toDisk } from './disk.ts'
import { DATABASE, type Manifest } from './manifest.ts'
import { unpack } from './read.ts'
import { withStage } from './stage.ts'

export interface Restored {
  offices: Holding['offices']
  files: number
  /** Where what was there before is kept, or undefined where there was nothing. */
  kept: string | undefined
  /** What does not hold in the restored ledgers, one line each. */
  broken: string[]
}

interface Place {
  database: string
  dataDir: string
  at: Date
  /** Of the identity columns in the backup. */
  identityKeys: Keys
}

/** The unpacked database is the one that the manifest tells of, and none of a newer program. @throws BadInput */
const checkDatabase = async (path: string, manifest: Manifest): Promise<void> => {
  const holding = await holdingOf(path).catch(() => undefined)
  const same = holding && JSON.stringify([holding.migrations, holding.offices])
  if (same !== JSON.stringify([manifest.migrations, manifest.offices]))
    throw new BadInput('备份文件不能用：里面的数据库与清单不符。什么也没有改动')
  try {
    missing(manifest.migrations, migrations.sqlite)
  } catch {
    throw new BadInput('备份文件来自更新版本的程序：请先升级本程序再恢复。什么也没有改动')
  }
}

/** The backup's identity columns stand otherwise than now: to change that is another command's, on a database in its place. */
const strangeKey = (error: unknown): never => {
  if (!(error instanceof WrongKey)) throw error
  throw new BadInput(
    '备份里的身份信息不是用现在的 IDENTITY_KEY 加密的：请照备份时的设（那时没有设的，就去掉）再恢复，然后可用 duban keys apply 换成现在的。什么也没有改动',
  )
}

/**
 * The keys under which it stands are at hand. One that was made while `keys apply` was not done needs both, and is gone on
 * with in its place. @throws BadInput
 */
const requireKeys = async (store: Store): Promise<void> => {
  const { id, to } = await markOf(store)
  if (to === undefined) return requireKey(store).catch(strangeKey)
  if ([id, to].some((one) => one !== '' && !store.sealing.known.includes(one)))
    throw new BadInput(
      `备份是在更换密钥没有做完时做的（${keyNamed(id)} → ${keyNamed(to)}）：请照那时的设好 IDENTITY_KEY 和 IDENTITY_KEY_OLD 再恢复，然后再执行 duban keys apply。什么也没有改动`,
    )
}

/** Brings the unpacked database to this program's version and walks its ledgers, with their files beside them. */
const checkLedgers = async (stage: string, { offices }: Manifest, keys: Keys): Promise<string[]> => {
  const sealing = await createSealing(keys)
  const store = await openStore(`file:${join(stage, DATABASE)}`, undefined, { sealing, anyKey: true })
  try {
    await requireKeys(store)
    const broken: string[] = []
    for (const { office } of offices) {
      const blobs = createFolderBlobs(join(stage, 'files'), office)
      const verdict = await verifyLedger(store.of(office), { blobs })
      broken.push(...verdict.broken.map((line) => (offices.length > 1 ? `${office} ${line}` : line)))
    }
    return broken
  } finally {
    await store.close()
  }
}

/** What a database that is to make room holds: nothing that anybody did, something, or something that is none of ours. */
const whatIsThere = async (path: string): Promise<'nothing' | 'empty' | 'ledger' | 'strange'> => {
  if ((await sizeOf(path)) === undefined) return 'nothing'
  try {
    const holding = await holdingOf(path)
    if (!holding) return (await sizeOf(path)) === 0 ? 'empty' : 'strange'
    return holding.offices.some(({ facts }) => facts > 0) ? 'ledger' : 'empty'
  } catch {
    return 'strange'
  }
}

/** A name beside the path that nothing has yet, told by the time. */
const besideOf = async (path: string, at: Date): Promise<string> => {
  const stem = `${path}.${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`
  for (let n = 1; ; n++) {
    const name = n === 1 ? stem : `${stem}-${n}`
    if ((await sizeOf(name)) === undefined) return name
  }
}

/** Gives what was there a second name, the database and its files; the first names stay until they are taken over. */
const keepBefore = async ({ database, dataDir, at }: Place): Promise<string> => {
  const kept = await besideOf(database, at)
  await alsoAs(database, kept)
  const [files, keptFiles] = [join(dataDir, 'files'), join(dataDir, `files${kept.slice(database.length)}`)]
  for await (const name of everyBlob(files)) await alsoAs(join(files, name), join(keptFiles, name))
  return kept
}

/**
 * Files first: they are named by what they hold, so those that are there are the same, and until the database has its
 * place nothing names the new ones. The one rename of the database is the moment at which all is restored.
 */
const putInPlace = async ({ database, dataDir }: Place, stage: string, { members }: Manifest): Promise<void> => {
  for (const { path } of members) if (path !== DATABASE) await moveTo(join(stage, path), join(dataDir, path))
  await toDisk(join(stage, DATABASE))
  for (const rest of ['-wal', '-shm', '-journal']) await rm(`${database}${rest}`, { force: true })
  await moveTo(join(stage, DATABASE), database)
  await toDisk(dirname(database))
}

const alone = async (database: string, there: string): Promise<{ release(): void }> => {
  if (there === 'nothing') return { release: () => undefined }
  const held = await holdAlone(database).catch((error: unknown) => {
    if (codeOf(error) === 'SQLITE_NOTADB') return { release: () => undefined }
    throw error
  })
  if (!held) throw new BadInput(`${database} 正在使用：请先停下服务（和别的 duban 命令），再恢复。什么也没有改动`)
  return held
}

/**
 * Puts back what `writeBackup` wrote: all of it is checked before anything is touched. A database that holds a ledger is
 * replaced only by `force`, and is kept beside. @throws BadInput, and then nothing is changed
 */
export const restoreBackup = (place: Place, path: string, force: boolean): Promise<Restored> =>
  withStage({ folder: dirname(place.database), use: `${basename(place.database)}.restore` }, async (stage) => {
    const manifest = await unpack(path, stage)
    await checkDatabase(join(stage, DATABASE), manifest)
    const there = await whatIsThere(place.database)
    if ((there === 'ledger' || there === 'strange') && !force)
      throw new BadInput(
        `${place.database} 里已有内容：要换成备份里的，加 --force（原来的会改名留在旁边）。什么也没有改动`,
      )
    const broken = await checkLedgers(stage, manifest, place.identityKeys)
    const held = await alone(place.database, there)
    try {
      const kept = there === 'ledger' || there === 'strange' ? await keepBefore(place) : undefined
      await putInPlace(place, stage, manifest)
      return { offices: manifest.offices, files: manifest.members.length - 1, kept, broken }
    } finally {
      held.release()
    }
  })
