import { BadInput } from '../model/problem.ts'
import { restoreBackup } from '../node/backup/restore.ts'
import { installationOf } from '../node/environment.ts'
import { readArgs } from './args.ts'
import { databaseFile } from './database-file.ts'
import { err, out } from './print.ts'
import { clockOf } from './runtime.ts'

const usage = 'restore FILE [--force]'
const SHOWN = 20

/** Puts an archive of `backup` back, and says how its ledgers stand. */
export const run = async (argv: string[]): Promise<void> => {
  const { values, positionals } = readArgs(argv, { force: { type: 'boolean' } }, usage)
  const [path, ...more] = positionals
  if (path === undefined || more.length > 0) throw new BadInput(`用法：duban ${usage}`)
  const { config } = installationOf(process.env)
  const place = {
    database: databaseFile(config, '恢复'),
    dataDir: config.dataDir,
    at: clockOf(config, values)(),
    identityKeys: config.identityKeys,
  }
  const { offices, files, kept, broken } = await restoreBackup(place, path, values.force === true)
  if (kept) err(`原来的数据库留在 ${kept}`)
  const facts = offices.reduce((sum, office) => sum + office.facts, 0)
  out(`已恢复 ${path}：${offices.length}个机关，${facts}条记录，${files}个文件`)
  for (const line of broken.slice(0, SHOWN)) err(line)
  if (broken.length > 0) throw new Error(`已恢复，但台账有${broken.length}处对不上（备份时就是这样）`)
  out('台账完整')
}
