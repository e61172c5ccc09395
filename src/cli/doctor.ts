import { outboxDepth } from '../../db/queries/outbox.ts'
import { pictureFont } from '../draw/draw.ts'
import { newestIn } from '../node/backup/folder.ts'
import { installationOf } from '../node/environment.ts'
import { troubleOf } from '../node/misfit.ts'
import { dayOf } from '../time/day.ts'
import { readArgs } from './args.ts'
import { tellModel } from './model.ts'
import { tellPlatforms } from './platforms.ts'
import { out } from './print.ts'
import { forOffices } from './runtime.ts'

/** Says how the program stands: version of the database, platforms, roster, plans, the calendar's reach, what waits to be sent. whether the door for a language model is open. Exit 1 where a platform or model that is on is not well. `--database`: whether the database server keeps what we build on. `--workers`: what of the environment runs on Cloudflare Workers, and asks nobody. */
export const run = async (argv: string[]): Promise<void> => {
  const options = { database: { type: 'boolean' }, workers: { type: 'boolean' } } as const
  const { values } = readArgs(argv, options, 'doctor [--database | --workers]')
  if (values.workers === true) return (await import('./doctor-workers.ts')).tellWorkers(values.office)
  if (values.database) {
    const { tellDatabase } = await import('./doctor-database.ts')
    if (!(await tellDatabase(installationOf(process.env, values.office).config))) process.exitCode = 1
    return
  }
  const failed = await forOffices(values, async ({ config, store, deps }) => {
    const applied = await store.applied()
    out(`数据库：${store.dialect}，表结构第 ${applied.length} 版`)
    if (store.sealing.id) out(`身份信息：用密钥 ${store.sealing.id} 加密（SM4）`)
    if (config.identityKeys.old) out('IDENTITY_KEY_OLD 还设着：数据库已不用它，请去掉')
    const trouble = troubleOf(store.dialect)
    if (trouble) out(trouble)
    const platformsWell = await tellPlatforms(config, deps)
    const modelWell = await tellModel(config, deps)
    const { view, calendar } = await deps.cache(deps.store)
    out(`通讯录：${view.units.filter((unit) => unit.kind === 'unit').length} 个单位；方案：${view.plans.length} 份`)
    const year = Number(dayOf(deps.now(), deps.zone).slice(0, 4))
    out(`节假日：${year} 年${calendar.provisional(year) ? '通知尚未发布，暂按周末和法定假日' : '已按国务院通知'}`)
    const font = await pictureFont(config.dataDir)
    out(font ? `中文字体：${font}` : '没有中文字体：企业微信自建应用里的周报不附图，Debian 上请安装 fonts-noto-cjk')
    const depth = await outboxDepth(deps.store)
    out(
      `消息：已发${depth.sent}，待发${depth.waiting}，不再需要${depth.dropped}，发不出${depth.dead}，不确定${depth.unsure}`,
    )
    if (config.backup) {
      const newest = await newestIn(config.backup.folder)
      out(`每晚备份到 ${config.backup.folder}：${newest ? `最近一份 ${dayOf(newest, deps.zone)}` : '还没有一份'}`)
    }
    if (trouble || !platformsWell || !modelWell) process.exitCode = 1
  })
  if (failed.length > 0) process.exitCode = 1
}
