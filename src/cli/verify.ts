import { verifyLedger } from '../flow/verify.ts'
import { readArgs } from './args.ts'
import { err, out } from './print.ts'
import { withRuntime } from './runtime.ts'

const SHOWN = 20

export const run = async (argv: string[]): Promise<void> => {
  const { values } = readArgs(argv, {}, 'verify')
  await withRuntime(values, async ({ deps }) => {
    const { subjects, facts, seals, broken } = await verifyLedger(deps.store)
    for (const line of broken.slice(0, SHOWN)) err(line)
    if (broken.length > 0) throw new Error(`台账有${broken.length}处对不上`)
    out(`台账完整：${subjects}个对象，${facts}条记录，${seals}个封印`)
  })
}
