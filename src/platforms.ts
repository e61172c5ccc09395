import type { Adapter } from '../adapters/adapter.ts'
import type { AdapterDeps } from '../adapters/deps.ts'
import type { WecomBotSocketConfig } from '../adapters/wecom/bot/socket.node.ts'
import type { Config } from './config.ts'
import { BadInput } from './model/problem.ts'

/** A platform that is on: its adapter, and the door under /webhooks through which it comes in. */
export interface Platformed {
  door: string
  adapter: Adapter
}

type Lark = NonNullable<Config['platforms']['lark']>
type WecomBot = NonNullable<Config['platforms']['wecomBot']>

/** Long connections need a process that stays, so whoever has one hands in how they are made. */
export interface Sockets {
  lark(config: Extract<Lark, { mode: 'socket' }>, deps: AdapterDeps): Promise<Adapter>
  wecomBot(config: WecomBotSocketConfig, deps: AdapterDeps): Promise<Adapter>
}

const larkAdapter = async (config: Lark, deps: AdapterDeps, sockets?: Sockets): Promise<Adapter> => {
  if (config.mode === 'webhook') return (await import('../adapters/lark/index.ts')).createLarkAdapter(config, deps)
  if (sockets) return sockets.lark(config, deps)
  throw new BadInput('LARK_MODE=socket 需要常驻进程：Workers 上请改为 webhook，或用 npm start 在 Node 上运行')
}

/**
 * The smart bot by callback, by long connection, or both: the platform grants a bot one of them, so those are two bots, and
 * the id is that of the one with the connection.
 */
const wecomBotAdapters = async (
  { id, callback, socket }: WecomBot,
  /** Who it is, and who tells it the plain id behind an encrypted one. */
  self: Pick<WecomBotSocketConfig, 'botName' | 'plainId'>,
  deps: AdapterDeps,
  sockets?: Sockets,
): Promise<Platformed[]> => {
  const on: Platformed[] = []
  if (callback) {
    const { createWecomBotAdapter } = await import('../adapters/wecom/bot/index.ts')
    const config = { ...callback, ...self, ...(id && !socket && { botId: id }) }
    on.push({ door: 'wecom-bot', adapter: createWecomBotAdapter(config, deps) })
  }
  if (socket && id) {
    if (!sockets)
      throw new BadInput(
        'WECOM_BOT_SECRET（智能机器人长连接）需要常驻进程：Workers 上请改用回调（WECOM_BOT_TOKEN、WECOM_BOT_AES_KEY），或用 npm start 在 Node 上运行',
      )
    on.push({ door: 'wecom-bot-socket', adapter: await sockets.wecomBot({ ...socket, ...self, botId: id }, deps) })
  }
  return on
}

/**
 * The adapters of the platforms that the configuration turns on, each loaded only then.
 * @throws BadInput for a long connection where there are no `sockets`
 */
export const platformAdapters = async (
  { platforms, botName }: Pick<Config, 'platforms' | 'botName'>,
  deps: AdapterDeps,
  sockets?: Sockets,
): Promise<Platformed[]> => {
  const on: Platformed[] = []
  if (platforms.lark) on.push({ door: 'lark', adapter: await larkAdapter(platforms.lark, deps, sockets) })
  if (platforms.wecom) {
    const { createWecomAppAdapter } = await import('../adapters/wecom/app/index.ts')
    on.push({ door: 'wecom', adapter: createWecomAppAdapter(platforms.wecom, deps) })
  }
  if (platforms.wecomBot) on.push(...(await wecomBotAdapters(platforms.wecomBot, { botName }, deps, sockets)))
  return on
}

/** Who answers at a door of the only office; one named in the path is not known yet. */
export const adapterAt = (platforms: readonly Platformed[], door: string, office?: string): Adapter | undefined =>
  office === undefined ? platforms.find((each) => each.door === door)?.adapter : undefined
