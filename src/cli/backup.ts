import { stat } from 'node:fs/promises'
import type { Config } from '../config.ts'
import { BadInput } from '../model/problem.ts'
import { placeIn, thinOut } from '../node/backup/folder.ts'
import { writeBackup } from '../node/backup/write.ts'
import { installationOf } from '../node/environment.ts'
import { dayOf } from '../time/day.ts'
import { readArgs } from './args.ts'
import { databaseFile } from './database-file.ts'
import { err, out } from './print.ts'
import { clockOf } from './runtime.ts'

const usage = 'backup FILE [--force] | backup FOLDER/ [--keep N] [--keep-days N]'

const kindOf = async (path: string): Promise<'file' | 'folder' | undefined> => {
  const found = await stat(path).catch(() => undefined)
  return found && (found.isDirectory() ? 'folder' : 'file')
}

/** A whole number of an option. @throws BadInput */
const countOf = (text: string | undefined, name: string): number | undefined => {
  if (text !== undefined && !/^[1-9]\d{0,3}$/.test(text)) throw new BadInput(`${name} 应是大于零的整数，例如 30`)
  return text === undefined ? undefined : Number(text)
}

interface Keeping {
  keep: number | undefined
  keepDays: number | undefined
}

/** Where the archive goes: the file, or in a folder (its name ends in `/`) one named by the moment. @throws BadInput */
const targetOf = async (given: string, config: Config, at: Date, { keep, keepDays }: Keeping): Promise<string> => {
  if (given.endsWith('/')) return placeIn(given, at, config.zone)
  if ((await kindOf(given)) === 'folder')
    throw new BadInput(`${given}：这是一个文件夹，请写文件名，例如 backup.tar.gz；要按时间命名放在里面，写 ${given}/`)
  if (keep !== undefined || keepDays !== undefined)
    throw new BadInput('--keep 和 --keep-days 只用于文件夹：写成 backup 文件夹/ --keep 14')
  return given
}

const shortOf = (size: number): string => `${(size / (1 << 20)).toFixed(1)}MB`

/** One archive of the database and the files of all offices; in a folder the old ones go when the new one is written. */
export const run = async (argv: string[]): Promise<void> => {
  const options = { force: { type: 'boolean' }, keep: { type: 'string' }, 'keep-days': { type: 'string' } } as const
  const { values, positionals } = readArgs(argv, options, usage)
  const [given, ...more] = positionals
  if (given === undefined || more.length > 0) throw new BadInput(`用法：duban ${usage}`)
  const { config } = installationOf(process.env, values.office)
  if (values.office !== undefined) err('备份的是整个数据库和全部存档文件，不只是这一个机关')
  const database = databaseFile(config, '备份')
  const at = clockOf(config, values)()
  const keeping = { keep: countOf(values.keep, '--keep'), keepDays: countOf(values['keep-days'], '--keep-days') }
  if ((await kindOf(database)) !== 'file') throw new BadInput(`还没有数据库 ${database}：没有什么可备份的`)
  const path = await targetOf(given, config, at, keeping)
  if ((await kindOf(path)) === 'file' && values.force !== true)
    throw new BadInput(`${path} 已存在：请换一个文件名，或加 --force 覆盖`)
  const written = await writeBackup({ database, dataDir: config.dataDir, at }, path)
  if (written.damaged > 0) err(`有${written.damaged}个文件的内容已损坏，没有备份进去：用 verify 查看`)
  const facts = written.offices.reduce((sum, office) => sum + office.facts, 0)
  out(
    `已备份 ${path}：${written.offices.length}个机关，${facts}条记录，${written.files}个文件，${shortOf(written.size)}`,
  )
  const gone = given.endsWith('/') ? await thinOut(given, dayOf(at, config.zone), keeping) : 0
  if (gone > 0) out(`清掉了${gone}个旧备份`)
}
