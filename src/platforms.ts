import type { Adapter } from '../adapters/adapter.ts'
import type { AdapterDeps } from '../adapters/deps.ts'
import type { PlainId } from '../adapters/wecom/plain.ts'
import type { Config } from './config.ts'
import { BadInput } from './model/problem.ts'

/** A platform that is on: its adapter, and the door under /webhooks through which it comes in. */
export interface Platformed {
  door: string
  adapter: Adapter
}

type Lark = NonNullable<Config['platforms']['lark']>

/** Long connections need a process that stays, so whoever has one hands in how they are made. */
export interface Sockets {
  lark(config: Extract<Lark, { mode: 'socket' }>, deps: AdapterDeps): Promise<Adapter>
}

const larkAdapter = async (config: Lark, deps: AdapterDeps, sockets?: Sockets): Promise<Adapter> => {
  if (config.mode === 'webhook') return (await import('../adapters/lark/index.ts')).createLarkAdapter(config, deps)
  if (sockets) return sockets.lark(config, deps)
  throw new BadInput('LARK_MODE=socket 需要常驻进程：Workers 上请改为 webhook，或用 npm start 在 Node 上运行')
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
  /** The app tells the smart bot who stands behind an encrypted id. */
  let plainId: PlainId | undefined
  if (platforms.lark) on.push({ door: 'lark', adapter: await larkAdapter(platforms.lark, deps, sockets) })
  if (platforms.wecom) {
    const { createWecomAppAdapter } = await import('../adapters/wecom/app/index.ts')
    const app = createWecomAppAdapter(platforms.wecom, deps)
    plainId = app.plainId
    on.push({ door: 'wecom', adapter: app })
  }
  if (platforms.wecomBot?.callback) {
    const { createWecomBotAdapter } = await import('../adapters/wecom/bot/index.ts')
    const { id, callback } = platforms.wecomBot
    const config = { ...callback, botName, ...(id && { botId: id }), ...(plainId && { plainId }) }
    on.push({ door: 'wecom-bot', adapter: createWecomBotAdapter(config, deps) })
  }
  if (platforms.wecomHook) {
    const { createWecomHookAdapter } = await import('../adapters/wecom/hook/index.ts')
    // Without a smart bot in the group there is nobody to answer to.
    const config = { ...platforms.wecomHook, ...(platforms.wecomBot && { botName }) }
    on.push({ door: 'wecom-hook', adapter: createWecomHookAdapter(config, deps) })
  }
  return on
}

/** Who answers at a door of the only office; one named in the path is not known yet. */
export const adapterAt = (platforms: readonly Platformed[], door: string, office?: string): Adapter | undefined =>
  office === undefined ? platforms.find((each) => each.door === door)?.adapter : undefined
