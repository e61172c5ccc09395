import type { Config } from '../config.ts'
import { BadInput } from '../model/problem.ts'

/** The path of the database file. @throws BadInput where it is none that is copied or put back here */
export const databaseFile = ({ database }: Config, what: string): string => {
  if (database.kind === 'postgres')
    throw new BadInput(
      `PostgreSQL 的数据库不由本命令${what}：用 pg_dump 和 DATA_DIR 的 files 文件夹，做法见 docs/oversight.md`,
    )
  if (database.path === ':memory:') throw new BadInput(`内存里的数据库不能${what}：请把 DATABASE_URL 设为 file:…`)
  return database.path
}
