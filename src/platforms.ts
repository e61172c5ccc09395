import type { Adapter } from '../adapters/adapter.ts'
import type { AdapterDeps } from '../adapters/deps.ts'
import type { WecomBotSocketConfig } from '../adapters/wecom/bot/socket.node.ts'
import type { PlainId } from '../adapters/wecom/plain.ts'
import type { Config } from './config.ts'
import { BadInput } from './model/problem.ts'

/** A platform that is on: its adapter, and the door under /webhooks through which it comes in. */
export interface Platformed {
  door: string
  adapter: Adapter
}

type Platforms = Config['platforms']
type On<K extends keyof Platforms> = NonNullable<Platforms[K]>

/** Long connections need a process that stays, so whoever has one hands in how they are made. */
export interface Sockets {
  lark(config: Extract<On<'lark'>, { mode: 'socket' }>, deps: AdapterDeps): Promise<Adapter>
  wecomBot(config: WecomBotSocketConfig, deps: AdapterDeps): Promise<Adapter>
  dingtalk(config: On<'dingtalk'>, deps: AdapterDeps): Promise<Adapter>
  wechat(config: On<'wechat'>, deps: AdapterDeps): Promise<Adapter>
}

/** What adapters are made with. */
interface Given {
  botName: string
  deps: AdapterDeps
  sockets?: Sockets | undefined
}

const resident = (sockets: Sockets | undefined, what: string, instead: string): Sockets => {
  if (sockets) return sockets
  throw new BadInput(`${what}需要常驻进程：Workers 上${instead}，或用 npm start 在 Node 上运行`)
}

const larkAdapter = async (config: On<'lark'>, { deps, sockets }: Given): Promise<Adapter> =>
  config.mode === 'webhook'
    ? (await import('../adapters/lark/index.ts')).createLarkAdapter(config, deps)
    : resident(sockets, 'LARK_MODE=socket ', '请改为 webhook').lark(config, deps)

/** WeCom's routes: the app, which tells plain ids of its members; the smart bot, which may need them; the rooms' own robots. */
const wecomAdapters = async (
  { wecom, wecomBot }: Pick<Platforms, 'wecom' | 'wecomBot'>,
  groupRobots: Config['groupRobots'],
  given: Given,
): Promise<Platformed[]> => {
  const on: Platformed[] = []
  let plainId: PlainId | undefined
  if (wecom) {
    const app = (await import('../adapters/wecom/app/index.ts')).createWecomAppAdapter(wecom, given.deps)
    plainId = app.plainId
    on.push({ door: 'wecom', adapter: app })
  }
  if (wecomBot) on.push(...(await wecomBotAdapters(wecomBot, groupRobots.apiBase, given, plainId)))
  const { createWecomHookAdapter } = await import('../adapters/wecom/hook/index.ts')
  // Without a smart bot in the group there is nobody to answer to.
  const config = { ...groupRobots, ...(wecomBot && { botName: given.botName }) }
  return [...on, { door: 'wecom-hook', adapter: createWecomHookAdapter(config, given.deps) }]
}

/**
 * The smart bot by callback, by long connection, or both: the platform grants a bot one of them, so those are two bots, and
 * the id is that of the one with the connection.
 */
const wecomBotAdapters = async (
  { id, callback, socket }: On<'wecomBot'>,
  apiBase: string,
  { botName, deps, sockets }: Given,
  plainId: PlainId | undefined,
): Promise<Platformed[]> => {
  const on: Platformed[] = []
  const common = { botName, ...(plainId && { plainId }) }
  if (callback) {
    const { createWecomBotAdapter } = await import('../adapters/wecom/bot/index.ts')
    const config = { ...callback, ...common, apiBase, ...(id && !socket && { botId: id }) }
    on.push({ door: 'wecom-bot', adapter: createWecomBotAdapter(config, deps) })
  }
  if (socket && id) {
    const instead = '请改用回调（WECOM_BOT_TOKEN、WECOM_BOT_AES_KEY）'
    const { wecomBot } = resident(sockets, 'WECOM_BOT_SECRET（智能机器人长连接）', instead)
    on.push({ door: 'wecom-bot-socket', adapter: await wecomBot({ ...socket, ...common, botId: id }, deps) })
  }
  return on
}

/** The door of the callback stands in any case; the robot's own setting says which way the platform takes. */
const dingtalkAdapter = async (config: On<'dingtalk'>, { deps, sockets }: Given): Promise<Adapter> =>
  sockets
    ? sockets.dingtalk(config, deps)
    : (await import('../adapters/dingtalk/index.ts')).createDingtalkAdapter(config, deps)

/**
 * The adapters of the platforms that the configuration turns on, each loaded only then.
 * @throws BadInput for a long connection where there are no `sockets`
 */
export const platformAdapters = async (
  { platforms, groupRobots, botName }: Pick<Config, 'platforms' | 'groupRobots' | 'botName'>,
  deps: AdapterDeps,
  sockets?: Sockets,
): Promise<Platformed[]> => {
  const given: Given = { botName, deps, sockets }
  const { lark, dingtalk, wechat } = platforms
  const on: Platformed[] = []
  if (lark) on.push({ door: 'lark', adapter: await larkAdapter(lark, given) })
  on.push(...(await wecomAdapters(platforms, groupRobots, given)))
  if (dingtalk) on.push({ door: 'dingtalk', adapter: await dingtalkAdapter(dingtalk, given) })
  if (wechat) {
    const { wechat: made } = resident(sockets, '微信（wechaty）', '不能用')
    on.push({ door: 'wechat', adapter: await made(wechat, deps) })
  }
  return on
}

/** An office with what its messages need (`deps`) and the platforms that are on for it. */
export interface Served<D> {
  office: string
  deps: D
  platforms: readonly Platformed[]
}

/** Who answers at an office's door of a platform; without an office's name that of the only one. */
export const doorsOf = <D>(served: readonly Served<D>[]) => {
  const byName = new Map(served.map((each) => [each.office, each]))
  return (platform: string, office?: string): { adapter: Adapter; deps: D } | undefined => {
    const at = office === undefined ? (served.length === 1 ? served[0] : undefined) : byName.get(office)
    const adapter = at?.platforms.find(({ door }) => door === platform)?.adapter
    return at && adapter && { adapter, deps: at.deps }
  }
}
