import Client from 'better-sqlite3'

/** Rows of a database file as they stand, without waiting for anybody. */
export const rowsOf = <T>(path: string, sql: string): T[] => {
  const client = new Client(path, { readonly: true })
  try {
    return client.prepare(sql).all() as T[]
  } finally {
    client.close()
  }
}
