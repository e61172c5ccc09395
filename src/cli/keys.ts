import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { keyNamed, markOf } from '../../db/mark.ts'
import { wallOf } from '../../db/postgres/wall-admin.ts'
import { beginReseal, leaveReseal, reseal } from '../../db/reseal.ts'
import { compactDatabase, holdAlone } from '../../db/sqlite-file.ts'
import type { Store } from '../../db/store.ts'
import type { Config } from '../config.ts'
import { BadInput } from '../model/problem.ts'
import { sizeOf } from '../node/backup/disk.ts'
import { installationOf } from '../node/environment.ts'
import { openDatabase } from '../node/upgrade.ts'
import { readArgs } from './args.ts'
import { err, out } from './print.ts'
import { clockOf } from './runtime.ts'

const usage = 'keys [apply]'

const LOOKS = 5
const LOOK_MS = 200

/** Nobody else is at the database. @throws BadInput */
const requireAlone = async ({ database }: Pick<Config, 'database'>): Promise<void> => {
  const busy = new BadInput('数据库正在使用：请先停下服务（和别的 duban 命令），再执行一遍。什么也没有改')
  if (database.kind === 'postgres') {
    // A server lists a connection for a moment longer than it stands.
    for (let tries = 0; (await wallOf(database.url)).connected > 0; tries++) {
      if (tries === LOOKS) throw busy
      await sleep(LOOK_MS)
    }
    return
  }
  if ((await sizeOf(database.path)) === undefined) return
  const held = await holdAlone(database.path)
  if (!held) throw busy
  held.release()
}

interface Place {
  config: Config
  now: () => Date
}

/** Work on the database under whichever key it stands. */
const opened = async <T>({ config, now }: Place, work: (store: Store) => Promise<T>): Promise<T> => {
  const store = await openDatabase(config, { now, tell: err, anyKey: true })
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

const tellKeys = async (store: Store): Promise<void> => {
  const { id, to } = await markOf(store)
  out(`数据库里的身份信息：${keyNamed(id)}${to === undefined ? '' : `，正在改为${keyNamed(to)}（没有做完）`}`)
  out(`按现在的变量：${keyNamed(store.sealing.id)}`)
}

/** The key of identity columns, for the machine's administrator: how they stand, and to make them stand as the variables say. */
export const run = async (argv: string[]): Promise<void> => {
  const { values, positionals } = readArgs(argv, {}, usage)
  const [what, ...more] = positionals
  if (more.length > 0 || (what !== undefined && what !== 'apply')) throw new BadInput(`用法：duban ${usage}`)
  const { config } = installationOf(process.env, values.office)
  const place: Place = { config, now: clockOf(config, values) }
  if (what === undefined) return opened(place, tellKeys)
  await requireAlone(config)
  const begun = await opened(place, (store) => beginReseal(store, randomUUID()))
  try {
    // Who came in between the first look and the note has the old key, and would write by it.
    await requireAlone(config)
  } catch (error) {
    if (await opened(place, (store) => leaveReseal(store, begun))) throw error
    throw new BadInput('另一个 duban keys apply 正在执行：请等它做完，再看 duban keys。这一个什么也没有改')
  }
  await opened(place, async (store) =>
    out(`身份信息：${keyNamed(store.sealing.id)}，改写了 ${await reseal(store, begun)} 处`),
  )
  if (config.identityKeys.old !== undefined) out('请从变量里去掉 IDENTITY_KEY_OLD，另外留好：以前的备份没有它读不出来')
  const { database } = config
  if (database.kind === 'postgres')
    return out('数据库文件里还留有改写前的内容，到执行 VACUUM FULL 为止；以前的备份不受影响，请按需要销毁')
  if (!(await compactDatabase(database.path)))
    throw new Error('已改写，数据库文件里还留有改写前的内容：有别的进程占着，请再执行一遍')
  out('数据库文件里已没有改写前的内容；以前的备份和升级前留下的文件不受影响，请按需要销毁')
}
