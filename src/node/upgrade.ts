import { chmod, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { openStore, type Upgrade } from '../../db/open.ts'
import { createSealing } from '../../db/sealing.ts'
import { copyDatabase, holdingOf } from '../../db/sqlite-file.ts'
import type { Store } from '../../db/store.ts'
import type { Config } from '../config.ts'
import { codeOf, toDisk } from './backup/disk.ts'

/** Of the databases as they were before an upgrade, so many are kept beside the file. */
const KEPT = 3

interface Opening {
  now(): Date
  /** Is told in one line what is done to a database that was there. */
  tell(line: string): void
  /** Under whichever key identity columns stand. */
  anyKey?: boolean
}

const stampOf = (at: Date): string => at.toISOString().replace(/[-:]|\.\d+/g, '')

/** The older of the kept ones go. Their names end in the moment. */
const thinOut = async (path: string): Promise<void> => {
  const start = `${basename(path)}.before-`
  const named = (await readdir(dirname(path))).filter((name) => name.startsWith(start) && /-\d{8}T\d{6}Z$/.test(name))
  const momentOf = (name: string) => name.slice(name.lastIndexOf('-'))
  const newest = named.sort((a, b) => (momentOf(a) < momentOf(b) ? 1 : -1))
  for (const name of newest.slice(KEPT)) await rm(join(dirname(path), name), { force: true })
}

/**
 * Puts a whole copy of the database file beside it, as it stands before the first of `names`. Undefined where another
 * process was quicker and the file is no longer the old one. @throws Error where it cannot be written
 */
const keep = async (path: string, { from, names }: Upgrade, at: Date): Promise<string | undefined> => {
  const kept = `${path}.before-${names[0]?.slice(0, 4)}-${stampOf(at)}`
  const part = `${kept}.part-${process.pid}`
  try {
    await copyDatabase(path, part)
    if ((await holdingOf(part))?.migrations.length !== from) return undefined
    await chmod(part, 0o600)
    await toDisk(part)
    await rename(part, kept)
    await toDisk(dirname(path))
    return kept
  } catch (error) {
    throw new Error(
      `升级数据库以前要原样留一份，没有留成（${codeOf(error) ?? '原因不明'}），没有升级：请看磁盘的空间和权限`,
    )
  } finally {
    await rm(part, { force: true })
  }
}

/**
 * Opens the database and brings it to this program's version; a SQLite file that was made by an older program is kept beside
 * it as it was. @throws WrongVersion for one of a newer program, WrongKey
 */
export const openDatabase = async (
  { database, connections, identityKeys }: Pick<Config, 'database' | 'connections' | 'identityKeys'>,
  { now, tell, anyKey }: Opening,
): Promise<Store> => {
  const before = async (upgrade: Upgrade) => {
    const versions = `数据库由第 ${upgrade.from} 版升到第 ${upgrade.from + upgrade.names.length} 版`
    if (database.kind !== 'sqlite') return tell(versions)
    const kept = await keep(database.path, upgrade, now())
    if (kept === undefined) return
    tell(`${versions}，原来的留在 ${kept}`)
    await thinOut(database.path)
  }
  return openStore(database.kind === 'sqlite' ? `file:${database.path}` : database.url, before, {
    ...{ connections, anyKey },
    sealing: await createSealing(identityKeys),
  })
}
