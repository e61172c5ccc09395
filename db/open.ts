import { migrate } from './migrate.ts'
import type { Store } from './store.ts'

const openUrl = async (url: string): Promise<Store> => {
  if (/^postgres(ql)?:\/\//.test(url)) return (await import('./postgres.ts')).openPostgres(url)
  if (!url.startsWith('file:')) throw new Error('DATABASE_URL begins with file: or postgres://')
  return (await import('./sqlite.ts')).openSqlite(url.slice('file:'.length))
}

/** Opens what DATABASE_URL names (`file:PATH`, `file::memory:`, `postgres://…`) and brings it to this program's version. */
export const openStore = async (url: string): Promise<Store> => {
  const store = await openUrl(url)
  try {
    await migrate(store)
    return store
  } catch (error) {
    await store.close()
    throw error
  }
}
