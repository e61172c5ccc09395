import type { Adapter } from '../../adapters/adapter.ts'
import { heardSince } from '../../db/queries/inbox.ts'
import { listenersOf } from '../../db/queries/listeners.ts'
import { roomsOf } from '../../db/queries/people.ts'
import { platformStates } from '../config/platforms.ts'
import type { Config } from '../config.ts'
import type { Deps } from '../flow/deps.ts'
import { dayOf, timeOf } from '../time/day.ts'
import { adaptersOf } from './adapters.ts'
import { out } from './print.ts'

const HOUR_MS = 60 * 60_000

const at = (moment: Date, { zone }: Deps): string => `${dayOf(moment, zone)} ${timeOf(moment, zone)}`

/** What came in through it lately: the platform's callbacks and connections are seen by what they bring. */
const tellHeard = async (deps: Deps, { platform, route }: Adapter): Promise<void> => {
  const since = new Date(deps.now().getTime() - HOUR_MS)
  const { n, last } = await heardSince(deps.store, `${platform}:${route}`, since)
  if (n === 0 || !last) out('  最近一小时没有收到消息：给它发一句“帮助”试试，能进群的在群里@它')
  else out(`  最近一小时收到 ${n} 条，最后一条 ${at(last, deps)}`)
}

/** Ended at nobody's fault: the process was stopped, or another one took over. */
const FINE = ['', 'stopped', 'taken', 'not-renewed']

const lostWords: Record<string, string> = {
  'kicked-out': '另一个程序用同一个机器人连上了，请停掉一个',
  failed: '出错，见 npm start 的日志',
  ended: '自己断开了，见 npm start 的日志',
}

const lostBecause = (why: string): string =>
  lostWords[why] ?? why.replace(/^refused-(\d+)$/, '平台不认这个机器人，错误码 $1：Bot ID、Secret 照管理后台重抄')

/** Who has the one connection: another process than this one, so its row is what tells. Returns whether it was not lost. */
const tellListener = async (deps: Deps, { platform, route }: Adapter): Promise<boolean> => {
  const app = `${platform}:${route}`
  const row = (await listenersOf(deps.store)).find((each) => each.app === app)
  if (row?.owner && row.until > deps.now()) out(`  长连接：${at(row.at, deps)} 起由一个进程连着`)
  else if (row && !row.owner && !FINE.includes(row.lost)) {
    out(`  问题：长连接 ${at(row.at, deps)} 断开（${lostBecause(row.lost)}），服务开着时十分钟后再连`)
    return false
  } else out('  长连接：现在没有进程连着，启动服务（npm start）以后再看')
  return true
}

/** One adapter: who it is there, what came in lately, what is wrong. Returns whether all is well. */
const examined = async (deps: Deps, adapter: Adapter): Promise<boolean> => {
  const { identity, unasked, problems } = (await adapter.probe?.()) ?? { problems: [] }
  if (identity && unasked) out(`  机器人：${identity}（密钥对不对，要收到消息或连上才知道）`)
  else if (identity) out(`  令牌已取得，机器人：${identity}`)
  else if (adapter.probe && !adapter.alone) out('  没有取得机器人的身份')
  for (const problem of problems) out(`  问题：${problem}`)
  const held = !adapter.alone || (await tellListener(deps, adapter))
  if (adapter.receive || adapter.listen) await tellHeard(deps, adapter)
  return problems.length === 0 && held
}

/** Each platform that can be turned on: how it stands, or what would turn it on. Returns whether all that are on are well. */
export const tellPlatforms = async (config: Config, deps: Deps): Promise<boolean> => {
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
  if (config.rotations.length > 0)
    out(`密钥轮换：${config.rotations.join('、')} 还设着，旧密钥仍然有效；各平台后台都换成新的以后请去掉并重启`)
  const robots = (await roomsOf(deps.store)).filter(({ webhook }) => webhook).length
  out(
    robots > 0 ? `企业微信群机器人：${robots} 个群` : '企业微信群机器人：没有登记，见 docs/platforms/wecom-webhook.md',
  )
  return well
}
