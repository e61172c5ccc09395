import type { Adapter } from '../adapters/adapter.ts'
import type { AdapterDeps } from '../adapters/deps.ts'
import type { Config } from './config.ts'

/** A platform that is on: its adapter, and the door under /webhooks through which it comes in. */
export interface Platformed {
  door: string
  adapter: Adapter
}

/** The adapters of the platforms that the configuration turns on, each loaded only then. */
export const platformAdapters = async (
  { platforms, botName }: Pick<Config, 'platforms' | 'botName'>,
  deps: AdapterDeps,
): Promise<Platformed[]> => {
  const on: Platformed[] = []
  if (platforms.lark?.mode === 'webhook') {
    const { createLarkAdapter } = await import('../adapters/lark/index.ts')
    on.push({ door: 'lark', adapter: createLarkAdapter(platforms.lark, deps) })
  }
  if (platforms.wecomBot?.callback) {
    const { createWecomBotAdapter } = await import('../adapters/wecom/bot/index.ts')
    const { id, callback } = platforms.wecomBot
    on.push({
      door: 'wecom-bot',
      adapter: createWecomBotAdapter({ ...callback, botName, ...(id && { botId: id }) }, deps),
    })
  }
  return on
}
