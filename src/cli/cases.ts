import { compactDatabase } from '../../db/sqlite-file.ts'
import { type CaseTraces, eraseCase, foreseeCaseErasure } from '../flow/erase/case.ts'
import { BadInput } from '../model/problem.ts'
import { readArgs } from './args.ts'
import { err, out } from './print.ts'
import { stampOf, withRuntime } from './runtime.ts'

const usage = 'cases erase 依申请2026-3 --reason 理由 [--yes]'

const tracesTold = ({ facts, notices }: CaseTraces): string => `${facts}条记录里的文字；${notices}条消息`

/** Shows what would go; with `--yes` names, contacts and texts of a case go, out of the file's bytes too. */
export const run = async (argv: string[]): Promise<void> => {
  const { values, positionals } = readArgs(argv, { reason: { type: 'string' }, yes: { type: 'boolean' } }, usage)
  const [verb, number, ...more] = positionals
  if (verb !== 'erase' || !number || more.length > 0) throw new BadInput(`用法：duban ${usage}`)
  const reason = values.reason?.trim()
  if (!reason) throw new BadInput(`清除要写明理由，例如 cases erase ${number} --reason 申请人要求`)
  await withRuntime(values, async ({ config, deps }) => {
    if (!values.yes) {
      out(`将清除 ${number} 的姓名、联系方式和说明：${tracesTold(await foreseeCaseErasure(deps, number))}`)
      out('办理经过、日期和统计不动，记录的链不动。清除后不能恢复，确认请加 --yes')
      return
    }
    out(`已清除：${tracesTold(await eraseCase(deps, number, reason, stampOf(deps)))}`)
    const { database } = config
    if (database.kind === 'sqlite' && database.path !== ':memory:' && !(await compactDatabase(database.path)))
      err('数据库文件正被占用，旧字节还在文件里：停下服务后执行 vacuum（见 docs/oversight.md）')
    err('以前的备份里仍有这些文字：请另做备份，并按规定处理旧的')
  })
}
