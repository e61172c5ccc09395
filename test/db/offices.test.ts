import { migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import { isolation } from '../contract/isolation/isolation.ts'

isolation('offices on SQLite', async () => {
  const store = await openSqlite(':memory:')
  await migrate(store)
  const unused = () => Promise.reject(new Error('takes no SQL of a test'))
  return { store, apply: unused, run: unused, close: () => store.close() }
}, ['writes'])
