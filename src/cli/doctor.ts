import type { Adapter } from '../../adapters/adapter.ts'
import { isBound } from '../../commands/rooms.ts'
import { heardSince } from '../../db/queries/inbox.ts'
import { listenersOf } from '../../db/queries/listeners.ts'
import { outboxDepth } from '../../db/queries/outbox.ts'
import { roomsOf } from '../../db/queries/people.ts'
import { platformStates } from '../config/platforms.ts'
import type { Config } from '../config.ts'
import { pictureFont } from '../draw/draw.ts'
import type { Deps } from '../flow/deps.ts'
import { dayOf, timeOf } from '../time/day.ts'
import { adaptersOf } from './adapters.ts'
import { readArgs } from './args.ts'
import { out } from './print.ts'
import { withRuntime } from './runtime.ts'

const HOUR_MS = 60 * 60_000

const moment = (at: Date, zone: string): string => `${dayOf(at, zone)} ${timeOf(at, zone)}`

/** What came in through it lately: the platform's callbacks and connections are seen by what they bring. */
const heardWords = async (deps: Deps, { platform, route }: Adapter): Promise<string> => {
  const now = deps.now()
  const { n, last } = await heardSince(deps.store, `${platform}:${route}`, new Date(now.getTime() - HOUR_MS))
  if (n === 0 || !last) return '最近一小时没有收到消息：在群里@它，或给它发一句“帮助”试试'
  return `最近一小时收到 ${n} 条，最后一条 ${moment(last, deps.zone)}`
}

/** Why a connection ended by itself, in words; `refused-853000` is the platform's own number. */
const lossOf = (lost: string): string => {
  if (lost === 'kicked-out') return '被顶替（kicked-out）：同一个机器人在别处又接了一次，请停掉多余的那一个'
  const [, code] = /^refused-(\d+)$/.exec(lost) ?? []
  return code ? `被平台拒绝（${code}）：照管理后台重抄编号和密钥` : `断开（${lost}）`
}

/** Ended at nobody's fault: the process was stopped, or another one took over. */
const FINE = ['', 'stopped', 'taken', 'not-renewed']

/** Where the platform keeps one connection of us, asking would end it: what the process that holds it wrote down. Returns whether all is well. */
const listening = async (deps: Deps, { platform, route }: Adapter): Promise<boolean> => {
  const row = (await listenersOf(deps.store)).find(({ app }) => app === `${platform}:${route}`)
  if (row && row.owner !== '' && row.until > deps.now()) {
    out(`  长连接：正在由一个进程监听，自 ${moment(row.at, deps.zone)}`)
    return true
  }
  const isFine = !row || FINE.includes(row.lost)
  if (isFine) out('  长连接：没有进程在监听，用 npm start（duban serve）启动后再看')
  else out(`  问题：长连接于 ${moment(row.at, deps.zone)} ${lossOf(row.lost)}`)
  return isFine
}

/** One adapter: who it is there, what came in lately, what is wrong. Returns whether all is well. */
const examined = async (deps: Deps, adapter: Adapter): Promise<boolean> => {
  const { identity, problems } = (await adapter.probe?.()) ?? { problems: [] }
  const stands = !adapter.alone || (await listening(deps, adapter))
  if (adapter.probe && !adapter.alone) out(identity ? `  令牌已取得，机器人：${identity}` : '  没有取得机器人的身份')
  for (const problem of problems) out(`  问题：${problem}`)
  if (adapter.receive || adapter.listen) out(`  ${await heardWords(deps, adapter)}`)
  return stands && problems.length === 0
}

/** Group robots have no variables: their keys stand with the rooms. */
const robotLine = async (deps: Deps): Promise<void> => {
  const rooms = (await roomsOf(deps.store)).filter((room) => isBound(room) && room.webhook !== '')
  const doc = 'docs/platforms/wecom-webhook.md'
  out(`企业微信群机器人：${rooms.length > 0 ? `${rooms.length} 个群登记了 webhook` : `没有群登记，见 ${doc}`}`)
}

/** Each platform that can be turned on: how it stands, or what would turn it on. Returns whether all that are on are well. */
const platformLines = async (config: Config, deps: Deps): Promise<boolean> => {
  const adapters = await adaptersOf(config, deps)
  let well = true
  for (const { name, doors, how, doc } of platformStates(config)) {
    if (how === undefined) {
      out(`${name}：未配置，见 ${doc}`)
      continue
    }
    out(`${name}：已配置（${how}）`)
    for (const { door, adapter } of adapters) if (doors.includes(door)) well = (await examined(deps, adapter)) && well
  }
  return well
}

/** Says how the program stands: version of the database, platforms, roster, plans, the calendar's reach, what waits to be sent. Exit 1 where a platform that is on is not well. */
export const run = async (argv: string[]): Promise<void> => {
  const { values } = readArgs(argv, {}, 'doctor')
  await withRuntime(values, async ({ config, store, deps }) => {
    const applied = await store.applied()
    out(`数据库：${store.dialect}，表结构第 ${applied.length} 版`)
    const well = await platformLines(config, deps)
    await robotLine(deps)
    const { view, calendar } = await deps.cache(deps.store)
    out(`通讯录：${view.units.filter((unit) => unit.kind === 'unit').length} 个单位；方案：${view.plans.length} 份`)
    const year = Number(dayOf(deps.now(), deps.zone).slice(0, 4))
    out(`节假日：${year} 年${calendar.provisional(year) ? '通知尚未发布，暂按周末和法定假日' : '已按国务院通知'}`)
    const font = await pictureFont(config.dataDir)
    out(font ? `中文字体：${font}` : '没有中文字体：周报不附图，Debian 上请安装 fonts-noto-cjk')
    const depth = await outboxDepth(deps.store)
    out(
      `消息：已发${depth.sent}，待发${depth.waiting}，不再需要${depth.dropped}，发不出${depth.dead}，不确定${depth.unsure}`,
    )
    if (!well) process.exitCode = 1
  })
}
