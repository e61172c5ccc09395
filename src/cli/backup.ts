import { stat } from 'node:fs/promises'
import type { Config } from '../config.ts'
import { BadInput } from '../model/problem.ts'
import { writeBackup } from '../node/backup/write.ts'
import { installationOf } from '../node/environment.ts'
import { readArgs } from './args.ts'
import { err, out } from './print.ts'
import { clockOf } from './runtime.ts'

const usage = 'backup FILE [--force]'

/** The path of the database file. @throws BadInput where it is none that is copied or put back here */
export const databaseFile = ({ database }: Config, what: string): string => {
  if (database.kind === 'postgres')
    throw new BadInput(
      `PostgreSQL 的数据库不由本命令${what}：用 pg_dump 和 DATA_DIR 的 files 文件夹，做法见 docs/oversight.md`,
    )
  if (database.path === ':memory:') throw new BadInput(`内存里的数据库不能${what}：请把 DATABASE_URL 设为 file:…`)
  return database.path
}

const kindOf = async (path: string): Promise<'file' | 'folder' | undefined> => {
  const found = await stat(path).catch(() => undefined)
  return found && (found.isDirectory() ? 'folder' : 'file')
}

/** One archive of the database and the files of all offices. */
export const run = async (argv: string[]): Promise<void> => {
  const { values, positionals } = readArgs(argv, { force: { type: 'boolean' } }, usage)
  const [path, ...more] = positionals
  if (path === undefined || more.length > 0) throw new BadInput(`用法：duban ${usage}`)
  const { config } = installationOf(process.env, values.office)
  if (values.office !== undefined) err('备份的是整个数据库和全部存档文件，不只是这一个机关')
  const database = databaseFile(config, '备份')
  const there = await kindOf(path)
  if (there === 'folder') throw new BadInput(`${path}：这是一个文件夹，请写文件名，例如 backup.tar.gz`)
  if (there === 'file' && values.force !== true) throw new BadInput(`${path} 已存在：请换一个文件名，或加 --force 覆盖`)
  if ((await kindOf(database)) !== 'file') throw new BadInput(`还没有数据库 ${database}：没有什么可备份的`)
  const written = await writeBackup({ database, dataDir: config.dataDir, at: clockOf(config, values)() }, path)
  if (written.damaged > 0) err(`有${written.damaged}个文件的内容已损坏，没有备份进去：用 verify 查看`)
  const facts = written.offices.reduce((sum, office) => sum + office.facts, 0)
  const size = (written.size / (1 << 20)).toFixed(1)
  out(`已备份 ${path}：${written.offices.length}个机关，${facts}条记录，${written.files}个文件，${size}MB`)
}
