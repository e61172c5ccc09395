import { randomBytes } from 'node:crypto'
import pg from 'pg'

/** A schema of its own on the server of TEST_DATABASE_URL: its URL, SQL beside the store's, and its end. */
export const ownSchema = async (url: string) => {
  const schema = `duban_test_${randomBytes(6).toString('hex')}`
  const address = new URL(url)
  address.searchParams.set('options', `-c search_path=${schema}`)
  const admin = new pg.Pool({ connectionString: address.href, max: 4 })
  await admin.query(`create schema ${schema}`)
  return {
    schema,
    url: address.href,
    admin,
    close: async () => {
      await admin.query(`drop schema ${schema} cascade`)
      await admin.end()
    },
  }
}
