import { verifyLedger } from '../flow/verify.ts'
import { readArgs } from './args.ts'
import { err, out } from './print.ts'
import { forOffices } from './runtime.ts'

const SHOWN = 20

export const run = async (argv: string[]): Promise<void> => {
  const { values } = readArgs(argv, {}, 'verify')
  const failed = await forOffices(values, async ({ deps }) => {
    const { subjects, facts, seals, files, orphans, broken } = await verifyLedger(deps.store, { blobs: deps.blobs })
    for (const line of broken.slice(0, SHOWN)) err(line)
    if (broken.length > 0) throw new Error(`台账有${broken.length}处对不上`)
    if (orphans > 0) err(`另有${orphans}个存档文件已没有记录提到，夜间清理会删去`)
    out(`台账完整：${subjects}个对象，${facts}条记录，${seals}个封印${files > 0 ? `，${files}个文件` : ''}`)
  })
  if (failed.length > 0) throw new Error(`有${failed.length}个机关的台账对不上`)
}
