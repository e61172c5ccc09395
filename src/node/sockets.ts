import type { Sockets } from '../platforms.ts'

/** The adapters that need a process that stays, for whoever is one. What they stand on is loaded when the first connection opens. */
export const sockets: Sockets = {
  lark: async (config, deps) =>
    (await import('../../adapters/lark/socket.node.ts')).createLarkSocketAdapter(config, deps),
  wecomBot: async (config, deps) =>
    (await import('../../adapters/wecom/bot/socket.node.ts')).createWecomBotSocketAdapter(config, deps),
  wechat: async (config, deps) => {
    const { createWechatAdapter } = await import('../../adapters/wechat/index.node.ts')
    return createWechatAdapter(config, deps, { tell: (line) => process.stderr.write(`${line}\n`) })
  },
  dingtalk: async (config, deps) =>
    (await import('../../adapters/dingtalk/socket.node.ts')).createDingtalkSocketAdapter(config, deps),
}
