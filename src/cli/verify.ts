import type { Reader } from '../../db/store.ts'
import { sealedOn } from '../flow/seal.ts'
import { verifyLedger } from '../flow/verify.ts'
import { BadInput } from '../model/problem.ts'
import { readArgs } from './args.ts'
import { err, out } from './print.ts'
import { forOffices, type Runtime, withRuntime } from './runtime.ts'

const SHOWN = 20

/** The day of the seal that was told as `code`. @throws BadInput, Error */
const daySealed = async (db: Reader, code: string): Promise<string> => {
  if (!/^[0-9a-f]{8,64}$/.test(code))
    throw new BadInput('--seal 应为群里封印的校验值，至少抄开头 8 位，如 --seal 3fa91c07')
  const day = await sealedOn(db, code)
  if (day === undefined)
    throw new Error(`没有校验值为 ${code} 的封印：抄错了一位，或者台账在这个封印之后被改过、重新封过`)
  return day
}

export const run = async (argv: string[]): Promise<void> => {
  const { values } = readArgs(argv, { seal: { type: 'string' } }, 'verify [--seal 校验值]')
  const sealed = values.seal?.trim().toLowerCase()
  const examine = async ({ deps }: Runtime): Promise<void> => {
    const day = sealed === undefined ? undefined : await daySealed(deps.store, sealed)
    const { subjects, facts, seals, files, orphans, broken } = await verifyLedger(deps.store, { blobs: deps.blobs })
    for (const line of broken.slice(0, SHOWN)) err(line)
    if (broken.length > 0) throw new Error(`台账有${broken.length}处对不上`)
    if (orphans > 0) err(`另有${orphans}个存档文件已没有记录提到，夜间清理会删去`)
    if (day) out(`封印对得上：群里的校验值 ${sealed} 是 ${day} 的封印，那天和以前的记录都没有改过`)
    out(`台账完整：${subjects}个对象，${facts}条记录，${seals}个封印${files > 0 ? `，${files}个文件` : ''}`)
  }
  // A seal is one office's.
  const failed =
    sealed === undefined ? await forOffices(values, examine) : await withRuntime(values, examine).then(() => [])
  if (failed.length > 0) throw new Error(`有${failed.length}个机关的台账对不上`)
}
