import { requireKey } from './mark.ts'
import { behindOf, migrate } from './migrate.ts'
import type { Sealing } from './sealing.ts'
import type { Store } from './store.ts'

interface Options {
  /** Connections at most, where there is a server. */
  connections?: number | undefined
  /** How identity columns stand; as they are where absent. */
  sealing?: Sealing | undefined
  /** Under whichever key they stand: for who is about to change that. */
  anyKey?: boolean | undefined
}

const openUrl = async (url: string, options: Options): Promise<Store> => {
  if (/^postgres(ql)?:\/\//.test(url))
    return (await import('./postgres.ts')).openPostgres(url, {
      connections: options.connections,
      sealing: options.sealing,
    })
  if (!url.startsWith('file:')) throw new Error('DATABASE_URL begins with file: or postgres://')
  return (await import('./sqlite.ts')).openSqlite(url.slice('file:'.length), { sealing: options.sealing })
}

/** A database with rows is about to be changed: it has taken `from` migrations, and `names` are those that come. */
export interface Upgrade {
  dialect: Store['dialect']
  from: number
  names: readonly string[]
}

/**
 * Opens what DATABASE_URL names (`file:PATH`, `file::memory:`, `postgres://…`) and brings it to this program's version;
 * `before` is done first where that changes what is there, and nothing is changed where it throws. @throws WrongVersion, WrongKey
 */
export const openStore = async (
  url: string,
  before?: (upgrade: Upgrade) => Promise<void>,
  options: Options = {},
): Promise<Store> => {
  const store = await openUrl(url, options)
  try {
    const applied = await store.applied()
    const behind = behindOf(store.dialect, applied)
    if (before && applied.length > 0 && behind.length > 0)
      await before({ dialect: store.dialect, from: applied.length, names: behind.map(({ name }) => name) })
    await migrate(store)
    if (!options.anyKey) await requireKey(store)
    return store
  } catch (error) {
    await store.close()
    throw error
  }
}
